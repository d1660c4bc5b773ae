"""The report's numbers about requests for information."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, select

from taole.core.figures import Counted, Figure, Scope
from taole.core.words import N_
from taole.information_requests.models import InformationRequest
from taole.information_requests.queries import within_grid
from taole.information_requests.rules import RequestChannel

_REQUEST: tuple[Any, ...] = (
    InformationRequest.id,
    InformationRequest.subject,
    InformationRequest.received_on,
)


def _requests(scope: Scope, *where: ColumnElement[bool]) -> Select[Any]:
    return (
        select(*_REQUEST)
        .where(InformationRequest.township_id == scope.township_id, *where)
        .order_by(InformationRequest.received_on, InformationRequest.id)
    )


def _received(scope: Scope) -> Select[Any]:
    return _requests(scope, InformationRequest.received_on.between(scope.start, scope.end))


def _received_by_website(scope: Scope) -> Select[Any]:
    return _received(scope).where(InformationRequest.channel == RequestChannel.WEBSITE)


def _in_grid(scope: Scope) -> Select[Any]:
    return _requests(scope, *within_grid(scope.start, scope.end))


FIGURES: tuple[Figure, ...] = (
    Figure(
        "P1-request",
        N_("收到的公开申请"),
        N_("件"),
        Counted.RECORDS,
        _received,
        rule=N_("本年收到的，各种渠道都算；等于表三第一行总计"),
    ),
    Figure(
        "P6-request",
        N_("网站收到的公开申请"),
        N_("件"),
        Counted.RECORDS,
        _received_by_website,
        rule=N_("本年从网站收到的"),
    ),
    Figure(
        "T3-cells",
        N_("表三里的公开申请"),
        N_("件"),
        Counted.RECORDS,
        _in_grid,
        rule=N_("本年收到的，加上以前收到、到年初还没有答复的"),
    ),
)

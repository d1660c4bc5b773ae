"""What a year's collections come to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from taole.core.figures import Counted, Figure, Scope
from taole.core.words import N_
from taole.organisation.models import Unit
from taole.rounds.models import AskAnswer, CollectionRound, RoundAsk

_ROUND: tuple[Any, ...] = (CollectionRound.id, CollectionRound.number, CollectionRound.opens_on)
_ASK: tuple[Any, ...] = (RoundAsk.id, Unit.name, CollectionRound.opens_on)
RULE = N_("按发出日期算在哪一年")


def _rounds(*wanted: ColumnElement[bool]) -> Callable[[Scope], Select[Any]]:
    return lambda scope: (
        select(*_ROUND)
        .where(
            CollectionRound.township_id == scope.township_id,
            CollectionRound.opens_on.between(scope.start, scope.end),
            CollectionRound.is_empty.is_(False),
            *wanted,
        )
        .order_by(CollectionRound.opens_on)
    )


def _asks(*wanted: ColumnElement[bool]) -> Callable[[Scope], Select[Any]]:
    return lambda scope: (
        select(*_ASK)
        .join(CollectionRound, CollectionRound.id == RoundAsk.round_id)
        .join(Unit, Unit.id == RoundAsk.unit_id)
        .where(
            RoundAsk.township_id == scope.township_id,
            CollectionRound.opens_on.between(scope.start, scope.end),
            *wanted,
        )
        .order_by(CollectionRound.opens_on, Unit.path)
    )


def _figure(
    key: str, label: str, unit: str, records: Callable[[Scope], Select[Any]], **values: Any
) -> Figure:
    return Figure(key, label, unit, Counted.RECORDS, records, rule=RULE, **values)


FIGURES: tuple[Figure, ...] = (
    _figure("R-rounds", N_("发出的征集"), N_("期"), _rounds()),
    _figure(
        "R-closed",
        N_("已关闭的征集"),
        N_("期"),
        _rounds(CollectionRound.closed_at.is_not(None)),
    ),
    _figure(
        "R-asked",
        N_("征集问到的"),
        N_("家次"),
        _asks(),
        parts=("R-content", "R-nothing", "R-missing"),
    ),
    _figure(
        "R-content",
        N_("报来内容的"),
        N_("家次"),
        _asks(RoundAsk.answer == AskAnswer.CONTENT),
    ),
    _figure(
        "R-nothing",
        N_("回复本期无内容的"),
        N_("家次"),
        _asks(RoundAsk.answer == AskAnswer.NOTHING),
    ),
    _figure("R-missing", N_("没有回复的"), N_("家次"), _asks(RoundAsk.answer.is_(None))),
)

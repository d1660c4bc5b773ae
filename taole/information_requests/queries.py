"""What can be asked of the requests for information."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from taole.core.database import db
from taole.core.errors import NotFound
from taole.information_requests.models import InformationRequest
from taole.information_requests.rules import Handled, RequestGrid, count_grid


def get_request(request_id: UUID) -> InformationRequest:
    request = db.session.get(InformationRequest, request_id)
    if request is None:
        raise NotFound(request_id)
    return request


def list_open(township_id: UUID) -> list[InformationRequest]:
    """Requests without an answer, the most urgent first."""
    return list(
        db.session.scalars(
            select(InformationRequest)
            .where(
                InformationRequest.township_id == township_id,
                InformationRequest.decided_on.is_(None),
            )
            .order_by(InformationRequest.due_on, InformationRequest.id)
        )
    )


def select_answered(township_id: UUID, year: int) -> Select[Any]:
    """Requests answered in a year, the newest first."""
    return (
        select(InformationRequest)
        .where(
            InformationRequest.township_id == township_id,
            InformationRequest.decided_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(InformationRequest.decided_on.desc(), InformationRequest.id)
    )


def count_received(township_id: UUID, year: int) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(InformationRequest)
            .where(
                InformationRequest.township_id == township_id,
                InformationRequest.received_on.between(date(year, 1, 1), date(year, 12, 31)),
            )
        )
        or 0
    )


def grid(township_id: UUID, year: int) -> RequestGrid:
    """Table three of a township's year as plain counts."""
    found = db.session.execute(
        select(
            InformationRequest.applicant_kind,
            InformationRequest.received_on,
            InformationRequest.decision,
            InformationRequest.decided_on,
        ).where(
            InformationRequest.township_id == township_id,
            *within_grid(date(year, 1, 1), date(year, 12, 31)),
        )
    )
    return count_grid((Handled(*row) for row in found), year)


def within_grid(start: date, end: date) -> list[ColumnElement[bool]]:
    """Received by the end of the range and not answered before it."""
    return [
        InformationRequest.received_on <= end,
        or_(InformationRequest.decided_on.is_(None), InformationRequest.decided_on >= start),
    ]

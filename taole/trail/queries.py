"""Reading and checking the trail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select

from taole.core.database import db
from taole.trail.actions import content_of
from taole.trail.models import TrailHead, TrailLine
from taole.trail.rules import FIRST, first_break


def list_lines_of(object_id: UUID) -> list[TrailLine]:
    """What happened to one object, oldest first."""
    found = select(TrailLine).where(TrailLine.object_id == object_id).order_by(TrailLine.number)
    return list(db.session.scalars(found))


def find_first_lines(lines: Iterable[TrailLine]) -> dict[UUID, TrailLine]:
    """The first line of each object that these lines tell of: where it is named."""
    told_of = {line.object_id for line in lines if line.object_id is not None}
    earliest = (
        select(TrailLine.object_id, func.min(TrailLine.number).label("number"))
        .where(TrailLine.object_id.in_(told_of))
        .group_by(TrailLine.object_id)
        .subquery()
    )
    found = select(TrailLine).join(
        earliest,
        and_(earliest.c.object_id == TrailLine.object_id, earliest.c.number == TrailLine.number),
    )
    return {line.object_id: line for line in db.session.scalars(found) if line.object_id}


def find_breaks() -> dict[UUID, int]:
    """The chains that do not hold, with the number of the first bad or missing line."""
    breaks: dict[UUID, int] = {}
    heads = db.session.execute(select(TrailHead.township_id, TrailHead.number, TrailHead.hash))
    for head in heads.all():
        broken = first_break(_sealed(head.township_id))
        number, sealed = _last(head.township_id)
        if broken is None and (number, sealed) != (head.number, head.hash):
            broken = min(number + 1, head.number)
        if broken is not None:
            breaks[head.township_id] = broken
    return breaks


def _sealed(township_id: UUID) -> Iterator[tuple[int, str, str, Mapping[str, Any]]]:
    found = (
        select(TrailLine)
        .where(TrailLine.township_id == township_id)
        .order_by(TrailLine.number)
        .execution_options(yield_per=500)
    )
    with db.session.execute(found) as lines:
        for line in lines.scalars():
            yield line.number, line.previous_hash, line.hash, content_of(line)


def _last(township_id: UUID) -> tuple[int, str]:
    """Number and hash of the last line that is there."""
    row = db.session.execute(
        select(TrailLine.number, TrailLine.hash)
        .where(TrailLine.township_id == township_id)
        .order_by(TrailLine.number.desc())
        .limit(1)
    ).first()
    return (row.number, row.hash) if row else (0, FIRST)

"""Numbers without gaps: a village's notices of a month, a township's checklists of a year."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from taole.core.database import db
from taole.core.models import NumberSeries


def next_number(series: str) -> int:
    """The next number of a series, from 1 on; taken for good with the caller's transaction.

    The row is locked until then, so that two people at once never get the same number.
    """
    taken = _raise(series)
    if taken is None:
        try:
            with db.session.begin_nested():
                db.session.add(NumberSeries(name=series, last=1))
            return 1
        except IntegrityError:
            taken = _raise(series)
    if taken is None:
        raise RuntimeError(f"the series {series} can neither be raised nor begun")
    return taken


def _raise(series: str) -> int | None:
    raised = (
        update(NumberSeries)
        .where(NumberSeries.name == series)
        .values(last=NumberSeries.last + 1)
        .execution_options(synchronize_session=False)
    )
    if not db.session.execute(raised).rowcount:  # type: ignore[attr-defined]
        return None
    return db.session.scalar(select(NumberSeries.last).where(NumberSeries.name == series))

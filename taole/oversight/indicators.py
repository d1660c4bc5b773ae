"""The tables of indicators of a township: loaded from a day on, past quarters keep theirs."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from taole.access.permissions import Actor
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_
from taole.organisation.models import Unit
from taole.oversight.indicator_reading import IndicatorDraft, TableDraft, read_indicators
from taole.oversight.models import Indicator, IndicatorTable
from taole.trail.actions import record

PROPOSED = "indicators-proposed.yaml"


@cache
def proposed() -> TableDraft:
    """The table that is shipped, used by who has loaded none."""
    content = files("taole.oversight").joinpath("data", PROPOSED).read_bytes()
    return read_indicators(content, PROPOSED)


def find_table(township: Unit, on: date) -> IndicatorTable | None:
    """The table in force on a day; None while the township has loaded none for it."""
    return db.session.scalar(
        select(IndicatorTable)
        .where(IndicatorTable.township_id == township.id, IndicatorTable.from_on <= on)
        .options(selectinload(IndicatorTable.indicators))
        .order_by(IndicatorTable.from_on.desc(), IndicatorTable.loaded_at.desc())
        .limit(1)
    )


def table_of(township: Unit, on: date) -> TableDraft:
    """The lines that count on a day: the township's own, or those shipped."""
    table = find_table(township, on)
    if table is None:
        return proposed()
    return TableDraft(
        table.name,
        table.source,
        [
            IndicatorDraft(
                each.code,
                each.title,
                each.measure,
                each.weight,
                each.limit,
                each.is_veto,
                each.note,
            )
            for each in table.indicators
        ],
    )


def load_table(
    township: Unit, draft: TableDraft, *, from_on: date, by: Actor, at: datetime
) -> IndicatorTable:
    """Keep a table from a day on. Refused when the very same holds there already."""
    fingerprint = _fingerprint(draft)
    current = find_table(township, from_on)
    if current is not None and current.fingerprint == fingerprint:
        raise Refused(N_("这张表和现在用的一样，不用再载入。"))
    table = IndicatorTable(
        township_id=township.id,
        name=draft.name,
        source=draft.source,
        from_on=from_on,
        fingerprint=fingerprint,
        loaded_at=at,
        loaded_by_name=by.name,
        indicators=[
            Indicator(
                township_id=township.id,
                position=position,
                code=line.code,
                title=line.title,
                measure=line.measure,
                weight=line.weight,
                limit=line.limit,
                is_veto=line.is_veto,
                note=line.note,
            )
            for position, line in enumerate(draft.lines, start=1)
        ],
    )
    db.session.add(table)
    db.session.flush()
    record(
        "load_indicators",
        "indicator_table",
        table.id,
        by=by,
        township_id=township.id,
        after={"name": table.name, "from_on": from_on, "lines": len(draft.lines)},
    )
    return table


def _fingerprint(draft: TableDraft) -> str:
    lines = [
        [line.code, line.title, line.measure, str(line.weight), line.limit, line.is_veto, line.note]
        for line in draft.lines
    ]
    return hashlib.sha256(json.dumps([draft.name, lines], ensure_ascii=False).encode()).hexdigest()

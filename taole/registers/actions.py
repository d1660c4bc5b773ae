"""Entering in a ledger and correcting an entry. Nothing is deleted; nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from taole.access.permissions import Actor
from taole.core.clock import now, today
from taole.core.database import db
from taole.organisation.models import Unit
from taole.registers.ledgers import get_register, register_of
from taole.registers.models import Entry, KeyTask
from taole.registers.tasks import find_owner_unit
from taole.trail.actions import record


def enter(
    register_key: str,
    township: Unit,
    values: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime | None = None,
) -> Entry:
    """A new entry; Refused with every fault of its values, NotFound for an unknown ledger."""
    register = get_register(register_key)
    read = register.read(values, today())
    entry = register.model(
        township_id=township.id, entered_by_id=by.id, entered_at=at or now(), **read
    )
    if isinstance(entry, KeyTask):
        find_owner_unit(entry)
    db.session.add(entry)
    db.session.flush()
    record(
        "enter",
        entry.__tablename__,
        entry.id,
        by=by,
        township_id=township.id,
        after=_as_told(read),
    )
    return entry


def correct(entry: Entry, values: Mapping[str, Any], *, by: Actor) -> Entry:
    """Replace these values of an entry; what is not given stays. The trail keeps both."""
    register = register_of(entry)
    before = register.values_of(entry)
    read = register.read({**before, **values}, today())
    changed = [name for name, value in read.items() if value != before[name]]
    if not changed:
        return entry
    for name in changed:
        setattr(entry, name, read[name])
    if isinstance(entry, KeyTask):
        find_owner_unit(entry)
    db.session.flush()
    record(
        "correct",
        entry.__tablename__,
        entry.id,
        by=by,
        township_id=entry.township_id,
        before=_as_told({name: before[name] for name in changed}),
        after=_as_told({name: read[name] for name in changed}),
    )
    return entry


def _as_told(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the trail keeps them: amounts as text, exact."""
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()
    }

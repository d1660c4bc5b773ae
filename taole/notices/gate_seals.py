"""What the gate sealed in a notice: found, listed, named, and kept in its place."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import inspect, select

from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import NotFound
from taole.core.ids import new_id
from taole.core.sealing import seal
from taole.core.words import Sentence
from taole.notices.gate_rules import Finding, Slot, Spot, name_place
from taole.notices.models import Notice, SealedState, SealedText

HELD = (SealedState.OPEN, SealedState.MASKED)
"""The states in which a value stands masked in the notice."""


def list_open(notice: Notice) -> list[SealedText]:
    """What waits for a person to say whether it is personal data, in the order of the notice."""
    return _list(notice, SealedState.OPEN)


def list_masked(notice: Notice) -> list[SealedText]:
    """What somebody masked for good."""
    return _list(notice, SealedState.MASKED)


def get_seal(seal_id: UUID) -> SealedText:
    """One sealed value with its notice; NotFound when there is none."""
    found = db.session.get(SealedText, seal_id)
    if found is None:
        raise NotFound(seal_id)
    return found


def name_seal(sealed: SealedText) -> Sentence:
    """Where it stands and what it is, without telling it: 第3行“备注”里有身份证号."""
    return name_place(sealed.place, sealed.row + 1, sealed.kind, str(sealed.cell + 1))


def _list(notice: Notice, state: SealedState) -> list[SealedText]:
    found = (
        select(SealedText)
        .where(SealedText.notice_id == notice.id, SealedText.state == state)
        .order_by(SealedText.row, SealedText.cell, SealedText.start, SealedText.id)
    )
    seals = list(db.session.scalars(found))
    return sorted(seals, key=lambda each: each.place.startswith("cell:"))


def seals_of(notice: Notice) -> list[SealedText]:
    """All seals of a notice; a new correction begins with those of what it corrects."""
    found = select(SealedText).where(SealedText.notice_id == notice.id).order_by(SealedText.id)
    seals = list(db.session.scalars(found))
    if not seals and notice.corrects_id is not None and inspect(notice).pending:
        earlier = select(SealedText).where(SealedText.notice_id == notice.corrects_id)
        seals = [_copied(each, notice) for each in db.session.scalars(earlier)]
        db.session.add_all(seals)
    return seals


def _copied(sealed: SealedText, notice: Notice) -> SealedText:
    names = inspect(SealedText).columns.keys()
    kept = {name: getattr(sealed, name) for name in names if name not in ("id", "notice_id")}
    return SealedText(id=new_id(), notice=notice, **kept)


def seal_finding(notice: Notice, finding: Finding) -> SealedText:
    spot = finding.spot
    return SealedText(
        id=new_id(),
        township_id=notice.township_id,
        notice=notice,
        place=spot.slot.place,
        row=spot.slot.row,
        cell=spot.slot.cell,
        start=spot.start,
        kind=finding.kind.value,
        masked=spot.masked,
        sealed=seal(finding.raw),
        fingerprint=spot.fingerprint,
        confidence=finding.confidence,
        suggestion=finding.suggestion,
        state=SealedState.OPEN,
        found_at=now(),
    )


def spot_of(sealed: SealedText) -> Spot:
    slot = Slot(sealed.place, sealed.row, sealed.cell)
    return Spot(slot, sealed.start, sealed.masked, sealed.fingerprint)


def keep_place(sealed: SealedText, spot: Spot | None) -> None:
    if spot is None:
        sealed.state = SealedState.GONE
    elif spot != spot_of(sealed):
        sealed.row, sealed.cell, sealed.start = spot.slot.row, spot.slot.cell, spot.start

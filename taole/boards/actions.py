"""Keeping a photograph of a board, and confirming what hangs there. Nothing here commits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from taole.access.permissions import Actor
from taole.attachments.actions import keep_file
from taole.boards.board_rules import CONFIRMABLE, day_of, kept_sightings, sightings
from taole.boards.code_reading import BoardReading, read_board
from taole.boards.models import BoardPhotograph
from taole.boards.queries import as_board_notice, list_by_codes
from taole.catalogue.channels import Channel
from taole.core.clock import now, today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.words import N_, sentence
from taole.notices.actions import post, see_up, take_down
from taole.notices.laying_out import board_posting
from taole.notices.models import Notice
from taole.organisation.models import Unit
from taole.trail.actions import record

DARK, BLURRED = "dark", "blurred"
"""What a photograph's ``note`` may say of it."""


def keep_board_photograph(
    unit: Unit,
    photograph: bytes,
    filename: str,
    *,
    by: Actor,
    taken_on: date | None = None,
    photograph_id: UUID | None = None,
    at: datetime | None = None,
) -> BoardPhotograph:
    """Keep a photograph of a unit's board, then read the codes on it in its own resolution.

    ``taken_on``: as the person said; else as the camera wrote; else today. Whatever cannot be
    read, the photograph is kept. Raises Refused for a file that is no photograph.
    """
    attachment = keep_file(unit, photograph, filename, by=by)
    if attachment.media_type != "image/jpeg":
        raise Refused(N_("这个文件不是照片：请用手机拍一张公示栏，或者选一张照片。"))
    reading = read_board(photograph)
    seen = kept_sightings([(each.text, each.box) for each in reading.codes], reading.sheets)
    kept = BoardPhotograph(
        id=photograph_id or new_id(),
        township_id=attachment.township_id,
        unit=unit,
        attachment=attachment,
        taken_on=day_of(taken_on, reading.taken_on, today()),
        seen=seen,
        unread=sum(1 for each in seen if not each["read"]),
        skipped=[],
        note=_note(reading),
        uploaded_by_id=by.id,
        uploaded_at=at or now(),
    )
    db.session.add(kept)
    db.session.flush()
    attachment.owner_id = kept.id
    _tell(
        kept,
        "photograph_board",
        by=by,
        after={"unit": unit.code, "read": len(seen) - kept.unread, "unread": kept.unread},
    )
    return kept


def confirm_board(
    photograph: BoardPhotograph,
    *,
    hanging: Collection[str],
    down: Collection[UUID] = (),
    by: Actor,
    at: datetime | None = None,
) -> bool:
    """Log that the notices with these codes hang on the board, with this photograph as proof.

    An approved notice goes up as of the photograph's day; one that hangs already was seen up on
    that day, and gets this proof if it had none. ``down``: postings on the board that came down.
    False, and nothing done, when the photograph was confirmed before. Raises Refused, naming the
    notice, when one of them cannot be logged; then nothing is.
    """
    if not _claim(photograph, by=by, at=at or now()):
        return False
    notices = _confirmable(photograph, {*hanging, *_codes_of(photograph)})
    for code in sorted(hanging):
        if code not in notices:
            raise Refused(N_("勾选的公示里有一件现在不能登记在栏：请刷新页面，看看它的最新情况。"))
        _log_on_board(notices[code], photograph, by=by)
    for posting in (board_posting(each) for each in notices.values()):
        if posting is not None and posting.id in down:
            take_down(posting, on=max(today(), posting.posted_on), by=by)
    _tell(
        photograph,
        "confirm_board",
        by=by,
        after={"hanging": len(hanging), "taken_down": len(down)},
    )
    db.session.flush()
    return True


def skip_sheet(photograph: BoardPhotograph, key: str, *, by: Actor) -> None:
    """This sheet is no notice: nobody is asked about it again."""
    if not (key.isdecimal() and 1 <= int(key) <= len(photograph.seen)):
        raise Refused(N_("照片上没有这一张：请刷新页面再选。"))
    if key in photograph.skipped:
        return
    photograph.skipped = [*photograph.skipped, key]
    _tell(photograph, "skip_sheet", by=by, after={"sheet": key})
    db.session.flush()


def _claim(photograph: BoardPhotograph, *, by: Actor, at: datetime) -> bool:
    """Only the first of several confirmations finds the photograph unconfirmed."""
    claimed = (
        update(BoardPhotograph)
        .where(BoardPhotograph.id == photograph.id, BoardPhotograph.confirmed_at.is_(None))
        .values(confirmed_at=at, confirmed_by_id=by.id)
        .execution_options(synchronize_session=False)
    )
    is_first = bool(db.session.execute(claimed).rowcount)  # type: ignore[attr-defined]
    db.session.refresh(photograph, ["confirmed_at", "confirmed_by_id"])
    return is_first


def _codes_of(photograph: BoardPhotograph) -> set[str]:
    return {each["code"] for each in photograph.seen if each["code"]}


def _confirmable(photograph: BoardPhotograph, codes: Collection[str]) -> dict[str, Notice]:
    """Those of these notices that are this unit's and can hang; others do not exist here."""
    unit = photograph.unit
    asked = {code for code in codes if code}
    found = {
        code: notice for code, notice in list_by_codes(asked).items() if notice.unit_id == unit.id
    }
    known = {code: as_board_notice(notice) for code, notice in found.items()}
    told = sightings(
        [{"code": code, "box": [], "read": True} for code in sorted(found)],
        known,
        unit_id=unit.id,
        on=photograph.taken_on,
    )
    may_hang = {each.code for each in told if each.kind in CONFIRMABLE}
    return {code: notice for code, notice in found.items() if code in may_hang}


def _log_on_board(notice: Notice, photograph: BoardPhotograph, *, by: Actor) -> None:
    posting = board_posting(notice)
    if posting is None:
        try:
            post(
                notice,
                channel=Channel.BOARD,
                posted_on=photograph.taken_on,
                proof=photograph.attachment,
                by=by,
            )
        except Refused as refusal:
            raise Refused(
                sentence(N_("“%(title)s”没有登记上："), title=notice.title), *refusal.sentences
            ) from refusal
        return
    if photograph.taken_on >= posting.posted_on:
        see_up(posting, on=photograph.taken_on, by=by, proof=photograph.attachment)


def _tell(photograph: BoardPhotograph, verb: str, *, by: Actor, after: dict[str, Any]) -> None:
    record(
        verb,
        "board_photograph",
        photograph.id,
        by=by,
        township_id=photograph.township_id,
        after=after,
    )


def _note(reading: BoardReading) -> str:
    said = ((DARK, reading.is_dark), (BLURRED, reading.is_blurred))
    return " ".join(word for word, holds in said if holds)

"""What can be asked about boards: notices by their codes, what should hang, one photograph."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from taole.attachments.models import Attachment
from taole.boards.board_rules import BoardNotice
from taole.boards.codes import CODE
from taole.boards.models import BoardPhotograph
from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueItem
from taole.core.database import db
from taole.core.errors import NotFound
from taole.notices.laying_out import board_posting
from taole.notices.models import Notice, Posting
from taole.notices.workflow import IN_REVIEW, NoticeState
from taole.organisation.models import Unit

SHOWN_PHOTOGRAPHS = 6
MOST_WALLS = 20


def get_public_notice(code: str) -> Notice:
    """The notice that a code on the wall names, if it was ever posted; else NotFound."""
    wanted = code.lower()
    if not CODE.fullmatch(wanted):
        raise NotFound(code)
    notice = db.session.scalar(
        _with_parts(select(Notice)).where(
            Notice.public_code == wanted, Notice.first_posted_on.is_not(None)
        )
    )
    if notice is None:
        raise NotFound(code)
    return notice


def find_posted_correction(notice: Notice) -> Notice | None:
    """The notice that took the place of this one."""
    found = (
        select(Notice)
        .where(Notice.corrects_id == notice.id, Notice.first_posted_on.is_not(None))
        .order_by(Notice.written_at.desc())
        .limit(1)
    )
    return db.session.scalar(found)


def list_by_codes(codes: Collection[str]) -> dict[str, Notice]:
    """The notices with these public codes, wherever they belong, by code."""
    if not codes:
        return {}
    found = _with_parts(select(Notice)).where(Notice.public_code.in_(sorted(codes)))
    return {each.public_code: each for each in db.session.scalars(found)}


def list_should_hang(unit: Unit, on: date) -> list[Notice]:
    """What should be on a unit's board on a day: up and not over, or approved and still to go up.

    An approved notice counts if its item names the board among its channels; longest due first.
    """
    on_board = and_(
        Posting.notice_id == Notice.id,
        Posting.channel == Channel.BOARD,
        Posting.taken_down_on.is_(None),
    )
    hangs = exists().where(on_board, or_(Posting.until_on.is_(None), Posting.until_on >= on))
    was_up = exists().where(Posting.notice_id == Notice.id, Posting.channel == Channel.BOARD)
    found = (
        _with_parts(select(Notice))
        .where(
            Notice.unit_id == unit.id,
            or_(
                and_(Notice.state.in_((NoticeState.POSTED, *IN_REVIEW)), hangs),
                and_(Notice.state.in_((NoticeState.APPROVED, NoticeState.POSTED)), ~was_up),
            ),
        )
        .order_by(Notice.reviewed_at, Notice.id)
    )
    return [
        each
        for each in db.session.scalars(found)
        if Channel.BOARD.value in each.item.channels or board_posting(each)
    ]


def as_board_notice(notice: Notice) -> BoardNotice:
    posting = board_posting(notice)
    return BoardNotice(
        notice.id,
        notice.public_code,
        notice.unit_id,
        notice.state,
        posting_id=posting.id if posting else None,
        posted_on=posting.posted_on if posting else None,
        until_on=posting.until_on if posting else None,
    )


def get_board_photograph(photograph_id: UUID) -> BoardPhotograph:
    """One photograph with its unit and file; NotFound when there is none."""
    found = db.session.get(
        BoardPhotograph,
        photograph_id,
        options=[joinedload(BoardPhotograph.unit), joinedload(BoardPhotograph.attachment)],
    )
    if found is None:
        raise NotFound(photograph_id)
    return found


def list_photographs(unit: Unit) -> list[BoardPhotograph]:
    """The latest photographs of a unit's board, newest first."""
    found = (
        select(BoardPhotograph)
        .where(BoardPhotograph.unit_id == unit.id)
        .order_by(BoardPhotograph.uploaded_at.desc(), BoardPhotograph.id.desc())
        .limit(SHOWN_PHOTOGRAPHS)
    )
    return list(db.session.scalars(found))


def find_board_photograph(photograph_id: UUID) -> BoardPhotograph | None:
    return db.session.get(BoardPhotograph, photograph_id)


def _with_parts(found: Select[Notice]) -> Select[Notice]:
    return found.options(
        joinedload(Notice.unit, innerjoin=True),
        joinedload(Notice.item, innerjoin=True).joinedload(CatalogueItem.edition),
        selectinload(Notice.postings).joinedload(Posting.proof),
    )


def list_wall_photographs(unit: Unit) -> list[Attachment]:
    """What was photographed on a village's walls to be looked through, the latest first."""
    found = (
        select(Attachment)
        .where(Attachment.owner_id == unit.id)
        .order_by(Attachment.uploaded_at.desc(), Attachment.id.desc())
        .limit(MOST_WALLS)
    )
    return list(db.session.scalars(found))

"""Gathering what ``check_rules`` looks at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from taole.attachments.models import MAY_GO_PUBLIC, Attachment, ScanState
from taole.attachments.queries import list_attachments
from taole.attachments.uploads import list_unfinished
from taole.catalogue.models import CatalogueItem
from taole.catalogue.template_sums import wrong_sums
from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.calendar_store import work_calendar
from taole.core.database import db
from taole.core.words import N_, Sentence, sentence
from taole.notices.check_rules import Check, Findings, checks
from taole.notices.faults import faults_of
from taole.notices.gate_seals import list_masked, list_open, name_seal
from taole.notices.models import Notice, SealedState, SealedText
from taole.notices.posting import default_until
from taole.notices.queries import list_answered
from taole.notices.showing_queries import showing_of
from taole.notices.showing_rules import ShowingProblem, in_words, problems
from taole.notices.workflow import NoticeState
from taole.organisation.queries import get_township_of

_TOLD = (NoticeState.POSTED, NoticeState.ENDED, NoticeState.CORRECTED)


def checks_of(notice: Notice, on: date) -> list[Check]:
    """The list for one notice on a day."""
    files = list_attachments(notice.id)
    states = [each.scan_state for each in files]
    previous = find_previous(notice)
    until = default_until(notice.item, on)
    owed = [each.due_on for each in list_answered(notice) if each.answer is None]
    template = UnifiedTemplate.from_mapping(notice.template)
    sums = wrong_sums(template, notice.head, notice.columns, notice.rows)
    found = Findings(
        faults=faults_of(notice),
        sums_differ=any(True for _sum in sums),
        open_data=[name_seal(each) for each in list_open(notice)],
        masked_data=len(list_masked(notice)),
        files_coming=len(list_unfinished(notice.id)),
        files_waiting=states.count(ScanState.WAITING),
        files_refused=sum(
            state not in MAY_GO_PUBLIC and state is not ScanState.WAITING for state in states
        ),
        short_period=_short_period(notice, on),
        showing_days=(until - on).days if until else None,
        due_on=min(owed, default=None),
        rows_before=len(previous.rows) if previous and previous.rows else None,
        phones=sum(bool(unit.phone) for unit in (notice.unit, get_township_of(notice.unit))),
    )
    return checks(
        template,
        notice.columns,
        notice.rows,
        found,
        has_content=bool(notice.body.strip() or notice.rows or files),
        today=on,
    )


def _short_period(notice: Notice, on: date) -> Sentence | None:
    for posting in notice.postings:
        showing = showing_of(posting, work_calendar())
        if ShowingProblem.TOO_SHORT in problems(showing, on):
            return in_words(ShowingProblem.TOO_SHORT, showing, on)
    return None


def marks_of(notices: Sequence[Notice]) -> dict[UUID, list[Sentence]]:
    """What is wrong in each of these notices in a few words, for the queue; nothing if all is well.

    Two statements for all of them: the queue's page has fifty.
    """
    ids = [each.id for each in notices]
    open_data = _count_by_notice(SealedText.notice_id, ids, SealedText.state == SealedState.OPEN)
    unfit = _count_by_notice(Attachment.owner_id, ids, Attachment.scan_state.not_in(MAY_GO_PUBLIC))
    told: dict[UUID, list[Sentence]] = {}
    for notice in notices:
        lacking = sum(fault.is_fatal for fault in faults_of(notice))
        counted = (
            (N_("%(count)s 处要改"), lacking),
            (N_("个人信息 %(count)s 处"), open_data.get(notice.id, 0)),
            (N_("附件 %(count)s 个没查清"), unfit.get(notice.id, 0)),
        )
        told[notice.id] = [sentence(msgid, count=count) for msgid, count in counted if count]
    return told


def _count_by_notice(
    column: InstrumentedAttribute[Any], ids: Sequence[UUID], wanted: ColumnElement[bool]
) -> dict[UUID, int]:
    found = select(column, func.count()).where(column.in_(ids), wanted).group_by(column)
    return {row[0]: row[1] for row in db.session.execute(found)}


def find_previous(notice: Notice) -> Notice | None:
    """The unit's notice of the same matter that was shown last before this one."""
    found = (
        select(Notice)
        .join(CatalogueItem, CatalogueItem.id == Notice.item_id)
        .where(
            Notice.unit_id == notice.unit_id,
            Notice.id != notice.id,
            CatalogueItem.code == notice.item.code,
            Notice.state.in_(_TOLD),
        )
        .order_by(Notice.first_posted_on.desc(), Notice.id.desc())
        .limit(1)
    )
    if notice.corrects_id is not None:
        found = found.where(Notice.id != notice.corrects_id)
    return db.session.scalar(found)

"""Gathering what ``check_rules`` looks at."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from taole.attachments.models import MAY_GO_PUBLIC, ScanState
from taole.attachments.queries import list_attachments
from taole.attachments.uploads import list_unfinished
from taole.catalogue.models import CatalogueItem
from taole.catalogue.template_rules import Fault, check_filled
from taole.catalogue.template_sums import wrong_sums
from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.database import db
from taole.notices.check_rules import Check, Findings, checks
from taole.notices.gate import list_masked, list_open, name_seal
from taole.notices.models import Notice
from taole.notices.queries import list_answered
from taole.notices.workflow import NoticeState
from taole.organisation.queries import get_township_of

_TOLD = (NoticeState.POSTED, NoticeState.ENDED, NoticeState.CORRECTED)


def faults_of(notice: Notice) -> list[Fault]:
    """What is wrong in the filled sheet, by the template with which it was written."""
    return check_filled(
        UnifiedTemplate.from_mapping(notice.template),
        head=notice.head,
        columns=notice.columns,
        rows=notice.rows,
    )


def checks_of(notice: Notice, on: date) -> list[Check]:
    """The list for one notice on a day."""
    files = list_attachments(notice.id)
    states = [each.scan_state for each in files]
    previous = find_previous(notice)
    owed = [each.due_on for each in list_answered(notice) if each.answer is None]
    template = UnifiedTemplate.from_mapping(notice.template)
    sums = wrong_sums(template, notice.head, notice.columns, notice.rows)
    found = Findings(
        faults=faults_of(notice),
        sums_differ=any(True for _sum in sums),
        open_data=[name_seal(each) for each in list_open(notice)],
        masked_data=len(list_masked(notice)),
        files_waiting=states.count(ScanState.WAITING) + len(list_unfinished(notice.id)),
        files_refused=sum(
            state not in MAY_GO_PUBLIC and state is not ScanState.WAITING for state in states
        ),
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

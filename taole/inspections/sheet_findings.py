"""What the system sees of what hangs: taken down early, no photograph, personal data.

A sheet that hangs on after its time is told of in the showing page and on the secretary's home.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from taole.attachments.models import Attachment, ScanState
from taole.core.clock import local
from taole.core.database import db
from taole.core.words import N_, sentence
from taole.inspections.seen import Detector, Mended, Seen
from taole.inspections.sheet_rules import personal_data_statement, sheet_statement
from taole.inspections.workflow import Severity
from taole.notices.models import Notice, Posting, SealedState, SealedText
from taole.notices.showing_queries import ShownSheet, list_sheets_in_trouble
from taole.notices.showing_rules import ShowingProblem
from taole.notices.workflow import NoticeState
from taole.organisation.models import Unit, User
from taole.privacy.findings import Kind

POSTING, PERSONAL = "posting", "personal"
GRACE = timedelta(days=7)
"""How long a missing photograph may wait before it is a finding."""

_KINDS = {
    ShowingProblem.TAKEN_DOWN_EARLY: ("posting-irregular", Severity.MAJOR),
    ShowingProblem.NO_PHOTOGRAPH: ("papers-unsorted", Severity.MINOR),
}
_DEMANDS = {
    ShowingProblem.TAKEN_DOWN_EARLY: N_("重新张贴，挂满规定天数，拍照上传"),
    ShowingProblem.NO_PHOTOGRAPH: N_("补拍公示的照片并上传"),
}
KIND_OF_DATA = {
    Kind.IDENTITY: "identity-number",
    Kind.BANK_CARD: "bank-account",
    Kind.MOBILE: "mobile-number",
    Kind.LANDLINE: "mobile-number",
    Kind.SOCIAL_CARD: "social-card",
    Kind.ADDRESS: "home-address",
    Kind.HEALTH: "health-education",
}
_OFF = (NoticeState.WITHDRAWN, NoticeState.CORRECTED)


def look_at_sheets(township: Unit, on: date) -> Iterator[Seen]:
    """Sheets that came down early, hang on, or have no photograph, each trouble by itself."""
    for sheet in list_sheets_in_trouble((township.path,), on):
        for problem in sheet.problems:
            since = _since(problem, sheet)
            is_early = problem is ShowingProblem.TAKEN_DOWN_EARLY
            if problem in _KINDS and (is_early or on - since >= GRACE):
                kind, severity = _KINDS[problem]
                yield Seen(
                    subject=f"{POSTING}:{sheet.posting.id}:{problem}",
                    unit=sheet.notice.unit,
                    since=since,
                    statement=sheet_statement(
                        sheet.notice.unit.name, sheet.notice.title, problem, sheet.showing, on
                    ),
                    severity=severity,
                    problem_kind=kind,
                    demand=_DEMANDS[problem],
                    item=sheet.notice.item,
                    channel=sheet.posting.channel,
                )


def _since(problem: ShowingProblem, sheet: ShownSheet) -> date:
    showing = sheet.showing
    if problem is ShowingProblem.TAKEN_DOWN_EARLY and showing.taken_down_on is not None:
        return showing.taken_down_on
    return showing.posted_on


def mended_sheets(subjects: Collection[str], on: date) -> Mapping[str, Mended]:
    """The photographs that came."""
    named = {subject: subject.split(":") for subject in subjects}
    found = db.session.scalars(
        select(Posting)
        .where(Posting.id.in_([UUID(parts[1]) for parts in named.values()]))
        .options(joinedload(Posting.proof))
    )
    postings = {str(each.id): each for each in found}
    over = {}
    for subject, (_prefix, posting_id, problem) in named.items():
        posting = postings.get(posting_id)
        what = _what_mended(posting, problem, on) if posting else None
        if what is not None:
            over[subject] = what
    return over


def _what_mended(posting: Posting, problem: str, on: date) -> Mended | None:
    if problem != ShowingProblem.NO_PHOTOGRAPH or not (posting.proof or posting.proof_link):
        return None
    return Mended(
        sentence(N_("已补照片")),
        on,
        posting.proof,
        posting.proof_link,
        f"/notices/{posting.notice_id}",
        db.session.get(User, posting.entered_by_id) if posting.entered_by_id else None,
    )


def look_for_personal_data(township: Unit, on: date) -> Iterator[Seen]:
    """Notices that are up although the gate found personal data in their words or files."""
    words = (
        select(SealedText.notice_id, func.min(SealedText.kind), func.min(SealedText.found_at))
        .where(SealedText.township_id == township.id, SealedText.state == SealedState.OPEN)
        .group_by(SealedText.notice_id)
    )
    files = (
        select(Attachment.owner_id, func.min(Attachment.scanned_at))
        .where(
            Attachment.township_id == township.id,
            Attachment.scan_state == ScanState.FOUND,
            Attachment.owner_id.is_not(None),
        )
        .group_by(Attachment.owner_id)
    )
    found = {notice_id: ("", at) for notice_id, at in db.session.execute(files)}
    found |= {notice_id: (kind, at) for notice_id, kind, at in db.session.execute(words)}
    up = (
        select(Notice)
        .where(Notice.id.in_(list(found)), Notice.first_posted_on <= on)
        .where(Notice.state.not_in(_OFF), _hangs(on))
        .options(joinedload(Notice.unit), joinedload(Notice.item))
        .order_by(Notice.id)
    )
    for notice in db.session.scalars(up):
        kind, at = found[notice.id]
        yield personal_data_of(notice, Kind(kind) if kind else None, local(at).date() if at else on)


def personal_data_of(notice: Notice, kind: Kind | None, since: date) -> Seen:
    """That a notice shows personal data of a kind (None: in a file)."""
    return Seen(
        subject=f"{PERSONAL}:{notice.id}",
        unit=notice.unit,
        since=since,
        statement=personal_data_statement(notice.unit.name, notice.title),
        severity=Severity.SERIOUS,
        problem_kind=KIND_OF_DATA.get(kind, "") if kind else "",
        demand=N_("立即撤下，遮盖个人信息后重新公示，并检查其他渠道"),
        basis="个人信息保护法 第二十五条、第二十八条",
        item=notice.item,
    )


def mended_personal_data(subjects: Collection[str], on: date) -> Mapping[str, Mended]:
    """The notices in which nothing waits any more: masked, or said to be none."""
    ids = {UUID(subject.partition(":")[2]): subject for subject in subjects}
    waits = set(
        db.session.scalars(
            select(SealedText.notice_id).where(
                SealedText.notice_id.in_(list(ids)), SealedText.state == SealedState.OPEN
            )
        )
    ) | set(
        db.session.scalars(
            select(Attachment.owner_id).where(
                Attachment.owner_id.in_(list(ids)), Attachment.scan_state == ScanState.FOUND
            )
        )
    )
    words = sentence(N_("个人信息已遮盖，或已说明不是个人信息"))
    return {
        subject: Mended(words, on, page=f"/notices/{notice_id}")
        for notice_id, subject in ids.items()
        if notice_id not in waits
    }


def _hangs(on: date) -> ColumnElement[bool]:
    return Notice.postings.any(or_(Posting.taken_down_on.is_(None), Posting.taken_down_on > on))


DETECTORS = (
    Detector(POSTING, look_at_sheets, mended_sheets),
    Detector(PERSONAL, look_for_personal_data, mended_personal_data),
)

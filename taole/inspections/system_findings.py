"""What the system sees of what is due: missing, or published late.

The checklist names it at once; after the days of grace the clock opens findings of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from taole.access.permissions import Actor, Role
from taole.catalogue.models import CatalogueItem
from taole.core.database import db, under
from taole.core.errors import Refused
from taole.core.periods import label
from taole.core.settings_store import find_setting, keep_setting
from taole.core.words import N_, Sentence, day_text, sentence
from taole.inspections import rules
from taole.inspections.models import Finding
from taole.inspections.rules import Owed
from taole.inspections.seen import Detector, Mended, Seen
from taole.inspections.workflow import Severity
from taole.notices.models import Notice, Posting
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer, Standing, standing
from taole.organisation.models import Membership, Unit, User
from taole.trail.actions import record
from taole.trail.queries import list_lines_of

PREFIX = "obligation"
LATE = "late"
LOOK_BACK = timedelta(days=90)
"""What fell due before that is history: no finding is opened of it any more."""

_DEMAND_WHEN_MISSING = N_("立即公示，上传照片或链接；没有事项的，办理“无此事项”确认")
_DEMAND_WHEN_LATE = N_("书面说明超期原因，今后按时限公示")

SETTING = "system-findings"
MOST_GRACE = 60
GRACE = {"missing": 5, LATE: 10}
"""Days after the due day from which a finding is opened, unless the township says otherwise."""


@dataclass(frozen=True)
class SystemFinding:
    """A matter that a unit did not publish, or published late, with the sentence that says so."""

    obligation: Obligation
    subject: Sentence
    statement: Sentence
    severity: Severity
    days_late: int
    is_missing: bool

    @property
    def obligation_id(self) -> UUID:
        return self.obligation.id

    @property
    def unit_id(self) -> UUID:
        return self.obligation.unit_id

    @property
    def unit_name(self) -> str:
        return self.obligation.unit.name

    @property
    def item(self) -> CatalogueItem:
        return self.obligation.item

    @property
    def problem_kind(self) -> str:
        return "" if self.is_missing else LATE


def subject_of(obligation_id: UUID) -> str:
    return f"{PREFIX}:{obligation_id}"


def system_findings(path: str, on: date, start: date | None = None) -> list[SystemFinding]:
    """What is missing, or was answered late, on a day: of obligations due from ``start`` on.

    Without ``start``, of the last 365 days. By unit, then by due day. What is a finding already
    (somebody recorded it, or the clock opened it) is left out: it stands among the findings.
    """
    first = on - rules.WATCHED_FOR if start is None else start
    recorded = set(
        db.session.scalars(
            select(Finding.subject)
            .join(Finding.unit)
            .where(
                under(Unit.path, path),
                Finding.subject.startswith(f"{PREFIX}:"),
                Finding.found_on <= on,
            )
        )
    )
    return [
        problem
        for problem in _troubles(path, first, on)
        if subject_of(problem.obligation_id) not in recorded
    ]


def _troubles(path: str, first: date, on: date) -> Iterator[SystemFinding]:
    found = (
        select(Obligation)
        .join(Obligation.unit)
        .options(
            contains_eager(Obligation.unit),
            joinedload(Obligation.item).joinedload(CatalogueItem.edition),
            joinedload(Obligation.event),
        )
        .where(
            under(Unit.path, path),
            Obligation.due_on >= first,
            Obligation.due_on < on,
            or_(Obligation.answer.is_(None), Obligation.answer != Answer.EXCUSED),
            or_(Obligation.answered_on.is_(None), Obligation.answered_on > Obligation.due_on),
        )
        .order_by(Unit.path, Obligation.due_on, Obligation.item_code, Obligation.period_key)
    )
    for obligation in db.session.scalars(found):
        problem = find_problem(obligation, on)
        if problem is not None:
            yield problem


def grace_of(township_id: UUID) -> dict[str, int]:
    """Days of grace for "missing" and "late"."""
    return {**GRACE, **(find_setting(SETTING, township_id) or {})}


def set_grace(township: Unit, *, missing: int, late: int, by: Actor) -> None:
    """The township's word: after how many days what is missing, or was late, is a finding."""
    for days in (missing, late):
        if not 0 <= days <= MOST_GRACE:
            raise Refused(sentence(N_("天数要在 0 到 %(most)s 之间"), most=MOST_GRACE))
    before, after = grace_of(township.id), {"missing": missing, LATE: late}
    keep_setting(SETTING, after, township.id)
    record(
        "set_grace", "unit", township.id, by=by, township_id=township.id, before=before, after=after
    )


def look(township: Unit, on: date) -> Iterator[Seen]:
    """What has been missing, or was late, by more than the township's days of grace."""
    grace = grace_of(township.id)
    for problem in _troubles(township.path, on - LOOK_BACK, on):
        if problem.days_late <= grace["missing" if problem.is_missing else LATE]:
            continue
        yield Seen(
            subject=subject_of(problem.obligation_id),
            unit=problem.obligation.unit,
            since=problem.obligation.due_on + timedelta(days=1),
            statement=problem.statement,
            severity=problem.severity,
            problem_kind=problem.problem_kind,
            demand=usual_demand(is_missing=problem.is_missing),
            basis=place_in_catalogue(problem.item),
            item=problem.item,
        )


def mended(subjects: Collection[str], on: date) -> Mapping[str, Mended]:
    """Those that were answered: by a notice, with its posting's proof, or otherwise."""
    ids = [UUID(subject.partition(":")[2]) for subject in subjects]
    found = select(Obligation).where(
        Obligation.id.in_(ids), Obligation.answer.is_not(None), Obligation.answered_on <= on
    )
    answered = {}
    for obligation in db.session.scalars(found):
        posting = _last_posting(obligation)
        answered[subject_of(obligation.id)] = Mended(
            _answered_in_words(obligation, posting),
            obligation.answered_on or on,
            posting.proof if posting else None,
            posting.proof_link if posting else "",
            f"/notices/{posting.notice_id}" if posting else f"/obligations/{obligation.id}",
            db.session.get(User, obligation.answered_by_id) if obligation.answered_by_id else None,
        )
    return answered


def _last_posting(obligation: Obligation) -> Posting | None:
    return db.session.scalar(
        select(Posting)
        .join(Posting.notice)
        .where(Notice.id == obligation.answer_id, Posting.repeats_id.is_(None))
        .options(contains_eager(Posting.notice), joinedload(Posting.proof))
        .order_by(Posting.proof_id.is_(None), Posting.posted_on.desc())
        .limit(1)
    )


def _answered_in_words(obligation: Obligation, posting: Posting | None) -> Sentence:
    day = day_text(obligation.answered_on) if obligation.answered_on else ""
    if posting is not None:
        return sentence(N_("%(day)s已公示，编号%(number)s"), day=day, number=posting.notice.number)
    if obligation.answer is Answer.EXCUSED:
        return sentence(N_("%(day)s经批准不公示：%(reason)s"), day=day, reason=obligation.reason)
    return sentence(N_("%(day)s已确认无此事项"), day=day)


def taken_back_on(subject: str) -> date | None:
    """The last day on which an answer was taken back: it is owed anew from then on."""
    lines = list_lines_of(UUID(subject.partition(":")[2]))
    return max((line.at.date() for line in lines if line.verb == "unanswer"), default=None)


DETECTOR = Detector(PREFIX, look, mended, taken_back_on)


def find_problem(obligation: Obligation, on: date) -> SystemFinding | None:
    """What is wrong with one obligation on a day: missing, late, or nothing (None)."""
    stands = standing(obligation.facts, on)
    owed = owed_by(obligation)
    if stands is Standing.MISSING:
        days = (on - obligation.due_on).days
        said = rules.missing_statement(owed, on)
    elif stands is Standing.LATE and obligation.answered_on is not None:
        days = (obligation.answered_on - obligation.due_on).days
        said = rules.late_statement(owed, obligation.answered_on)
    else:
        return None
    return SystemFinding(
        obligation=obligation,
        subject=rules.subject(owed),
        statement=said,
        severity=rules.severity_of_delay(days, is_missing=stands is Standing.MISSING),
        days_late=days,
        is_missing=stands is Standing.MISSING,
    )


def owed_by(obligation: Obligation) -> Owed:
    """The names and days from which a sentence about an obligation is written."""
    event = obligation.event
    return Owed(
        unit=obligation.unit.name,
        item=obligation.item.title,
        period="" if event else label(obligation.period),
        year=event.happens_on.year if event else obligation.period_start.year,
        due_on=obligation.due_on,
        event=event.title if event else "",
    )


def place_in_catalogue(item: CatalogueItem) -> str:
    """《村务公开基准目录》社会保障 SB-10: what the township itself follows.

    The item's own sources may be of other provinces, from which the catalogue was drawn up.
    """
    return f"《{item.edition.name}》{item.section} {item.code}"[:200]


def usual_demand(*, is_missing: bool) -> str:
    """What is demanded of a unit for a matter that is missing, or that was published late."""
    return _DEMAND_WHEN_MISSING if is_missing else _DEMAND_WHEN_LATE


def owners_of_units(path: str, on: date) -> dict[UUID, str]:
    """Who holds each village's disclosure on a day, by unit; a stand-in before the stood in for."""
    rows = db.session.execute(
        select(Membership.unit_id, User.name)
        .join(User, Membership.user_id == User.id)
        .join(Unit, Membership.unit_id == Unit.id)
        .where(
            under(Unit.path, path),
            Membership.role == Role.SECRETARY,
            Membership.from_on <= on,
            or_(Membership.until_on.is_(None), Membership.until_on > on),
            or_(User.retired_on.is_(None), User.retired_on > on),
        )
        .order_by(Membership.stands_in_for_id.is_not(None), Membership.from_on)
    )
    return {row.unit_id: row.name for row in rows}

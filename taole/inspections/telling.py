"""What findings have to tell people: what is to be mended, by when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import select

from taole.core.calendar_store import work_calendar
from taole.core.database import db
from taole.core.words import N_, sentence
from taole.inspections.extending import list_open_extensions
from taole.inspections.models import Finding, FindingExtension, InspectionVisit
from taole.inspections.queries import list_findings_open_on
from taole.inspections.self_checks import list_open_self_checks
from taole.inspections.workflow import FindingState
from taole.notifications.lines import Audience, Line
from taole.notifications.plan import Plan
from taole.notifications.sources import Source
from taole.organisation.models import Unit

PREFIX, SELF_CHECK, EXTENSION = "finding", "selfcheck", "extension"
_DUE = N_("整改：%(statement)s，%(due)s前改完，还有%(days)s天")
_TODAY = N_("整改：%(statement)s，今天（%(due)s）到期")
_OVER = N_("整改：%(statement)s，应在%(due)s前改完，已超%(days)s天")
_CHECK = N_("自查：对照通报的问题查一遍，%(due)s前报有没有")
_CHECK_OVER = N_("自查：应在%(due)s前报对照通报自查的情况，还没有报")
_RECHECK = N_("%(unit)s已改：%(statement)s，等复核")


def lines(township: Unit, on: date, plan: Plan) -> Iterator[Line]:
    """By the steps of the plan to those who mend; to the clerk what waits to be looked at again."""
    calendar = work_calendar()
    for finding in list_findings_open_on(township.path, on):
        if finding.state is FindingState.PROOFED:
            yield _line(finding, "proofed", Audience.CLERK, on)
            continue
        if finding.is_of_a_due_matter:
            continue
        for audience in plan.audiences:
            step = plan.reached_for(audience, finding.mend_until, on, calendar)
            if step is not None:
                yield _line(finding, step.name, audience, on)


def _line(finding: Finding, step: str, audience: Audience, on: date) -> Line:
    days = (finding.mend_until - on).days
    msgid = _DUE if days > 0 else _OVER if days < 0 else _TODAY
    if finding.state is FindingState.PROOFED:
        msgid = _RECHECK
    statement = finding.statement[:60]
    return Line(
        subject=f"{PREFIX}:{finding.id}",
        step=step,
        unit_id=finding.unit_id,
        to=audience,
        text=sentence(
            msgid,
            unit=finding.unit.name,
            statement=statement,
            due=f"{finding.mend_until:%-m月%-d日}",
            days=abs(days),
        ),
        path=f"/findings/{finding.id}",
        due_on=finding.mend_until,
        unit=finding.unit.name,
        short=f"整改：{statement[:30]}",
    )


def open_findings(subjects: Collection[str]) -> set[str]:
    ids = [UUID(subject.partition(":")[2]) for subject in subjects]
    found = select(Finding.id).where(Finding.id.in_(ids), Finding.state != FindingState.CLOSED)
    return {f"{PREFIX}:{each}" for each in db.session.scalars(found)}


def self_check_lines(township: Unit, on: date, plan: Plan) -> Iterator[Line]:
    """To the villages that have not answered a self-check, by the steps of the plan."""
    calendar = work_calendar()
    for visit in list_open_self_checks(township.path):
        for audience in plan.audiences:
            due_on = visit.due_on
            step = plan.reached_for(audience, due_on, on, calendar) if due_on else None
            if step is not None and due_on is not None:
                said = _CHECK_OVER if due_on < on else _CHECK
                yield Line(
                    subject=f"{SELF_CHECK}:{visit.inspection_id}:{visit.unit_id}",
                    step=step.name,
                    unit_id=visit.unit_id,
                    to=audience,
                    text=sentence(said, due=f"{due_on:%-m月%-d日}"),
                    path=f"/inspections/{visit.inspection_id}/self-check/{visit.unit.code}",
                    due_on=due_on,
                    unit=visit.unit.name,
                    short=N_("自查通报的问题"),
                )


def open_self_checks(subjects: Collection[str]) -> set[str]:
    parts = [subject.split(":") for subject in subjects]
    found = select(InspectionVisit.inspection_id, InspectionVisit.unit_id).where(
        InspectionVisit.inspection_id.in_({UUID(each[1]) for each in parts}),
        InspectionVisit.answer.is_(None),
    )
    waiting = {f"{SELF_CHECK}:{one}:{unit}" for one, unit in db.session.execute(found)}
    return waiting & set(subjects)


def extension_lines(township: Unit, on: date, _plan: Plan) -> Iterator[Line]:
    """To the leader what waits for a word: more time was asked for."""
    for asked in list_open_extensions(township.path):
        finding = asked.finding
        if asked.asked_on <= on:
            yield Line(
                subject=f"{EXTENSION}:{asked.id}",
                step="asked",
                unit_id=finding.unit_id,
                to=Audience.LEADER,
                text=sentence(
                    N_("%(unit)s申请延到%(until)s：%(statement)s，等您批示"),
                    unit=finding.unit.name,
                    until=f"{asked.until_on:%-m月%-d日}",
                    statement=finding.statement[:60],
                ),
                path=f"/findings/{finding.id}",
                due_on=finding.mend_until,
                unit=finding.unit.name,
                short=N_("延期等批示"),
            )


def open_extensions(subjects: Collection[str]) -> set[str]:
    ids = [UUID(subject.partition(":")[2]) for subject in subjects]
    found = select(FindingExtension.id).where(
        FindingExtension.id.in_(ids), FindingExtension.is_granted.is_(None)
    )
    return {f"{EXTENSION}:{each}" for each in db.session.scalars(found)}


SOURCES = (
    Source(EXTENSION, N_("延期"), extension_lines, open_extensions),
    Source(PREFIX, N_("整改"), lines, open_findings),
    Source(SELF_CHECK, N_("自查"), self_check_lines, open_self_checks),
)

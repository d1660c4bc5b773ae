"""What findings have to tell people: what is to be mended, by when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import select

from taole.core.calendar_store import work_calendar
from taole.core.database import db
from taole.core.words import N_, sentence
from taole.inspections.models import Finding
from taole.inspections.queries import list_findings_open_on
from taole.inspections.workflow import FindingState
from taole.notifications.lines import Audience, Line
from taole.notifications.plan import Plan
from taole.notifications.sources import Source
from taole.organisation.models import Unit

PREFIX = "finding"
_DUE = N_("整改：%(statement)s，%(due)s前改完，还有%(days)s天")
_TODAY = N_("整改：%(statement)s，今天（%(due)s）到期")
_OVER = N_("整改：%(statement)s，应在%(due)s前改完，已超%(days)s天")
_RECHECK = N_("%(unit)s已改：%(statement)s，等复核")


def lines(township: Unit, on: date, plan: Plan) -> Iterator[Line]:
    """By the steps of the plan to those who mend; to the clerk what waits to be looked at again."""
    calendar = work_calendar()
    for finding in list_findings_open_on(township.path, on):
        if finding.state is FindingState.PROOFED:
            yield _line(finding, "proofed", Audience.CLERK, on)
            continue
        for audience in plan.audiences:
            step = plan.reached_for(audience, finding.due_on, on, calendar)
            if step is not None:
                yield _line(finding, step.name, audience, on)


def _line(finding: Finding, step: str, audience: Audience, on: date) -> Line:
    days = (finding.due_on - on).days
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
            due=f"{finding.due_on:%-m月%-d日}",
            days=abs(days),
        ),
        path=f"/findings/{finding.id}",
        due_on=finding.due_on,
        unit=finding.unit.name,
        short=f"整改：{statement[:30]}",
    )


def open_findings(subjects: Collection[str]) -> set[str]:
    ids = [UUID(subject.partition(":")[2]) for subject in subjects]
    found = select(Finding.id).where(Finding.id.in_(ids), Finding.state != FindingState.CLOSED)
    return {f"{PREFIX}:{each}" for each in db.session.scalars(found)}


SOURCE = Source(PREFIX, N_("整改"), lines, open_findings)

"""Measures of the office itself: the website, messages, rectification, rounds, the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy import case, func, or_, select

from taole.core.database import db
from taole.core.periods import label
from taole.core.words import N_, day_text, sentence
from taole.inspections.models import Finding
from taole.inspections.queries import list_findings_open_on
from taole.inspections.workflow import FindingState
from taole.oversight.clearing_queries import list_to_clear
from taole.oversight.column_rules import Standing
from taole.oversight.disclosure_queries import list_late_disclosures
from taole.oversight.measure_rules import Fix, How, Measured, Problem
from taole.oversight.quarter import Quarter
from taole.oversight.website_queries import list_unanswered, updates_by_month
from taole.registers.models import LedgerSubmission, Training
from taole.rounds.models import CollectionRound, RoundAsk


def columns(standing: Standing, said: str) -> Callable[[Quarter], Measured]:
    def measure(quarter: Quarter) -> Measured:
        if not quarter.columns:
            return Measured.nothing(How.AT_MOST)
        return Measured.at_most(
            [
                Problem(
                    sentence(said, column=column.item.title),
                    f"/website-duty/{quarter.township.code}/columns/{column.item.code}",
                    Fix.UPDATE,
                )
                for column in quarter.columns
                if column.standing is standing
            ]
        )

    return measure


def updates(quarter: Quarter) -> Measured:
    """The least number of updates in a month of the quarter that is over, or the running one."""
    if not quarter.columns:
        return Measured.nothing(How.AT_LEAST)
    months = [
        month
        for month in updates_by_month(quarter.township, quarter.period.start.year, quarter.on)
        if quarter.period.start.month <= month.month <= quarter.period.end.month and month.is_begun
    ]
    short = [
        Problem(
            sentence(
                N_("镇政府网站栏目%(month)s月只更新%(days)s次，不足2次"),
                month=month.month,
                days=month.days,
            ),
            f"/website-duty/{quarter.township.code}",
            Fix.NONE if month.is_over else Fix.UPDATE,
        )
        for month in months
        if month.short
    ]
    return Measured.at_least(min((month.days for month in months), default=0), short, usual=2)


def unanswered(quarter: Quarter) -> Measured:
    waiting = list_unanswered(quarter.township, quarter.on)
    late = [each.message.received_on for each in waiting if each.message.due_on < quarter.on]
    return _unanswered(N_("%(received)s收到的留言至今未答复"), late)


def three_months(quarter: Quarter) -> Measured:
    waiting = list_unanswered(quarter.township, quarter.on)
    over = [each.message.received_on for each in waiting if each.is_over]
    return _unanswered(N_("%(received)s收到的留言超过三个月未答复"), over)


def _unanswered(said: str, received: Iterable[date]) -> Measured:
    return Measured.at_most(
        [
            Problem(
                sentence(said, received=day_text(day)), "/registers/public_messages", Fix.ANSWER
            )
            for day in received
        ]
    )


def disclosures(quarter: Quarter) -> Measured:
    found = list_late_disclosures(quarter.township, quarter.period.start, quarter.end, quarter.on)
    return Measured.at_most(
        [
            Problem(
                sentence(
                    N_("%(unit)s《%(title)s》自形成之日起超过20个工作日公开"),
                    unit=each.notice.unit.name,
                    title=each.notice.title,
                ),
                f"/notices/{each.notice.id}",
                Fix.NONE if each.disclosure.disclosed_on else Fix.POST,
                each.notice.unit.name,
            )
            for each in found
        ]
    )


def stale(quarter: Quarter) -> Measured:
    return Measured.at_most(
        [
            Problem(
                sentence(
                    N_("%(unit)s《%(title)s》过期没有撤下"),
                    unit=each.notice.unit.name,
                    title=each.notice.title,
                ),
                f"/website-duty/{quarter.township.code}/clearing",
                Fix.TAKE_DOWN,
                each.notice.unit.name,
            )
            for each in list_to_clear(quarter.township, quarter.on)
        ]
    )


def findings_overdue(quarter: Quarter) -> Measured:
    return Measured.at_most(
        [
            Problem(
                sentence(
                    N_("%(unit)s“%(statement)s”整改超期%(days)s天"),
                    unit=finding.unit.name,
                    statement=finding.statement[:40],
                    days=(quarter.on - finding.due_on).days,
                ),
                f"/findings/{finding.id}",
                Fix.REVIEW if finding.state is FindingState.PROOFED else Fix.MEND,
                finding.unit.name,
            )
            for finding in list_findings_open_on(quarter.township.path, quarter.on)
            if finding.due_on < quarter.on
        ]
    )


def findings_closed(quarter: Quarter) -> Measured:
    """Of the findings due in the quarter and before the day, how many were closed by then."""
    due, closed = db.session.execute(
        select(
            func.count(),
            func.sum(case((Finding.closed_on <= quarter.on, 1), else_=0)),
        ).where(
            Finding.township_id == quarter.township.id,
            Finding.due_on.between(quarter.period.start, quarter.period.end),
            or_(Finding.due_on < quarter.on, Finding.closed_on <= quarter.on),
        )
    ).one()
    return Measured.rate((closed or 0) / due if due else None)


def rounds(quarter: Quarter) -> Measured:
    """Of the asks whose time was over when the day began, how many were answered in time."""
    asked, in_time = db.session.execute(
        select(
            func.count(),
            func.sum(case((RoundAsk.answered_at <= RoundAsk.due_at, 1), else_=0)),
        )
        .join(CollectionRound, CollectionRound.id == RoundAsk.round_id)
        .where(
            RoundAsk.township_id == quarter.township.id,
            RoundAsk.due_at.between(*quarter.moments()),
        )
    ).one()
    return Measured.rate((in_time or 0) / asked if asked else None)


def submitted(quarter: Quarter) -> Measured:
    count = db.session.scalar(
        select(func.count()).where(
            LedgerSubmission.township_id == quarter.township.id,
            LedgerSubmission.submitted_on.between(quarter.period.start, quarter.end),
        )
    )
    missing = Problem(
        sentence(N_("%(period)s工作台账没有报送"), period=label(quarter.period)),
        f"/quarter/{quarter.township.code}?quarter={quarter.period.key}",
        Fix.SUBMIT,
    )
    return Measured.at_least(count or 0, () if count else (missing,))


def training(quarter: Quarter) -> Measured:
    count = db.session.scalar(
        select(func.count()).where(
            Training.township_id == quarter.township.id,
            Training.held_on.between(date(quarter.period.start.year, 1, 1), quarter.end),
        )
    )
    return Measured.at_least(count or 0)

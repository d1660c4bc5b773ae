"""Measures of what the villages show: whole, in time, photographed, reviewed, without secrets."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from taole.core.database import db
from taole.core.words import N_, day_text, sentence
from taole.notices.models import Notice, SealedState, SealedText
from taole.notices.showing_rules import ShowingProblem
from taole.notices.workflow import IN_REVIEW, NoticeState
from taole.organisation.models import Unit
from taole.oversight.measure_rules import Fix, How, Measured, Problem
from taole.oversight.quarter import Quarter

LONG_OVERDUE = 30
"""Days after which an overdue matter is named apart (about twenty working days)."""


def completeness(quarter: Quarter) -> Measured:
    return Measured.rate(quarter.counts.completeness, missing(quarter))


def timeliness(quarter: Quarter) -> Measured:
    late = [
        Problem(
            sentence(
                N_("%(unit)s%(what)s应于%(due)s前公示，%(answered)s才公示，迟%(days)s天"),
                unit=each.unit,
                what=each.what,
                due=day_text(each.due_on),
                answered=day_text(each.answered_on),
                days=(each.answered_on - each.due_on).days,
            ),
            f"/obligations/{each.id}",
            Fix.NONE,
            each.unit,
        )
        for each in quarter.owed
        if each.answered_on is not None
    ]
    return Measured.rate(quarter.counts.timeliness, late)


def long_overdue(quarter: Quarter) -> Measured:
    if not quarter.counts.due:
        return Measured.nothing(How.AT_MOST)
    return Measured.at_most(missing(quarter, LONG_OVERDUE))


def missing(quarter: Quarter, longer_than: int = 0) -> list[Problem]:
    return [
        Problem(
            sentence(
                N_("%(unit)s%(what)s应于%(due)s前公示，至%(on)s未公示，超期%(days)s天"),
                unit=each.unit,
                what=each.what,
                due=day_text(each.due_on),
                on=day_text(quarter.on),
                days=(quarter.on - each.due_on).days,
            ),
            f"/obligations/{each.id}",
            fix_of(each.notice_state),
            each.unit,
        )
        for each in quarter.owed
        if each.answered_on is None and (quarter.on - each.due_on).days > longer_than
    ]


def fix_of(state: NoticeState | None) -> Fix:
    if state in (NoticeState.APPROVED, NoticeState.POSTED):
        return Fix.POST
    if state in IN_REVIEW:
        return Fix.REVIEW
    if state in (NoticeState.DRAFT, NoticeState.RETURNED):
        return Fix.FINISH
    return Fix.WRITE


def showing(problem: ShowingProblem, fix: Fix, said: str) -> Callable[[Quarter], Measured]:
    def measure(quarter: Quarter) -> Measured:
        return Measured.at_most(
            [
                Problem(
                    sentence(said, unit=sheet.notice.unit.name, title=sheet.notice.title),
                    f"/notices/{sheet.notice.id}",
                    fix,
                    sheet.notice.unit.name,
                )
                for sheet in quarter.sheets
                if problem in sheet.problems and sheet.posting.posted_on >= quarter.period.start
            ]
        )

    return measure


def reviews(quarter: Quarter) -> Measured:
    """What hangs ahead of its review and was not judged by its day (三审三校)."""
    found = db.session.execute(
        select(Notice.id, Notice.title, Unit.name)
        .join(Unit, Unit.id == Notice.unit_id)
        .where(
            Notice.township_id == quarter.township.id,
            Notice.review_by_on < quarter.on,
            Notice.first_posted_on.between(quarter.period.start, quarter.end),
        )
        .order_by(Unit.path, Notice.id)
    )
    return Measured.at_most(
        [
            Problem(
                sentence(N_("%(unit)s《%(title)s》未落实三审三校即公示"), unit=unit, title=title),
                f"/notices/{notice_id}",
                Fix.REVIEW,
                unit,
            )
            for notice_id, title, unit in found
        ]
    )


def personal_data(quarter: Quarter) -> Measured:
    found = db.session.execute(
        select(Notice.id, Notice.title, Unit.name)
        .join(SealedText, SealedText.notice_id == Notice.id)
        .join(Unit, Unit.id == Notice.unit_id)
        .where(
            Notice.township_id == quarter.township.id,
            Notice.state == NoticeState.POSTED,
            SealedText.state == SealedState.OPEN,
        )
        .group_by(Notice.id, Notice.title, Unit.name, Unit.path)
        .order_by(Unit.path, Notice.id)
    )
    return Measured.at_most(
        [
            Problem(
                sentence(
                    N_("%(unit)s《%(title)s》有个人信息没有处理就公示"), unit=unit, title=title
                ),
                f"/notices/{notice_id}",
                Fix.FINISH,
                unit,
            )
            for notice_id, title, unit in found
        ]
    )

"""陶乐镇 on 20 September 2023 with what a county would name, planted row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from taole.catalogue.channels import Channel
from taole.core.clock import noon
from taole.core.database import db
from taole.core.periods import Period, period_of
from taole.core.transactions import transaction
from taole.notices.models import Notice, NoticeAnswer, Posting
from taole.notices.workflow import NoticeState
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer
from taole.organisation.models import Unit
from taole.oversight.measures import MEASURES
from taole.oversight.quarter import Quarter
from tests.notices.notice_factory import owe
from tests.obligations.village_catalogue import Catalogue, build_catalogue

ON = date(2023, 9, 20)
THIRD = period_of("2023Q3")


@dataclass
class Village:
    """A unit with its paper on the board, to plant things in."""

    unit: Unit
    catalogue: Catalogue

    def owes(self, key: str, due_on: date, answered_on: date | None = None) -> Obligation:
        """The month's 补贴发放, answered or not."""
        owed = owe(self.unit, self.catalogue.payments, key, due_on)
        if answered_on is not None:
            owed.answer, owed.answered_on = Answer.NOTICE, answered_on
        return owed

    def wrote(
        self, state: NoticeState, title: str = "补贴发放公示", owed: Obligation | None = None
    ) -> Notice:
        notice = Notice(
            township_id=self.unit.township_id,
            unit=self.unit,
            item=self.catalogue.payments,
            section="社会保障",
            period_key="2023-08",
            title=title,
            state=state,
            author_name="陈某",
            written_at=noon(date(2023, 9, 1)),
        )
        if owed is not None:
            notice.answers = [NoticeAnswer(township_id=self.unit.township_id, obligation=owed)]
        db.session.add(notice)
        return notice

    def hung(self, title: str, posted_on: date, **values: Any) -> Posting:
        """A sheet on the board, with its photograph unless it is said to have none."""
        notice = self.wrote(NoticeState.POSTED, title)
        notice.first_posted_on = posted_on
        posting = Posting(
            township_id=self.unit.township_id,
            unit_id=self.unit.id,
            notice=notice,
            posted_on=posted_on,
            entered_at=noon(posted_on),
            **{
                "channel": Channel.BOARD,
                "proof_link": "https://example.invalid/photo",
                **values,
            },
        )
        db.session.add(posting)
        return posting


def villages(town: Any) -> list[Village]:
    catalogue = build_catalogue(town)
    return [Village(unit, catalogue) for unit in town.villages]


def plant_gaps(town: Any) -> list[Village]:
    """东园村 has shown nothing for July, 施家台子村 holds August in a draft, 王家庄村 was late.

    马太沟村 was in time, 庙庙湖村 was excused; what falls due today is nobody's fault yet.
    """
    found = east, second, third, fourth, fifth = villages(town)
    august, due = "2023-08", date(2023, 9, 15)
    with transaction():
        east.owes("2023-07", date(2023, 8, 15))
        draft = second.owes(august, due)
        second.wrote(NoticeState.DRAFT, owed=draft)
        third.owes(august, due, date(2023, 9, 18))
        fourth.owes(august, due, due)
        fourth.owes("2023-09", ON)
        fifth.owes(august, due).answer = Answer.EXCUSED
    return found


def measured(town: Any, key: str, on: date = ON, quarter: Period = THIRD) -> Any:
    """A measure's value with the sentences of its problems and how each is mended."""
    return MEASURES[key].run(Quarter(town.township, quarter, on))


def said(town: Any, key: str, on: date = ON, quarter: Period = THIRD) -> list[tuple[str, str]]:
    return [(str(each.said), each.fix.name) for each in measured(town, key, on, quarter).problems]


def at(day: date, hour: int = 4) -> datetime:
    return datetime.combine(day, time(hour), UTC)

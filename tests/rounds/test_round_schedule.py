"""When a collection opens: each scheduled Monday once, and one village's trouble is no other's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from round_factory import DAY, MONDAY, OPENING, SETTING
from sqlalchemy import select

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.figures import REGISTRY, Scope, evaluate
from taole.core.jobs import PartlyFailed
from taole.core.transactions import transaction
from taole.notifications.models import Message, RouteKind
from taole.notifications.plan import Plan
from taole.notifications.routes import add_route
from taole.notifications.settings import keep_plan
from taole.rounds import opening
from taole.rounds.actions import (
    keep_round_setting,
    open_by_hand,
    open_due_rounds,
    open_round,
)
from taole.rounds.jobs import open_rounds
from taole.rounds.models import CollectionRound
from taole.rounds.settings import round_setting


def test_each_scheduled_monday_opens_once_however_often_the_clock_looks(town):
    for hours in (0, 1, 2, 24):
        open_due_rounds(OPENING + timedelta(hours=hours))
    assert [each.number for each in db.session.scalars(select(CollectionRound))] == [19]


def test_before_half_past_eight_nothing_is_opened(town):
    assert open_due_rounds(OPENING - timedelta(minutes=1)) == []


def test_of_two_rounds_missed_the_latest_is_asked_and_the_first_is_kept_as_not_sent(town):
    open_due_rounds(OPENING + 15 * DAY)
    first, second = db.session.scalars(
        select(CollectionRound).order_by(CollectionRound.scheduled_on)
    )
    assert (first.is_empty, second.is_empty) == (True, False)
    assert "系统没有运行" in first.note
    assert second.due_at > OPENING + 17 * DAY, "late, yet with days to answer"


def test_nothing_is_opened_for_the_time_before_the_schedule_was_switched_on(town):
    with transaction():
        keep_round_setting(town.township, replace(SETTING, since=date(2023, 9, 12)), by=town.li)
    assert open_due_rounds(OPENING + DAY) == []
    assert [each.number for each in open_due_rounds(OPENING + 14 * DAY)] == [20]


def test_a_round_opened_by_hand_is_not_opened_again(town):
    with transaction():
        opened = open_by_hand(town.township, at=OPENING - 2 * DAY, by=town.li)
    assert opened.number == 19, "two days before its Monday"
    assert open_due_rounds(OPENING) == []
    with pytest.raises(Refused, match="已经发出过"):
        open_by_hand(town.township, at=OPENING - DAY, by=town.li)


def test_the_schedule_is_what_the_yearly_report_cites(town):
    keep_round_setting(town.township, replace(SETTING, every_weeks=3), by=town.li)
    scope = Scope(town.township.id, town.township.path, date(2023, 1, 1), date(2023, 12, 31))
    cited = [
        evaluate(figure, scope)
        for figure in REGISTRY.values()
        if figure.label == "征集公开内容的间隔"
    ]
    assert cited == [3]
    assert round_setting(town.township.id).every_weeks == 3


def test_a_township_that_fails_does_not_keep_the_others_from_being_asked(town, monkeypatch):
    with transaction():
        keep_round_setting(town.neighbour, SETTING, by=town.li)

    def broken(township, **how):
        if township.name == "红崖子乡":
            raise ValueError("x")
        return open_round(township, **how)

    monkeypatch.setattr(opening, "open_round", broken)
    with pytest.raises(PartlyFailed, match="发出 1 期，1 处没成功：红崖子乡 ValueError"):
        open_due_rounds(OPENING)


def test_the_groups_are_told_once_that_a_round_is_open(town):
    with transaction():
        add_route(
            town.township,
            kind=RouteKind.FEISHU,
            name="工作群",
            address="https://open.feishu.cn/open-apis/bot/v2/hook/c0ffee12",
            by=town.li,
            at=OPENING,
        )
    open_rounds()
    assert db.session.query(Message).count() == 0, "reminders are off"
    with transaction():
        keep_plan(town.township, Plan(is_on=True, since=MONDAY), by=town.li)
    for _ in range(2):
        open_rounds()
    (message,) = db.session.query(Message)
    assert message.title == "第19期征集"
    assert "东园村" in message.text
    assert len(message.text) < 500

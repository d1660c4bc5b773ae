"""A collection from its opening to its minutes: who is asked, who answers, who is called."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from round_factory import DAY, MONDAY, OPENING, SETTING, ask_of, draft_for, nineteenth
from sqlalchemy import select

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.figures import REGISTRY, Scope, evaluate
from taole.core.transactions import transaction
from taole.notices.actions import submit
from taole.notifications.digest import send_digests
from taole.notifications.models import Message, MessageKind
from taole.notifications.plan import Plan
from taole.notifications.settings import keep_plan
from taole.obligations.models import Obligation
from taole.organisation.queries import find_user
from taole.registers.actions import enter
from taole.rounds.actions import (
    answer_nothing,
    bring,
    close,
    extend,
    finish_content,
    keep_round_setting,
    remind,
    remind_missing,
)
from taole.rounds.models import AskAnswer, LineKind
from taole.rounds.queries import counts_of, find_open_ask, get_ask, history, list_asks
from taole.rounds.rules import Mark


def test_each_village_is_asked_what_falls_due_before_the_next_round(town):
    round_ = nineteenth(town)
    asks = list_asks(round_)
    assert [ask.unit.name for ask in asks] == [village.name for village in town.villages]
    titles = [line.title for line in asks[0].lines]
    assert "补贴发放（2023年8月）" in titles, "due on 15 September"
    assert not any("2023年9月" in title for title in titles), "due in October"
    assert (round_.year, round_.number, round_.opens_on) == (2023, 19, MONDAY)


def test_the_office_that_owns_a_task_of_the_year_is_asked_for_it(town):
    task = {"title": "规范公示栏", "year": 2023, "number": 1, "state": "推进中"}
    with transaction():
        enter("key_tasks", town.township, {**task, "owner": "民生服务中心"}, by=town.li)
        enter("key_tasks", town.township, {**task, "number": 2, "owner": "各村"}, by=town.li)
    (line,) = ask_of(nineteenth(town), town.service_centre).lines
    assert (line.kind, line.title) == (LineKind.TASK, "规范公示栏")


def test_who_is_left_out_is_not_asked(town):
    with transaction():
        keep_round_setting(
            town.township, replace(SETTING, left_out=frozenset({town.villages[0].id})), by=town.li
        )
    assert list_asks(nineteenth(town))[0].unit.name == "施家台子村"


def test_a_round_with_nothing_to_ask_says_so_and_asks_nobody(town):
    with transaction():
        for owed in db.session.scalars(select(Obligation)):
            owed.answer, owed.answered_on = "nothing", MONDAY
    round_ = nineteenth(town)
    assert round_.is_empty
    assert round_.closed_at == OPENING
    assert "本期没有发出" in round_.note
    assert list_asks(round_) == []


def test_nothing_this_time_is_an_answer_and_counts(town):
    round_ = nineteenth(town)
    with transaction():
        answer_nothing(ask_of(round_, town.villages[0]), reason="无变动", by=town.chen, at=OPENING)
    counts = counts_of(list_asks(round_))
    assert (counts.asked, counts.nothing, counts.missing) == (5, 1, 4)
    with pytest.raises(Refused, match="已经回复过了"):
        answer_nothing(ask_of(round_, town.villages[0]), reason="", by=town.chen, at=OPENING)


def test_a_notice_handed_in_answers_the_round_without_typing_twice(town):
    round_ = nineteenth(town)
    ask = ask_of(round_, town.villages[0])
    notice = draft_for(ask, town.chen)
    submit(notice, by=town.chen, at=OPENING)
    ask = get_ask(ask.id)
    assert [content.notice.title for content in ask.contents] == ["2023年8月补贴发放"]
    assert ask.contents[0].line is ask.lines[0]
    with pytest.raises(Refused, match="已经报来了内容"):
        answer_nothing(ask, reason="", by=town.chen, at=OPENING)
    if ask.answer is None:
        finish_content(ask, by=town.chen, at=OPENING)
    assert ask.answer is AskAnswer.CONTENT
    assert counts_of(list_asks(round_)).by_section == {notice.section: 1}


def test_another_villages_notice_cannot_be_brought(town):
    round_ = nineteenth(town)
    ask, foreign = ask_of(round_, town.villages[0]), ask_of(round_, town.villages[1])
    notice = draft_for(foreign, town.liu)
    with pytest.raises(Refused, match="别的单位"):
        bring(ask, notice, by=town.chen, at=OPENING)


def test_a_reason_that_fits_on_no_minutes_is_refused_with_its_length(town):
    ask = ask_of(nineteenth(town), town.villages[0])
    with pytest.raises(Refused, match="最多 200 个字"):
        answer_nothing(ask, reason="无" * 201, by=town.chen, at=OPENING)
    assert ask.answer is None


def test_an_empty_reply_is_refused_with_what_to_do(town):
    ask = ask_of(nineteenth(town), town.villages[0])
    with pytest.raises(Refused, match="请点“本期无内容”"):
        finish_content(ask, by=town.chen, at=OPENING)


def test_the_third_reminder_is_a_telephone_call(town):
    round_ = nineteenth(town)
    ask = ask_of(round_, town.villages[0])
    for _ in range(2):
        remind(ask, by=town.li, at=OPENING)
    with pytest.raises(Refused, match="请打电话"):
        remind(ask, by=town.li, at=OPENING)
    told = db.session.scalars(select(Message).where(Message.kind == MessageKind.ROUND)).all()
    assert [message.person_id for message in told] == [town.chen.id] * 2
    assert all(len(message.text) < 500 for message in told)
    assert remind_missing(round_, by=town.li, at=OPENING) == 4


def test_reminders_by_the_clock_and_by_hand_are_two_together(town):
    with transaction():
        keep_plan(town.township, Plan(is_on=True, since=MONDAY), by=town.li)
    round_ = nineteenth(town)
    with transaction():
        remind(ask_of(round_, town.villages[0]), by=town.li, at=OPENING)
    for days in range(12):
        send_digests(OPENING + days * DAY)
    by_hand, by_clock = (ask_of(round_, village) for village in town.villages[:2])
    assert [(each.place, each.is_automatic) for each in by_hand.reminders] == [
        (1, False),
        (2, True),
    ]
    assert [(each.place, each.is_automatic) for each in by_clock.reminders] == [
        (1, True),
        (2, True),
    ]


def test_a_unit_that_got_more_time_is_late_only_after_it(town):
    round_ = nineteenth(town)
    ask = ask_of(round_, town.villages[0])
    later = ask.due_at + 3 * DAY
    with pytest.raises(Refused, match="为什么延长"):
        extend(ask, due_at=later, reason=" ", by=town.li)
    extend(ask, due_at=later, reason="会计请假", by=town.li)
    answer_nothing(ask, reason="", by=town.chen, at=later - timedelta(minutes=1))
    other = ask_of(round_, town.villages[1])
    answer_nothing(other, reason="", by=town.liu, at=later - timedelta(minutes=1))
    close(round_, by=town.li, at=later)
    marks = history([village.id for village in town.villages], round_)
    assert [marks[village.id][-1] for village in town.villages[:3]] == [
        Mark.ON_TIME,
        Mark.LATE,
        Mark.MISSING,
    ]


def test_a_closed_round_takes_no_answer_and_is_closed_once(town):
    round_ = nineteenth(town)
    close(round_, by=town.li, at=OPENING + 12 * DAY, note="马太沟村电话催过")
    with pytest.raises(Refused, match="已经关闭"):
        answer_nothing(
            ask_of(round_, town.villages[0]), reason="", by=town.chen, at=OPENING + 13 * DAY
        )
    with pytest.raises(Refused, match="已经关闭"):
        close(round_, by=town.li, at=OPENING + 13 * DAY)
    assert find_open_ask(town.villages[0].id) is None


def test_a_years_collections_add_up_in_their_figures(town):
    round_ = nineteenth(town)
    answer_nothing(ask_of(round_, town.villages[0]), reason="", by=town.chen, at=OPENING)
    scope = Scope(town.township.id, town.township.path, date(2023, 1, 1), date(2023, 12, 31))
    counted = {key: evaluate(REGISTRY[key], scope) for key in REGISTRY if key.startswith("R-")}
    assert counted == {
        "R-rounds": 1,
        "R-closed": 0,
        "R-asked": 5,
        "R-content": 0,
        "R-nothing": 1,
        "R-missing": 4,
    }


def test_who_answers_second_is_told_that_somebody_did(app, town):
    ask_id = ask_of(nineteenth(town), town.villages[0]).id
    said, gate = [], Barrier(2)

    def answer(account):
        with app.app_context(), time_machine.travel(OPENING, tick=False):
            gate.wait()
            try:
                with transaction():
                    answer_nothing(
                        get_ask(ask_id), reason=account, by=find_user(account), at=OPENING
                    )
                said.append("answered")
            except Refused as refusal:
                said.append(str(refusal))
            finally:
                db.session.remove()

    db.session.remove()
    both = [Thread(target=answer, args=(account,)) for account in ("chen", "li")]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert said.count("answered") == 1
    assert all(each == "answered" or "请刷新页面看看" in each for each in said)

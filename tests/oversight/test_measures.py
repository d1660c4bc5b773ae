"""What the county measures on a town with planted faults, each named as the county writes it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from taole.core.clock import noon
from taole.core.database import db
from taole.core.transactions import transaction
from taole.inspections.actions import prove, start_mending
from taole.notices.models import SealedState, SealedText
from taole.notices.workflow import NoticeState
from taole.oversight.measures import MEASURES
from taole.oversight.quarter_tables import tables_of
from taole.registers.models import Training
from taole.registers.rules import TrainingRole
from taole.rounds.models import AskAnswer, CollectionRound, RoundAsk
from tests.inspections.finding_factory import a_finding, closed
from tests.oversight.measure_factory import ON, THIRD, at, measured, plant_gaps, said, villages
from tests.oversight.website_factory import adopt_columns, put_online, write_message


def test_gaps_and_late_sheets_are_named_with_days_and_the_shortest_way_out(town):
    plant_gaps(town)
    assert measured(town, "completeness").value == 50
    assert said(town, "completeness") == [
        ("东园村2023年7月补贴发放应于8月15日前公示，至9月20日未公示，超期36天", "WRITE"),
        ("施家台子村2023年8月补贴发放应于9月15日前公示，至9月20日未公示，超期5天", "FINISH"),
    ]
    assert measured(town, "timeliness").value == 50
    assert said(town, "timeliness") == [
        ("王家庄村2023年8月补贴发放应于9月15日前公示，9月18日才公示，迟3天", "NONE")
    ]
    (long,) = said(town, "long_overdue")
    assert long[0].startswith("东园村2023年7月")


def test_the_past_is_judged_by_what_was_known_on_its_day(town):
    plant_gaps(town)
    before = date(2023, 9, 17)
    assert len(said(town, "completeness", before)) == 3, "王家庄村 had not answered yet"
    assert said(town, "timeliness", before) == []
    assert said(town, "completeness", date(2023, 8, 15)) == [], "the due day itself is no fault"


@pytest.mark.parametrize(
    ("state", "way"),
    [
        (NoticeState.APPROVED, "POST"),
        (NoticeState.SECOND_REVIEW, "REVIEW"),
        (NoticeState.RETURNED, "FINISH"),
    ],
)
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_how_far_a_notice_has_come_says_what_is_left_to_do(town, state, way):
    east = villages(town)[0]
    with transaction():
        east.wrote(state, owed=east.owes("2023-08", date(2023, 9, 15)))
    assert [fix for _said, fix in said(town, "completeness")] == [way]


def test_sheets_without_photograph_taken_down_early_and_left_hanging(town):
    east, second, third, fourth, _fifth = villages(town)
    with transaction():
        east.catalogue.payments.notice_period_days = 7
        east.hung("八月补贴公示", date(2023, 9, 15), proof_link="")
        second.hung("残补公示", date(2023, 9, 1), taken_down_on=date(2023, 9, 5))
        third.hung("高龄公示", date(2023, 9, 1), until_on=date(2023, 9, 8))
        fourth.hung("照章公示", date(2023, 9, 1), taken_down_on=date(2023, 9, 9))
        fourth.hung("上季度没有照片", date(2023, 6, 28), proof_link="")
    assert said(town, "no_photograph") == [("东园村《八月补贴公示》没有公示照片", "PHOTOGRAPH")]
    assert said(town, "taken_down_early") == [("施家台子村《残补公示》公示期未满即撤下", "WRITE")]
    assert said(town, "still_up") == [("王家庄村《高龄公示》到期没有撤下", "TAKE_DOWN")]


def test_what_hangs_unreviewed_or_with_personal_data(town):
    east, second, *_ = villages(town)
    with transaction():
        ahead = east.hung("抢修公示", date(2023, 9, 13)).notice
        ahead.review_by_on = date(2023, 9, 14)
        still_time = east.hung("今天的公示", ON).notice
        still_time.review_by_on = ON
        secret = second.hung("低保名单", date(2023, 9, 4)).notice
        db.session.flush()
        for state in (SealedState.OPEN, SealedState.OPEN, SealedState.MASKED):
            db.session.add(
                SealedText(
                    township_id=secret.township_id,
                    notice_id=secret.id,
                    place="body",
                    kind="phone",
                    masked="138****0000",
                    sealed="",
                    fingerprint="",
                    confidence=1.0,
                    state=state,
                    found_at=noon(ON),
                )
            )
    assert said(town, "not_reviewed") == [("东园村《抢修公示》未落实三审三校即公示", "REVIEW")]
    assert said(town, "personal_data") == [
        ("施家台子村《低保名单》有个人信息没有处理就公示", "FINISH")
    ]


def test_the_website_is_measured_as_its_own_page_shows_it(town):
    nothing = [measured(town, key).value for key in ("columns_stale", "columns_empty")]
    assert [*nothing, measured(town, "updates_a_month").value] == [None] * 3, "no columns adopted"
    columns = adopt_columns(town.township)
    put_online(town.office, columns["WZ-15"], date(2023, 8, 8), "夏粮收购")
    put_online(town.office, columns["WZ-15"], date(2023, 8, 21), "防汛值守")
    put_online(town.office, columns["WZ-01"], date(2023, 7, 5), "政策文件")
    put_online(town.office, columns["WZ-02"], date(2023, 7, 6), "预算", formed_on=date(2023, 6, 6))
    assert said(town, "columns_stale") == [("镇政府网站“动态要闻”栏目更新不及时", "UPDATE")]
    assert ("镇政府网站“社会救助”为空栏目", "UPDATE") in said(town, "columns_empty")
    assert measured(town, "updates_a_month").value == 0
    assert said(town, "updates_a_month") == [("镇政府网站栏目9月只更新0次，不足2次", "UPDATE")]
    assert said(town, "disclosed_late") == [
        ("综合办公室《预算》自形成之日起超过20个工作日公开", "NONE")
    ]


def test_messages_that_waited_too_long_are_counted_apart_from_those_of_three_months(town):
    write_message(town.township, date(2023, 6, 1), "修路")
    write_message(town.township, date(2023, 9, 1), "浇水")
    write_message(town.township, date(2023, 6, 2), "答过", replied_on=date(2023, 6, 9))
    assert said(town, "messages_late") == [
        ("6月1日收到的留言至今未答复", "ANSWER"),
        ("9月1日收到的留言至今未答复", "ANSWER"),
    ]
    assert said(town, "messages_three_months") == [("6月1日收到的留言超过三个月未答复", "ANSWER")]


def test_rectification_is_late_from_the_day_after_its_term(town):
    east, second = town.villages[:2]
    with transaction():
        a_finding(east, town.li, due_on=date(2023, 9, 15), demand="写明")
        proved = a_finding(second, town.li, due_on=date(2023, 9, 18), statement="玻璃破损")
        start_mending(proved, by=town.liu, at=noon(date(2023, 9, 13)))
        prove(
            proved,
            measures="已换",
            by=town.liu,
            on=date(2023, 9, 19),
            proof_link="https://example.invalid/1",
        )
        closed(
            a_finding(east, town.li, due_on=date(2023, 9, 18)),
            proved_by=town.chen,
            by=town.li,
            on=date(2023, 9, 17),
        )
        a_finding(second, town.li, due_on=ON)
    assert said(town, "findings_overdue") == [
        ("东园村“公示栏没写监督电话”整改超期5天", "MEND"),
        ("施家台子村“玻璃破损”整改超期2天", "REVIEW"),
    ]
    assert float(measured(town, "findings_closed").value) == pytest.approx(33.3)
    assert measured(town, "findings_closed", date(2023, 9, 15)).value is None


def test_asks_answered_in_time_and_those_whose_time_is_not_over(town):
    with transaction():
        held = CollectionRound(
            township_id=town.township.id,
            year=2023,
            number=19,
            scheduled_on=date(2023, 9, 11),
            opens_on=date(2023, 9, 11),
            due_at=at(date(2023, 9, 15)),
            opened_at=at(date(2023, 9, 11), 0),
        )
        db.session.add(held)
        db.session.flush()
        for village, due_on, answered_on in (
            (town.villages[0], date(2023, 9, 15), date(2023, 9, 14)),
            (town.villages[1], date(2023, 9, 15), date(2023, 9, 18)),
            (town.villages[2], date(2023, 9, 15), None),
            (town.villages[3], date(2023, 9, 15), date(2023, 9, 15)),
            (town.villages[4], ON, None),
        ):
            db.session.add(
                RoundAsk(
                    township_id=town.township.id,
                    round_id=held.id,
                    unit_id=village.id,
                    due_at=at(due_on),
                    answer=AskAnswer.NOTHING if answered_on else None,
                    answered_at=at(answered_on) if answered_on else None,
                )
            )
    assert measured(town, "rounds_answered").value == 50
    assert measured(town, "rounds_answered", date(2023, 9, 12)).value is None
    (row,) = tables_of(town.township, THIRD, ON)[2].rows
    assert row == ("第19期", date(2023, 9, 11), 5, 3, 3, 2)


def test_trainings_count_for_the_year_and_submissions_for_the_quarter(town):
    assert measured(town, "trainings").value == 0
    assert said(town, "ledger_submitted") == [("2023年第三季度工作台账没有报送", "SUBMIT")]
    with transaction():
        for held_on in (date(2022, 12, 30), date(2023, 3, 2), ON + timedelta(1)):
            db.session.add(
                Training(
                    township_id=town.township.id,
                    role=TrainingRole.HELD,
                    held_on=held_on,
                    topic="村务公开",
                    entered_at=noon(held_on),
                )
            )
    assert measured(town, "trainings").value == 1


def test_an_empty_town_has_nothing_that_could_be_whole_or_late(town):
    for key in ("completeness", "timeliness", "long_overdue", "findings_closed", "rounds_answered"):
        assert measured(town, key).value is None, key
    assert all(each.label for each in MEASURES.values())


def test_the_neighbours_faults_are_not_ours(town):
    plant_gaps(town)
    town.township = town.neighbour
    assert measured(town, "completeness").value is None
    assert said(town, "completeness") == []

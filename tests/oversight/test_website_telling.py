"""Those who publish a column are told on day ten, on day fourteen and when it is stale."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from taole.core.transactions import transaction
from taole.notifications.lines import Audience
from taole.notifications.plan import Plan
from taole.notifications.sources import SOURCES, still_open
from taole.oversight.telling import column_lines, message_lines
from tests.oversight.website_factory import adopt_columns, put_online, write_message

ON = date(2023, 9, 20)
PLAN = Plan(is_on=True, since=date(2023, 1, 1))


@pytest.fixture
def columns(town):
    return adopt_columns(
        town.township,
        [("WZ-05", "社会救助", "", 90, False), ("WZ-15", "动态要闻", "", 14, False)],
    )


def told(town, on, plan=PLAN):
    return [
        (line.subject.rpartition(":")[0].rpartition(":")[2], line.step, line.to)
        for line in column_lines(town.township, on, plan)
    ]


def test_the_office_and_the_clerk_are_told_at_each_step_once(town, columns):
    put_online(town.office, columns["WZ-15"], ON)
    put_online(town.service_centre, columns["WZ-05"], ON)
    steps = {}
    for passed in range(100):
        for code, step, to in told(town, ON + timedelta(passed)):
            steps.setdefault((code, to), {}).setdefault(step, passed)
    assert steps[("WZ-15", Audience.CLERK)] == {"day-10": 10, "day-14": 14, "stale": 15}
    assert steps[("WZ-05", Audience.CONTRIBUTOR)] == {"day-10": 64, "day-14": 90, "stale": 91}


def test_a_line_names_the_column_its_last_day_and_opens_what_to_do(town, columns):
    put_online(town.service_centre, columns["WZ-05"], ON - timedelta(92))
    put_online(town.office, columns["WZ-15"], ON)
    clerk, office = column_lines(town.township, ON, PLAN)
    assert str(clerk.text) == ("“社会救助”栏目92天没有更新，应于 2023-09-18 前更新，超2天。")
    assert clerk.path == "/website-duty/640221106/columns/WZ-05"
    assert (office.unit_id, office.to) == (town.service_centre.id, Audience.CONTRIBUTOR)
    assert office.path == "/villages/640221106-msfw/notices/new?item=WZ-05"
    assert clerk.subject == office.subject
    assert len(clerk.subject) <= 80


def test_the_path_of_a_line_opens_for_whom_it_is_meant(town, columns, sign_in):
    put_online(town.service_centre, columns["WZ-05"], ON - timedelta(92))
    clerk, office, *_ = column_lines(town.township, ON, PLAN)
    assert sign_in("li").get(clerk.path).status_code == 200
    assert sign_in("qian").get(office.path).status_code == 200


def test_an_update_settles_a_cycle_and_the_next_one_is_another_subject(town, columns):
    put_online(town.office, columns["WZ-15"], ON - timedelta(15))
    put_online(town.service_centre, columns["WZ-05"], ON)
    (line, *_) = column_lines(town.township, ON, PLAN)
    with time_machine.travel(at_ten(ON), tick=False):
        assert still_open([line.subject]) == {line.subject}
        put_online(town.office, columns["WZ-15"], ON)
        assert still_open([line.subject, "column:640221999:WZ-15:never"]) == set()
    later = next(iter(column_lines(town.township, ON + timedelta(15), PLAN)))
    assert later.step == "stale"
    assert later.subject != line.subject


def test_what_was_late_before_reminders_were_switched_on_causes_no_message(town, columns):
    put_online(town.office, columns["WZ-15"], ON - timedelta(40))
    put_online(town.service_centre, columns["WZ-05"], ON)
    since = Plan(is_on=True, since=ON)
    assert {step for _code, step, _to in told(town, ON, since)} == {""}
    assert told(town, ON, PLAN)[0][1] == "stale"


def test_an_empty_column_only_stands_in_a_digest_that_goes_anyway(town, columns):
    assert {step for _code, step, _to in told(town, ON)} == {""}


def test_a_township_without_columns_is_told_nothing(town):
    assert told(town, ON) == []


def test_the_clerk_is_told_of_a_message_near_three_months_and_again_when_it_is_over(town, sign_in):
    message = write_message(town.township, date(2023, 6, 20), "浇水的事")
    steps = {}
    for passed in range(60, 120):
        for line in message_lines(town.township, date(2023, 6, 20) + timedelta(passed), PLAN):
            steps.setdefault(line.step, passed)
    assert steps == {"near": 82, "over": 93}
    (line,) = message_lines(town.township, ON, PLAN)
    assert (line.unit_id, line.to) == (town.township.id, Audience.CLERK)
    assert str(line.text) == (
        "2023-06-20 收到的留言“浇水的事”还没有答复，2023-09-20 满三个月，剩0天。"
    )
    (over,) = message_lines(town.township, ON + timedelta(4), PLAN)
    assert "2023-09-20 已满三个月，超4天" in str(over.text)
    assert sign_in("li").get(line.path).status_code == 200
    assert still_open([line.subject]) == {line.subject}
    with transaction():
        message.replied_on = ON
    assert still_open([line.subject]) == set()


def test_both_sources_are_known_to_the_house(app):
    assert {"column", "message"} <= set(SOURCES)


def at_ten(day):
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))

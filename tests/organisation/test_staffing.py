"""Who fills which post: newcomers, stand-ins until a day, moves, leaving; villages that close."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from cast import PASSWORD
from hypothesis import given
from hypothesis import strategies as st

from taole.access.permissions import Permission, Role, may
from taole.core.clock import noon, today
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.organisation.actions import give_role
from taole.organisation.queries import find_holder, find_unit, find_user, get_user
from taole.organisation.rules import GRASSROOTS, UnitKind, clerks_office, common_path, fits, is_open
from taole.organisation.staffing import appoint, dismiss, end_role, stand_in

DONGYUAN = "640221106201"
SEPTEMBER = date(2023, 9, 1)


def _newcomer(**changes):
    filled = {
        "name": "张某某",
        "username": "zhang",
        "unit": DONGYUAN,
        "role": "secretary",
        "from_on": "2023-09-01",
    }
    return {**filled, **changes}


def test_a_stand_in_holds_the_post_until_the_day_and_not_on_it(town):
    post = town.chen.memberships[0]
    until = SEPTEMBER + timedelta(days=14)
    stand_in(post, get_user(town.liu.id), from_on=SEPTEMBER, until_on=until, by=town.zheng)
    place = town.villages[0]
    for day, name in (
        (SEPTEMBER - timedelta(days=1), "陈某"),
        (SEPTEMBER, "刘某"),
        (until - timedelta(days=1), "刘某"),
        (until, "陈某"),
    ):
        assert find_holder(place.id, Role.SECRETARY, day).name == name


def test_a_stand_in_may_write_for_the_other_village_only_meanwhile(town):
    with transaction():
        stand_in(
            town.chen.memberships[0],
            get_user(town.liu.id),
            from_on=SEPTEMBER,
            until_on=date(2023, 9, 15),
            by=town.zheng,
        )
    liu, path = get_user(town.liu.id), town.villages[0].path
    for day, allowed in ((date(2023, 9, 14), True), (date(2023, 9, 15), False)):
        with time_machine.travel(noon(day), tick=False):
            assert may(liu.grants, Permission.WRITE_NOTICE, path) is allowed


def test_a_stand_in_needs_an_end(town):
    with pytest.raises(Refused, match="代班到哪一天"):
        give_role(
            town.liu,
            Role.SECRETARY,
            town.villages[0],
            from_on=SEPTEMBER,
            stands_in_for=town.chen,
            by=town.zheng,
        )


def test_nobody_stands_in_for_a_post_that_the_other_does_not_hold(town):
    with pytest.raises(Refused, match="没有这个岗位"):
        give_role(
            town.liu,
            Role.CLERK,
            town.township,
            from_on=SEPTEMBER,
            until_on=date(2023, 9, 15),
            stands_in_for=town.chen,
            by=town.zheng,
        )


def test_nobody_stands_in_for_herself_or_after_having_left(town):
    post = town.chen.memberships[0]
    for colleague, said in ((town.chen, "给自己代班"), (town.feng, "已经离岗")):
        with pytest.raises(Refused, match=said):
            stand_in(post, colleague, from_on=SEPTEMBER, until_on=date(2023, 9, 15), by=town.zheng)


def test_a_secretary_belongs_to_a_village_and_a_clerk_does_not(town):
    with pytest.raises(Refused, match="不能设在"):
        appoint(town.liu, Role.SECRETARY, town.township, from_on=SEPTEMBER, by=town.zheng)
    with pytest.raises(Refused, match="不能设在"):
        appoint(town.liu, Role.CLERK, town.villages[1], from_on=SEPTEMBER, by=town.zheng)


@given(st.sampled_from(list(Role)), st.sampled_from(list(UnitKind)))
def test_each_role_fits_either_the_villages_or_what_is_above_them(role, kind):
    assert fits(role, kind) == ((role in (Role.SECRETARY, Role.SUPERVISOR)) == (kind in GRASSROOTS))


def test_the_same_post_is_not_given_twice(town):
    with pytest.raises(Refused, match="已经是"):
        appoint(town.chen, Role.SECRETARY, town.villages[0], from_on=SEPTEMBER, by=town.zheng)


def test_a_role_that_ended_can_be_given_again(town):
    held = town.chen.memberships[0]
    end_role(held, on=SEPTEMBER, by=town.zheng)
    appoint(town.chen, Role.SECRETARY, town.villages[0], from_on=SEPTEMBER, by=town.zheng)
    with pytest.raises(Refused, match="之前就结束了"):
        end_role(held, on=date(2023, 10, 1), by=town.zheng)


def test_who_leaves_twice_or_tomorrow_is_refused(town):
    day = today()
    with pytest.raises(Refused, match="已经离岗"):
        dismiss(town.feng, on=day, by=town.zheng, today=day)
    with pytest.raises(Refused, match="还没到"):
        dismiss(town.chen, on=day + timedelta(days=1), by=town.zheng, today=day)
    with pytest.raises(Refused, match="自己的账号"):
        dismiss(town.zheng, on=day, by=town.zheng, today=day)


@given(
    st.lists(
        st.sampled_from(["640221/", "640221/640221106/", "640221/640221106/640221106201/", "1/"])
    )
)
def test_the_common_place_lies_above_every_place(paths):
    shared = common_path(paths)
    assert all(path.startswith(shared) for path in paths)
    assert shared == "" or shared.endswith("/")


@given(st.dates(), st.none() | st.dates(), st.none() | st.dates())
def test_what_is_closed_is_not_open_on_its_last_day(day, opened, closed):
    if is_open(opened, closed, day):
        assert closed is None or day < closed


@pytest.mark.parametrize(
    ("offices", "speaks"),
    [
        (["农业服务中心", "综合办公室"], "陶乐镇综合办公室"),
        (["陶乐镇党政综合办公室"], "陶乐镇党政综合办公室"),
        (["综合执法办公室", "党政办公室"], "陶乐镇党政办公室"),
        (["农业服务中心"], "陶乐镇"),
        ([], "陶乐镇"),
    ],
)
def test_the_clerks_office_speaks_for_the_town_which_else_speaks_itself(offices, speaks):
    assert clerks_office("陶乐镇", offices) == speaks


def test_the_people_page_names_who_holds_what_and_greys_who_left(town, sign_in):
    page = sign_in("li").get("/people").get_data(as_text=True)
    for word in ("东园村", "陈某", "综合办公室", "冯某", "已离岗", "2023年3月1日"):
        assert word in page
    assert "添加人员" not in page
    assert "红崖子乡" not in page


def test_the_inspector_sees_the_people_of_every_township(town, sign_in):
    page = sign_in("wu").get("/people").get_data(as_text=True)
    assert "红翔新村" in page


def test_the_administrator_adds_a_secretary_and_sees_the_password_once(town, sign_in):
    client = sign_in("zheng")
    answer = client.post("/people/new", data=_newcomer())
    assert answer.status_code == 200
    password = re.search(r"<code[^>]*>([^<]+)</code>", answer.get_data(as_text=True)).group(1)
    user = find_user("zhang")
    assert (user.name, user.memberships[0].unit.code) == ("张某某", DONGYUAN)
    assert password not in client.get(f"/people/{user.id}").get_data(as_text=True)
    entered = client.application.test_client().post(
        "/sign-in", data={"username": "zhang", "password": password}
    )
    assert entered.status_code == 302


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"username": "chen"}, "已经有人用了"),
        ({"username": "张"}, "账号只用字母"),
        ({"name": ""}, "请填姓名"),
        ({"from_on": ""}, "请填从哪天起"),
        ({"until_on": "2023-08-01"}, "结束日期要晚于开始日期"),
        ({"role": "clerk"}, "不能设在"),
    ],
)
def test_a_newcomer_filled_in_wrongly_is_shown_again(town, sign_in, changes, said):
    answer = sign_in("zheng").post("/people/new", data=_newcomer(**changes))
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert said in page
    assert changes.get("name", "张某某") in page
    assert find_user("zhang") is None


def test_an_administrator_gives_nothing_on_a_village_of_another_township(town, sign_in):
    answer = sign_in("zheng").post("/people/new", data=_newcomer(unit="640221203201"))
    assert answer.status_code == 422
    assert find_user("zhang") is None


def test_a_person_of_another_township_does_not_exist(town, sign_in):
    with transaction():
        stranger = get_user(town.wu.id)
    client = sign_in("zheng")
    assert client.get(f"/people/{stranger.id}").status_code == 404
    assert client.post(f"/people/{stranger.id}/password").status_code == 404


def test_who_also_serves_the_county_is_not_managed_by_the_township(town, sign_in):
    with transaction():
        give_role(
            get_user(town.wu.id), Role.LEADER, town.township, from_on=SEPTEMBER, by=town.zheng
        )
    client = sign_in("zheng")
    page = client.get(f"/people/{town.wu.id}")
    assert page.status_code == 200
    assert "重设密码" not in page.get_data(as_text=True)
    assert client.post(f"/people/{town.wu.id}/password").status_code == 404


def test_the_administrator_names_a_stand_in_on_the_page(town, sign_in):
    client = sign_in("zheng")
    filled = {
        "post": str(town.chen.memberships[0].id),
        "colleague": str(town.liu.id),
        "from_on": today().isoformat(),
        "until_on": (today() + timedelta(days=7)).isoformat(),
    }
    without_end = client.post(f"/people/{town.chen.id}/stand-ins", data={**filled, "until_on": ""})
    assert without_end.status_code == 422
    assert "请填写代班到哪一天" in without_end.get_data(as_text=True)
    assert client.post(f"/people/{town.chen.id}/stand-ins", data=filled).status_code == 302
    assert "替陈某代班" in client.get("/people").get_data(as_text=True)
    assert "刘某" in client.get(f"/people/{town.chen.id}").get_data(as_text=True)


def test_the_administrator_gives_and_ends_a_role_and_lets_somebody_leave(town, sign_in):
    client = sign_in("zheng")
    person = f"/people/{town.ma.id}"
    given = client.post(
        f"{person}/roles", data={"role": "supervisor", "unit": DONGYUAN, "from_on": "2023-09-01"}
    )
    assert given.status_code == 302
    held = next(h for h in get_user(town.ma.id).memberships if h.role is Role.SUPERVISOR)
    assert (
        client.post(f"{person}/roles/{held.id}/end", data={"on": "2023-10-01"}).status_code == 302
    )
    assert client.post(f"/people/{town.sun.id}/roles/{held.id}/end").status_code == 404
    assert client.post(f"{person}/retire", data={"on": "2023-12-01"}).status_code == 302
    assert get_user(town.ma.id).retired_on == date(2023, 12, 1)
    assert client.post(f"{person}/retire", data={"on": "2023-12-01"}).status_code == 422
    assert client.post(f"{person}/password").status_code == 409


def test_a_reset_password_is_shown_once_and_works(town, sign_in):
    client = sign_in("zheng")
    answer = client.post(f"/people/{town.chen.id}/password").get_data(as_text=True)
    password = re.search(r"<code[^>]*>([^<]+)</code>", answer).group(1)
    elsewhere = client.application.test_client()
    for tried, status in ((PASSWORD, 200), (password, 302)):
        answer = elsewhere.post("/sign-in", data={"username": "chen", "password": tried})
        assert answer.status_code == status


def test_a_village_is_added_and_closed(town, sign_in):
    client = sign_in("zheng")
    filled = {
        "parent": "640221106",
        "kind": "village",
        "name": "新民村",
        "code": "640221106209",
        "opened_on": "2023-07-01",
    }
    wrong = client.post("/units/new", data={**filled, "code": "6402"})
    assert wrong.status_code == 422
    assert "应为 12 位数字" in wrong.get_data(as_text=True)
    assert client.post("/units/new", data=filled).status_code == 302
    early = client.post("/units/640221106209/close", data={"on": "2023-06-01"})
    assert early.status_code == 422
    assert client.post("/units/640221106209/close", data={"on": "2023-12-31"}).status_code == 302
    assert find_unit("640221106209").closed_on == date(2023, 12, 31)
    assert "2023年12月31日撤销" in client.get("/people").get_data(as_text=True)


def test_a_unit_of_another_township_is_not_closed(town, sign_in):
    assert sign_in("zheng").post("/units/640221203201/close").status_code == 404
    assert sign_in("li").get("/units/640221106201/close").status_code == 403


def test_the_trail_tells_in_words_what_was_done(town, sign_in):
    sign_in("zheng").post("/people/new", data=_newcomer())
    page = sign_in("li").get("/trail/640221106").get_data(as_text=True)
    for words in ("郑某", "开通了账号", "给了岗位", "添加了单位", "东园村"):
        assert words in page
    assert "红翔新村" not in page
    assert sign_in("li").get("/trail/640221203").status_code == 404
    assert sign_in("chen").get("/trail/640221106").status_code == 404

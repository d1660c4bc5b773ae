"""Signing in: who gets in, who is kept out, and for how long."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from cast import PASSWORD

from taole.core.clock import now, today
from taole.core.database import db
from taole.core.transactions import transaction
from taole.organisation.actions import add_user, give_role, reset_password, retire
from taole.organisation.models import User
from taole.organisation.queries import get_user
from taole.trail.queries import list_lines_of

NEW = "Dongyuan-9-yue"


def _try(client, password, account="chen", path="/sign-in"):
    return client.post(path, data={"username": account, "password": password})


def _is_in(client):
    return client.get("/password").status_code == 200


def test_the_secretary_of_dongyuan_signs_in(town, sign_in):
    assert _is_in(sign_in("chen"))


def test_a_wrong_password_says_so_and_lets_nobody_in(town, app):
    client = app.test_client()
    answer = _try(client, "nonsense")
    assert "账号或密码不对" in answer.get_data(as_text=True)
    assert not _is_in(client)


def test_an_unknown_account_gets_the_same_answer_as_a_wrong_password(town, app):
    known, unknown = (
        re.sub(r'value="[^"]*"', "", _try(app.test_client(), "no", account).get_data(as_text=True))
        for account in ("chen", "nobody")
    )
    assert known == unknown


def test_the_sign_in_page_says_whom_to_ask(town, app):
    page = app.test_client().get("/sign-in").get_data(as_text=True)
    assert "登录" in page
    with transaction():
        get_neighbour_away(town)
    assert "0952-8011132" in app.test_client().get("/sign-in").get_data(as_text=True)


def get_neighbour_away(town):
    """Leave one township, whose name and phone then stand on the page."""
    for unit in (town.neighbour_village, town.neighbour):
        db.session.delete(db.session.get(type(unit), unit.id))
        db.session.flush()


def test_five_failures_lock_the_account_for_a_quarter_of_an_hour(town, app):
    client = app.test_client()
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(5):
            _try(client, "nonsense")
        assert "15 分钟" in _try(client, PASSWORD).get_data(as_text=True)
        assert not _is_in(client)
        clock.shift(timedelta(minutes=14, seconds=59))
        assert _try(client, PASSWORD).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert _try(client, PASSWORD).status_code == 302
        assert _is_in(client)


def test_four_failures_and_a_success_begin_the_count_anew(town, app):
    client = app.test_client()
    for _ in range(2):
        for _ in range(4):
            _try(client, "nonsense")
        assert _try(client, PASSWORD).status_code == 302
        client.post("/sign-out")


def test_a_lock_leaves_a_line_in_the_trail(town, app):
    for _ in range(5):
        _try(app.test_client(), "nonsense")
    assert [line.verb for line in list_lines_of(town.chen.id)][-1] == "lock"


def test_a_locked_account_does_not_lock_anybody_else(town, app):
    for _ in range(5):
        _try(app.test_client(), "nonsense")
    assert _try(app.test_client(), PASSWORD, account="liu").status_code == 302


def test_whoever_has_left_cannot_enter(town, app):
    answer = _try(app.test_client(), PASSWORD, account="feng")
    assert "账号或密码不对" in answer.get_data(as_text=True)


def test_the_session_of_somebody_who_leaves_ends_at_once(town, sign_in):
    client = sign_in("ma")
    with transaction():
        retire(get_user(town.ma.id), on=today(), by=town.zheng)
    assert not _is_in(client)


def test_a_newcomer_must_change_the_password_before_anything_else(town, app):
    with transaction():
        user, first = add_user("sun2", "孙某某", by=town.zheng)
        give_role(user, town.sun.memberships[0].role, town.villages[3], from_on=today(), by=user)
    client = app.test_client()
    assert _try(client, first, account="sun2").status_code == 302
    for page in ("/", "/people", "/villages/640221106204/"):
        assert client.get(page).location == "/password"
    assert "请先换一个自己的密码" in client.get("/password").get_data(as_text=True)
    answer = client.post("/password", data={"old": first, "new": NEW, "again": NEW})
    assert answer.status_code == 302
    assert client.get("/villages/640221106204/").status_code == 200


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("short1", "short1", "密码至少 8 位"),
        ("20230907", "20230907", "字母和数字"),
        ("chen-2023", "chen-2023", "不要包含账号"),
        ("a1a1a1a1a1", "a1a1a1a1a1", "密码太简单"),
        (NEW, "different-1", "两次输入的新密码不一样"),
        (PASSWORD, PASSWORD, "和原密码一样"),
    ],
)
def test_a_bad_new_password_is_refused_with_the_reason(town, sign_in, new, again, said):
    client = sign_in("chen")
    answer = client.post("/password", data={"old": PASSWORD, "new": new, "again": again})
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert _try(client.application.test_client(), PASSWORD).status_code == 302


def test_the_old_password_must_be_right(town, sign_in):
    answer = sign_in("chen").post("/password", data={"old": "no", "new": NEW, "again": NEW})
    assert answer.status_code == 422
    assert "原密码不对" in answer.get_data(as_text=True)


def test_a_changed_password_ends_all_other_sessions(town, sign_in):
    here, elsewhere = sign_in("chen"), sign_in("chen")
    here.post("/password", data={"old": PASSWORD, "new": NEW, "again": NEW})
    assert _is_in(here)
    assert not _is_in(elsewhere)


def test_a_reset_password_ends_the_session_and_must_be_changed(town, sign_in):
    client = sign_in("chen")
    with transaction():
        first = reset_password(get_user(town.chen.id), by=town.zheng)
    assert not _is_in(client)
    again = client.application.test_client()
    assert _try(again, first).status_code == 302
    assert again.get("/").location == "/password"


def test_a_session_ends_after_its_hours(town, sign_in):
    with time_machine.travel(now(), tick=False) as clock:
        client = sign_in("chen")
        clock.shift(timedelta(hours=11))
        assert _is_in(client)
        clock.shift(timedelta(hours=13))
        assert not _is_in(client)


def test_signing_out_ends_the_session(town, sign_in):
    client = sign_in("chen")
    client.post("/sign-out")
    assert not _is_in(client)


def test_signing_out_ends_also_a_session_whose_cookie_was_copied(town, app, sign_in):
    client, thief = sign_in("chen"), app.test_client()
    thief.set_cookie("session", client.get_cookie("session").value)
    assert _is_in(thief)
    client.post("/sign-out")
    assert not _is_in(thief)


def test_one_goes_on_to_the_page_that_was_asked_for(town, app):
    answer = _try(app.test_client(), PASSWORD, path="/sign-in?next=/password")
    assert answer.location == "/password"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/%09/evil.example",
        "/\t/evil.example",
        "",
    ],
)
def test_nobody_is_sent_on_to_another_host(town, app, elsewhere):
    from urllib.parse import quote, urlsplit

    client = app.test_client()
    answer = _try(client, PASSWORD, path="/sign-in?next=" + quote(elsewhere, safe=""))
    target = urlsplit(answer.location.replace("\t", "").replace("\\", "/"))
    assert answer.status_code == 302
    assert (target.scheme, target.netloc) == ("", "")
    assert not target.path.startswith("//")


def test_the_language_is_switched_and_stays(town, app):
    client = app.test_client()
    assert '<html lang="zh-CN"' in client.get("/sign-in").get_data(as_text=True)
    answer = client.post("/language", data={"to": "en", "next": "/sign-in"})
    assert answer.location == "/sign-in"
    assert '<html lang="en"' in client.get("/sign-in").get_data(as_text=True)
    client.post("/language", data={"to": "zh"})
    assert '<html lang="zh-CN"' in client.get("/sign-in").get_data(as_text=True)


def test_two_townsfolk_have_different_sessions_and_hashes(town):
    users = db.session.query(User).all()
    assert len({user.session_key for user in users}) == len(users)
    assert len({user.password_hash for user in users}) == len(users)
    assert town.feng.retired_on == date(2023, 3, 1)

"""Two at once: one verdict, one submission, one posting, one saved text; the other is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notices.actions import correct, post, revise, submit, write
from taole.notices.models import Notice, NoticeReview, Posting
from taole.notices.queries import get_notice
from taole.notices.workflow import NoticeState
from taole.organisation.queries import find_user
from taole.trail.queries import find_breaks, list_lines_of
from tests.notices.notice_factory import BOARD, Catalogue, approved, pass_reviews

SignIn = Callable[[str], FlaskClient]
DAY = date(2023, 9, 7)


def draft(town: Any, catalogue: Catalogue) -> Notice:
    with transaction():
        return write(
            town.villages[0],
            catalogue["SB-08"],
            period_key="2023-08",
            title="高龄津贴公示",
            body="如下。",
            by=town.chen,
        )


def at_the_office(town: Any, catalogue: Catalogue) -> Notice:
    """A notice that waits for its 复审, which the clerk or the leader can give."""
    notice = draft(town, catalogue)
    with transaction():
        submit(notice, by=town.chen)
        pass_reviews(town, notice, most=1)
    return notice


def at_once(app: Flask, *acts: Callable[[], Any]) -> list[Any]:
    """What each act answers when all begin at the same moment, each in a session of its own."""
    ready = Barrier(len(acts))

    def play(act: Callable[[], Any]) -> Any:
        with app.app_context():
            ready.wait()
            try:
                return act()
            except Refused as refusal:
                return str(refusal)
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(play, acts))


def sending(client: FlaskClient, address: str, **data: Any) -> Callable[[], Any]:
    def send() -> tuple[int, str]:
        answer = client.post(address, data=data)
        return answer.status_code, answer.get_data(as_text=True)

    return send


def fresh(number: Any) -> Notice:
    db.session.expire_all()
    return get_notice(number)


def test_of_two_who_approve_one_gives_the_verdict(
    app: Flask, town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    notice = at_the_office(town, catalogue)
    seen = {"step": "second", "version": notice.version}
    address = f"/notices/{notice.id}/approve"
    number = notice.id
    told = at_once(
        app, sending(sign_in("li"), address, **seen), sending(sign_in("zhao"), address, **seen)
    )
    assert sorted(status for status, _page in told) == [302, 409]
    (page,) = (page for status, page in told if status == 409)
    assert "刚刚作了复审：通过。您的意见没有存。" in page
    assert "等终审" in page
    assert fresh(number).state is NoticeState.FINAL_REVIEW
    assert len(db.session.scalars(select(NoticeReview)).all()) == 2
    assert find_breaks() == {}


def test_of_one_who_approves_and_one_who_returns_one_decides(
    app: Flask, town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    notice = at_the_office(town, catalogue)
    seen = {"step": "second", "version": notice.version}
    number = notice.id
    told = at_once(
        app,
        sending(sign_in("li"), f"/notices/{number}/approve", **seen),
        sending(sign_in("zhao"), f"/notices/{number}/return", reason="少了金额一栏", **seen),
    )
    statuses = [status for status, _page in told]
    assert sorted(statuses) == [302, 409]
    wanted = NoticeState.FINAL_REVIEW if statuses[0] == 302 else NoticeState.RETURNED
    assert fresh(number).state is wanted
    assert len(db.session.scalars(select(NoticeReview)).all()) == 2
    if statuses[1] == 409:
        assert "少了金额一栏" in told[1][1] or wanted is NoticeState.FINAL_REVIEW


def test_a_double_press_of_pass_gives_one_verdict_and_no_error(
    app: Flask, town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    notice = at_the_office(town, catalogue)
    client = sign_in("li")
    number, seen = notice.id, {"step": "second", "version": notice.version}
    first = client.post(f"/notices/{number}/approve", data=seen)
    second = client.post(f"/notices/{number}/approve", data=seen)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "您已经作过复审：通过，不用再按。" in second.get_data(as_text=True)
    assert fresh(number).state is NoticeState.FINAL_REVIEW


def test_a_notice_handed_in_twice_at_once_is_handed_in_once(
    app: Flask, town: Any, catalogue: Catalogue
) -> None:
    number = draft(town, catalogue).id

    def hand_in() -> str:
        with transaction():
            submit(get_notice(number), by=find_user("chen"))
        return "done"

    told = at_once(app, hand_in, hand_in)
    assert sorted(each == "done" for each in told) == [False, True]
    assert any("等初审" in each for each in told)
    notice = fresh(number)
    assert notice.review_round == 1
    assert [line.verb for line in list_lines_of(number)] == ["write_notice", "submit_notice"]


def test_who_presses_hand_in_twice_is_answered_alike(
    app: Flask, town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    number = draft(town, catalogue).id
    client, other = sign_in("chen"), sign_in("chen")
    told = at_once(app, *(sending(each, f"/notices/{number}/submit") for each in (client, other)))
    assert [status for status, _page in told] == [302, 302]
    assert fresh(number).review_round == 1


def test_a_notice_posted_twice_at_once_hangs_once(
    app: Flask, town: Any, catalogue: Catalogue
) -> None:
    number = approved(town, town.villages[0], catalogue["SB-08"]).id
    token = new_id()

    def put_up() -> str:
        with transaction():
            post(
                get_notice(number),
                channel=BOARD,
                posted_on=DAY,
                by=find_user("chen"),
                posting_id=token,
            )
        return "done"

    assert at_once(app, put_up, put_up) == ["done", "done"]
    assert len(db.session.scalars(select(Posting)).all()) == 1


def test_two_corrections_begun_at_once_are_one(app: Flask, town: Any, catalogue: Catalogue) -> None:
    number = approved(town, town.villages[0], catalogue["SB-08"]).id
    with transaction():
        post(get_notice(number), channel=BOARD, posted_on=DAY, by=town.chen)

    def begin(account: str) -> Callable[[], str]:
        def act() -> str:
            with transaction():
                correct(get_notice(number), reason="金额写错", by=find_user(account))
            return "done"

        return act

    told = at_once(app, begin("chen"), begin("li"))
    assert sorted(each == "done" for each in told) == [False, True]
    assert any("已经有一份更正在办" in each for each in told)


@pytest.mark.parametrize("round_", range(2))
def test_of_two_tabs_that_save_one_wins_and_the_other_is_told_who_it_was(
    app: Flask, town: Any, catalogue: Catalogue, round_: int
) -> None:
    notice = draft(town, catalogue)
    number, seen = notice.id, notice.version

    def save(account: str, title: str) -> Callable[[], str]:
        def act() -> str:
            with transaction():
                revise(get_notice(number), version=seen, by=find_user(account), title=title)
            return title

        return act

    told = at_once(app, save("chen", "陈某改的标题"), save("li", "李某改的标题"))
    kept = fresh(number).title
    assert kept in told
    (other,) = (each for each in told if each != kept)
    winner = "陈某" if kept.startswith("陈某") else "李某"
    assert other == f"{winner}刚刚改过这件公示，您的改动没有存：请对照现在的内容再存。"

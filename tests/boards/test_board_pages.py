"""The secretary photographs the board once and ticks what hangs there."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from taole.attachments.models import Attachment
from taole.boards.actions import confirm_board, keep_board_photograph
from taole.boards.board_rules import BoardNotice, Seen, day_of, sightings
from taole.boards.models import BoardPhotograph
from taole.core.clock import today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notices.models import Notice, Posting
from taole.notices.workflow import NoticeState
from taole.trail.models import TrailLine
from tests.attachments.picture_factory import photograph as landscape
from tests.boards.board_pictures import Shot, photograph
from tests.boards.sheet_factory import SITE, hung, written

VILLAGE = "640221106201"
NEAR = Shot(per_mm=2.2, noise=0.5, blur=0.5)


def board_of(*notices: Notice | str) -> bytes:
    """A photograph of a board with these notices (or addresses; "" for a sheet without a code)."""
    addresses = [
        each if isinstance(each, str) else f"{SITE}/n/{each.public_code}" for each in notices
    ]
    return photograph(addresses, NEAR)


def send(browser: Any, picture: bytes, token: str = "", **values: str) -> Any:
    return browser.post(
        f"/villages/{VILLAGE}/board",
        data={
            "token": token or str(new_id()),
            "photograph": (io.BytesIO(picture), "board.jpg"),
            "taken_on": "",
            **values,
        },
    )


def confirmed(browser: Any, address: str, *notices: Notice, down: tuple[Posting, ...] = ()) -> Any:
    return browser.post(
        f"{address}/confirm",
        data={
            "hanging": [each.public_code for each in notices],
            "down": [str(each.id) for each in down],
        },
    )


def test_a_photograph_puts_up_what_was_approved_and_proves_what_hangs(town, catalogue, sign_in):
    up, new = (
        hung(town, written(town, catalogue, "已贴的公示")),
        written(town, catalogue, "刚贴的公示"),
    )
    lost = written(town, catalogue, "没贴的公示")
    chen = sign_in("chen")
    sent = send(chen, board_of(up, new, "", "https://pay.example/u/1"))
    assert sent.status_code == 302
    page = chen.get(sent.location).text
    assert "认出 2 张，2 张不在系统里" in page
    assert "二维码指向 pay.example" in page
    assert "没认出二维码的纸" in page
    missed = page.split("该贴却没拍到 1")[1]
    assert lost.title in missed
    assert f"/notices/{lost.id}/sheet" in missed
    assert confirmed(chen, sent.location, up, new).status_code == 302
    db.session.expire_all()
    (posting,) = new.postings
    assert (posting.posted_on, new.state) == (today(), NoticeState.POSTED)
    photo = db.session.scalar(select(BoardPhotograph))
    assert posting.proof_id == up.postings[0].proof_id == photo.attachment_id
    assert up.postings[0].seen_up_on == today()
    assert "已确认" in chen.get(sent.location).text


def test_pressing_twice_logs_once(town, catalogue, sign_in):
    notice = written(town, catalogue)
    chen, token = sign_in("chen"), str(new_id())
    picture = board_of(notice)
    first, again = send(chen, picture, token), send(chen, picture, token)
    assert first.location == again.location
    assert db.session.scalar(select(func.count()).select_from(BoardPhotograph)) == 1
    confirmed(chen, first.location, notice)
    second = confirmed(chen, first.location, notice)
    assert second.status_code == 302
    assert "没有重复登记" in chen.get(second.location).text
    assert db.session.scalar(select(func.count()).select_from(Posting)) == 1


def test_only_one_of_two_people_confirms(town, catalogue):
    notice = written(town, catalogue)
    with transaction():
        photo = keep_board_photograph(town.villages[0], board_of(notice), "a.jpg", by=town.chen)
        hanging = {notice.public_code}
        assert confirm_board(photo, hanging=hanging, by=town.chen)
        assert not confirm_board(photo, hanging=hanging, by=town.li)
    assert photo.confirmed_by_id == town.chen.id


def test_another_villages_sheet_is_said_to_be_that_and_shows_nothing_of_it(
    town, catalogue, sign_in
):
    own = written(town, catalogue)
    other = hung(town, written(town, catalogue, "施家台子的机密", village=town.villages[1]))
    chen = sign_in("chen")
    sent = send(chen, board_of(own, other))
    page = chen.get(sent.location).text
    assert "别的村的公示" in page
    for hidden in (other.title, str(other.id), other.public_code, other.number):
        assert hidden not in page
    answer = confirmed(chen, sent.location, own, other)
    assert answer.status_code == 422
    db.session.expire_all()
    assert own.postings == []
    assert other.postings[0].seen_up_on is None


def test_what_is_over_is_offered_to_be_taken_down(town, catalogue, sign_in):
    notice = hung(
        town, written(town, catalogue), days_ago=20, until_on=today() - timedelta(days=10)
    )
    chen = sign_in("chen")
    sent = send(chen, board_of(notice))
    page = chen.get(sent.location).text
    assert "已到期，可以撤下" in page
    assert "我已经把它撤下了" in page
    confirmed(chen, sent.location, notice, down=(notice.postings[0],))
    db.session.expire_all()
    assert notice.postings[0].taken_down_on == today()
    assert notice.state is NoticeState.ENDED


def test_a_posting_that_is_not_on_the_photograph_is_never_taken_down_by_it(
    town, catalogue, sign_in
):
    seen, other = (
        hung(town, written(town, catalogue)),
        hung(town, written(town, catalogue, "另一件")),
    )
    chen = sign_in("chen")
    sent = send(chen, board_of(seen))
    confirmed(chen, sent.location, seen, down=(other.postings[0],))
    db.session.expire_all()
    assert other.postings[0].taken_down_on is None


def test_when_nothing_is_recognised_the_picture_is_kept_and_the_way_is_shown(
    town, catalogue, sign_in
):
    notice = written(town, catalogue)
    chen = sign_in("chen")
    sent = send(chen, photograph(["https://x.example"], Shot(per_mm=0.9, light=0.25, blur=3)))
    page = chen.get(sent.location).text
    assert "没认出本村公示的二维码" in page
    assert "照片已保存，不会丢" in page
    assert "太暗" in page
    assert "站近一点" in page
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 1
    assert confirmed(chen, sent.location, notice).status_code == 302
    db.session.expire_all()
    assert notice.postings[0].proof_id is not None


def test_a_sheet_that_is_no_notice_is_skipped(town, catalogue, sign_in):
    chen = sign_in("chen")
    sent = send(chen, board_of(written(town, catalogue), ""))
    assert chen.post(f"{sent.location}/skip", data={"sheet": "2"}).status_code == 302
    page = chen.get(sent.location).text
    assert "不在系统里" not in page
    assert chen.post(f"{sent.location}/skip", data={"sheet": "9"}).status_code == 422


def test_nothing_ticked_is_said_and_nothing_is_done(town, catalogue, sign_in):
    notice = written(town, catalogue)
    chen = sign_in("chen")
    sent = send(chen, board_of(notice))
    answer = confirmed(chen, sent.location)
    assert answer.status_code == 422
    assert "还没有勾选" in answer.text
    assert db.session.scalar(select(BoardPhotograph.confirmed_at)) is None


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 nothing", b"\xff\xd8\xff broken"])
def test_what_is_no_photograph_is_refused_with_a_sentence(town, catalogue, sign_in, content):
    answer = send(sign_in("chen"), content)
    assert answer.status_code == 422
    assert "err-msg" in answer.text
    assert db.session.scalar(select(func.count()).select_from(BoardPhotograph)) == 0


def test_no_picture_chosen_is_said_at_the_field(town, catalogue, sign_in):
    answer = sign_in("chen").post(f"/villages/{VILLAGE}/board", data={"token": str(new_id())})
    assert answer.status_code == 422
    assert "还没有照片" in answer.text


def test_the_photograph_is_seen_by_who_took_it_and_by_others_when_it_was_looked_through(
    town, catalogue, sign_in
):
    chen = sign_in("chen")
    sent = send(chen, board_of(written(town, catalogue)))
    assert chen.get(f"{sent.location}/picture").mimetype == "image/jpeg"
    waiting = sign_in("li").get(f"{sent.location}/picture")
    assert waiting.mimetype == "image/svg+xml"
    assert "正在检查" in waiting.text
    assert sign_in("liu").get(sent.location).status_code == 404
    assert sign_in("zhou").get(sent.location).status_code == 403


def test_each_step_stands_in_the_trail(town, catalogue, sign_in):
    notice = hung(town, written(town, catalogue))
    chen = sign_in("chen")
    sent = send(chen, board_of(notice))
    confirmed(chen, sent.location, notice)
    told = list(db.session.scalars(select(TrailLine.verb).order_by(TrailLine.number)))
    assert told[-4:] == ["keep_file", "photograph_board", "see_up", "confirm_board"]


def test_the_day_is_the_one_said_else_the_cameras_else_today():
    day = date(2026, 3, 10)
    assert day_of(date(2026, 3, 2), date(2026, 3, 9), day) == date(2026, 3, 2)
    assert day_of(None, date(2026, 3, 9), day) == date(2026, 3, 9)
    assert day_of(None, date(2020, 1, 1), day) == day
    assert day_of(None, date(2027, 1, 1), day) == day
    assert day_of(date(2027, 1, 1), None, day) == day


def test_an_old_cameras_day_is_not_believed(town, catalogue):
    with transaction():
        photo = keep_board_photograph(
            town.villages[0], landscape(600, 400), "board.jpg", by=town.chen
        )
    assert photo.taken_on == today()


STATES = {
    NoticeState.APPROVED: (Seen.GOES_UP, Seen.GOES_UP),
    NoticeState.POSTED: (Seen.GOES_UP, Seen.HANGS),
    NoticeState.FINAL_REVIEW: (Seen.NOT_PASSED, Seen.HANGS),
    NoticeState.RETURNED: (Seen.NOT_PASSED, Seen.NOT_PASSED),
    NoticeState.DRAFT: (Seen.NOT_PASSED, Seen.NOT_PASSED),
    NoticeState.ENDED: (Seen.COMES_DOWN, Seen.IS_OVER),
    NoticeState.WITHDRAWN: (Seen.COMES_DOWN, Seen.COMES_DOWN),
    NoticeState.CORRECTED: (Seen.COMES_DOWN, Seen.COMES_DOWN),
}


@pytest.mark.parametrize("state", list(STATES))
@pytest.mark.parametrize("hangs", [False, True])
def test_each_state_of_a_notice_is_something_on_the_board(state, hangs):
    unit = new_id()
    notice = BoardNotice(
        new_id(), "abcdefgh23", unit, state, posting_id=new_id() if hangs else None
    )
    (told,) = sightings(
        [{"code": "abcdefgh23", "box": [], "read": True}],
        {"abcdefgh23": notice},
        unit_id=unit,
        on=date(2026, 3, 10),
    )
    assert told.kind is STATES[state][hangs]


def test_a_refused_notice_names_itself_and_nothing_is_logged(town, catalogue):
    good, ended = written(town, catalogue), hung(town, written(town, catalogue, "过去的公示"))
    with transaction():
        photo = keep_board_photograph(
            town.villages[0], board_of(good, ended), "board.jpg", by=town.chen
        )
        ended.state = NoticeState.WITHDRAWN
    with pytest.raises(Refused, match="现在不能登记在栏"), transaction():
        confirm_board(photo, hanging={good.public_code, ended.public_code}, by=town.chen)
    db.session.expire_all()
    assert good.postings == []
    assert photo.confirmed_at is None


def test_the_form_needs_no_script(town, catalogue, sign_in):
    page = sign_in("chen").get(f"/villages/{VILLAGE}/board").text
    assert re.search(r'<form method="post" enctype="multipart/form-data"', page)
    assert 'type="file"' in page
    assert "style=" not in page

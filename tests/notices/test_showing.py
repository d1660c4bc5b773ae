"""A sheet of 东园村 is photographed, seen hanging, and taken down."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from taole.attachments.actions import keep_file
from taole.catalogue.channels import Channel
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notices.actions import add_proof, post, see_up, take_down
from taole.notices.ending import end_expired
from taole.notices.queries import get_posting
from taole.notices.workflow import NoticeState
from taole.organisation.actions import SYSTEM
from taole.trail.queries import list_lines_of
from tests.attachments.picture_factory import photograph
from tests.notices.notice_factory import approved


@pytest.fixture
def hanging(town, catalogue):
    """A sheet of 东园村 on the board since nine days, without a photograph."""
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    with transaction():
        return post(
            notice,
            channel=Channel.BOARD,
            posted_on=today() - timedelta(days=9),
            until_on=today() - timedelta(days=2),
            by=town.chen,
        )


def picture(town):
    return keep_file(town.villages[0], photograph(400, 300), "公示栏.jpg", by=town.chen)


def test_a_missing_photograph_is_added_once(town, hanging):
    add_proof(hanging, picture(town), by=town.chen)
    assert hanging.proof is not None
    with pytest.raises(Refused, match="已经有照片"):
        add_proof(hanging, picture(town), by=town.chen)


def test_a_sheet_seen_hanging_keeps_the_latest_day_and_the_first_photograph(town, hanging):
    first = picture(town)
    see_up(hanging, on=today() - timedelta(days=1), by=town.chen, proof=first)
    see_up(hanging, on=today() - timedelta(days=3), by=town.chen, proof=picture(town))
    assert hanging.seen_up_on == today() - timedelta(days=1)
    assert hanging.proof is first
    for day in (today() + timedelta(days=1), today() - timedelta(days=30)):
        with pytest.raises(Refused, match="看到的日期"):
            see_up(hanging, on=day, by=town.chen)


def test_a_sheet_hangs_through_its_last_day_and_its_notice_is_over_on_the_next(town, hanging):
    last = hanging.until_on
    assert end_expired(town.township, on=last, by=SYSTEM) == 0
    assert hanging.notice.state is NoticeState.POSTED
    assert end_expired(town.township, on=last + timedelta(days=1), by=SYSTEM) == 1
    assert hanging.notice.state is NoticeState.ENDED
    assert list_lines_of(hanging.notice.id)[-1].verb == "end_notice"
    assert end_expired(town.township, on=last + timedelta(days=2), by=SYSTEM) == 0, "only once"


def test_what_came_down_is_seen_nowhere_any_more(town, hanging):
    second = picture(town)
    take_down(hanging, on=today(), by=town.chen, proof=second)
    assert hanging.taken_down_proof is second
    assert hanging.notice.state is NoticeState.ENDED
    with pytest.raises(Refused, match="已经撤下"):
        see_up(hanging, on=today(), by=town.chen)


def test_a_sheet_whose_notice_ended_by_the_clock_still_comes_down(town, hanging):
    hanging.notice.state = NoticeState.ENDED
    take_down(hanging, on=today(), by=town.chen)
    assert hanging.taken_down_on == today()
    assert hanging.notice.state is NoticeState.ENDED


def test_the_page_names_what_hangs_too_long_and_has_no_photograph(town, hanging, sign_in):
    page = sign_in("chen").get("/notices/showing").text
    assert "有 1 件公示要看一看" in page
    assert hanging.notice.title in page
    assert "到期没有撤下" in page
    assert "没有照片" in page
    assert "公示期和照片都没有问题" in sign_in("liu").get("/notices/showing").text


def test_the_secretary_mends_it_from_the_notice(town, hanging, sign_in):
    chen = sign_in("chen")
    sent = {"photo": (io.BytesIO(photograph(400, 300)), "公示栏.jpg")}
    assert chen.post(f"/postings/{hanging.id}/proof", data=sent).status_code == 302
    assert chen.post(f"/postings/{hanging.id}/seen", data={"on": str(today())}).status_code == 302
    down = {"on": str(today()), "photo": (io.BytesIO(photograph(300, 300)), "撤下.jpg")}
    assert chen.post(f"/postings/{hanging.id}/take-down", data=down).status_code == 302
    kept = get_posting(hanging.id)
    assert (kept.taken_down_on, kept.seen_up_on) == (today(), today())
    assert kept.proof_id is not None
    assert kept.taken_down_proof_id is not None


def test_the_same_form_sent_twice_posts_once(town, catalogue, sign_in):
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    chen = sign_in("chen")
    page = chen.get(f"/notices/{notice.id}/post").text
    token = page.split('name="token"')[1].split('value="')[1].split('"')[0]
    sent = {"token": token, "channels": ["公示栏", "村居通"], "posted_on": str(today())}
    for _time in range(2):
        assert chen.post(f"/notices/{notice.id}/post", data=sent).status_code == 302
    assert len(notice.postings) == 2


def test_a_period_that_is_too_short_is_refused_with_the_day_that_is_needed(
    town, catalogue, sign_in
):
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    sent = {
        "channels": ["公示栏"],
        "posted_on": str(today()),
        "until_on": str(today() + timedelta(days=1)),
    }
    answer = sign_in("chen").post(f"/notices/{notice.id}/post", data=sent)
    assert answer.status_code == 422
    assert "公示止不能早于" in answer.text
    assert notice.postings == []


def test_a_photograph_sent_in_pieces_becomes_the_proof_with_its_last_byte(town, catalogue, sign_in):
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    chen, content, upload = sign_in("chen"), photograph(300, 200), str(new_id())
    sent = {
        "channels": ["公示栏"],
        "posted_on": str(today()),
        "upload": upload,
        "upload_name": "公示栏.jpg",
        "upload_size": str(len(content)),
        "upload_for": "photo_BOARD",
    }
    assert chen.post(f"/notices/{notice.id}/post", data=sent).status_code == 302
    posting = notice.postings[0]
    half = len(content) // 2
    chen.put(f"/uploads/{upload}?offset=0", data=content[:half])
    assert posting.proof_id is None
    assert "照片未传完" in chen.get(f"/notices/{notice.id}").text
    chen.put(f"/uploads/{upload}?offset={half}", data=content[half:])
    assert get_posting(posting.id).proof_id is not None
    assert "照片未传完" not in chen.get(f"/notices/{notice.id}").text

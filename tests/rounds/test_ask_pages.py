"""A unit answers its collection: 陈某 by phone, 钱某 with a piece for the website."""

import re
from datetime import date

import pytest
from round_factory import DAY, OPENING, ask_of, draft_for, nineteenth
from round_pages import NINETEENTH, text
from sqlalchemy import select

from taole.core.database import db
from taole.core.transactions import transaction
from taole.notices.models import Notice
from taole.registers.actions import enter
from taole.rounds.models import AskAnswer
from taole.rounds.queries import get_ask
from tests.oversight.website_factory import adopt_columns


@pytest.fixture
def at():
    return OPENING + 9 * DAY


def test_the_link_in_the_group_leads_each_to_their_own_list(town, round_, sign_in):
    ask = ask_of(round_, town.villages[0])
    assert sign_in("chen").get("/asks").headers["Location"].endswith(f"/asks/{ask.id}")
    assert sign_in("li").get("/asks").headers["Location"].endswith("/rounds")
    assert "现在没有要回复的征集" in text(sign_in("qian").get("/asks"))


def test_the_secretary_sees_her_list_and_goes_to_register(town, round_, sign_in):
    ask, chen = ask_of(round_, town.villages[0]), sign_in("chen")
    page = text(chen.get(f"/asks/{ask.id}"))
    assert f"问您 {len(ask.lines)} 件事，9月22日 17:00前回复" in page
    for line in ask.lines:
        assert line.title in page
    assert f"obligation={ask.lines[0].subject_id}" in page
    assert "回复：报这些" not in page, "nothing has been written yet"
    assert chen.get(f"/asks/{ask_of(round_, town.villages[1]).id}").status_code == 404


def test_nothing_this_time_is_one_press(town, round_, sign_in):
    ask, chen = ask_of(round_, town.villages[0]), sign_in("chen")
    chen.post(f"/asks/{ask.id}/nothing", data={"reason": "两周内没有变动"})
    page = text(chen.get(f"/asks/{ask.id}"))
    assert "<h1>已回复：本期无内容</h1>" in page
    assert "两周内没有变动" in page
    again = chen.post(f"/asks/{ask.id}/nothing")
    assert again.status_code == 422
    assert "已经回复过了" in text(again)


def test_a_reply_brings_the_drafts_of_the_list(town, round_, sign_in):
    ask, chen = ask_of(round_, town.villages[0]), sign_in("chen")
    refused = chen.post(f"/asks/{ask.id}/reply")
    assert refused.status_code == 422
    assert "还没有报来内容" in text(refused)
    draft = draft_for(ask, town.chen)
    assert "回复：报这些" in text(chen.get(f"/asks/{ask.id}"))
    chen.post(f"/asks/{ask.id}/reply")
    page = text(chen.get(f"/asks/{ask.id}"))
    assert "<h1>已回复：报来 1 条</h1>" in page
    assert "报来的有 1 件还没有提交审核" in page
    assert f"/notices/{draft.id}" in text(sign_in("li").get(NINETEENTH))


def test_an_office_writes_a_piece_for_its_column(town, sign_in):
    adopt_columns(town.township)
    with transaction():
        task = {"title": "规范公示栏", "year": 2023, "number": 1, "state": "推进中"}
        enter("key_tasks", town.township, {**task, "owner": "民生服务中心"}, by=town.li)
    round_ = nineteenth(town)
    ask, qian = ask_of(round_, town.service_centre), sign_in("qian")
    assert "社会救助" in text(qian.get(f"/asks/{ask.id}"))
    line = next(each for each in ask.lines if "社会救助" in each.title)
    page = text(qian.get(f"/asks/{ask.id}/piece?line={line.id}"))
    token = re.search(r'name="token"[^>]*value="([^"]+)"', page).group(1)
    assert f'selected value="{line.subject_id}"' in page
    piece = {
        "token": token,
        "column": str(line.subject_id),
        "title": "9月临时救助办理情况",
        "body": "本月受理 3 户。",
        "formed_on": "2023-09-18",
    }
    untitled = qian.post(f"/asks/{ask.id}/piece?line={line.id}", data={**piece, "title": ""})
    assert untitled.status_code == 422
    assert "本月受理 3 户。" in text(untitled)
    for _ in range(2):
        qian.post(f"/asks/{ask.id}/piece?line={line.id}", data=piece)
    (draft,) = db.session.scalars(select(Notice)).all()
    assert (draft.unit_id, draft.formed_on) == (town.service_centre.id, date(2023, 9, 18))
    qian.post(f"/asks/{ask.id}/reply")
    assert get_ask(ask.id).answer is AskAnswer.CONTENT
    village = ask_of(round_, town.villages[0])
    assert sign_in("chen").get(f"/asks/{village.id}/piece").status_code == 404


def test_a_clerk_who_replies_for_a_village_is_marked_and_her_own_office_is_not(town, sign_in):
    adopt_columns(town.township)
    round_ = nineteenth(town)
    ask, li = ask_of(round_, town.villages[0]), sign_in("li")
    draft_for(ask, town.chen)
    assert "回复：报这些" in text(li.get(f"/asks/{ask.id}"))
    li.post(f"/asks/{ask.id}/reply")
    own = ask_of(round_, town.office)
    li.post(f"/asks/{own.id}/nothing")
    assert [get_ask(each.id).is_on_behalf for each in (ask, own)] == [True, False]


def test_a_column_of_nobodys_is_asked_of_the_office_that_speaks_for_the_township(town):
    columns = adopt_columns(town.township)
    with transaction():
        db.session.merge(columns["WZ-01"]).publisher = "县政府办"
    listed = [line.title for line in ask_of(nineteenth(town), town.office).lines]
    assert any("文件" in title for title in listed)


def test_a_supervisor_who_may_not_answer_is_led_to_no_list(town, round_, sign_in):
    zhou = sign_in("zhou")
    assert "现在没有要回复的征集" in text(zhou.get("/asks"))
    assert "/asks/" not in text(zhou.get("/inbox"))


def test_the_navigation_shows_a_unit_its_open_round_until_it_answered(town, round_, sign_in):
    ask, chen = ask_of(round_, town.villages[0]), sign_in("chen")
    assert f'href="/asks/{ask.id}"' in text(chen.get("/inbox"))
    chen.post(f"/asks/{ask.id}/nothing")
    assert f'href="/asks/{ask.id}"' not in text(chen.get("/inbox"))


def test_the_secretarys_home_shows_the_collection_until_it_is_answered(town, round_, sign_in):
    ask, chen = ask_of(round_, town.villages[0]), sign_in("chen")
    row = f"问您 {len(ask.lines)} 件事，9月22日 17:00前回复"
    assert row in text(chen.get("/", follow_redirects=True))
    chen.post(f"/asks/{ask.id}/nothing")
    assert row not in text(chen.get("/", follow_redirects=True))

"""Deciding about personal data on the pages: the card, one tap, the original looked at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from taole.core.database import db
from taole.core.transactions import transaction
from taole.notices.actions import write
from taole.notices.gate_decisions import settle_all
from taole.notices.gate_seals import list_open
from taole.trail.models import TrailLine
from tests.notices.notice_factory import template_of
from tests.notices.number_factory import identity, masked_identity


@pytest.fixture
def notice(town, catalogue):
    """陈某's draft with two identity numbers."""
    with transaction():
        draft = write(
            town.villages[0],
            catalogue["SB-08"],
            period_key="2023-08",
            title="东园村高龄津贴公示",
            columns=["姓名", "备注"],
            rows=[["张某某", identity(1)], ["李某某", identity(2)]],
            by=town.chen,
        )
        draft.template = template_of(draft.columns).to_mapping()
    return draft


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_notice_shows_what_was_found_and_one_tap_masks_it(notice, sign_in):
    chen = sign_in("chen")
    shown = page(chen, f"/notices/{notice.id}")
    assert "找到 2 处个人信息" in shown
    assert "遮盖这 2 处" in shown
    assert "第2行“备注”里有身份证号" in shown
    assert masked_identity(2) in shown
    assert identity(2) not in shown
    refused = chen.post(f"/notices/{notice.id}/submit")
    assert refused.status_code >= 400
    assert "第1行“备注”里有身份证号" in refused.get_data(as_text=True)
    answer = chen.post(f"/notices/{notice.id}/personal-data", follow_redirects=True)
    assert "已遮盖 2 处" in answer.get_data(as_text=True)
    assert "遮盖这" not in page(chen, f"/notices/{notice.id}")
    again = chen.post(f"/notices/{notice.id}/personal-data", follow_redirects=True)
    assert "没有要遮盖的了" in again.get_data(as_text=True)


def test_the_card_stands_on_the_form_and_leads_back_to_it(notice, sign_in):
    chen = sign_in("chen")
    assert "遮盖这 2 处" in page(chen, f"/notices/{notice.id}/edit")
    first, second = list_open(notice)
    answer = chen.post(f"/sealed/{first.id}/dismiss", data={"back": "edit"})
    assert answer.location == f"/notices/{notice.id}/edit"
    assert identity(1) in page(chen, answer.location)
    answer = chen.post(f"/sealed/{second.id}/mask")
    assert answer.location == f"/notices/{notice.id}"
    assert chen.post(f"/sealed/{second.id}/mask").status_code == 302, "pressed twice"


def test_an_original_is_seen_by_those_who_must_and_the_look_is_remembered(notice, sign_in):
    sealed = list_open(notice)[0]
    address = f"/sealed/{sealed.id}/original"
    answer = sign_in("chen").post(address)
    assert identity(1) in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert sign_in("chen").get(address).status_code == 405, "an address alone shows nothing"
    for account, status in (("zhou", 403), ("zhao", 403), ("liu", 404)):
        assert sign_in(account).post(address).status_code == status
    lines = db.session.scalars(select(TrailLine).where(TrailLine.verb == "see_original")).all()
    assert [line.actor_name for line in lines] == ["陈某"]
    assert identity(1) not in str(lines[0].after)


def test_who_judges_sees_the_masked_values_only(notice, town, sign_in):
    with transaction():
        settle_all(notice, by=town.chen)
    assert sign_in("chen").post(f"/notices/{notice.id}/submit").status_code == 302
    for account in ("zhou", "zhao", "wu"):
        shown = page(sign_in(account), f"/notices/{notice.id}")
        assert masked_identity(1) in shown
        assert identity(1) not in shown
        assert "看原文" not in shown
    assert "看原文" in page(sign_in("li"), f"/notices/{notice.id}")


def test_a_clerk_settles_how_values_are_masked(town, catalogue, sign_in):
    li = sign_in("li")
    address = f"/townships/{town.township.code}/masking"
    shown = page(li, address)
    assert "最多 6" in shown
    kept = {
        f"{side}_{kind}": "1"
        for kind in ("IDENTITY", "BANK_CARD", "MOBILE", "LANDLINE", "SOCIAL_CARD", "PLATE")
        for side in ("front", "back")
    } | {"front_NAME": "1", "back_NAME": "0"}
    assert li.post(address, data=kept | {"front_IDENTITY": "7"}).status_code == 422
    assert li.post(address, data=kept).status_code == 302
    assert f"6{'*' * 16}6" in page(li, address)
    assert sign_in("zhao").get(address).status_code == 403


def test_a_number_that_somebody_searches_for_leaves_the_address(town, catalogue, sign_in):
    chen = sign_in("chen")
    answer = chen.get(f"/notices?q={identity(1)}&state=draft")
    assert answer.status_code == 302
    assert identity(1) not in answer.location
    assert "state=draft" in answer.location
    shown = chen.get("/notices" + answer.location)
    assert shown.status_code == 200
    assert identity(1) not in shown.get_data(as_text=True)
    assert chen.get("/notices?q=东园村").status_code == 200
    code = town.villages[0].code
    assert chen.get(f"/notices?unit={code}").status_code == 200, "a village's code is no secret"

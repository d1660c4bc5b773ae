"""The supervision phone of a village, as its sheets carry it."""

from __future__ import annotations

import pytest

from taole.core.errors import Refused
from taole.organisation.actions import change_phone
from taole.organisation.queries import get_unit

PAGE = "/units/640221106201/phone"


def test_the_administrator_changes_a_villages_phone(town, sign_in):
    zheng = sign_in("zheng")
    assert zheng.post(PAGE, data={"phone": "0952-5550126"}).status_code == 302
    assert get_unit("640221106201").phone == "0952-5550126"
    assert "0952-5550126" in zheng.get("/people").text


def test_what_is_no_phone_is_refused_and_nothing_changes(town, sign_in):
    answer = sign_in("zheng").post(PAGE, data={"phone": "找陈某"})
    assert answer.status_code == 422
    assert "不像电话号码" in answer.text
    assert get_unit("640221106201").phone == ""


def test_a_phone_can_be_taken_away(town):
    change_phone(town.villages[0], "0952-5550126", by=town.zheng)
    change_phone(town.villages[0], " ", by=town.zheng)
    assert town.villages[0].phone == ""
    with pytest.raises(Refused, match="不像电话号码"):
        change_phone(town.villages[0], "12", by=town.zheng)

"""The trail in words: what was done, to what, in the reader's own terms."""

from __future__ import annotations

from uuid import uuid4

import pytest

from taole.trail.models import TrailLine
from taole.trail.words import about, tell, tell_all


def _line(kind="notice", verb="approve_notice", object_id=None, after=None):
    return TrailLine(object_kind=kind, verb=verb, object_id=object_id, before={}, after=after or {})


@pytest.mark.parametrize(
    ("kind", "verb", "words"),
    [
        ("person", "give_role", "给了岗位"),
        ("notice", "return_notice", "退回了公示"),
        ("finding", "close", "销号了问题"),
        ("training", "enter", "登记了台账"),
        ("obligation", "declare_nothing", "确认了无此事项"),
    ],
)
def test_an_act_is_told_in_words(kind, verb, words):
    assert str(tell(kind, verb)) == words


def test_an_act_that_has_no_words_yet_is_told_as_it_is_stored():
    assert str(tell("moon", "paint")) == "做了 moon paint"


def test_a_line_says_what_it_is_about_or_nothing():
    assert about({}, {"title": "东园村财务收支", "unit": "640221106201"}) == "东园村财务收支"
    assert about({"name": "东园村"}, {}) == "东园村"
    assert about({}, {"count": 3}) == ""


def test_a_later_line_takes_the_name_from_the_first_line_of_its_object():
    notice = uuid4()
    first = _line(verb="write_notice", object_id=notice, after={"title": "东园村财务收支"})
    later = _line(object_id=notice, after={"state": "approved"})
    (told,) = tell_all([later], {notice: first})
    assert (str(told.done), told.about) == ("通过了公示", "东园村财务收支")


def test_a_code_is_told_as_the_name_of_the_village():
    line = _line(kind="finding", verb="record", after={"unit": "640221106201"})
    (told,) = tell_all([line], names={"640221106201": "东园村"})
    assert told.about == "东园村"

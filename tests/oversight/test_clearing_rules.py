"""What has to leave the website, and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from taole.core.errors import Refused
from taole.oversight.clearing_rules import Hanging, Why, checked_limit, in_words, why_to_clear

ON = date(2023, 9, 20)


@pytest.mark.parametrize(
    ("hanging", "why"),
    [
        (Hanging(date(2023, 9, 1)), None),
        (Hanging(date(2023, 9, 1), ON), None),
        (Hanging(date(2023, 9, 1), ON - timedelta(1)), Why.ENDED),
        (Hanging(date(2023, 9, 1), is_withdrawn=True), Why.WITHDRAWN),
        (Hanging(date(2023, 9, 1), ON - timedelta(1), is_corrected=True), Why.CORRECTED),
        (Hanging(ON - timedelta(730)), None),
        (Hanging(ON - timedelta(731)), Why.STALE),
        (Hanging(ON - timedelta(999), is_page=True), None),
    ],
)
def test_ended_withdrawn_corrected_and_stale_content_comes_down(hanging, why):
    assert why_to_clear(hanging, ON, stale_after=730) is why


def test_without_a_limit_of_the_township_nothing_is_stale_for_its_age():
    assert why_to_clear(Hanging(date(2010, 1, 1)), ON, stale_after=None) is None


def test_each_reason_tells_its_days():
    said = {
        why: str(in_words(why, Hanging(date(2021, 9, 1), date(2023, 9, 10)), ON)) for why in Why
    }
    assert said[Why.ENDED] == "公示到 2023-09-10，已过10天。"
    assert said[Why.STALE] == "2021-09-01 发布，已经749天。"
    assert "已经撤回" in said[Why.WITHDRAWN]
    assert "更正后的一版" in said[Why.CORRECTED]


def test_a_limit_that_would_clear_what_was_just_published_is_refused():
    assert checked_limit(None) is None
    assert checked_limit(365) == 365
    for days in (0, -3, 29, 9999):
        with pytest.raises(Refused, match=f"写成了{days}"):
            checked_limit(days)

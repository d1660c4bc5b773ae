"""Which reviews an item passes: the township's word, from a day on, and its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from taole.core.clock import today
from taole.core.database import db
from taole.core.errors import Refused
from taole.notices.actions import set_reviews
from taole.notices.models import ReviewSetting
from taole.notices.review_plans import USUAL, ReviewPlan, plan_among, plan_for
from taole.notices.review_queries import list_review_settings
from taole.notices.workflow import ALL_STEPS, ReviewStep
from taole.trail.queries import list_lines_of
from tests.notices.notice_factory import Catalogue

SignIn = Callable[[str], FlaskClient]
FIRST, SECOND, FINAL = ReviewStep
PAGE = "/townships/640221106/reviews"
MARCH, JUNE = date(2023, 3, 1), date(2023, 6, 1)


def test_all_three_reviews_hold_until_the_township_says_otherwise(
    town: Any, catalogue: Catalogue
) -> None:
    assert plan_for(town.township.id, "SB-08", MARCH) == USUAL
    set_reviews(town.township, steps=[FINAL, FIRST], from_on=MARCH, by=town.li)
    set_reviews(
        town.township, steps=[SECOND], item_code="SB-08", is_urgent=True, from_on=JUNE, by=town.li
    )
    wanted = {
        ("SB-08", MARCH - timedelta(days=1)): USUAL,
        ("SB-08", MARCH): ReviewPlan((FIRST, FINAL)),
        ("SB-08", JUNE): ReviewPlan((SECOND,), is_urgent=True),
        ("CW-01", JUNE): ReviewPlan((FIRST, FINAL)),
    }
    settings = list_review_settings(town.township.id)
    for (code, on), plan in wanted.items():
        assert plan_for(town.township.id, code, on) == plan
        assert plan_among(settings, code, on) == plan
    assert plan_for(town.neighbour.id, "SB-08", JUNE) == USUAL


def test_at_least_one_review_stays(town: Any, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="至少要留一审"):
        set_reviews(town.township, steps=[], item_code="SB-08", from_on=MARCH, by=town.li)


def test_what_was_settled_for_a_later_day_is_not_passed_over(
    town: Any, catalogue: Catalogue
) -> None:
    set_reviews(town.township, steps=[FINAL], item_code="SB-08", from_on=JUNE, by=town.li)
    with pytest.raises(Refused, match="从2023-06-01起已经另有规定"):
        set_reviews(town.township, steps=[FIRST], item_code="SB-08", from_on=MARCH, by=town.li)


def test_what_was_set_stands_in_the_trail_with_what_held_before(
    town: Any, catalogue: Catalogue
) -> None:
    setting = set_reviews(town.township, steps=[FINAL], item_code="SB-08", from_on=JUNE, by=town.li)
    (line,) = list_lines_of(setting.id)
    assert line.before == {"steps": ["first", "second", "final"], "urgent": False}
    assert line.after == {
        "item": "SB-08",
        "steps": ["final"],
        "urgent": False,
        "from": "2023-06-01",
    }


def sent(**changed: list[str]) -> dict[str, Any]:
    """The page as it stands for an untouched township, with some rows ticked otherwise."""
    data: dict[str, Any] = {"from_on": today().isoformat()}
    for code in ("", "SB-08", "QN-01", "ZZ-01", "CW-01"):
        data[f"row-{code}"] = "1"
        data[f"steps-{code}"] = [str(step) for step in ALL_STEPS]
    return data | changed


def test_the_clerk_sets_one_item_and_nothing_else_changes(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    client = sign_in("li")
    page = client.get(PAGE).get_data(as_text=True)
    assert page.index("所有没有单独规定的事项") < page.index("高龄津贴发放")
    assert "政府网站栏目" in page
    data = sent(**{"steps-SB-08": ["first"], "urgent-SB-08": ["1"]})
    answer = client.post(PAGE, data=data)
    assert answer.status_code == 302
    assert "改了 1 项" in client.get(answer.location).get_data(as_text=True)
    assert plan_for(town.township.id, "SB-08", today()) == ReviewPlan((FIRST,), is_urgent=True)
    assert client.post(PAGE, data=data).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(ReviewSetting)) == 1


def test_items_without_a_word_of_their_own_follow_the_general_rule(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    assert sign_in("zheng").post(PAGE, data=sent(**{"steps-": ["final"]})).status_code == 302
    assert plan_for(town.township.id, "CW-01", today()) == ReviewPlan((FINAL,))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"steps-SB-08": []}, "“SB-08”至少要留一审"),
        ({"from_on": ["2023-01-01"], "steps-SB-08": ["final"]}, "2023-01-01已经过去"),
        ({"from_on": ["下个月"]}, "请填日期"),
    ],
)
def test_a_mistake_is_told_and_the_ticks_stay(
    town: Any, catalogue: Catalogue, sign_in: SignIn, wrong: dict[str, list[str]], said: str
) -> None:
    answer = sign_in("li").post(PAGE, data=sent(**{"urgent-CW-01": ["1"]} | wrong))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert 'name="urgent-CW-01" value="1" checked' in page
    assert db.session.scalar(select(func.count()).select_from(ReviewSetting)) == 0


@pytest.mark.parametrize(("account", "status"), [("zhao", 403), ("chen", 404), ("wu", 403)])
def test_only_the_office_and_the_administrator_set_the_reviews(
    town: Any, catalogue: Catalogue, sign_in: SignIn, account: str, status: int
) -> None:
    assert sign_in(account).get(PAGE).status_code == status


def test_a_village_sets_no_reviews(town: Any, catalogue: Catalogue, sign_in: SignIn) -> None:
    assert sign_in("li").get("/townships/640221106201/reviews").status_code == 404

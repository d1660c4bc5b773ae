"""What is decided about notices, without a database."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.catalogue.channels import Channel
from taole.core.errors import Refused
from taole.core.workdays import DayUnit, UnknownYear, WorkCalendar
from taole.notices.rules import (
    Place,
    ShowingTime,
    Shown,
    answered_on,
    check_posting,
    compulsory,
    plain_period,
    repeated,
    suggested_title,
)

DAY = date(2023, 9, 7)
BOARD, APP, KIOSK = Channel.BOARD, Channel.VILLAGE_APP, Channel.KIOSK


@pytest.mark.parametrize(
    ("place", "posted_on", "until_on", "link", "said"),
    [
        (Place(BOARD), DAY + timedelta(days=1), None, "", "还没到"),
        (Place(BOARD), DAY, DAY - timedelta(days=1), "", "早于公示起"),
        (Place(Channel.WEBSITE), DAY, None, "", "选栏目"),
        (Place(BOARD), DAY, None, "javascript:alert(1)", "链接不对"),
        (Place(BOARD), DAY, None, "http://" + "x" * 300, "链接不对"),
    ],
)
def test_a_posting_that_cannot_have_been_is_refused(
    place: Place, posted_on: date, until_on: date | None, link: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        check_posting(place, posted_on=posted_on, until_on=until_on, today=DAY, link=link)


def test_a_posting_of_one_day_on_the_website_is_fine() -> None:
    place = Place(Channel.WEBSITE, "WZ-06")
    check_posting(place, posted_on=DAY, until_on=DAY, today=DAY, link="https://example.invalid/1")


def shown(place: Place, on: date, number: int = 1, repeats: bool = False) -> Shown:
    return Shown(UUID(int=number), place, on, repeats)


def test_the_obligation_is_answered_when_the_last_compulsory_channel_is_up() -> None:
    up = [shown(Place(BOARD), DAY), shown(Place(APP), DAY + timedelta(days=3))]
    assert answered_on(up, (BOARD, APP)) == DAY + timedelta(days=3)
    assert answered_on(up[:1], (BOARD, APP)) is None


def test_without_compulsory_channels_the_first_posting_answers() -> None:
    up = [shown(Place(KIOSK), DAY), shown(Place(BOARD), DAY - timedelta(days=1))]
    assert answered_on(up, ()) == DAY - timedelta(days=1)
    assert answered_on([], ()) is None


@given(
    st.lists(st.tuples(st.sampled_from(Channel), st.dates(DAY, DAY + timedelta(days=60)))),
    st.lists(st.sampled_from(Channel), unique=True),
)
def test_a_further_posting_never_makes_an_answer_later(
    postings: list[tuple[Channel, date]], required: list[Channel]
) -> None:
    days = [
        answered_on([shown(Place(channel), on) for channel, on in postings[:count]], required)
        for count in range(len(postings) + 1)
    ]
    known = [day for day in days if day is not None]
    assert days[len(days) - len(known) :] == known
    assert known == sorted(known, reverse=True)


def test_what_is_shown_again_in_the_same_place_repeats_the_first() -> None:
    up = [
        shown(Place(Channel.WEBSITE, "WZ-06"), DAY, 1),
        shown(Place(Channel.WEBSITE, "WZ-06"), DAY, 2, repeats=True),
    ]
    assert repeated(Place(Channel.WEBSITE, "WZ-06"), up) == UUID(int=1)
    assert repeated(Place(Channel.WEBSITE, "WZ-05"), up) is None
    assert repeated(Place(Channel.WECHAT, account="陶乐镇"), up) is None


def test_only_channels_that_the_item_lists_are_compulsory() -> None:
    assert compulsory([BOARD, APP], [BOARD, KIOSK]) == (BOARD,)


def test_a_notice_period_ends_on_a_working_day_after_the_day_of_posting() -> None:
    calendar = WorkCalendar.from_library()
    week = ShowingTime(7, DayUnit.CALENDAR)
    assert week.until(date(2023, 9, 20), calendar) == date(2023, 9, 27)
    assert week.until(date(2023, 9, 22), calendar) == date(2023, 10, 7)
    assert ShowingTime(5, DayUnit.WORKING).until(date(2023, 9, 20), calendar) == date(2023, 9, 27)
    assert ShowingTime(board_days=10).until(DAY, calendar) == date(2023, 9, 17)
    assert not ShowingTime().is_given
    with pytest.raises(UnknownYear):
        week.until(date(2090, 1, 1), calendar)


def test_a_title_says_village_period_and_matter_and_ends_once() -> None:
    assert (
        suggested_title("东园村", "2023年9月", "高龄津贴发放") == "东园村2023年9月高龄津贴发放公示"
    )
    assert suggested_title("东园村", "2023年", "初审公示") == "东园村2023年初审公示"


def test_the_key_of_an_event_tells_its_quarter() -> None:
    period = plain_period(f"2023E{UUID(int=5).hex}Q3")
    assert period is not None
    assert period.key == "2023Q3"
    assert plain_period("随便") is None

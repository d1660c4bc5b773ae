"""Matters, notices and postings are counted separately."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taole.core.figures import REGISTRY, Scope, measure
from taole.core.transactions import transaction
from taole.notices.actions import post, take_down, withdraw
from taole.notices.models import Notice, Posting
from tests.notices.notice_factory import APP, BOARD, KIOSK, Catalogue, Channel, approved

WEBSITE, WECHAT, WEIBO = Channel.WEBSITE, Channel.WECHAT, Channel.WEIBO
YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def scope(town: Any) -> Scope:
    return Scope(town.township.id, town.township.path, *YEAR)


def up(notice: Notice, town: Any, on: date, *channels: Channel, **values: Any) -> list[Posting]:
    with transaction():
        return [
            post(notice, channel=channel, posted_on=on, by=town.li, **values)
            for channel in channels
        ]


def value(town: Any, key: str) -> Any:
    measured = measure(key, scope(town))
    if isinstance(measured.value, int) and REGISTRY[key].value is None:
        assert measured.value == len(measured.records)
    return measured.value


def test_a_notice_on_three_channels_is_one_notice_and_two_screens(
    town: Any, catalogue: Catalogue
) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    up(notice, town, date(2023, 9, 7), BOARD, APP, KIOSK)
    up(notice, town, date(2023, 10, 9), BOARD, KIOSK)
    assert value(town, "P6-board") == 1
    assert value(town, "P6-board-social") == 1
    assert value(town, "P6-board-finance") == 0
    assert value(town, "P1-screen") == 2


def test_a_notice_first_posted_last_year_is_not_counted_again(
    town: Any, catalogue: Catalogue
) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    up(notice, town, date(2022, 12, 30), BOARD)
    up(notice, town, date(2023, 1, 4), APP)
    assert value(town, "P6-board") == 0
    assert value(town, "P1-screen") == 1


def test_the_alias_of_a_section_is_the_section(town: Any, catalogue: Catalogue) -> None:
    notice = approved(town, town.villages[0], catalogue["ZZ-01"], period_key="2023Q3")
    up(notice, town, date(2023, 9, 7), BOARD)
    assert value(town, "P6-board-autonomy") == 1


def test_a_column_below_another_counts_for_it(town: Any, catalogue: Catalogue) -> None:
    final = approved(town, town.office, catalogue["WZ-04"], by=town.li, fiscal_year=2022)
    up(final, town, date(2023, 9, 7), WEBSITE)
    older = approved(town, town.office, catalogue["WZ-04"], by=town.li, fiscal_year=2021)
    up(older, town, date(2023, 3, 1), WEBSITE)
    assert value(town, "P1-web-budget") == 2
    assert value(town, "P1-web") == 2
    assert value(town, "P6-final-date") == "2023-09-07"
    assert value(town, "P6-final-year") == 2022
    assert [record.on for record in measure("P6-final-date", scope(town)).records] == [
        date(2023, 9, 7)
    ]


def test_a_page_update_stands_outside_the_articles(town: Any, catalogue: Catalogue) -> None:
    for code, on in (("WZ-13", date(2023, 3, 1)), ("WZ-12", date(2023, 12, 20))):
        up(approved(town, town.office, catalogue[code], by=town.li), town, on, WEBSITE)
    assert value(town, "P1-web") == 0
    assert value(town, "P1-leader") == 1
    assert value(town, "P1-guide-month") == 12


def test_a_village_notice_on_the_website_is_counted_by_its_column(
    town: Any, catalogue: Catalogue
) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    up(notice, town, date(2023, 9, 7), WEBSITE, column_code="WZ-06")
    assert value(town, "P1-web-village") == 1
    assert value(town, "P1-web-doc") == 0


def test_both_accounts_of_the_new_media_are_counted(town: Any, catalogue: Catalogue) -> None:
    story = approved(town, town.service_centre, catalogue["WZ-01"], by=town.qian)
    up(story, town, date(2023, 9, 7), WECHAT, WEIBO)
    assert value(town, "P1-newmedia") == 2
    assert value(town, "P1-web") == 0


def test_the_least_month_says_how_often_the_website_is_tended(
    town: Any, catalogue: Catalogue
) -> None:
    for month in range(1, 13):
        for day in (5, 5, 20) if month != 4 else (5, 5):
            article = approved(town, town.office, catalogue["WZ-01"], by=town.li)
            [posting] = up(article, town, date(2023, month, day), WEBSITE)
        if month != 7:
            with transaction():
                take_down(posting, on=date(2023, month, 28), by=town.li)
    assert value(town, "P6-update-freq") == 1
    assert value(town, "P6-clean-freq") == 0
    assert len(measure("P6-clean-freq", scope(town)).records) == 11


def test_a_withdrawn_notice_counts_nowhere(town: Any, catalogue: Catalogue) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    up(notice, town, date(2023, 9, 7), BOARD, APP)
    with transaction():
        withdraw(notice, reason="名单有误", by=town.li)
    assert value(town, "P6-board") == 0
    assert value(town, "P1-screen") == 0


@pytest.mark.parametrize("key", ["P1-web", "P6-board"])
def test_the_parts_make_the_whole_and_the_neighbour_is_not_counted(
    town: Any, catalogue: Catalogue, key: str
) -> None:
    for unit, code, column in (
        (town.villages[0], "SB-08", "WZ-06"),
        (town.villages[1], "CW-01", "WZ-06"),
        (town.neighbour_village, "SB-08", "WZ-06"),
    ):
        notice = approved(town, unit, catalogue[code], by=town.wu)
        up(notice, town, date(2023, 9, 7), BOARD)
        up(notice, town, date(2023, 9, 7), WEBSITE, column_code=column)
    assert value(town, key) == 2
    assert sum(value(town, part) for part in REGISTRY[key].parts) == 2


def test_an_empty_year_has_no_day_and_no_month(town: Any, catalogue: Catalogue) -> None:
    for key in ("P6-final-date", "P6-final-year", "P1-guide-month"):
        assert value(town, key) is None
    assert value(town, "P6-update-freq") == 0

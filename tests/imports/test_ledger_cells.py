"""What single cells say: periods, channels, links, and numbers that name a person."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.catalogue.channels import Channel
from taole.core.errors import Refused
from taole.core.periods import Frequency, Period
from taole.core.words import Sentence, quoted
from taole.imports.cells import (
    link_fault,
    period_asked,
    personal_fault,
    read_channels,
    read_window,
    read_yes_or_no,
)
from tests.imports.ledger_factory import CARD_NUMBER, IDENTITY_NUMBER


@pytest.mark.parametrize(
    ("written", "frequency", "key"),
    [
        ("2023年第三季度", Frequency.QUARTERLY, "2023Q3"),
        ("2023.9", Frequency.MONTHLY, "2023-09"),
        (2023.9, Frequency.MONTHLY, "2023-09"),
        (2023, Frequency.YEARLY, "2023"),
        ("2023年9月7日", Frequency.ON_EVENT, "2023Q3"),
        ("2023年8月", Frequency.ON_EVENT, "2023Q3"),
        ("2023Q3", Frequency.ON_EVENT, "2023Q3"),
        (datetime(2023, 9, 1), Frequency.MONTHLY, "2023-09"),  # noqa: DTZ001
        ("2023年9月", Frequency.INTERVAL, "2023-09"),
    ],
)
def test_a_period_of_the_items_frequency_is_taken(
    written: object, frequency: Frequency, key: str
) -> None:
    found = period_asked(read_window(written), frequency, "财务收支")  # type: ignore[arg-type]
    assert isinstance(found, Period)
    assert found.key == key


@pytest.mark.parametrize(
    ("written", "frequency", "said"),
    [
        ("2023年第三季度", Frequency.MONTHLY, "每月公开"),
        ("2023年9月", Frequency.QUARTERLY, "每季度公开"),
        ("2023年9月", Frequency.YEARLY, "每年公开"),
        ("2023年", Frequency.ON_EVENT, "随时公开"),
    ],
)
def test_a_period_of_another_frequency_says_what_to_write(
    written: str, frequency: Frequency, said: str
) -> None:
    found = period_asked(read_window(written), frequency, "财务收支")
    assert isinstance(found, Sentence)
    assert said in str(found)


def test_a_number_that_may_be_january_or_october_is_asked_about() -> None:
    with pytest.raises(Refused, match=r"1月.*10月"):
        read_window(2023.1)
    assert read_window("2023.10").period.key == "2023-10"


def test_a_date_on_the_first_is_a_month_and_any_other_a_day() -> None:
    assert read_window(date(2023, 9, 1)).day is None
    assert read_window(date(2023, 9, 7)).day == date(2023, 9, 7)
    assert read_window("2023年9月1日").label() == "2023年9月1日"
    assert read_window("202309").label() == "2023年9月"


@pytest.mark.parametrize("between", ["、", "，", ",", "+", "\n", "/"])
def test_several_channels_stand_in_one_cell(between: str) -> None:
    text = " ".join(between.join(("村居通", "公示栏", "公众号")).split())
    assert read_channels(text) == (Channel.BOARD, Channel.VILLAGE_APP, Channel.WECHAT)


@pytest.mark.parametrize("text", ["", "大喇叭", "公示栏、大喇叭", "、"])
def test_an_unknown_or_missing_channel_says_which_there_are(text: str) -> None:
    found = read_channels(text)
    assert isinstance(found, Sentence)
    assert "公示栏、村居通、查询机" in str(found)


def test_only_one_address_of_a_page_is_a_link() -> None:
    assert link_fault("https://example.invalid/a?b=1") is None
    for text in ("照片.jpg", "ftp://a.b/c", "http://", "https://a.b/c https://a.b/d", "www.a.b"):
        assert link_fault(text) is not None
    assert "太长" in str(link_fault("https://a.b/" + "c" * 300))


def test_yes_and_no_are_understood_and_nothing_else() -> None:
    assert read_yes_or_no("是") is True
    assert read_yes_or_no("") is False
    assert isinstance(read_yes_or_no("也许"), Sentence)


@pytest.mark.parametrize("text", ["张某某{}", "{}公示", "https://a.b/{}.jpg"])
def test_an_identity_or_card_number_is_found_and_never_repeated(text: str) -> None:
    spaced = f"{IDENTITY_NUMBER[:6]} {IDENTITY_NUMBER[6:14]} {IDENTITY_NUMBER[14:]}"
    wide = IDENTITY_NUMBER.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for number in (IDENTITY_NUMBER, IDENTITY_NUMBER.lower(), spaced, wide, CARD_NUMBER):
        fault = personal_fault(text.format(number))
        assert fault is not None
        assert "1949" not in str(fault)
        assert "6222" not in str(fault)


@pytest.mark.parametrize(
    "text",
    [
        "110105194913310020",  # no such month
        "https://a.b/t20230907_1234567.html",
        "https://a.b/20230907123456789012",
        "6222021234567890127",
        "640221106201",
    ],
)
def test_other_long_numbers_are_let_pass(text: str) -> None:
    assert personal_fault(text) is None


@given(st.text(alphabet="0123456789 -xX东园村", max_size=60))
def test_what_is_quoted_never_shows_nine_digits_in_a_row(text: str) -> None:
    run = longest = 0
    for sign in quoted(text, most=60):
        run = run + 1 if sign.isdigit() else 0
        longest = max(longest, run)
    assert longest < 9

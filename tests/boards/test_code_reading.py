"""Photographs of boards as villages take them: every code that can be read is read."""

from __future__ import annotations

from datetime import date

import pytest

from taole.boards.board_rules import kept_sightings
from taole.boards.code_reading import read_board
from tests.attachments.picture_factory import photograph as landscape
from tests.boards.board_pictures import Shot, photograph

NINE = [f"https://cwgk.pingluo.example/n/abcdefgh{n}{n}" for n in range(2, 10)] + [
    "https://cwgk.pingluo.example/n/mnpqrstuvw"
]


@pytest.mark.parametrize(
    "shot",
    [
        Shot(across=5, per_mm=2.4, noise=4),
        Shot(across=5, per_mm=2.0, noise=4),
        Shot(per_mm=2.6, aside=0.45, askew=10),
        Shot(per_mm=2.6, turned=True),
        Shot(per_mm=2.6, light=0.35),
        Shot(per_mm=2.6, glare=0.7),
    ],
    ids=["far", "farther", "askew and aside", "turned", "dusk", "glare"],
)
def test_all_nine_sheets_of_a_board_are_read(shot):
    reading = read_board(photograph(NINE, shot))
    assert sorted(code.text for code in reading.codes) == sorted(NINE)


def test_a_sheet_without_a_code_is_seen_as_a_sheet():
    reading = read_board(photograph([*NINE[:4], "", ""], Shot(per_mm=2.4)))
    assert len(reading.codes) == 4
    seen = kept_sightings([(code.text, code.box) for code in reading.codes], reading.sheets)
    assert [each["read"] for each in seen].count(False) == 2
    assert [bool(each["code"]) for each in seen] == [True, True, True, True, False, False]


def test_the_same_notice_hung_twice_is_told_once():
    reading = read_board(photograph([NINE[0], NINE[0], NINE[1]], Shot(per_mm=2.4)))
    assert len(reading.codes) == 2


def test_a_photograph_from_too_far_is_said_to_be_unreadable_not_guessed():
    reading = read_board(photograph(NINE[:3], Shot(per_mm=0.8)))
    assert reading.codes == ()
    assert reading.width > 0


def test_a_dark_and_blurred_photograph_says_what_is_wrong_with_it():
    reading = read_board(photograph(NINE[:3], Shot(per_mm=1.2, light=0.2, blur=4, noise=1)))
    assert (reading.is_dark, reading.is_blurred) == (True, True)


def test_the_camera_tells_the_day():
    assert read_board(landscape(600, 400)).taken_on == date(2023, 9, 5)


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\xff\xd8\xff" + b"\0" * 2000])
def test_what_is_no_picture_reads_as_nothing(content):
    assert read_board(content).width == 0


def test_a_picture_of_absurd_size_ends_only_the_reader():
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (12000, 12000)).save(out, "PNG")
    assert read_board(out.getvalue()).codes == ()

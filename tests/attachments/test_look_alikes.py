"""A photograph shown before in another month or village is a question to the clerk, never a bar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance
from PIL.Image import Resampling

from taole.attachments import scanning
from taole.attachments.actions import keep_file
from taole.attachments.look_alikes import answer_look_alike
from taole.attachments.look_rules import NEAR, WORTH_A_LOOK, distance, is_same, nearest
from taole.attachments.models import Attachment, LookAlike
from taole.attachments.opening import likeness_of, open_file
from taole.attachments.scanning import scan_waiting
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.trail.queries import list_lines_of
from tests.attachments.looked_through import answers
from tests.attachments.picture_factory import board, jpeg

SignIn = Callable[[str], FlaskClient]
AUGUST, SEPTEMBER = datetime(2023, 8, 10, 2, tzinfo=UTC), datetime(2023, 9, 10, 2, tzinfo=UTC)
LOOK = st.integers(0, 2**64 - 1).map("{:016x}".format)


@pytest.fixture(autouse=True)
def _nothing_is_found_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "scan_file", answers())


def send(town: Any, picture: bytes, *, village: int = 0, at: datetime = SEPTEMBER) -> Attachment:
    with transaction():
        kept = keep_file(town.villages[village], picture, "栏.jpg", by=town.chen, at=at)
    scan_waiting(10)
    return kept


def questions() -> list[LookAlike]:
    return list(db.session.scalars(db.select(LookAlike)))


def copies(picture: Image.Image) -> dict[str, bytes]:
    """The same photograph as it comes back from a chat group."""
    width, height = picture.size
    smaller = picture.resize((width // 2, height // 2), Resampling.LANCZOS)
    return {
        "the same": jpeg(picture),
        "compressed": jpeg(picture, 35),
        "smaller": jpeg(smaller, 60),
        "cut": jpeg(picture.crop((40, 18, width - 20, height - 36)), 75),
    }


def another_photograph(picture: Image.Image, light: float = 0.9) -> bytes:
    """The same board with the same sheets from a step aside, in another light."""
    width, height = picture.size
    corners = (20, 10, -15, height + 20, width + 10, height - 30, width - 35, 25)
    seen = picture.transform((width, height), Image.Transform.QUAD, corners, Resampling.BICUBIC)
    return jpeg(ImageEnhance.Brightness(seen).enhance(light))


@pytest.mark.parametrize("seed", range(2))
def test_a_copy_agrees_with_its_photograph_and_a_new_photograph_of_the_board_does_not(
    seed: int,
) -> None:
    first = open_file(jpeg(board(seed)), "栏.jpg")
    for name, copy in copies(board(seed)).items():
        found = open_file(copy, "栏.jpg")
        assert distance(first.look, found.look) <= (WORTH_A_LOOK if name == "cut" else NEAR), name
        assert is_same(16, likeness_of(first.content, found.content)), name
    again = open_file(another_photograph(board(seed)), "栏.jpg")
    assert not is_same(0, likeness_of(first.content, again.content))


def test_a_picture_of_nothing_looks_like_nothing() -> None:
    assert open_file(jpeg(Image.new("RGB", (300, 200), "white")), "白.jpg").look == ""


@given(LOOK, LOOK)
def test_distance_is_the_same_both_ways_and_none_from_itself(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert distance(one, one) == 0
    assert (distance(one, other) <= NEAR) == bool(nearest(one, [int(other, 16)]))


def test_last_months_photograph_sent_again_is_a_question(town: Any) -> None:
    earlier = send(town, jpeg(board()), at=AUGUST)
    again = send(town, jpeg(board(), 40), at=SEPTEMBER)
    (question,) = questions()
    assert (question.attachment_id, question.earlier_id) == (again.id, earlier.id)
    assert question.answered_at is None


def test_another_villages_photograph_is_a_question_in_the_same_month_too(town: Any) -> None:
    send(town, jpeg(board()))
    again = send(town, jpeg(board(), 40), village=1)
    assert [each.attachment_id for each in questions()] == [again.id]


def test_the_same_photograph_for_two_notices_of_a_day_is_no_question(town: Any) -> None:
    send(town, jpeg(board()))
    send(town, jpeg(board()))
    assert questions() == []


def test_a_new_photograph_of_the_same_board_is_no_question(town: Any) -> None:
    send(town, jpeg(board(1)), at=AUGUST)
    send(town, another_photograph(board(1)), at=SEPTEMBER)
    send(town, jpeg(board(2, shift=(35, -25), light=0.85)), at=SEPTEMBER)
    assert questions() == []


def test_a_copy_with_its_edges_cut_off_is_a_question(town: Any) -> None:
    send(town, jpeg(board()), at=AUGUST)
    again = send(town, copies(board())["cut"])
    assert [each.attachment_id for each in questions()] == [again.id]


def test_where_pictures_cannot_be_compared_their_hashes_decide() -> None:
    assert likeness_of(b"torn", b"torn too") is None
    assert is_same(NEAR, None)
    assert not is_same(NEAR + 1, None)


def test_the_clerk_answers_once_with_a_word(town: Any) -> None:
    send(town, jpeg(board()), at=AUGUST)
    again = send(town, jpeg(board()))
    with transaction():
        answer_look_alike(questions()[0], is_a_copy=True, word=" 上月的照片 ", by=town.li)
    (question,) = questions()
    assert (question.is_a_copy, question.answer) == (True, "上月的照片")
    assert list_lines_of(again.id)[-1].verb == "answer_look_alike"
    with pytest.raises(Refused, match="回答过"):
        answer_look_alike(question, is_a_copy=False, word="", by=town.li)


def test_the_clerk_sees_both_pictures_side_by_side_and_answers_on_the_page(
    town: Any, sign_in: SignIn
) -> None:
    earlier = send(town, jpeg(board()), at=AUGUST)
    again = send(town, jpeg(board()), village=1)
    browser, question = sign_in("li"), questions()[0]
    page = browser.get("/attachments/look-alikes").text
    assert "有 1 对照片" in page
    assert f"/attachments/{earlier.id}" in page
    assert f"/attachments/{again.id}" in page
    address = f"/attachments/look-alikes/{question.id}"
    assert browser.post(address, data={}).status_code == 422
    prefix = question.id.hex[-8:]
    told = {f"{prefix}-verdict": "other", f"{prefix}-word": "两村同一天拍的宣传栏"}
    assert browser.post(address, data=told).status_code == 302
    assert "没有看着相同的照片要问" in browser.get("/attachments/look-alikes").text
    assert "宣传栏" in browser.get("/attachments/look-alikes?answered=yes").text
    assert browser.post(address, data=told).status_code == 422


def test_a_secretary_is_not_asked(town: Any, sign_in: SignIn) -> None:
    assert sign_in("chen").get("/attachments/look-alikes").status_code == 403

"""Files that come piece by piece over a weak line."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from taole.attachments import parts
from taole.attachments.jobs import remove_stray_parts, tidy_files
from taole.attachments.models import Attachment, ScanState, Upload
from taole.attachments.queries import list_attachments, read_bytes
from taole.attachments.storage import look_over
from taole.attachments.uploads import KEPT_FOR, begin, finish, list_unfinished, receive
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.transactions import transaction
from tests.attachments.picture_factory import photograph

SignIn = Callable[[str], FlaskClient]
VILLAGE = "640221106201"
PDF = b"%PDF-1.7\n" + bytes(range(1, 250)) * 40


class Phone:
    """A phone that sends one file, as the page's script does."""

    def __init__(self, client: FlaskClient, content: bytes, name: str = "台账.pdf") -> None:
        self.client, self.content, self.name = client, content, name
        self.id, self.owner = uuid4(), ""

    def begin(self, **told: Any) -> Any:
        asked = {
            "unit": VILLAGE,
            "filename": self.name,
            "size": len(self.content),
            "owner": self.owner,
            **told,
        }
        return self.client.post(f"/uploads/{self.id}", data=asked)

    def send(self, start: int, end: int) -> Any:
        return self.client.put(f"/uploads/{self.id}?offset={start}", data=self.content[start:end])

    def send_all(self, piece: int = 4000) -> Any:
        answer = self.begin()
        while not answer.json["attachment"]:
            start = answer.json["received"]
            answer = self.send(start, start + piece)
            assert answer.status_code == 200, answer.text
        return answer


def test_a_file_sent_in_pieces_is_kept_whole_with_its_notice(town: Any, sign_in: SignIn) -> None:
    phone = Phone(sign_in("chen"), PDF)
    owner = new_id()
    phone.owner = str(owner)
    phone.begin()
    phone.send(0, 3000)
    assert [each.filename for each in list_unfinished(owner)] == ["台账.pdf"]
    kept = phone.send_all().json["attachment"]
    assert [str(each.id) for each in list_attachments(owner)] == [kept]
    assert read_bytes(list_attachments(owner)[0]) == PDF
    assert list_unfinished(owner) == []
    assert phone.id not in parts.list_parts()


def test_a_photograph_sent_in_pieces_is_redrawn(town: Any, sign_in: SignIn) -> None:
    kept = Phone(sign_in("chen"), photograph(800, 600), "公示栏.jpg").send_all(20_000)
    attachment = db.session.get_one(Attachment, UUID(kept.json["attachment"]))
    with Image.open(io.BytesIO(read_bytes(attachment))) as picture:
        assert not picture.getexif()
    assert attachment.scan_state is ScanState.WAITING


def test_a_proof_does_not_become_one_of_the_notices_files(town: Any, sign_in: SignIn) -> None:
    phone = Phone(sign_in("chen"), PDF)
    owner = new_id()
    phone.owner = str(owner)
    phone.begin(purpose="proof:board")
    assert len(list_unfinished(owner)) == 1
    phone.send(0, len(PDF))
    assert (list_unfinished(owner), list_attachments(owner)) == ([], [])


def test_a_piece_sent_twice_counts_once_and_the_phone_is_told_where_to_go_on(
    town: Any, sign_in: SignIn
) -> None:
    phone = Phone(sign_in("chen"), PDF)
    phone.begin()
    phone.send(0, 3000)
    for start, end in ((0, 3000), (2000, 5000), (4000, 6000)):
        again = phone.send(start, end)
        assert (again.status_code, again.json) == (409, {"received": 3000})
    asked = phone.begin()
    assert asked.json["received"] == 3000
    assert phone.send_all().json["attachment"]


def test_a_file_finished_twice_is_one_attachment(town: Any, sign_in: SignIn) -> None:
    phone = Phone(sign_in("chen"), PDF)
    first = phone.send_all().json["attachment"]
    assert phone.begin().json["attachment"] == first
    assert phone.send(0, 3000).status_code == 409
    assert len(db.session.scalars(db.select(Attachment)).all()) == 1


def test_the_last_piece_sent_by_two_lines_at_once_makes_one_attachment(
    app: Flask, town: Any, sign_in: SignIn
) -> None:
    phone = Phone(sign_in("chen"), photograph(800, 600), "栏.jpg")
    phone.begin()
    half = len(phone.content) // 2
    phone.send(0, half)
    db.session.rollback()

    def send_the_rest(_line: int) -> int:
        with app.app_context():
            twin = Phone(app.test_client(), phone.content)
            twin.client._cookies.update(phone.client._cookies)  # type: ignore[attr-defined]
            twin.id = phone.id
            answer: int = twin.send(half, len(phone.content)).status_code
            return answer

    with ThreadPoolExecutor(3) as lines:
        assert set(lines.map(send_the_rest, range(3))) <= {200, 409}
    assert phone.begin().json["attachment"]
    assert len(db.session.scalars(db.select(Attachment)).all()) == 1


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"size": 0}, "是空的"),
        ({"size": "x"}, "是空的"),
        ({"size": 21 * 2**20}, "最多 20 MB"),
        ({"owner": "nobody"}, "属于哪件公示"),
    ],
)
def test_what_cannot_be_kept_is_said_before_the_first_byte(
    town: Any, sign_in: SignIn, told: dict[str, Any], said: str
) -> None:
    answer = Phone(sign_in("chen"), PDF).begin(**told)
    assert answer.status_code == 422
    assert said in answer.json["error"]
    assert db.session.scalars(db.select(Upload)).all() == []


def test_a_file_longer_than_announced_is_refused(town: Any, sign_in: SignIn) -> None:
    phone = Phone(sign_in("chen"), PDF)
    phone.begin(size=5000)
    assert phone.send(0, 6000).status_code == 422
    assert parts.length(phone.id) == 0


def test_a_file_that_is_not_kept_is_told_once_and_forgotten(town: Any, sign_in: SignIn) -> None:
    phone = Phone(sign_in("chen"), b"<html>" + b"x" * 500, "网页.jpg")
    phone.begin()
    answer = phone.send(0, 506)
    assert answer.status_code == 200
    assert "不是照片或文档" in answer.json["refused"]
    assert answer.json["attachment"] is None
    assert db.session.scalars(db.select(Upload)).all() == []
    assert phone.id not in parts.list_parts()
    assert db.session.scalars(db.select(Attachment)).all() == []


def test_only_who_began_a_file_goes_on_with_it(town: Any, sign_in: SignIn) -> None:
    phone = Phone(sign_in("chen"), PDF)
    phone.begin()
    phone.send(0, 3000)
    phone.client = sign_in("li")
    assert "别人开始传的" in phone.send(3000, 6000).json["error"]
    assert phone.begin().status_code == 422
    phone.client = sign_in("liu")
    assert phone.send(3000, 6000).status_code == 404
    assert parts.length(phone.id) == 3000


def test_nobody_sends_for_another_village(town: Any, sign_in: SignIn) -> None:
    assert Phone(sign_in("liu"), PDF).begin().status_code == 404
    assert Phone(sign_in("zhou"), PDF).begin().status_code == 403


def test_what_is_not_to_come_any_more_can_be_given_up(town: Any, sign_in: SignIn) -> None:
    phone, owner = Phone(sign_in("chen"), PDF), new_id()
    phone.owner = str(owner)
    phone.begin()
    phone.send(0, 3000)
    assert sign_in("li").post(f"/uploads/{phone.id}/abandon").status_code == 302
    assert list_unfinished(owner) == []
    assert phone.id not in parts.list_parts()


def test_a_week_later_what_nobody_went_on_with_is_cleared(town: Any) -> None:
    old, young = uuid4(), uuid4()
    for upload_id, began in ((old, now() - KEPT_FOR - timedelta(hours=1)), (young, now())):
        with transaction():
            upload = begin(
                town.villages[0],
                upload_id,
                filename="表.pdf",
                size=100,
                owner_id=None,
                purpose="",
                by=town.chen,
                at=began,
            )
        with transaction():
            receive(upload, 0, b"%PDF", by=town.chen)
    stray = uuid4()
    parts.append(stray, 0, b"whose?")
    tidy_files()
    assert set(parts.list_parts()) & {old, young, stray} == {young}
    assert [each.id for each in db.session.scalars(db.select(Upload))] == [young]


def test_a_refused_commit_after_the_last_byte_loses_nothing(town: Any) -> None:
    upload_id = uuid4()
    with transaction():
        upload = begin(
            town.villages[0],
            upload_id,
            filename="表.pdf",
            size=len(PDF),
            owner_id=None,
            purpose="",
            by=town.chen,
        )
    receive(upload, 0, PDF, by=town.chen)

    def break_off() -> None:
        with transaction():
            finish(upload, by=town.chen)
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    assert parts.read(upload_id) == PDF
    with transaction():
        kept = finish(db.session.get_one(Upload, upload_id), by=town.chen)
    assert read_bytes(kept) == PDF
    assert look_over().waiting == 0


def test_a_file_that_is_not_whole_is_not_finished(town: Any) -> None:
    with transaction():
        upload = begin(
            town.villages[0],
            uuid4(),
            filename="表.pdf",
            size=100,
            owner_id=None,
            purpose="",
            by=town.chen,
        )
    receive(upload, 0, b"%PDF", by=town.chen)
    with pytest.raises(Refused, match="还没有传完"):
        finish(upload, by=town.chen)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), max_size=30))
def test_whatever_pieces_come_the_file_is_a_beginning_of_the_true_one(
    sqlite_house: Any, pieces: list[tuple[int, int]]
) -> None:
    content, upload_id = bytes(range(100)), uuid4()
    with sqlite_house.app.app_context():
        reached = 0
        for start, length in pieces:
            piece = content[start : start + length]
            if start == reached:
                reached = parts.append(upload_id, start, piece)
            else:
                with pytest.raises(parts.Misplaced) as misplaced:
                    parts.append(upload_id, start, piece)
                assert misplaced.value.received == reached
        assert parts.read(upload_id) == content[:reached]
        parts.remove(upload_id)


def test_pieces_without_an_upload_are_seen_and_removed(app: Flask) -> None:
    parts.append(stray := uuid4(), 0, b"x")
    assert stray in parts.list_parts()
    assert remove_stray_parts() >= 1
    assert stray not in parts.list_parts()

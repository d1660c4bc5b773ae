"""Files are looked through before anybody is given them, and people decide about what was found."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageDraw, ImageFont, ImageStat

from taole.attachments import masking, preparing, scanning
from taole.attachments.actions import (
    clear_attachment,
    keep_file,
    look_again,
    mask_attachment,
    read_original,
)
from taole.attachments.models import Attachment, ScanState
from taole.attachments.queries import read_bytes
from taole.attachments.scanning import failure_of, hits_of, scan_waiting
from taole.attachments.storage import look_over
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.core.words import sentence
from taole.privacy.files import FileHit
from taole.schedule.timetable import BY_NAME
from taole.trail.queries import list_lines_of
from tests.attachments.looked_through import HIT, answers, call
from tests.attachments.picture_factory import container, photograph

SignIn = Callable[[str], FlaskClient]
NUMBER = "640221" + "19000101" + "0019"


def keep(town: Any, content: bytes = b"%PDF-1.7 sheet", name: str = "表.pdf") -> Attachment:
    with transaction():
        return keep_file(town.villages[0], content, name, by=town.chen)


def workbook(*cells: str) -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "身份证号", "金额"])
    sheet.append(["张某某", *cells])
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_an_identity_number_waits_for_a_person_and_is_masked(town: Any) -> None:
    kept = keep(town, workbook(NUMBER, "300"), "低保.xlsx")
    assert scan_waiting(10) == 1
    kept = db.session.get_one(Attachment, kept.id)
    assert kept.scan_state is ScanState.FOUND
    assert {hit.kind.value for hit in hits_of(kept)} == {"identity-number"}
    assert NUMBER not in str(kept.scan_findings)
    with transaction():
        mask_attachment(kept, by=town.chen)
    assert kept.scan_state is ScanState.MASKED
    assert NUMBER.encode() not in read_bytes(kept)
    with transaction():
        assert read_original(kept, by=town.li) == workbook_of(kept)
    assert [line.verb for line in list_lines_of(kept.id)] == [
        "keep_file",
        "scan_file",
        "mask_file",
        "look_at_original",
    ]


def workbook_of(kept: Attachment) -> bytes:
    from taole.attachments.storage import load

    return load(kept.original_digest)


def test_a_clean_file_is_let_through_by_the_job_of_every_minute(
    town: Any, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "scan_file", answers())
    kept = keep(town)
    assert BY_NAME["scan-files"].run() == "查了 1 个文件"
    assert sign_in("chen").get(f"/attachments/{kept.id}").data == b"%PDF-1.7 sheet"


def test_a_file_is_looked_through_once_whoever_asks(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep(town)

    def meanwhile(_content: bytes, _name: str, **_given: Any) -> list[FileHit]:
        assert not db.session().in_transaction(), "no transaction is open while it is read"
        assert scan_waiting(10) == 0, "another host finds it claimed"
        return []

    monkeypatch.setattr(scanning, "scan_file", meanwhile)
    assert scan_waiting(10) == 1
    assert db.session.get_one(Attachment, kept.id).scan_attempts == 1


def test_a_file_that_cannot_be_looked_into_says_why_and_may_be_tried_again(
    town: Any, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_content: bytes, name: str, **_given: Any) -> list[FileHit]:
        raise Refused(sentence("文件“%(file)s”设了打开密码，没法检查。", file=name))

    monkeypatch.setattr(scanning, "scan_file", refuse)
    kept = keep(town)
    scan_waiting(10)
    kept = db.session.get_one(Attachment, kept.id)
    assert kept.scan_state is ScanState.FAILED
    assert str(failure_of(kept)) == "文件“表.pdf”设了打开密码，没法检查。"
    browser = sign_in("chen")
    assert "设了打开密码" in browser.get(f"/attachments/{kept.id}").text
    assert browser.post(f"/attachments/{kept.id}/look-again").status_code == 302
    monkeypatch.setattr(scanning, "scan_file", answers())
    assert scan_waiting(10) == 1


def test_a_file_that_breaks_the_reader_is_given_up_after_three_times(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(_content: bytes, _name: str, **_given: Any) -> list[FileHit]:
        raise OSError("身份证 " + NUMBER)

    monkeypatch.setattr(scanning, "scan_file", break_down)
    kept = keep(town)
    for attempt in range(1, 5):
        assert scan_waiting(10) == (1 if attempt < 4 else 0)
        assert scan_waiting(10) == 0, "not again at once"
        with transaction():
            kept = db.session.get_one(Attachment, kept.id, populate_existing=True)
            assert kept.scanned_at is not None
            if kept.scan_state is ScanState.WAITING:
                kept.scanned_at = now() - timedelta(hours=1)
    assert kept.scan_state is ScanState.FAILED
    assert "三次" in str(failure_of(kept))


def test_nobody_masks_or_clears_what_was_not_found(town: Any) -> None:
    kept = keep(town)
    for act in (
        lambda: mask_attachment(kept, by=town.chen),
        lambda: clear_attachment(kept, reason="看过了", by=town.chen),
        lambda: look_again(kept, by=town.chen),
    ):
        with pytest.raises(Refused, match="刷新"):
            act()


def test_what_a_person_cleared_is_not_asked_again(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "scan_file", answers(HIT))
    first = keep(town)
    scan_waiting(10)
    with pytest.raises(Refused, match="为什么"), transaction():
        clear_attachment(db.session.get_one(Attachment, first.id), reason="  ", by=town.chen)
    with transaction():
        kept = db.session.get_one(Attachment, first.id)
        clear_attachment(kept, reason=f"村委会的号 {NUMBER}", by=town.chen)
    assert kept.scan_state is ScanState.CLEARED
    assert NUMBER not in str([line.after for line in list_lines_of(kept.id)])
    second = keep(town, b"%PDF-1.7 again")
    scan_waiting(10)
    assert db.session.get_one(Attachment, second.id).scan_state is ScanState.CLEARED


def test_a_photograph_masked_leaves_no_bare_copy_among_the_public_files(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cover(_content: bytes, _name: str, **_given: Any) -> bytes:
        return b"\xff\xd8\xff covered " + uuid4().bytes

    monkeypatch.setattr(masking, "mask_file", cover)
    kept = call(keep(town, photograph(300, 200), "栏.jpg"), ScanState.FOUND, HIT)
    bare = kept.digest
    with transaction():
        mask_attachment(kept, by=town.chen)
    shelf = look_over()
    assert kept.digest != bare
    assert bare not in shelf.unnamed
    assert not {kept.digest, kept.original_digest} & shelf.lost


def test_a_person_masks_clears_and_looks_on_the_page(
    town: Any, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(masking, "mask_file", lambda *_given, **_more: b"%PDF-1.7 covered")
    browser = sign_in("chen")
    kept = call(keep(town), ScanState.FOUND, HIT)
    page = browser.get(f"/attachments/{kept.id}").text
    assert "有 1 处个人信息" in page
    assert HIT.masked in page
    original = browser.post(f"/attachments/{kept.id}/original")
    assert (original.data, original.mimetype) == (b"%PDF-1.7 sheet", "application/octet-stream")
    assert browser.post(f"/attachments/{kept.id}/clear", data={"reason": ""}).status_code == 422
    assert browser.post(f"/attachments/{kept.id}/mask").status_code == 302
    assert browser.get(f"/attachments/{kept.id}").data == b"%PDF-1.7 covered"
    assert browser.post(f"/attachments/{kept.id}/mask").status_code == 422
    assert [line.verb for line in list_lines_of(kept.id)][1:] == ["look_at_original", "mask_file"]


@pytest.mark.parametrize(("account", "status"), [("zhou", 403), ("wu", 403), ("liu", 404)])
def test_the_original_is_for_those_who_must_see_it(
    town: Any, sign_in: SignIn, account: str, status: int
) -> None:
    kept = call(keep(town), ScanState.FOUND, HIT)
    browser = sign_in(account)
    for act in ("original", "mask", "clear", "look-again"):
        assert browser.post(f"/attachments/{kept.id}/{act}").status_code == status


def test_a_supervision_phone_of_the_township_is_not_a_finding(town: Any) -> None:
    kept = keep(town, container("word/document.xml"), "通知.docx")
    assert "09528011132" in masking.context_of(kept).allowed_phones


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_other_people_write_while_a_picture_is_redrawn(
    sqlite_house: Any, town: Any, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sqlite_house.app.config["SETTINGS"].instance / "taole.sqlite3"
    real, seen = preparing.open_file, []

    def open_slowly(content: bytes, filename: str) -> Any:
        with closing(sqlite3.connect(file, timeout=0)) as another:
            another.execute("BEGIN IMMEDIATE")
            another.execute("ROLLBACK")
        seen.append(filename)
        return real(content, filename)

    monkeypatch.setattr(preparing, "open_file", open_slowly)
    browser = sign_in("li")
    picture = photograph(300, 200)
    browser.post("/findings/new", data={"photo": (io.BytesIO(picture), "表单.jpg")})
    address, told = f"/uploads/{uuid4()}", {"unit": "640221106201", "filename": "分段.jpg"}
    browser.post(address, data={**told, "size": len(picture)})
    answer = browser.put(f"{address}?offset=0", data=picture)
    assert answer.json["attachment"]
    assert seen == ["表单.jpg", "分段.jpg"]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_photograph_of_a_sheet_with_an_identity_number_is_read_and_covered(town: Any) -> None:
    picture = Image.new("RGB", (1200, 500), "white")
    written = ImageDraw.Draw(picture)
    written.text((60, 60), "NO. 12   640 kg", fill="black", font=ImageFont.load_default(60))
    written.text((60, 220), NUMBER, fill="black", font=ImageFont.load_default(60))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    kept = keep(town, out.getvalue(), "张贴.jpg")
    scan_waiting(10)
    kept = db.session.get_one(Attachment, kept.id)
    assert kept.scan_state is ScanState.FOUND, failure_of(kept)
    with transaction():
        mask_attachment(kept, by=town.chen)
    with Image.open(io.BytesIO(read_bytes(kept))) as covered:
        assert covered.getpixel((70, 70)) != (0, 0, 0)
        beside = covered.convert("L").crop((60, 225, 700, 275))
        assert ImageStat.Stat(beside).mean[0] < ImageStat.Stat(picture.convert("L")).mean[0]

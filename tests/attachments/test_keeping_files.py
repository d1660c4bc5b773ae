"""Keeping files and giving them out."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from taole.app.doctor import doctor
from taole.attachments import storage
from taole.attachments.actions import keep_file, read_original
from taole.attachments.jobs import remove_stray_parts, scan_files
from taole.attachments.models import Attachment, ScanState
from taole.attachments.queries import list_attachments, read_bytes
from taole.attachments.storage import look_over, put_in_order
from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.trail.queries import list_lines_of
from tests.attachments.looked_through import call, call_clean
from tests.attachments.picture_factory import photograph

SignIn = Callable[[str], FlaskClient]


def keep(town: Any, content: bytes = b"%PDF-1.7\nsheet", name: str = "财务表.pdf") -> Attachment:
    with transaction():
        return keep_file(town.villages[0], io.BytesIO(content), name, by=town.chen)


def folder(app: Flask) -> Path:
    kept: Path = app.config["SETTINGS"].attachments
    return kept


def place_of(app: Flask, digest: str) -> Path:
    return folder(app) / digest[:2] / digest[2:]


def test_a_file_lies_under_its_digest_and_says_who_brought_it(app: Flask, town: Any) -> None:
    kept = keep(town)
    assert place_of(app, kept.digest).read_bytes() == b"%PDF-1.7\nsheet"
    assert read_bytes(kept) == b"%PDF-1.7\nsheet"
    assert kept.filename == "财务表.pdf"
    assert kept.township_id == town.township.id
    assert [line.actor_name for line in list_lines_of(kept.id)] == ["陈某"]


def test_a_photograph_is_kept_twice_as_it_came_and_as_people_see_it(app: Flask, town: Any) -> None:
    sent = photograph(600, 400)
    kept = keep(town, sent, "公示栏.jpg")
    assert kept.original_digest == hashlib.sha256(sent).hexdigest()
    assert kept.digest != kept.original_digest
    with transaction():
        assert read_original(kept, by=town.chen) == sent
    assert [line.verb for line in list_lines_of(kept.id)] == ["keep_file", "look_at_original"]
    with Image.open(io.BytesIO(read_bytes(kept))) as picture:
        assert not picture.getexif()


def test_the_same_bytes_lie_once_and_nothing_half_written_stays(app: Flask, town: Any) -> None:
    first, second = keep(town), keep(town, name="又一份.pdf")
    assert first.digest == second.digest
    place = folder(app) / first.digest[:2]
    assert first.digest[2:] in {each.name for each in place.iterdir()}
    assert not any(each.name.startswith(".") for each in place.iterdir())
    assert look_over().waiting == 0


def test_a_disk_that_fails_leaves_no_row_and_no_rest(
    app: Flask, town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError("no space")

    monkeypatch.setattr(storage.os, "fsync", fail)
    with pytest.raises(OSError, match="no space"):
        keep(town, f"%PDF-1.7 {app.name} {new_id()}".encode())
    assert db.session.scalars(db.select(Attachment)).all() == []
    assert look_over().waiting == 0


def test_what_is_taken_back_leaves_no_file(app: Flask, town: Any) -> None:
    content = f"%PDF-1.7 {new_id()}".encode()

    def break_off() -> None:
        with transaction():
            kept = keep_file(town.villages[0], content, "甲.pdf", by=town.chen)
            assert read_bytes(kept) == content, "the request itself can read it"
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    assert not place_of(app, hashlib.sha256(content).hexdigest()).exists()
    assert look_over().waiting == 0


def test_a_savepoint_decides_nothing_about_files(app: Flask, town: Any) -> None:
    content, other = (f"%PDF-1.7 {new_id()}".encode() for _ in range(2))
    with transaction():
        kept = keep_file(town.villages[0], content, "甲.pdf", by=town.chen)
        db.session.flush()
        with db.session.begin_nested() as savepoint:
            savepoint.rollback()
    assert read_bytes(kept) == content, "a savepoint taken back takes back no file"

    def break_off() -> None:
        with transaction():
            keep_file(town.villages[0], other, "乙.pdf", by=town.chen)
            with db.session.begin_nested():
                db.session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    assert not place_of(app, hashlib.sha256(other).hexdigest()).exists()
    assert look_over().waiting == 0


def test_a_process_killed_after_the_commit_has_lost_nothing(
    app: Flask, town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_draft: Path) -> None:
        raise OSError("killed here")

    content = f"%PDF-1.7 {new_id()}".encode()
    with monkeypatch.context() as patch:
        patch.setattr(storage, "_settle", die)
        kept = keep(town, content)
    assert read_bytes(kept) == content
    assert not place_of(app, kept.digest).exists()
    assert kept.digest not in look_over().lost
    put_in_order(now=time.time() + 7200)
    assert place_of(app, kept.digest).read_bytes() == content


def test_a_process_killed_before_the_commit_leaves_nothing_for_long(app: Flask, town: Any) -> None:
    with app.app_context():
        digest = storage.store(f"%PDF-1.7 {new_id()}".encode())
        db.session.info.clear()
    assert (look_over().waiting, digest in look_over().unnamed) == (1, False)
    assert put_in_order() == 0, "its request may still run"
    put_in_order(now=time.time() + 7200)
    assert look_over().waiting == 0


def test_what_a_killed_process_of_this_machine_left_is_put_right_at_once(
    app: Flask, town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    with monkeypatch.context() as patch:
        patch.setattr(storage.os, "getpid", lambda: gone.pid)
        storage.store(f"%PDF-1.7 {new_id()}".encode())
    db.session.info.clear()
    remove_stray_parts()
    assert look_over().waiting == 1
    assert scan_files() == "查了 0 个文件，补齐 1 个没存完的"
    assert look_over().waiting == 0


def test_a_file_that_no_row_names_is_seen_and_after_a_while_taken_away(
    app: Flask, town: Any
) -> None:
    kept = keep(town)
    stray = folder(app) / "aa" / ("b" * 62)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"whose?")
    assert "aa" + "b" * 62 in look_over().unnamed
    os.utime(stray, (0, 0))
    put_in_order()
    assert not stray.exists()
    assert read_bytes(kept)


def test_the_files_of_a_record_are_listed_in_order(town: Any) -> None:
    owner = new_id()
    with transaction():
        for name in ("甲.pdf", "乙.pdf"):
            keep_file(town.villages[0], b"%PDF-1.7", name, by=town.chen, owner_id=owner)
    assert [each.filename for each in list_attachments(owner)] == ["甲.pdf", "乙.pdf"]


def test_a_unit_outside_every_township_keeps_no_files(town: Any) -> None:
    with pytest.raises(Refused, match="平罗县"):
        keep_file(town.county, b"%PDF-1.7", "甲.pdf", by=town.wu)


def test_a_file_whose_bytes_are_gone_is_not_found(app: Flask, town: Any) -> None:
    kept = keep(town, f"%PDF-1.7 {new_id()}".encode())
    place_of(app, kept.digest).unlink()
    with pytest.raises(NotFound):
        read_bytes(kept)


def test_a_file_that_changed_on_the_disk_is_not_given_out(
    app: Flask, town: Any, sign_in: SignIn
) -> None:
    kept = call_clean(keep(town, f"%PDF-1.7 {new_id()}".encode()))
    place_of(app, kept.digest).write_bytes(b"%PDF-1.7 another amount")
    answer = sign_in("chen").get(f"/attachments/{kept.id}")
    assert answer.status_code == 409
    assert "被改动过" in answer.text
    place_of(app, kept.digest).unlink()


def test_a_document_is_saved_under_its_name_and_never_guessed(town: Any, sign_in: SignIn) -> None:
    answer = sign_in("chen").get(f"/attachments/{call_clean(keep(town)).id}")
    assert answer.status_code == 200
    assert answer.data == b"%PDF-1.7\nsheet"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert "private" in answer.headers["Cache-Control"]


def test_a_photograph_is_shown_and_not_sent_twice(town: Any, sign_in: SignIn) -> None:
    kept = call_clean(keep(town, photograph(300, 200), "公示栏.png"))
    assert kept.filename == "公示栏.jpg"
    client = sign_in("chen")
    answer = client.get(f"/attachments/{kept.id}")
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline")
    again = client.get(f"/attachments/{kept.id}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("account", ["chen", "zhou", "li", "wu"])
def test_a_file_that_was_not_let_through_is_given_to_nobody(
    town: Any, sign_in: SignIn, account: str
) -> None:
    kept, browser = keep(town), sign_in(account)
    for state in (ScanState.WAITING, ScanState.FOUND, ScanState.FAILED):
        call(kept, state)
        page = browser.get(f"/attachments/{kept.id}")
        assert page.mimetype == "text/html"
        assert b"%PDF" not in page.data


@pytest.mark.parametrize(("account", "status"), [("li", 200), ("zhou", 200), ("liu", 404)])
def test_a_file_is_seen_only_within_ones_reach(
    town: Any, sign_in: SignIn, account: str, status: int
) -> None:
    kept = call_clean(keep(town))
    assert sign_in(account).get(f"/attachments/{kept.id}").status_code == status


def test_nobody_sees_a_file_without_signing_in(app: Flask, town: Any) -> None:
    assert app.test_client().get(f"/attachments/{keep(town).id}").status_code == 302


def test_the_doctor_misses_a_file_only_when_it_is_gone(app: Flask, town: Any) -> None:
    kept = keep(town)

    def said() -> str:
        told = CliRunner().invoke(doctor, ["--json"], obj=lambda: app).stdout
        return next(sign["said"] for sign in json.loads(told) if sign["name"] == "附件")

    assert said() == "缺 0 个文件"
    place_of(app, kept.digest).unlink()
    assert said() == "缺 1 个文件"

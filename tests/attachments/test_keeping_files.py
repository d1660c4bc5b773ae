"""Keeping files and giving them out."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from taole.app.doctor import doctor
from taole.attachments import storage
from taole.attachments.actions import keep_file
from taole.attachments.models import Attachment
from taole.attachments.queries import list_attachments, read_bytes
from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.trail.queries import list_lines_of
from tests.attachments.picture_factory import photograph

SignIn = Callable[[str], FlaskClient]


def keep(town: Any, content: bytes = b"%PDF-1.7\nsheet", name: str = "财务表.pdf") -> Attachment:
    with transaction():
        return keep_file(town.villages[0], io.BytesIO(content), name, by=town.chen)


def folder(app: Flask) -> Path:
    kept: Path = app.config["SETTINGS"].attachments
    return kept


def test_a_file_lies_under_its_digest_and_says_who_brought_it(app: Flask, town: Any) -> None:
    kept = keep(town)
    assert (folder(app) / kept.digest[:2] / kept.digest[2:]).read_bytes() == b"%PDF-1.7\nsheet"
    assert read_bytes(kept) == b"%PDF-1.7\nsheet"
    assert kept.filename == "财务表.pdf"
    assert kept.township_id == town.township.id
    assert [line.actor_name for line in list_lines_of(kept.id)] == ["陈某"]


def test_the_same_bytes_lie_once_and_nothing_half_written_stays(app: Flask, town: Any) -> None:
    first, second = keep(town), keep(town, name="又一份.pdf")
    assert first.digest == second.digest
    place = folder(app) / first.digest[:2]
    assert sorted(each.name for each in place.iterdir()) == [first.digest[2:]]


def test_a_disk_that_fails_leaves_no_row_and_no_rest(
    app: Flask, town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError("no space")

    monkeypatch.setattr(storage.os, "fsync", fail)
    content = f"%PDF-1.7 {app.name} {new_id()}".encode()
    with pytest.raises(OSError, match="no space"):
        keep(town, content)
    assert db.session.scalars(db.select(Attachment)).all() == []
    assert not list(folder(app).rglob(".*"))


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
    (folder(app) / kept.digest[:2] / kept.digest[2:]).unlink()
    with pytest.raises(NotFound):
        read_bytes(kept)


def test_a_document_is_saved_under_its_name_and_never_guessed(town: Any, sign_in: SignIn) -> None:
    answer = sign_in("chen").get(f"/attachments/{keep(town).id}")
    assert answer.status_code == 200
    assert answer.data == b"%PDF-1.7\nsheet"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert "private" in answer.headers["Cache-Control"]


def test_a_photograph_is_shown_and_not_sent_twice(town: Any, sign_in: SignIn) -> None:
    kept = keep(town, photograph(300, 200), "公示栏.png")
    assert kept.filename == "公示栏.jpg"
    client = sign_in("chen")
    answer = client.get(f"/attachments/{kept.id}")
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline")
    again = client.get(f"/attachments/{kept.id}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(("account", "status"), [("li", 200), ("zhou", 200), ("liu", 404)])
def test_a_file_is_seen_only_within_ones_reach(
    town: Any, sign_in: SignIn, account: str, status: int
) -> None:
    assert sign_in(account).get(f"/attachments/{keep(town).id}").status_code == status


def test_nobody_sees_a_file_without_signing_in(app: Flask, town: Any) -> None:
    assert app.test_client().get(f"/attachments/{keep(town).id}").status_code == 302


def test_the_doctor_misses_a_file_only_when_it_is_gone(app: Flask, town: Any) -> None:
    kept = keep(town)

    def said() -> str:
        told = CliRunner().invoke(doctor, ["--json"], obj=lambda: app).stdout
        return next(sign["said"] for sign in json.loads(told) if sign["name"] == "附件")

    assert said() == "缺 0 个文件"
    (folder(app) / kept.digest[:2] / kept.digest[2:]).unlink()
    assert said() == "缺 1 个文件"

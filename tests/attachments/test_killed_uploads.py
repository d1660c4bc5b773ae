"""A real server is killed in the middle of a file, and nothing that it acknowledged is lost."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from random import Random
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from cast import PASSWORD, build_town, settings_for

from taole.app.factory import create_app
from taole.app.schema import prepare_schema
from taole.attachments import parts
from taole.attachments.jobs import remove_stray_parts
from taole.attachments.models import Attachment, Upload
from taole.attachments.queries import read_bytes
from taole.attachments.storage import look_over, settle_left_behind
from taole.core.database import db
from taole.core.transactions import transaction

VILLAGE = "640221106201"
PIECE = 20_000
CONTENT = b"%PDF-1.7\n" + Random(7).randbytes(1_500_000)


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    app = create_app(settings_for(tmp_path))
    prepare_schema(app)
    with app.app_context():
        with transaction():
            build_town()
        db.session.remove()
        db.engine.dispose()
    return tmp_path


@contextmanager
def _serving(instance: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(
        [sys.executable, "-m", "taole", "serve", "--port", str(port)],
        env={
            **os.environ,
            "TAOLE_INSTANCE": str(instance),
            "TAOLE_DATABASE_URL": "",
            "TAOLE_SECRET_KEY": "tests",
            "TAOLE_PASSWORD_COST": "1",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert server.poll() is None, "taole serve did not start"
                time.sleep(0.1)
        yield server
    finally:
        server.kill()
        server.wait(10)


class Phone:
    """A signed-in browser that sends a file over plain HTTP."""

    def __init__(self, port: int) -> None:
        self.url, self.cookies = f"http://127.0.0.1:{port}", CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.token, self.id = "", uuid4()

    def sign_in(self) -> None:
        told = {"username": "chen", "password": PASSWORD, "csrf_token": self._token("/sign-in")}
        self.opener.open(f"{self.url}/sign-in", urlencode(told).encode()).close()
        self.token = self._token("/password")

    def _token(self, page: str) -> str:
        with self.opener.open(self.url + page) as answer:
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.read().decode())
        assert found
        return found[1]

    def ask(self) -> dict:
        told = {"unit": VILLAGE, "filename": "台账.pdf", "size": len(CONTENT)}
        return self._send("POST", "", urlencode(told).encode())

    def send(self, start: int) -> dict:
        return self._send("PUT", f"?offset={start}", CONTENT[start : start + PIECE])

    def _send(self, method: str, query: str, body: bytes) -> dict:
        asked = urllib.request.Request(
            f"{self.url}/uploads/{self.id}{query}",
            body,
            {"X-CSRFToken": self.token}
            | ({"Content-Type": "application/octet-stream"} if method == "PUT" else {}),
            method=method,
        )
        try:
            with self.opener.open(asked) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            if error.code != 409:
                raise
            return json.loads(error.read()) | {"attachment": None}


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def test_a_server_killed_again_and_again_loses_no_byte_and_leaves_no_orphan(instance: Path) -> None:
    port, random = _free_port(), Random(3)
    phone, acknowledged, answer, kills = Phone(port), 0, {"attachment": None}, 0
    while not answer["attachment"]:
        with _serving(instance, port) as server:
            phone.sign_in()
            if kills < 2:
                threading.Timer(
                    random.uniform(0.05, 0.25), os.kill, (server.pid, signal.SIGKILL)
                ).start()
                kills += 1
            try:
                answer = phone.ask()
                assert answer["received"] >= acknowledged, "what was acknowledged is there"
                while not answer["attachment"]:
                    answer = phone.send(answer["received"])
                    acknowledged = answer["received"]
            except (OSError, http.client.HTTPException):
                continue
    assert kills == 2
    with create_app(settings_for(instance)).app_context():
        (kept,) = db.session.scalars(db.select(Attachment))
        assert read_bytes(kept) == CONTENT
        (upload,) = db.session.scalars(db.select(Upload))
        assert upload.attachment_id == kept.id
        settle_left_behind()
        remove_stray_parts()
        shelf = look_over()
        assert (shelf.lost, shelf.unnamed, shelf.waiting) == (frozenset(), frozenset(), 0)
        assert list(parts.list_parts()) == []
        db.session.remove()
        db.engine.dispose()

"""Nonsense after the question mark: the usual page, or one clear sentence; never a broken page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote_from_bytes

import pytest
from cast import copy_instance, settings_for
from flask import Flask
from flask.testing import FlaskClient
from flask.wrappers import Request
from werkzeug.datastructures import CombinedMultiDict, ImmutableMultiDict

from taole.app.factory import create_app
from tests.app.demo_scene import Scene, set_scene
from tests.app.door_table import DOORS

NONSENSE = (
    b"nonsense",
    b"'",
    b"-1",
    b"0",
    b"9" * 30,
    b"2023-13-40",
    b"0001-01-01",
    b"9999-12-31",
    "２０２３".encode(),
    b"\x00",
    b"\xff\xfe",
    b"<script>alert(1)</script>",
    b"x" * 5000,
)
SHARES, MANY = 4, 12
"""A page that asks for more than twelve values, alike for many lines, gets one kind in each."""

WALKERS = ("li", "chen")
"""A clerk at a desk, a secretary with a phone."""


class _Asked(ImmutableMultiDict[str, str]):
    """The address's values, which remember for what they were asked."""

    asked: ClassVar[set[str]] = set()

    def _remember(self, key: object) -> None:
        if isinstance(key, str):
            self.asked.add(key)

    def get(self, key, default=None, type=None):
        self._remember(key)
        return super().get(key, default, type)

    def getlist(self, key, type=None):
        self._remember(key)
        return super().getlist(key, type)

    def __getitem__(self, key):
        self._remember(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self._remember(key)
        return super().__contains__(key)


class _Listening(Request):
    parameter_storage_class = _Asked

    @property
    def values(self):
        return CombinedMultiDict([self.args])


@pytest.fixture(scope="module")
def scene(demo_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    instance = copy_instance(demo_instance, tmp_path_factory.mktemp("nonsense") / "instance")
    app = create_app(settings_for(instance))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    made = set_scene(app, instance / "taole.sqlite3")
    app.request_class = _Listening
    yield made
    made.close()


@pytest.mark.parametrize("person", WALKERS)
def test_nonsense_in_an_address_gets_the_usual_page_or_one_sentence(scene, person):
    """Nonsense in each value of each page, from those who may open the page: the pages share out
    the kinds, so that each page gets three or four of them and every kind many pages.
    """
    before = scene.version
    broken = []
    for place, door in enumerate(DOORS, start=WALKERS.index(person)):
        if "GET" in door.methods and door.admits(person) and door.endpoint != "static":
            mine = NONSENSE[place % SHARES :: SHARES]
            broken += _try(scene.browsers[person], scene.pages[door.endpoint][0], mine)
    assert not broken, "\n".join(broken)
    assert scene.version == before


@pytest.mark.parametrize(
    ("person", "address"),
    [
        ("li", "/completeness/640221106"),
        ("wu", "/completeness/640221"),
        ("wu", "/overview/640221"),
    ],
)
def test_the_pages_of_wider_units_answer_nonsense_too(scene, person, address):
    assert not _try(scene.browsers[person], address)


def _try(browser: FlaskClient, address: str, kinds: tuple[bytes, ...] = NONSENSE) -> list[str]:
    """Each thing that the page asks its address for, with each kind of nonsense."""
    address = address.partition("?")[0]
    _Asked.asked = set()
    browser.get(address, buffered=True)
    broken = []
    shared = len(_Asked.asked) > MANY
    for at, name in enumerate(sorted(_Asked.asked)):
        for nonsense in [kinds[at % len(kinds)]] if shared else kinds:
            tried = f"{address}?{name}={quote_from_bytes(nonsense)}"
            try:
                answer = browser.get(tried, buffered=True)
            except Exception as error:
                broken.append(f"{tried[:120]}: {type(error).__name__} {error}"[:300])
                continue
            fault = _fault(answer)
            if fault:
                broken.append(f"{tried[:120]}: {fault}")
    return broken


def _fault(answer) -> str:
    if answer.status_code < 400:
        return ""
    if answer.status_code not in (400, 404, 409, 422):
        return f"{answer.status_code}"
    page = answer.get_data(as_text=True)
    said = re.sub(r"<[^>]+>", " ", page.partition("<main")[2])
    return "" if re.search(r"[\u4e00-\u9fff]{4}", said) else f"{answer.status_code}, nothing said"


@pytest.mark.parametrize("days", ["", "x", "1.5", "-9999999", "9" * 30, "366"])
@pytest.mark.parametrize("start", ["", "x", "2023-13-40", "0001-01-01", "9999-12-31"])
def test_the_deadline_calculator_answers_nonsense(scene, start, days):
    address = f"/calendar?start={start}&days={days}&unit=working"
    assert scene.browsers["chen"].get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/reports/640221106/0",
        "/reports/640221106/99999",
        "/reports/640221106/999999999999999999999999",
        "/reports/640221106/2023/figures/nothing",
        "/reports/640221106/2023/figures/T3:99:99",
        "/reports/640221106/2023/figures/'",
        "/reports/640221106201/2023",
        "/completeness/640221106-msfw",
        "/overview/640221106201",
        "/villages/640221106/",
        "/villages/640221106-msfw/nothing",
        "/findings/checklist/nowhere.docx",
        "/registers/nothing",
        "/registers/trainings/00000000-0000-0000-0000-000000000000",
        "/registers/nothing/00000000-0000-0000-0000-000000000000",
        "/notices/00000000-0000-0000-0000-000000000000",
        "/attachments/00000000-0000-0000-0000-000000000000",
        "/people/00000000-0000-0000-0000-000000000000",
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/villages/%00/",
        "/completeness/%ff",
        "/trail/nowhere",
        "/nothing-here",
    ],
)
def test_what_is_not_there_is_said_so(scene, address):
    answer = scene.browsers["li"].get(address)
    assert answer.status_code == 404
    assert "找不到" in answer.get_data(as_text=True) or "没有" in answer.get_data(as_text=True)


def test_a_null_character_is_refused_on_every_database(app: Flask, town, sign_in):
    """PostgreSQL stores no such character; SQLite does."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    browser = sign_in("li")
    for address in ("/notices?q=%00", "/completeness/%00", "/catalogue?township=%00"):
        assert browser.get(address).status_code in (200, 400, 404), address
    sent = browser.post("/sign-in", data={"username": "a\x00b", "password": "c\x00d"})
    assert sent.status_code in (302, 400)
    fresh = app.test_client().post("/sign-in", data={"username": "a\x00b", "password": "c\x00d"})
    assert fresh.status_code in (200, 400)
    event = browser.post("/villages/640221106201/events/new", data={"title": "a\x00b"})
    assert event.status_code in (400, 422)

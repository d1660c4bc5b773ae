"""An identity number typed into every field of every page stands nowhere afterwards.

Not in the database, not in the log, not on any page of anybody, not in what can be downloaded.
"""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from pathlib import Path

import pytest
from cast import copy_instance, settings_for

from taole.app.factory import create_app
from taole.core.clock import today
from tests.app.demo_scene import Scene, set_scene
from tests.app.door_table import DOORS, VILLAGE
from tests.notices.number_factory import identity, masked_identity

ANSWERS = {"code": "640221106299", "unit": VILLAGE, "until_on": ""}
"""What some fields must be answered with."""

NUMBER, MASKED = identity(7), masked_identity(7)
COUNTER = count(1)
TYPISTS = ("chen", "li", "zheng")
READERS = ("chen", "li")
LEFT_ALONE = (
    "/sign-out", "/language", "/password", "/retire", "/close", "/roles", "/calendar", "/submit",
    "/approve", "/return", "/withdraw", "/catalogue/load", "/personal-data", "/sealed/", "/uploads",
)  # fmt: skip
"""Forms that end a session, a person or a notice, or ask for no words."""


@dataclass
class Form:
    """A form of a page: where it goes, its fields that are words, and what else it sends."""

    action: str = ""
    words: list[str] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._select, self._options = "", []

    def handle_starttag(self, tag, attrs):
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and told.get("method", "").lower() == "post":
            self._form = Form(told.get("action", ""))
            self.found.append(self._form)
        if self._form is None:
            return
        name = told.get("name", "")
        if tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((told.get("value", ""), "selected" in told))
        elif tag == "textarea" and name:
            self._form.words.append(name)
        elif tag in ("input", "button") and name:
            self._input(self._form, name, told)

    def _input(self, form: Form, name: str, told: dict[str, str]) -> None:
        kind = told.get("type", "submit" if "formaction" in told else "text")
        if kind == "date" or name.endswith("_on") or name == "on":
            form.others.append((name, told.get("value") or str(today())))
        elif kind in ("number", "month") or told.get("inputmode") in ("numeric", "decimal"):
            form.others.append((name, told.get("value") or "1"))
        elif kind in ("checkbox", "radio"):
            if "checked" in told or not any(each == name for each, _value in form.others):
                form.others.append((name, told.get("value", "on")))
        elif kind == "hidden":
            form.others.append((name, told.get("value", "")))
        elif (kind in ("text", "search", "tel", "url") and "value" in told) or kind == "text":
            form.words.append(name)

    def handle_endtag(self, tag):
        if self._form is None:
            return
        if tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen and value]
            usable = chosen or [value for value, _chosen in self._options if value]
            self._form.others.append((self._select, usable[0] if usable else ""))
            self._select = ""
        elif tag == "form":
            self._form = None


@pytest.fixture(scope="module")
def scene(demo_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    instance = copy_instance(demo_instance, tmp_path_factory.mktemp("leaks") / "instance")
    app = create_app(settings_for(instance))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    made = set_scene(app, instance / "taole.sqlite3")
    yield made
    made.close()


def test_a_number_typed_everywhere_is_shown_and_kept_nowhere(scene, capsys, caplog):
    kept = _type_everywhere(scene)
    assert len(kept) >= 15, f"too few forms took a number: {sorted(kept)}"
    with closing(sqlite3.connect(scene.database)) as database:
        stored = "\n".join(database.iterdump())
    assert NUMBER not in stored
    assert stored.count(MASKED) >= 15, "the numbers did arrive, masked"
    wrong = [
        f"{address} for {person}"
        for person in READERS
        for address in _open_to(scene, person)
        if NUMBER
        in _text_of(scene.browsers[person].get(address, follow_redirects=True, buffered=True))
    ]
    assert not wrong, "\n".join(wrong)
    told = capsys.readouterr()
    assert NUMBER not in told.out + told.err + caplog.text
    names = [path.name for path in scene.database.parent.rglob("*")]
    assert not [name for name in names if NUMBER in name]


def _open_to(scene: Scene, person: str) -> list[str]:
    """The addresses of all pages that a person may enter; the others only say that one may not."""
    admitting = (door for door in DOORS if door.admits(person))
    return [address for door in admitting for address in scene.pages.get(door.endpoint, ())]


def _type_everywhere(scene: Scene) -> set[str]:
    """Send every form of every page with the number in its fields; the addresses that took it."""
    taken, seen = set(), set()
    for person in TYPISTS:
        browser = scene.browsers[person]
        for address in _open_to(scene, person):
            answer = browser.get(address, buffered=True)
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            page = _Forms()
            page.feed(answer.get_data(as_text=True))
            for form in page.found:
                target = form.action or address
                key = re.sub(r"[0-9a-f-]{36}|\d{6,}", "…", target), tuple(form.words)
                if not form.words or key in seen or any(word in target for word in LEFT_ALONE):
                    continue
                if any(_sent(browser, target, form, only) for only in (None, *form.words)):
                    seen.add(key)
                    taken.add(target)
    return taken


def _sent(browser, target: str, form: Form, only: str | None) -> bool:
    """Whether a form was taken with the number in all fields, or in one of them."""
    words = [
        (name, f"关于{NUMBER}的事" if only in (None, name) else f"dongyuan{next(COUNTER)}")
        for name in form.words
    ]
    known = [(name, ANSWERS.get(name, value)) for name, value in form.others]
    typed = [
        (name, value if NUMBER in value else ANSWERS.get(name, value)) for name, value in words
    ]
    data: dict[str, list[str]] = {}
    for name, value in (*known, *typed):
        data.setdefault(name, []).append(value)
    answer = browser.post(target, data=data, buffered=True)
    return answer.status_code in (200, 302)


def _text_of(answer) -> str:
    """What a page or a download tells; workbooks and documents are opened."""
    content = answer.get_data()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"\n".join(parts.read(name) for name in parts.namelist())
    return content.decode("utf-8", "replace")

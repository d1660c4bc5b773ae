"""Every page before every role: who enters, who may not, for whom it does not exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from cast import copy_instance, settings_for

from taole.app.factory import create_app
from tests.app.demo_scene import Scene, set_scene
from tests.app.door_table import DOORS, PEOPLE, TABLE, Door, by_the_law

REFUSED = {"f": 403, "-": 404}
ODD = {
    ("catalogue.download", "hong"): 404,
    ("notifications.short", "qian"): 404,
    ("notifications.short", "hong"): 404,
}
"""张某某's township follows no catalogue, so there is none to download; behind a short link stands
the door of its page."""
PAPERS = (".docx", ".xlsx", ".pdf")
WHO_SEE_EVERYTHING = ("chen", "li", "zheng")
"""Together they may open every page."""


@pytest.fixture(scope="module")
def scene(demo_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    instance = copy_instance(demo_instance, tmp_path_factory.mktemp("doors") / "instance")
    app = create_app(settings_for(instance))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    made = set_scene(app, instance / "taole.sqlite3")
    yield made
    made.close()


def test_every_page_stands_in_the_table(scene):
    known = {rule.endpoint: rule for rule in scene.app.url_map.iter_rules()}
    assert sorted(known) == sorted(door.endpoint for door in DOORS), "add the page to the table"
    for door in DOORS:
        view = scene.app.view_functions[door.endpoint]
        assert known[door.endpoint].methods - {"HEAD", "OPTIONS"} == door.methods, door.endpoint
        assert view.entry == door.permission, door.endpoint
        assert getattr(view, "loads", False) == (door.place != "-"), door.endpoint


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.endpoint)
def test_the_table_says_what_the_law_says(door):
    assert door.answers == {person: by_the_law(door, person) for person in PEOPLE}, TABLE


def test_every_page_is_seen_in_both_languages():
    for door in DOORS:
        if "GET" in door.methods:
            assert any(door.admits(person) for person in WHO_SEE_EVERYTHING), door.endpoint


def test_every_page_has_an_address_to_try(scene):
    assert {door.endpoint for door in DOORS if "GET" in door.methods} == set(scene.pages)
    sent = {door.endpoint for door in DOORS if "POST" in door.methods}
    assert sent == set(scene.sent) | (sent & set(scene.pages))


@pytest.mark.parametrize(
    ("person", "language"),
    [*((person, "zh") for person in PEOPLE), *((person, "en") for person in WHO_SEE_EVERYTHING)],
)
def test_pages_open_for_those_who_may_enter_and_for_nobody_else(scene, person, language):
    before = scene.version
    browser = scene.browsers[person]
    browser.set_cookie("language", language)
    wrong = []
    for door in DOORS:
        for address in _to_try(scene, door, person, language):
            answer = browser.get(address, buffered=True)
            fault = _fault(scene, door, person, answer, language)
            if fault:
                wrong.append(f"{address} ({door.endpoint}): {fault}")
    assert not wrong, "\n".join(wrong)
    assert scene.version == before


def _to_try(scene: Scene, door: Door, person: str, language: str) -> Sequence[str]:
    """All addresses of a page; who does not see everything tries one of those that open, and papers
    are the same in every language."""
    addresses = scene.pages.get(door.endpoint, ())
    if language == "en":
        return [each for each in addresses if not each.endswith(PAPERS)]
    if door.admits(person) and person not in WHO_SEE_EVERYTHING:
        return addresses[:1]
    return addresses


def _fault(scene: Scene, door: Door, person: str, answer, language: str) -> str:
    """What is wrong with an answer, in words; nothing when it is as the table says."""
    expected = door.answers[person]
    if expected == "s":
        to_sign_in = answer.status_code == 302 and answer.location.startswith("/sign-in")
        return "" if to_sign_in else f"{answer.status_code}, not sent to sign in"
    status = REFUSED.get(expected, ODD.get((door.endpoint, person), 200))
    if (
        status in (200, ODD.get((door.endpoint, person)))
        and answer.status_code == 302
        and "/sign-in" not in answer.location
    ):
        answer = scene.browsers[person].get(answer.location, follow_redirects=True)
    if answer.status_code != status:
        return f"{answer.status_code}, not {status}"
    if answer.mimetype == "text/html" and "attachment" not in answer.headers.get(
        "Content-Disposition", ""
    ):
        return _faults_of_page(answer.get_data(as_text=True), language)
    return "" if answer.get_data() else "nothing in it"


class _Page(HTMLParser):
    """What every page has: its language, a first heading, its end."""

    def __init__(self) -> None:
        super().__init__()
        self.language, self.headings, self.ends = "", 0, False

    def handle_starttag(self, tag, attrs):
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        self.headings += tag == "h1"

    def handle_endtag(self, tag):
        self.ends = self.ends or tag == "html"


def _faults_of_page(text: str, language: str) -> str:
    page = _Page()
    page.feed(text)
    faults = []
    if not page.language.startswith(language):
        faults.append(f"in the language {page.language!r}")
    if not page.headings:
        faults.append("no first heading")
    if not page.ends:
        faults.append("cut off")
    if "%(" in text:
        faults.append("a place in a sentence was not filled")
    return ", ".join(faults)


@pytest.mark.parametrize("person", PEOPLE)
def test_what_a_person_may_not_do_changes_nothing(scene, person):
    before = scene.version
    browser = scene.browsers[person]
    wrong = []
    for door in DOORS:
        if "POST" not in door.methods or door.admits(person):
            continue
        answer = browser.post(_sent_to(scene, door), data={"reason": "理由", "verdict": "同意"})
        expected = door.answers[person]
        status = 302 if expected == "s" else REFUSED[expected]
        if answer.status_code != status:
            wrong.append(f"{door.endpoint}: {answer.status_code}, not {status}")
    assert not wrong, "\n".join(wrong)
    assert scene.version == before


@pytest.mark.parametrize(
    "door", [door for door in DOORS if "POST" in door.methods], ids=lambda door: door.endpoint
)
def test_a_form_sent_empty_is_answered_and_never_breaks(scene, door):
    for person in PEOPLE:
        if not door.admits(person):
            continue
        before = scene.version
        browser = scene.app.test_client()
        browser._cookies.update(scene.browsers[person]._cookies)
        answer = browser.post(_sent_to(scene, door), data={})
        if door.endpoint == "organisation.sign_in_page" and person == "nobody":
            assert answer.status_code == 200
            continue
        assert answer.status_code == door.empty, (person, answer.get_data(as_text=True)[-1500:])
        if answer.status_code >= 400:
            assert scene.version == before, person
        else:
            scene.restore()


def _sent_to(scene: Scene, door: Door) -> str:
    return scene.sent.get(door.endpoint) or scene.pages[door.endpoint][0]

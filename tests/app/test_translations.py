"""Every word for people is a Chinese message id with an English translation."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from cast import PASSWORD
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from taole.core.pages import day_full, month_name, say, with_unit
from taole.core.periods import label, period_of
from taole.core.words import sentence
from tests.conftest import House

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "taole" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PLACE = re.compile(r"%\((\w+)\)[sd]|%%")
CHINESE = re.compile(r"[\u4e00-\u9fff，。；：、！？（）《》“”—]")
MARKED = re.compile(r"""\b_\(\s*(?:"[^"]*"|'[^']*')""")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)

PAPERS = {
    "notices/paper.html",
    "boards/_paper.html",
    "catalogue/_empty_sheet.html",
    "rectification_papers/_paper.html",
    "oversight/website_ledger.html",
}
"""Papers for villagers and superiors: Chinese on purpose, whatever the reader's language."""

NOT_WORDS = {
    "layout/bare.html": ["m.seal('公')"],
    "layout/desk.html": ["m.seal('公')"],
    "layout/phone.html": ["m.seal('公')"],
    "layout/m.html": ["'中文'"],
    "catalogue/index.html": ["{% set seals = "],
    "obligations/summary.html": ["{% set INITIALS = "],
    "boards/public_notice.html": ['m.seal("公")', "合计 {{ table.counted }}"],
    "notices/_postings.html": ['p.channel == "公示栏"'],
    "notices/check.html": ['sum != "合计"'],
    "notices/fill_in.html": ['sum != "合计"'],
    "oversight/website.html": ["国办秘函〔2019〕19号"],
}
"""Seals, words to compare with, the other language's name, and lines that stand on a paper."""


@pytest.fixture(scope="module")
def english() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def words(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def collected(folder: Path) -> Catalog:
    """The message ids of the source as it stands."""
    target = folder / "messages.pot"
    options = ["-q", "extract", "-F", "babel.cfg", "-k", "N_", "-k", "lazy_gettext"]
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", *options, "-o", str(target), "."],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with target.open("rb") as file:
        return read_po(file)


def test_every_message_of_the_source_is_in_the_catalogue_and_none_besides(
    english: Catalog, tmp_path: Path
) -> None:
    asked = {message.id for message in words(collected(tmp_path))}
    kept = {message.id for message in words(english)}
    assert not asked - kept, "run make translations, then translate"
    assert not kept - asked, "run make translations"
    assert not english.obsolete


def test_every_message_is_translated_and_none_is_a_guess(english: Catalog) -> None:
    assert not [message.id for message in words(english) if not message.string]
    assert not [message.id for message in words(english) if message.fuzzy]


def test_the_english_words_hold_the_same_places_as_the_chinese(english: Catalog) -> None:
    def places(text: str) -> list[str]:
        found = (match[0] for match in PLACE.finditer(text))
        return sorted(set(found))

    for message in words(english):
        assert places(str(message.string)) == places(str(message.id)), message.id


def test_the_compiled_catalogue_is_that_of_the_written_one(english: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, english)
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run make translations"


def test_every_chinese_word_of_a_template_can_be_translated() -> None:
    folder = ROOT / "templates"
    for file in sorted(folder.rglob("*.html")):
        name = file.relative_to(folder).as_posix()
        if name in PAPERS:
            continue
        text = MARKED.sub("", COMMENT.sub("", file.read_text(encoding="utf-8")))
        left = [
            line.strip()
            for line in text.splitlines()
            if CHINESE.search(line) and not any(it in line for it in NOT_WORDS.get(name, ()))
        ]
        assert not left, f"{name}: {left[0]}"


def test_what_is_allowed_to_stay_chinese_is_still_there() -> None:
    for name, pieces in NOT_WORDS.items():
        text = (ROOT / "templates" / name).read_text(encoding="utf-8")
        assert all(piece in text for piece in pieces), name


def in_english(app: Flask, account: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("language", "en")
    assert (
        client.post("/sign-in", data={"username": account, "password": PASSWORD}).status_code == 302
    )
    return client


TOWN, VILLAGE = "640221106", "640221106201"
PAGES = {
    "chen": [
        f"/villages/{VILLAGE}/",
        f"/villages/{VILLAGE}/notices/new",
        f"/villages/{VILLAGE}/nothing",
        f"/villages/{VILLAGE}/events/new",
        f"/villages/{VILLAGE}/board",
        f"/villages/{VILLAGE}/sheets",
        "/notices/showing",
        "/notices",
        "/findings",
        "/password",
    ],
    "li": [
        f"/overview/{TOWN}",
        f"/completeness/{TOWN}",
        f"/completeness/{VILLAGE}",
        "/notices",
        "/notices/review",
        "/notices/showing",
        f"/townships/{TOWN}/reviews",
        f"/townships/{TOWN}/masking",
        "/attachments/look-alikes",
        "/findings",
        "/findings/new",
        "/inspections",
        "/inspections/new",
        "/inspections/papers",
        "/inspections/papers/new",
        "/inspections/reports",
        f"/reports/{TOWN}/2023",
        f"/reports/{TOWN}/2023/figures/P6-board",
        "/registers",
        "/registers/public_messages",
        "/registers/trainings/new",
        "/requests",
        "/requests/new",
        "/catalogue",
        "/catalogue/website",
        "/catalogue/load",
        "/calendar",
        "/imports/ledger",
        "/people",
        f"/trail/{TOWN}",
    ],
    "wu": ["/overview/640221", "/completeness/640221"],
}

NAMES = {"综合办公室"}
"""Names of units that are also words."""


@pytest.mark.parametrize("account", sorted(PAGES))
def test_a_reader_of_english_meets_no_untranslated_word(
    demo_app: Flask, english: Catalog, account: str
) -> None:
    ids = {message.id for message in words(english) if re.search("[\u4e00-\u9fff]", message.id)}
    client = in_english(demo_app, account)
    for address in PAGES[account]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = html.fromstring(answer.get_data(as_text=True))
        shown = page.xpath(
            "//body//text()[not(ancestor::*[@lang='zh-CN'])]"
            " | //@aria-label | //@placeholder | //@data-label | //@alt"
        )
        left = {str(text).strip() for text in shown} & ids - NAMES
        assert not left, f"{address}: {left}"


@pytest.fixture
def reading_english(sqlite_house: House) -> Callable[[], object]:
    return lambda: sqlite_house.app.test_request_context(headers={"Cookie": "language=en"})


def test_english_names_months_and_counts_quarters_in_digits(
    reading_english: Callable[[], FlaskClient],
) -> None:
    with reading_english():
        assert say(label(period_of("2023Q3"))) == "Q3 2023"
        assert say(label(period_of("2023-09"))) == "Sep 2023"
        assert month_name(12) == "Dec"
        assert day_full(date(2023, 9, 7)) == "7 Sep 2023"


def test_chinese_says_the_same_in_its_own_way(sqlite_house: House) -> None:
    with sqlite_house.app.test_request_context():
        assert say(label(period_of("2023Q3"))) == "2023年第三季度"
        assert month_name(12) == "12月"
        assert with_unit(427, "条") == "427 条"


def test_one_thing_is_not_things(reading_english: Callable[[], FlaskClient]) -> None:
    with reading_english():
        assert with_unit(427, "条") == "427 items"
        assert with_unit(1, "条") == "1 item"
        assert with_unit("100%", "%") == "100%"
        assert with_unit(None, "条") == "–"
        assert say(sentence("%(days)s个工作日内", days=1)) == "within 1 working day"
        assert say(sentence("%(days)s个工作日内", days=21)) == "within 21 working days"

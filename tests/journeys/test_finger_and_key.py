"""Notices on a small phone, with large letters, and from the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.gifts_workbook import XLSX, gifts
from tests.journeys.pages_to_see import (
    CUT,
    DRAFT,
    FINGER,
    LEVELS,
    NARROWEST,
    NOTICE_PAGES,
    OVER,
    PAGES,
    PUBLIC_PAGES,
    SMALL,
    TABBABLE,
    WIDEST,
    at,
    write_notices,
)
from tests.journeys.served_site import DESK, ZOOMED

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def prepare() -> Callable[[Path], None]:
    return write_notices


def test_questions_about_a_workbook_can_be_answered_by_everybody(site):
    """What is asked about its columns, then what is wrong in it, on the narrowest phone."""
    page = site.visit("chen", NARROWEST)
    page.goto(f"{site.url}{DRAFT}/edit")
    page.get_by_text("传填好的 Excel").click()
    upload = {"name": "慰问.xlsx", "mimeType": XLSX, "buffer": gifts("东园村")}
    page.locator("[name=workbook]").set_input_files(upload)
    page.get_by_role("button", name="读进来").first.click()
    for shown in ("认不准", "处要改"):
        expect(page.get_by_role("heading", level=1).last).to_contain_text(shown)
        assert not Axe().run(page, options={"runOnly": LEVELS}).response["violations"]
        assert page.evaluate(OVER) <= 0
        site.picture(page, "asked" if shown == "认不准" else "faults")
        if shown == "认不准":
            page.get_by_role("button", name="就这样读").click()


PHONE_PAGES = [*PAGES["chen"][2:4], *NOTICE_PAGES]


def test_what_is_touched_on_a_phone_is_as_large_as_a_finger(site):
    secretary, villager = site.visit("chen"), site.visit()
    small = []
    for page, addresses in ((secretary, PHONE_PAGES), (villager, PUBLIC_PAGES[:2])):
        for address in addresses:
            page.goto(at(site, address))
            small += [f"{address}: {each}" for each in page.evaluate(SMALL, FINGER)]
    assert not small, "\n".join(small)


def test_nothing_is_cut_off_at_twice_the_size(site):
    """Once with half the pixels, once with the letters alone twice as large."""
    page = site.visit("chen", ZOOMED)
    cut = []
    for address in NOTICE_PAGES:
        page.goto(at(site, address))
        cut += [f"{address}: {each}" for each in page.evaluate(CUT)]
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        cut += [f"{address}, large letters: {each}" for each in page.evaluate(CUT)]
        if page.evaluate(OVER) > 0:
            cut.append(f"{address}, large letters: {page.evaluate(WIDEST)}")
        site.picture(page, "zoomed" + address.replace("/", "-"))
    assert not cut, "\n".join(cut)


def test_every_control_of_the_form_is_reached_by_the_tab_key_in_order(site):
    page = site.visit("chen", DESK)
    page.goto(f"{site.url}{DRAFT}/edit")
    wanted = page.evaluate(TABBABLE)
    assert len(wanted) > 30
    reached: list[str] = []
    for _ in range(3 * len(wanted)):  # a day takes a tab for each of its parts
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.outerHTML.slice(0, 240)")
        if here not in reached[-1:]:
            reached.append(here)
        if len(reached) == len(wanted):
            break
    assert reached == wanted

"""Notices on a small phone, with large letters, and from the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.gifts_workbook import XLSX, gifts
from tests.journeys.pages_to_see import (
    DRAFT,
    LEVELS,
    NARROWEST,
    NOTICE_PAGES,
    OVER,
    PAGES,
    PUBLIC_PAGES,
    WIDEST,
    at,
    write_notices,
)
from tests.journeys.served_site import DESK, ZOOMED

pytestmark = pytest.mark.browser
FINGER = 44
"""Pixels of the smallest thing to touch."""


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
            small += [f"{address}: {each}" for each in page.evaluate(_SMALL, FINGER)]
    assert not small, "\n".join(small)


_SMALL = """(finger) => [...document.querySelectorAll(
    "button, a.btn, a.row-a, summary, select, textarea, label.choice, header a, input")]
  .filter((one) => one.checkVisibility() && one.type !== "hidden" && !one.closest("label.choice *"))
  .map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()])
  .filter(([one, box]) => box.height && Math.min(box.height, box.width) < finger - 0.5)
  .map(([one, box]) => one.outerHTML.slice(0, 110) + ` ${box.width} x ${box.height}`)"""


def test_nothing_is_cut_off_at_twice_the_size(site):
    """Once with half the pixels, once with the letters alone twice as large."""
    page = site.visit("chen", ZOOMED)
    cut = []
    for address in NOTICE_PAGES:
        page.goto(at(site, address))
        cut += [f"{address}: {each}" for each in page.evaluate(_CUT)]
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        cut += [f"{address}, large letters: {each}" for each in page.evaluate(_CUT)]
        if page.evaluate(OVER) > 0:
            cut.append(f"{address}, large letters: {page.evaluate(WIDEST)}")
        site.picture(page, "zoomed" + address.replace("/", "-"))
    assert not cut, "\n".join(cut)


_CUT = """() => [...document.querySelectorAll("main *, header *")]
  .filter((one) => one.children.length === 0 && one.checkVisibility() && one.textContent.trim())
  .filter((one) => !one.matches("option, textarea, .visually-hidden") && !one.closest("svg"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth
    && getComputedStyle(one).overflowX !== "visible")
  .map((one) => one.outerHTML.slice(0, 120))"""


def test_every_control_of_the_form_is_reached_by_the_tab_key_in_order(site):
    page = site.visit("chen", DESK)
    page.goto(f"{site.url}{DRAFT}/edit")
    wanted = page.evaluate(_TABBABLE)
    assert len(wanted) > 30
    reached = []
    for _ in wanted:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
    assert reached == wanted


_TABBABLE = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility() && !one.disabled && one.type !== "hidden")
  .map((one) => one.outerHTML.slice(0, 90))"""

"""How pages stand in a browser: for everybody, at every width, light, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from taole.core.clock import today
from tests.journeys.pages_to_see import (
    APPROVED,
    CODE,
    COUNTY,
    DONGYUAN,
    DRAFT,
    LEVELS,
    NARROWEST,
    NOTICE_PAGES,
    OVER,
    PAGES,
    POSTED,
    PUBLIC_PAGES,
    TOWNSHIP,
    TOWNSHIP_PAGES,
    WAITING,
    WIDEST,
    at,
    write_notices,
)
from tests.journeys.served_site import DESK, HEIGHTS, PHONE, ZOOMED

pytestmark = pytest.mark.browser
MOST_BYTES, MOST_BYTES_OF_HOME = 100_000, 60_000

FOR_AXE = {
    "": ["/sign-in", *PUBLIC_PAGES],
    "chen": [*PAGES["chen"][:6], *NOTICE_PAGES],
    "li": [
        f"/overview/{TOWNSHIP}",
        f"/completeness/{TOWNSHIP}",
        "/notices/review",
        "/findings",
        "/inspections/new",
        "/imports/ledger",
        f"/reports/{TOWNSHIP}/2023",
        f"/reports/{TOWNSHIP}/2023/figures/P6-board",
        *TOWNSHIP_PAGES,
    ],
    "wu": [f"/overview/{COUNTY}"],
}
FIRST_VISITS = [
    ("", "/sign-in"),
    ("chen", f"/villages/{DONGYUAN}/"),
    ("chen", f"/villages/{DONGYUAN}/notices/new"),
    ("chen", f"/villages/{DONGYUAN}/notices/new?item=SB-01"),
    ("chen", f"{DRAFT}/edit"),
    ("chen", f"{DRAFT}/check"),
    ("chen", f"{WAITING}/sent"),
    ("chen", f"{APPROVED}/post"),
    ("chen", POSTED),
    ("chen", f"{POSTED}/sheet"),
    ("chen", f"/villages/{DONGYUAN}/board"),
    ("li", WAITING),
    ("", f"/n/{CODE}"),
]


@pytest.fixture(scope="module")
def prepare() -> Callable[[Path], None]:
    return write_notices


@pytest.mark.parametrize(
    ("account", "width"), [("", PHONE), ("chen", PHONE), ("li", DESK), ("wu", DESK)]
)
def test_pages_can_be_used_by_everybody(site, account, width):
    page = site.visit(account, width)
    found = []
    for address in FOR_AXE[account]:
        page.goto(at(site, address))
        result = Axe().run(page, options={"runOnly": LEVELS})
        found += [
            f"{address}: {each['id']} {each['nodes'][0]['html'][:160]} ({len(each['nodes'])})"
            for each in result.response["violations"]
        ]
        site.picture(page, "axe" + address.replace("/", "-").partition("?")[0])
    assert not found, "\n".join(found)


@pytest.mark.parametrize("account", PAGES)
def test_no_page_scrolls_sideways(site, account):
    page = site.visit(account, DESK)
    wide = []
    for address in PAGES[account]:
        answer = page.goto(at(site, address))
        assert answer is not None
        assert answer.status == 200, address
        for width in (NARROWEST, PHONE, ZOOMED, DESK):
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            over = page.evaluate(OVER)
            if over > 0:
                wide.append(f"{address} at {width} by {over} px: {page.evaluate(WIDEST)}")
    assert not wide, "\n".join(wide)


@pytest.mark.parametrize(("account", "address"), FIRST_VISITS)
def test_a_first_visit_on_a_phone_is_light(site, account, address):
    """Everything that comes over the line to somebody whose browser knows nothing yet."""
    page = site.visit(account)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    received: list[float] = []
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(at(site, address), wait_until="networkidle")
    assert len(received) > 2
    most = MOST_BYTES_OF_HOME if address == f"/villages/{DONGYUAN}/" else MOST_BYTES
    assert sum(received) < most, f"{sum(received):,.0f} bytes in {len(received)} files"


@pytest.mark.parametrize("account", PAGES)
def test_every_page_says_the_same_without_scripts(site, account):
    """Scripts add to a page, they never make it."""
    with_scripts = site.visit(account, DESK)
    without = site.visit(account, DESK, javascript=False)
    for address in PAGES[account]:
        for page in (with_scripts, without):
            page.goto(at(site, address))
        assert _said(without) == _said(with_scripts), address


def _said(page: Page) -> str:
    """What a page says, but for the buttons that only a script can answer."""
    hide = "buttons => buttons.forEach(button => { button.hidden = true; })"
    page.locator("[data-read-aloud], [data-print]").evaluate_all(hide)
    return page.get_by_role("main").inner_text()


def test_the_present_is_alive(site):
    """Somebody who opens the demonstration today finds something to do."""
    secretary: Page = site.visit("chen")
    assert "件要办" in secretary.get_by_role("heading", level=1).inner_text()
    clerk = site.visit("li", DESK)
    clerk.goto(site.url + "/notices/review")
    assert clerk.get_by_role("row").count() > 1
    clerk.goto(f"{site.url}/completeness/{TOWNSHIP}")
    assert f"{today().year}年" in clerk.get_by_role("main").inner_text()

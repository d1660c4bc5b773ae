"""How pages stand in a browser: for everybody, at every width, light, and without scripts."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from taole.core.clock import today
from tests.journeys.served_site import DESK, PHONE

pytestmark = pytest.mark.browser
TOWNSHIP, COUNTY, DONGYUAN = "640221106", "640221", "640221106201"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_BYTES = 100_000
NARROWEST = 320

PAGES = {
    "": ["/sign-in"],
    "chen": [
        f"/villages/{DONGYUAN}/",
        f"/villages/{DONGYUAN}/?on=2023-09-20",
        f"/villages/{DONGYUAN}/notices/new",
        f"/villages/{DONGYUAN}/notices/new?item=SB-01",
        f"/villages/{DONGYUAN}/nothing",
        f"/villages/{DONGYUAN}/events/new",
        f"/completeness/{DONGYUAN}?year=2023",
        "/notices",
        "/findings",
        "/catalogue",
        "/calendar",
        "/password",
    ],
    "li": [
        f"/overview/{TOWNSHIP}",
        f"/overview/{TOWNSHIP}?on=2023-09-20",
        f"/completeness/{TOWNSHIP}",
        "/notices/review",
        "/notices",
        "/findings",
        "/inspections",
        "/inspections/new",
        f"/findings/checklist/{TOWNSHIP}",
        "/registers",
        "/registers/public_messages?year=2023",
        "/requests",
        "/imports/ledger",
        "/catalogue/website",
        "/catalogue/load",
        "/people",
        f"/reports/{TOWNSHIP}/2023",
        f"/reports/{TOWNSHIP}/2023/figures/P6-board",
        f"/reports/{TOWNSHIP}/2023/passages",
        f"/trail/{TOWNSHIP}",
    ],
    "wu": [f"/overview/{COUNTY}", f"/completeness/{COUNTY}"],
    "zheng": ["/people/new", "/units/new"],
}
FOR_AXE = {
    "": ["/sign-in"],
    "chen": PAGES["chen"][:6],
    "li": [
        f"/overview/{TOWNSHIP}",
        f"/completeness/{TOWNSHIP}",
        "/notices/review",
        "/findings",
        "/inspections/new",
        "/imports/ledger",
        f"/reports/{TOWNSHIP}/2023",
        f"/reports/{TOWNSHIP}/2023/figures/P6-board",
    ],
    "wu": [f"/overview/{COUNTY}"],
}
FIRST_VISITS = [
    ("", "/sign-in"),
    ("chen", f"/villages/{DONGYUAN}/"),
    ("chen", f"/villages/{DONGYUAN}/notices/new"),
    ("chen", f"/villages/{DONGYUAN}/notices/new?item=SB-01"),
]


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("account", FOR_AXE)
def test_pages_can_be_used_by_everybody(site, account, width):
    page = site.visit(account, width)
    found = []
    for address in FOR_AXE[account]:
        page.goto(site.url + address)
        result = Axe().run(page, options={"runOnly": LEVELS})
        found += [
            f"{address}: {each['id']} {each['nodes'][0]['html'][:160]} ({len(each['nodes'])})"
            for each in result.response["violations"]
        ]
        site.picture(page, "axe" + address.replace("/", "-").partition("?")[0])
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [NARROWEST, PHONE, DESK])
@pytest.mark.parametrize("account", PAGES)
def test_no_page_scrolls_sideways(site, account, width):
    page = site.visit(account, width)
    wide = []
    for address in PAGES[account]:
        answer = page.goto(site.url + address)
        assert answer is not None
        assert answer.status == 200, address
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if over > 0:
            wide.append(f"{address} by {over} px: {page.evaluate(_WIDEST)}")
    assert not wide, "\n".join(wide)


_WIDEST = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 3).map((one) => one.tagName + "." + one.className).join(", ")"""


@pytest.mark.parametrize(("account", "address"), FIRST_VISITS)
def test_a_first_visit_on_a_phone_is_light(site, account, address):
    """Everything that comes over the line to somebody whose browser knows nothing yet."""
    page = site.visit(account)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    received: list[float] = []
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(site.url + address, wait_until="networkidle")
    assert len(received) > 2
    assert sum(received) < MOST_BYTES, f"{sum(received):,.0f} bytes in {len(received)} files"


@pytest.mark.parametrize("account", PAGES)
def test_every_page_says_the_same_without_scripts(site, account):
    """Scripts add to a page, they never make it."""
    with_scripts = site.visit(account, DESK)
    without = site.visit(account, DESK, javascript=False)
    for address in PAGES[account]:
        for page in (with_scripts, without):
            page.goto(site.url + address)
        assert _said(without) == _said(with_scripts), address


def _said(page: Page) -> str:
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

"""How pages stand in a browser: for everybody, at every width, light, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from taole.catalogue.channels import Channel
from taole.core.clock import today
from taole.core.transactions import transaction
from taole.notices.actions import post
from tests.journeys.gifts_workbook import XLSX, gifts
from tests.journeys.inside import GIFTS, handed_in, inside, item_of, person, written
from tests.journeys.served_site import DESK, PHONE, ZOOMED, Site

pytestmark = pytest.mark.browser
TOWNSHIP, COUNTY, DONGYUAN = "640221106", "640221", "640221106201"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_BYTES, MOST_BYTES_OF_HOME = 100_000, 60_000
NARROWEST = 320
FINGER = 44
"""Pixels of the smallest thing to touch."""

DRAFT, WAITING, APPROVED, POSTED = (f"/notices/{UUID(int=number)}" for number in range(1, 5))
CODE = "abcdefgh23"
KNOWN: dict[str, str] = {}
"""What is known only once the house is there: the id of the item about gifts."""

NOTICE_PAGES = [
    f"{DRAFT}/edit",
    f"{DRAFT}/check",
    DRAFT,
    f"{WAITING}/sent",
    f"{APPROVED}/post",
    POSTED,
    f"{POSTED}/sheet",
    f"{POSTED}/correct",
    "/notices/showing",
    f"/villages/{DONGYUAN}/board",
    f"/villages/{DONGYUAN}/sheets",
]
TOWNSHIP_PAGES = [
    WAITING,
    f"/townships/{TOWNSHIP}/reviews",
    f"/townships/{TOWNSHIP}/masking",
    "/attachments/look-alikes",
    "/catalogue/items/{item}/template",
]
PUBLIC_PAGES = [f"/n/{CODE}", f"/n/{CODE}?large=1", f"/n/{CODE}?print=1"]

PAGES = {
    "": ["/sign-in", *PUBLIC_PAGES],
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
        *NOTICE_PAGES,
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
        *TOWNSHIP_PAGES,
    ],
    "wu": [f"/overview/{COUNTY}", f"/completeness/{COUNTY}"],
    "zheng": ["/people/new", "/units/new"],
}
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
    """东园村 has a notice in each hand; the draft names somebody's telephone."""

    def write_notices(instance: Path) -> None:
        with inside(instance), transaction():
            KNOWN["item"] = str(item_of(person("chen"), GIFTS).id)
            told = [UUID(int=number) for number in range(1, 5)]
            body = "领取人的电话是13900000000，有事请找他。"
            written("chen", "没写完的慰问金公示", notice_id=told[0], body=body)
            handed_in("chen", "等审核的慰问金公示", notice_id=told[1], passed=1)
            handed_in("chen", "审完的慰问金公示", notice_id=told[2], passed=3)
            posted = handed_in("chen", "贴出的慰问金公示", notice_id=told[3], passed=3)
            posted.public_code = CODE
            post(posted, channel=Channel.BOARD, posted_on=today(), by=person("chen"))

    return write_notices


def at(site: Site, address: str) -> str:
    return site.url + address.format(**KNOWN)


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("account", FOR_AXE)
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


@pytest.mark.parametrize("width", [NARROWEST, PHONE, ZOOMED, DESK])
@pytest.mark.parametrize("account", PAGES)
def test_no_page_scrolls_sideways(site, account, width):
    page = site.visit(account, width)
    wide = []
    for address in PAGES[account]:
        answer = page.goto(at(site, address))
        assert answer is not None
        assert answer.status == 200, address
        over = page.evaluate(_OVER)
        if over > 0:
            wide.append(f"{address} by {over} px: {page.evaluate(_WIDEST)}")
    assert not wide, "\n".join(wide)


_OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
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
    """What a page says, but for the voice that only a script can give it."""
    voices = "voices => voices.forEach(voice => { voice.hidden = true; })"
    page.locator("[data-read-aloud]").evaluate_all(voices)
    return page.get_by_role("main").inner_text()


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
        assert page.evaluate(_OVER) <= 0
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
        if page.evaluate(_OVER) > 0:
            cut.append(f"{address}, large letters: {page.evaluate(_WIDEST)}")
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


def test_the_present_is_alive(site):
    """Somebody who opens the demonstration today finds something to do."""
    secretary: Page = site.visit("chen")
    assert "件要办" in secretary.get_by_role("heading", level=1).inner_text()
    clerk = site.visit("li", DESK)
    clerk.goto(site.url + "/notices/review")
    assert clerk.get_by_role("row").count() > 1
    clerk.goto(f"{site.url}/completeness/{TOWNSHIP}")
    assert f"{today().year}年" in clerk.get_by_role("main").inner_text()

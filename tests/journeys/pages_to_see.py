"""The pages that people see, with a notice in each state behind them."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from taole.catalogue.channels import Channel
from taole.core.clock import today
from taole.core.transactions import transaction
from taole.notices.actions import post
from tests.journeys.inside import GIFTS, handed_in, inside, item_of, person, written
from tests.journeys.served_site import Site

TOWNSHIP, COUNTY, DONGYUAN = "640221106", "640221", "640221106201"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROWEST = 320

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
MONITORING_PAGES = {
    "chen": ["/inbox", "/asks/{ask}", "/obligations/{owed}"],
    "qian": ["/asks/{office_ask}", "/asks/{office_ask}/piece"],
    "zhao": [f"/brief/{TOWNSHIP}", f"/appraisal/{TOWNSHIP}?year=2023", "{round}", "/inbox"],
    "li": [
        f"/rounds/{TOWNSHIP}/settings",
        "{round}",
        "{round}/minutes",
        "{round}/close",
        "/asks/{ask}",
        "/asks/{ask}/extend",
        "/asks/{ask}/on-behalf",
        f"/reminders/{TOWNSHIP}",
        f"/routes/{TOWNSHIP}",
        f"/deliveries/{TOWNSHIP}",
        f"/website-duty/{TOWNSHIP}",
        f"/website-duty/{TOWNSHIP}/columns/WZ-02",
        f"/website-duty/{TOWNSHIP}/clearing?on=2024-01-15",
        f"/website-duty/{TOWNSHIP}/disclosures?on=2023-11-20",
        f"/website-duty/{TOWNSHIP}/ledger",
        f"/indicators/{TOWNSHIP}",
        f"/circular/{TOWNSHIP}",
        "/findings/load",
        "/findings/ledger",
        "/findings/statistics?year=2023",
        "/inspections/papers",
        "/inspections/papers/new?kind=report",
        "/circulars/{circular}",
        f"/quarter/{TOWNSHIP}?quarter=2023Q3",
        f"/appraisal/{TOWNSHIP}?year=2023",
        "/tasks",
        "/tasks/{task}",
        "/tasks/look-back",
        f"/completeness/{TOWNSHIP}/list?standing=missing",
        "/schedule",
        "/schedule/runs",
    ],
}
"""Collections, reminders, the website, the circular, tasks and the timetable."""
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

OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 3).map((one) => one.tagName + "." + one.className).join(", ")"""
"""Which parts of the page reach past its right edge."""
FINGER = 44
"""Pixels of the smallest thing to touch."""
SMALL = """(finger) => [...document.querySelectorAll(
    "button, a.btn, a.row-a, summary, select, textarea, label.choice, header a, input")]
  .filter((one) => one.checkVisibility() && one.type !== "hidden" && !one.closest("label.choice *"))
  .map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()])
  .filter(([one, box]) => box.height && Math.min(box.height, box.width) < finger - 0.5)
  .map(([one, box]) => one.outerHTML.slice(0, 110) + ` ${box.width} x ${box.height}`)"""
"""What is smaller than a finger among what is touched."""
CUT = """() => [...document.querySelectorAll("main *, header *")]
  .filter((one) => one.children.length === 0 && one.checkVisibility() && one.textContent.trim())
  .filter((one) => !one.matches("option, textarea, .visually-hidden") && !one.closest("svg"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth
    && getComputedStyle(one).overflowX !== "visible")
  .map((one) => one.outerHTML.slice(0, 120))"""
"""Which words are cut off."""
TABBABLE = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility() && !one.disabled && one.type !== "hidden")
  .map((one) => one.outerHTML.slice(0, 240))"""
"""What the tab key should reach, in order."""


def write_notices(instance: Path) -> None:
    """东园村 has a notice in each hand; the draft names somebody's telephone."""
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


def at(site: Site, address: str) -> str:
    return site.url + address.format(**KNOWN)

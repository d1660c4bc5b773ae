"""The pages of collections, reminders and oversight: for everybody, at every width, light."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from taole.core.clock import now, today
from taole.core.database import db
from taole.core.transactions import transaction
from taole.core.words import sentence
from taole.notifications.actions import tell_route
from taole.notifications.models import DeliveryState, RouteKind
from taole.notifications.routes import add_route
from taole.organisation.queries import get_unit
from taole.oversight.appraisal import set_appraisal
from taole.oversight.appraisal_rules import Weights
from taole.oversight.received import list_circulars
from taole.registers.models import KeyTask
from taole.rounds.actions import answer_nothing, keep_round_setting, open_by_hand, remind
from taole.rounds.queries import list_asks
from taole.rounds.rules import RoundSetting
from tests.journeys.inside import inside, person
from tests.journeys.late_matters import make_late, switch_off_collections
from tests.journeys.pages_to_see import (
    CUT,
    FINGER,
    KNOWN,
    LEVELS,
    MONITORING_PAGES,
    NARROWEST,
    OVER,
    SMALL,
    TABBABLE,
    TOWNSHIP,
    WIDEST,
    at,
)
from tests.journeys.served_site import DESK, HEIGHTS, PHONE, ZOOMED, Site

pytestmark = pytest.mark.browser
MOST_BYTES = 100_000
WIDTHS = (NARROWEST, PHONE, ZOOMED, DESK)
STOPS_WITHIN = 12
"""How often the tab key stops within the fields for hours."""
BUSIEST = {
    "chen": ["/asks/{ask}", "/obligations/{owed}"],
    "li": [
        "{round}",
        f"/reminders/{TOWNSHIP}",
        f"/website-duty/{TOWNSHIP}",
        f"/circular/{TOWNSHIP}",
        f"/quarter/{TOWNSHIP}?quarter=2023Q3",
        "/tasks",
    ],
}
"""Where most is written, and most is done by scripts."""


@pytest.fixture(scope="module")
def prepare() -> Callable[[Path], None]:
    """A collection of today with answers of each kind, a robot that failed, a late village."""

    def furnish(instance: Path) -> None:
        with inside(instance), transaction():
            (late,) = make_late("chen", 3)
            KNOWN["owed"] = late.path.rpartition("/")[2]
            _collect()
            _fail_to_send()
            township = get_unit(TOWNSHIP)
            set_appraisal(township, is_on=True, weights=Weights(), by=person("li"))
            KNOWN["circular"] = str(list_circulars(township)[0].id)
            KNOWN["task"] = str(db.session.query(KeyTask).first().id)

    return furnish


def _collect() -> None:
    """Asked today; 王家庄村 has nothing, 马太沟村 was reminded twice."""
    switch_off_collections()
    township, clerk = get_unit(TOWNSHIP), person("li")
    keep_round_setting(township, RoundSetting(), by=clerk)
    round_ = open_by_hand(township, at=now(), by=clerk)
    asks = {ask.unit.name: ask for ask in list_asks(round_)}
    answer_nothing(asks["王家庄村"], reason="没有变动", by=person("wang"), at=now())
    for _time in range(2):
        remind(asks["马太沟村"], by=clerk, at=now())
    KNOWN["ask"], KNOWN["office_ask"] = str(asks["东园村"].id), str(asks["民生服务中心"].id)
    KNOWN["round"] = f"/rounds/{TOWNSHIP}/{round_.year}/{round_.number}"


def _fail_to_send() -> None:
    """A robot that is off, and what it did not send."""
    township, clerk = get_unit(TOWNSHIP), person("li")
    route = add_route(
        township,
        kind=RouteKind.WECOM,
        name="陶乐镇村务公开工作群",
        address="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-def",
        by=clerk,
        at=now(),
    )
    title = sentence("测试")
    told = tell_route(
        route, township=township, key="t", title=title, text="测试", day=today(), at=now()
    )
    route.is_on = False
    told.deliveries[0].state, told.deliveries[0].error = DeliveryState.FAILED, "地址不对（93000）"


@pytest.mark.parametrize(
    ("account", "width"), [("chen", PHONE), ("qian", PHONE), ("zhao", DESK), ("li", DESK)]
)
def test_a_monitoring_page_can_be_used_by_everybody_at_every_width(site, account, width):
    page = site.visit(account, width)
    found = []
    for address in MONITORING_PAGES[account]:
        answer = page.goto(at(site, address))
        assert answer is not None
        assert answer.status == 200, address
        result = Axe().run(page, options={"runOnly": LEVELS})
        found += [
            f"{address}: {each['id']} {each['nodes'][0]['html'][:160]} ({len(each['nodes'])})"
            for each in result.response["violations"]
        ]
        found += [f"{address} {each}" for each in _at_every_width(page)]
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    assert not found, "\n".join(found)


def _at_every_width(page: Page) -> list[str]:
    """What is too wide, too small for a finger on a phone, or cut off at twice the size."""
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        if page.evaluate(OVER) > 0:
            wrong.append(f"at {width} too wide: {page.evaluate(WIDEST)}")
        if width == PHONE:
            wrong += [f"small: {each}" for each in page.evaluate(SMALL, FINGER)]
        if width == ZOOMED:
            wrong += [f"cut: {each}" for each in page.evaluate(CUT)]
        if width == DESK:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            wrong += [f"cut, large letters: {each}" for each in page.evaluate(CUT)]
            if page.evaluate(OVER) > 0:
                wrong.append(f"too wide, large letters: {page.evaluate(WIDEST)}")
            page.evaluate("document.documentElement.style.fontSize = ''")
    return wrong


@pytest.mark.parametrize("account", BUSIEST)
def test_a_monitoring_page_says_the_same_without_scripts(site, account):
    with_scripts = site.visit(account, DESK)
    without = site.visit(account, DESK, javascript=False)
    for address in BUSIEST[account]:
        said = []
        for page in (with_scripts, without):
            page.goto(at(site, address))
            page.locator("[data-copy]").evaluate_all(
                "them => them.forEach(one => { one.hidden = true; })"
            )
            said.append(page.get_by_role("main").inner_text())
        assert said[1] == said[0], address


def test_the_pages_of_monitoring_are_light_on_a_first_visit(site):
    """Everything that comes over the line to somebody whose browser knows nothing yet."""
    heavy = []
    for account, addresses in BUSIEST.items():
        page = site.visit(account)
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        received: list[float] = []
        line.on("Network.loadingFinished", lambda e, to=received: to.append(e["encodedDataLength"]))
        for address in (*addresses, "/inbox"):
            line.send("Network.clearBrowserCache")
            received.clear()
            page.goto(at(site, address), wait_until="networkidle")
            assert len(received) > 2, address
            if sum(received) >= MOST_BYTES:
                heavy.append(f"{address}: {sum(received):,.0f} bytes in {len(received)} files")
    assert not heavy, "\n".join(heavy)


@pytest.mark.parametrize("address", ["{round}", f"/reminders/{TOWNSHIP}", "/schedule"])
def test_every_control_of_a_monitoring_page_is_reached_by_the_tab_key(site: Site, address):
    page = site.visit("li", DESK)
    page.goto(at(site, address))
    wanted = page.evaluate(TABBABLE)
    assert len(wanted) > 20
    reached = set()
    for _ in range(len(wanted) + STOPS_WITHIN):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML.slice(0, 240)"))
    assert set(wanted) <= reached

"""A notice on its way: from a village's own workbook through three reviews to the board."""

from __future__ import annotations

import gettext
import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cast import SINCE, VILLAGES
from playwright.sync_api import Locator, Page, Request, expect
from sqlalchemy import select

import taole
from taole.access.permissions import Role
from taole.core.database import db
from taole.core.transactions import transaction
from taole.notices.actions import approve
from taole.notices.workflow import NoticeState
from taole.obligations.actions import unanswer
from taole.obligations.models import Obligation
from taole.organisation.actions import SYSTEM, give_role
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit
from tests.attachments.picture_factory import photograph
from tests.journeys.gifts_workbook import RAW, XLSX, gifts
from tests.journeys.inside import (
    GIFTS,
    LAST_QUARTER,
    REVIEWERS,
    by_title,
    handed_in,
    inside,
    person,
)
from tests.journeys.served_site import DESK, PHONE, Site

pytestmark = pytest.mark.browser
SEEN = logging.getLogger(__name__)
DONGYUAN, SHIJIATAIZI, WANGJIAZHUANG = list(VILLAGES)[:3]
BIG_PHOTOGRAPH = photograph(2400, 1800, turned=True)
TRANSLATIONS = Path(taole.__file__).parent / "translations"


@pytest.fixture(scope="module")
def prepare() -> Callable[[Path], None]:
    """Three villages are asked again for last quarter's gifts; 周某 supervises all three, and has
    let one notice of each pass.
    """

    def reopen(instance: Path) -> None:
        with inside(instance), transaction():
            for code in (DONGYUAN, SHIJIATAIZI, WANGJIAZHUANG):
                unit = get_unit(code)
                if code != DONGYUAN:
                    zhou = person("zhou")
                    give_role(zhou, Role.SUPERVISOR, unit, from_on=SINCE, by=SYSTEM)
                unanswer(_asked(unit), by=person("li"), reason="请重新确认")
            for account in ("chen", "liu", "wang"):
                title = f"{person(account).name}等复审的公示"
                handed_in(account, title, passed=1, period_key=LAST_QUARTER.previous().key)

    return reopen


@dataclass
class Secretary:
    """Somebody at a phone who does one thing after the other, and how often she touched it.

    A file and a choice out of a list take two touches each: to open, and to choose.
    """

    site: Site
    page: Page
    say: Callable[[str], str]
    taps: int = 0
    began: float = field(default_factory=time.monotonic)

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.click()

    def press(self, words: str) -> None:
        """Press the button that says this in Chinese, in whatever language she reads."""
        self.tap(self.page.get_by_role("button", name=self.say(words)).first)

    def reads(self, words: str) -> None:
        """Wait for the heading that says this."""
        expect(self.page.get_by_role("heading", name=self.say(words)).first).to_be_visible()

    def choose(self, what: Locator, value: str) -> None:
        self.taps += 2
        what.select_option(value)

    def pick(self, what: Locator, name: str, kind: str, content: bytes) -> None:
        self.taps += 2
        what.set_input_files({"name": name, "mimeType": kind, "buffer": content})

    def sees(self, name: str) -> None:
        self.site.picture(self.page, name)


def in_language(language: str) -> Callable[[str], str]:
    """What a page says in a language, by what it says in Chinese."""
    if language == "zh":
        return str
    return gettext.translation("messages", TRANSLATIONS, [language]).gettext


READERS = [
    pytest.param("chen", DONGYUAN, "zh", True, id="in Chinese"),
    pytest.param("liu", SHIJIATAIZI, "en", True, id="in English"),
    pytest.param("wang", WANGJIAZHUANG, "zh", False, id="without scripts"),
]


@pytest.mark.parametrize(("account", "village", "language", "javascript"), READERS)
def test_a_villages_own_workbook_is_a_posted_notice_after_14_touches(
    site, account, village, language, javascript
):
    """Ten touches to hand it in (two to pick the file, two to answer about one column, one to mask
    all personal data), four to post it with a photograph."""
    page = site.visit(
        account, PHONE, javascript=javascript, language="" if language == "zh" else language
    )
    secretary = Secretary(site, page, in_language(language))
    with inside(site.instance):
        asked = _asked(get_unit(village))
    name = f"{language}{'' if javascript else '-without-scripts'}"
    title = _hand_in(secretary, asked, VILLAGES[village][0], name)
    assert secretary.taps == 10
    seconds = time.monotonic() - secretary.began

    if account == "chen":
        _pass_by_key(site, title)
    else:
        _pass(site, title)

    secretary.began = time.monotonic()
    _post(secretary, title, name)
    assert secretary.taps == 14
    seconds += time.monotonic() - secretary.began
    SEEN.info("%s: %s touches, %.1f seconds in the browser", name, secretary.taps, seconds)


def _asked(unit: Unit) -> Obligation:
    found = db.session.scalar(
        select(Obligation).where(
            Obligation.unit_id == unit.id,
            Obligation.item_code == GIFTS,
            Obligation.period_key == LAST_QUARTER.key,
        )
    )
    assert found is not None
    return found


def _hand_in(secretary: Secretary, asked: Obligation, village: str, name: str) -> str:
    """From the home page to 提交审核, with the file that the village has."""
    page, say = secretary.page, secretary.say
    secretary.tap(page.locator(f"a[href*='obligation={asked.id}']").first)
    secretary.pick(page.locator("[name=workbook]"), "慰问.xlsx", XLSX, gifts(village))
    secretary.press("读进来")
    unsure = page.locator("select[name='column:品名']")
    expect(unsure).to_be_visible()
    expect(page.locator("select[name='column:身份证号']")).to_have_value("")
    secretary.sees(f"doubts-{name}")
    secretary.choose(unsure, "款物名称")
    secretary.press("就这样读")
    expect(page.locator("#personal-data")).to_be_visible()
    secretary.sees(f"personal-data-{name}")
    assert page.locator("[name=cell-0-3]").input_value() == "300.00"
    days = [page.locator(f"[name=cell-{row}-4]").input_value() for row in range(3)]
    assert days == [str(LAST_QUARTER.start.replace(day=day)) for day in (7, 7, 8)]
    secretary.tap(page.locator("#personal-data .btn-primary"))
    expect(page.locator("#personal-data")).to_have_count(0)
    for row in range(3):
        assert not RAW.search(page.locator(f"#row-{row}").inner_html())
    title = page.locator("[name=title]").input_value()
    secretary.press("下一步：核对")
    secretary.reads("核对后提交")
    expect(page.get_by_role("main")).to_contain_text("860.50")
    expect(page.get_by_text(say("个人信息已遮盖"))).to_be_visible()
    secretary.sees(f"check-{name}")
    secretary.press("提交审核")
    page.wait_for_url(re.compile("/sent$"))
    expect(page.get_by_role("main")).to_contain_text(title)
    secretary.sees(f"sent-{name}")
    return title


def _pass_by_key(site: Site, title: str) -> None:
    """周某, 李某 and 赵某 each open it out of their queue and press A."""
    for account in REVIEWERS:
        reviewer = site.visit(account, DESK)
        reviewer.goto(site.url + "/notices/review")
        reviewer.get_by_role("link", name=title).click()
        expect(reviewer.get_by_role("heading", level=1).first).to_have_text(title)
        expect(reviewer.get_by_role("button", name="审通过")).to_be_visible()
        assert not RAW.search(reviewer.content())
        reviewer.wait_for_load_state()  # its keys are heard from then on
        reviewer.keyboard.press("a")
        expect(reviewer.get_by_text(f"已通过：{title}")).to_be_visible()


def _pass(site: Site, title: str) -> None:
    """The same three let it pass, inside the house."""
    with inside(site.instance), transaction():
        notice = by_title(title)
        for account in REVIEWERS:
            approve(notice, by=person(account))
        assert notice.state is NoticeState.APPROVED


def _post(secretary: Secretary, title: str, name: str) -> None:
    """From the home page to the photograph of the board, made small and sent in pieces."""
    page, site = secretary.page, secretary.site
    sent: list[int] = []
    page.on("requestfinished", lambda asked: sent.append(_weight(asked)))
    page.goto(site.url)
    secretary.tap(page.locator("a[href$='/post']").first)
    expect(page.get_by_role("main")).to_contain_text(title)
    picture = page.locator("[name=photo_BOARD]")
    secretary.pick(picture, "公示栏.jpg", "image/jpeg", BIG_PHOTOGRAPH)
    secretary.sees(f"post-{name}")
    secretary.tap(page.locator(".thumb button"))
    expect(page.locator("#postings img")).to_be_visible()
    shown = page.locator("#postings img").first
    shown.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete", arg=shown.element_handle())
    secretary.sees(f"posted-{name}")
    pieces = [weight for weight in sent if weight]
    if name == "zh-without-scripts":
        assert not pieces
    else:
        assert len(pieces) > 1
        assert sum(pieces) < len(BIG_PHOTOGRAPH) / 2


def test_a_clerk_goes_through_the_queue_by_keys(site):
    """J to the next, K back, R and a reason, A: and the next one follows."""
    clerk = site.visit("li", DESK)
    clerk.goto(site.url + "/notices/review")
    titles = clerk.locator("tbody th a").all_inner_texts()
    assert len(titles) >= 3
    clerk.locator("tbody th a").first.click()
    _reads(clerk, titles[0])
    expect(clerk.get_by_text(re.compile(f"第 1 条，共 {len(titles)} 条"))).to_be_visible()
    site.picture(clerk, "review-desk")
    clerk.keyboard.press("j")
    _reads(clerk, titles[1])
    clerk.keyboard.press("k")
    _reads(clerk, titles[0])
    clerk.keyboard.press("r")
    reason = clerk.get_by_label("给专干的话")
    expect(reason).to_be_visible()
    reason.fill("jark：请核对合计")
    expect(reason).to_have_value("jark：请核对合计")
    reason.press("Tab")
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_text(f"已退回：{titles[0]}")).to_be_visible()
    _reads(clerk, titles[1])
    clerk.keyboard.press("a")
    expect(clerk.get_by_text(f"已通过：{titles[1]}")).to_be_visible()
    _reads(clerk, titles[2])


def _reads(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1).first).to_have_text(title)
    expect(page.get_by_role("button", name="审通过")).to_be_visible()
    page.wait_for_load_state()  # its keys are heard from then on


def _weight(asked: Request) -> int:
    """The bytes of one piece of a file; 0 for every other request."""
    is_piece = asked.method == "PUT" and "/uploads/" in asked.url
    return int(asked.all_headers()["content-length"]) if is_piece else 0

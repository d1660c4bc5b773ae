"""The story of a village's notice: from the overdue matter on a phone to the figure of the year."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from cast import settings_for
from playwright.sync_api import Page, expect
from sqlalchemy import select

from taole.app.factory import create_app
from taole.core.clock import today
from taole.core.database import db
from taole.core.periods import Frequency, label, period_containing
from taole.core.transactions import transaction
from taole.obligations.actions import unanswer
from taole.obligations.models import Obligation
from taole.organisation.queries import find_user, get_unit
from tests.attachments.picture_factory import photograph
from tests.journeys.served_site import DESK, PHONE, Site

pytestmark = pytest.mark.browser
DONGYUAN, SHIJIATAIZI, TOWNSHIP = "640221106201", "640221106202", "640221106"
REASON = "附表合计与明细不符，请核对第二行"
PHOTOGRAPH = {"name": "公示栏.jpg", "mimeType": "image/jpeg", "buffer": photograph(1200, 900)}
LAST_QUARTER = period_containing(Frequency.QUARTERLY, today()).previous()


@pytest.fixture(scope="module")
def prepare() -> Callable[[Path], None]:
    """What 东园村 and 施家台子村 had signed as nothing in the last quarter is asked again."""

    def reopen(instance: Path) -> None:
        app = create_app(settings_for(instance))
        with app.app_context():
            with transaction():
                clerk = find_user("li")
                assert clerk is not None
                villages = [get_unit(code).id for code in (DONGYUAN, SHIJIATAIZI)]
                signed = db.session.scalars(
                    select(Obligation).where(
                        Obligation.unit_id.in_(villages),
                        Obligation.answer == "nothing",
                        Obligation.period_key == LAST_QUARTER.key,
                    )
                )
                for each in list(signed):
                    unanswer(each, by=clerk, reason="请重新确认")
            db.engine.dispose()

    return reopen


@dataclass
class Story:
    """One village's notice through all hands, with or without scripts in everybody's browser."""

    site: Site
    javascript: bool

    def visit(self, account: str, width: int) -> Page:
        return self.site.visit(account, width, javascript=self.javascript)

    def seen(self, page: Page, name: str) -> None:
        self.site.picture(page, name if self.javascript else f"{name}-without-scripts")


@dataclass(frozen=True)
class Told:
    """What was told: an obligation by its id, its matter, the notice's title, the standing due."""

    obligation: str
    matter: str
    title: str
    standing: str


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_notice_goes_from_the_phone_to_the_board_and_into_the_figure(site, javascript):
    story = Story(site, javascript)
    clerk = story.visit("li", DESK)
    before = _figure(site, clerk)
    secretary = story.visit("chen", PHONE)
    story.seen(secretary, "home")

    supervisor, leader = story.visit("zhou", PHONE), story.visit("zhao", DESK)
    told = _write(story, secretary)
    title = told.title
    _approve(site, supervisor, title)
    _return(story, clerk, title)
    _mend(story, secretary, title)
    for reviewer in (supervisor, clerk, leader):
        _approve(site, reviewer, title)
    _post(story, secretary, title)

    secretary.goto(f"{site.url}/obligations/{told.obligation}")
    expect(secretary.get_by_role("main")).to_contain_text(told.standing)
    clerk.goto(f"{site.url}/completeness/{TOWNSHIP}")
    cell = clerk.locator(f"a.cell[href*='{told.obligation}']")
    expect(cell).to_have_attribute(
        "aria-label", re.compile(f"^东园村，{told.matter}：{told.standing}")
    )
    story.seen(clerk, "matrix")
    if javascript:
        cell.click()
        expect(clerk.get_by_role("dialog")).to_contain_text(told.matter)
        clerk.keyboard.press("Escape")
        expect(clerk.get_by_role("dialog")).to_have_count(0)

    assert _figure(site, clerk) == before + 1
    clerk.goto(clerk.url + "?page=999")
    expect(clerk.get_by_role("link", name=title)).to_have_count(1)
    story.seen(clerk, "figure")


def _figure(site: Site, clerk: Page) -> int:
    """How many notices of this year the villages have put up, as the report counts them."""
    clerk.goto(f"{site.url}/reports/{TOWNSHIP}/{today().year}/figures/P6-board")
    said = clerk.get_by_role("heading", level=1).inner_text()
    listed = clerk.locator("#records").inner_text()
    counted = int(re.sub(r"\D", "", said))
    assert str(counted) in listed.replace(",", "")
    return counted


def _write(story: Story, secretary: Page) -> Told:
    """陈某 fills in what her home says is owed, and hands it in."""
    owed = secretary.locator("a[href*='obligation=']").filter(has_text=str(label(LAST_QUARTER)))
    obligation = re.sub(r".*obligation=", "", owed.first.get_attribute("href") or "")
    owed.first.click()
    expect(secretary).to_have_url(re.compile("/notices/new"))
    expect(secretary.get_by_label("标题")).to_be_visible()
    matter = secretary.get_by_role("main").get_by_role("heading", level=1).inner_text()
    in_time = secretary.get_by_text("要在").inner_text()
    standing = "迟" if "超" in in_time else "按时"
    title = secretary.get_by_label("标题").input_value() + ("甲" if story.javascript else "乙")
    secretary.get_by_label("标题").fill(title)
    _fill_first_row(secretary)
    secretary.get_by_label("正文").fill("经村民代表会议讨论，现予公示。")
    story.seen(secretary, "new-notice")
    _hand_in(story, secretary, "check")
    return Told(obligation, matter, title, standing)


def _fill_first_row(secretary: Page) -> None:
    """The head of the sheet and its first row: a number, a day or a word, as each field wants."""
    fields = secretary.locator("input[name^=head-], input[name^=cell-0-]")
    for number in range(fields.count()):
        field = fields.nth(number)
        label = secretary.locator(f"label[for='{field.get_attribute('id')}']").inner_text()
        if field.get_attribute("inputmode") == "decimal":
            field.fill(f"{number + 1}00")
        elif re.search("日期|时间", label):
            field.fill(str(LAST_QUARTER.end))
        else:
            field.fill("村务")


def _hand_in(story: Story, secretary: Page, seen: str) -> None:
    secretary.get_by_role("button", name="下一步：核对").click()
    expect(secretary.get_by_role("heading", name="核对后提交", level=1).last).to_be_visible()
    story.seen(secretary, seen)
    secretary.get_by_role("button", name="提交审核").click()
    expect(secretary.get_by_role("heading", name="已提交，等初审")).to_be_visible()


def _return(story: Story, clerk: Page, title: str) -> None:
    """李某 finds the notice in the queue and sends it back with a reason."""
    clerk.goto(story.site.url + "/notices/review")
    story.seen(clerk, "review")
    clerk.get_by_role("link", name=title).click()
    clerk.get_by_text("退回修改").click()
    clerk.get_by_label("给专干的话").fill(REASON)
    story.seen(clerk, "notice")
    clerk.get_by_role("button", name="退回给陈某").click()
    expect(clerk.get_by_text(f"已退回：{title}")).to_be_visible()


def _mend(story: Story, secretary: Page, title: str) -> None:
    """陈某 reads the reason on her home, changes the notice and hands it in again."""
    secretary.goto(f"{story.site.url}/villages/{DONGYUAN}/")
    returned = secretary.get_by_role("link").filter(has_text=REASON)
    expect(returned).to_be_visible()
    story.seen(secretary, "home-returned")
    returned.click()
    expect(secretary.get_by_text(REASON).first).to_be_visible()
    secretary.get_by_role("link", name="修改").click()
    secretary.get_by_label("正文").fill("经村民代表会议讨论，合计已核对，现予公示。")
    _hand_in(story, secretary, "check-again")
    expect(secretary.get_by_role("main")).to_contain_text(title)


def _approve(site: Site, reviewer: Page, title: str) -> None:
    """周某, 李某 or 赵某 lets the notice pass in the review that waits for them."""
    reviewer.goto(site.url + "/notices/review")
    reviewer.get_by_role("link", name=title).click()
    reviewer.get_by_role("button", name="审通过").click()
    expect(reviewer.get_by_text(f"已通过：{title}")).to_be_visible()


def _post(story: Story, secretary: Page, title: str) -> None:
    """陈某 puts it up on the board, with a photograph, and in 村居通."""
    secretary.goto(f"{story.site.url}/villages/{DONGYUAN}/")
    secretary.get_by_role("link").filter(has_text="审核通过").first.click()
    expect(secretary.get_by_role("main").get_by_role("heading", level=1)).to_have_text(
        "在哪里公示了？"
    )
    expect(secretary.get_by_text(title).first).to_be_visible()
    secretary.get_by_role("checkbox", name="公示栏").check()
    secretary.get_by_role("checkbox", name="村居通").check()
    secretary.locator("[name=photo_BOARD]").set_input_files(PHOTOGRAPH)
    story.seen(secretary, "post")
    secretary.get_by_role("button", name="登记", exact=True).click()
    expect(secretary.get_by_alt_text("公示栏的照片")).to_be_visible()
    expect(secretary.get_by_role("main")).to_contain_text("村居通")
    story.seen(secretary, "posted")


def test_a_village_says_on_one_page_what_did_not_happen(site):
    page = site.visit("liu", PHONE)
    site.picture(page, "home-to-confirm")
    page.get_by_role("link").filter(has_text="随时公开事项确认").first.click()
    matters = page.get_by_role("group", name="没有发生的事项").get_by_role("checkbox")
    expect(matters.first).to_be_visible()
    count = matters.count()
    assert count > 20
    assert all(matters.nth(number).is_checked() for number in range(count))
    happened = page.locator("label.choice").first.inner_text()
    matters.first.uncheck()
    site.picture(page, "nothing")
    page.get_by_role("button", name="签报无此事项").click()
    expect(page.get_by_text(f"已签报 {count - 1} 项无此事项")).to_be_visible()
    expect(page.get_by_role("group", name="没有发生的事项")).to_contain_text(happened)
    page.goto(f"{site.url}/completeness/{SHIJIATAIZI}?on={today()}")
    site.picture(page, "year")
    expect(page.get_by_role("main")).to_contain_text("无事项")


def test_everybody_can_switch_between_chinese_and_english(site):
    page = site.visit("chen", PHONE)
    expect(page.locator("html")).to_have_attribute("lang", re.compile("^zh"))
    page.locator("header summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Log a notice")).to_be_visible()
    site.picture(page, "home-in-english")
    assert page.url.endswith(f"/villages/{DONGYUAN}/?") or page.url.endswith(
        f"/villages/{DONGYUAN}/"
    )
    page.locator("header summary").click()
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("link", name="登记公示")).to_be_visible()

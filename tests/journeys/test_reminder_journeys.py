"""Reminders from the plan to the inbox, the leader's minute, and the circular that is coming."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from cast import run_taole
from docx import Document
from playwright.sync_api import Page, expect

from taole.core.transactions import transaction
from tests.journeys.inside import inside
from tests.journeys.late_matters import Late, make_late, switch_off_reminders
from tests.journeys.pages_to_see import OVER, TOWNSHIP, WIDEST
from tests.journeys.served_site import DESK, PHONE, Site

pytestmark = pytest.mark.browser
LATE: dict[str, Late] = {}


@pytest.fixture(scope="module")
def prepare() -> Callable[[Path], None]:
    """Reminders are off; 东园村 is late with one matter since yesterday, with one for weeks."""

    def before_the_first(instance: Path) -> None:
        with inside(instance), transaction():
            switch_off_reminders()
            LATE["yesterday"], LATE["weeks"] = make_late("chen", 1, 30)

    return before_the_first


def test_a_reminder_goes_from_the_plan_to_the_inbox_and_stops(site):
    clerk = site.visit("li", DESK)
    _switch_on(site, clerk)
    run_taole("schedule", "once", "send-digests", instance=site.instance)

    late = LATE["yesterday"]
    secretary = site.visit("chen", PHONE)
    secretary.goto(site.url + "/inbox")
    newest = secretary.get_by_role("main").locator("section.panel").first
    expect(newest).to_contain_text("没看过")
    line = newest.get_by_role("link").filter(has_text=f"{late.item}（{late.period}）")
    expect(line).to_contain_text("已超1天")
    expect(line).not_to_contain_text("已办")
    assert secretary.evaluate(OVER) <= 0, secretary.evaluate(WIDEST)
    site.picture(secretary, "inbox")
    line.click()
    secretary.wait_for_url(re.compile(late.path))
    card = secretary.locator("#card")
    expect(card.get_by_role("row").filter(has_text="已提醒")).to_contain_text("陈某")
    site.picture(secretary, "card")
    card.get_by_text("报无此事项").first.click()
    card.get_by_label("理由").fill("本季度没有发生")
    card.get_by_role("button", name="报无此事项").click()
    expect(secretary.locator("#card")).to_contain_text("无事项")

    secretary.goto(site.url + "/inbox")
    expect(line).to_contain_text("已办")
    site.picture(secretary, "inbox-done")
    told = secretary.get_by_role("main").locator("section.panel").count()
    said = run_taole("schedule", "once", "send-digests", instance=site.instance)
    assert said.stdout.strip() == "发出 0 条"
    secretary.reload()
    expect(secretary.get_by_role("main").locator("section.panel")).to_have_count(told)


def _switch_on(site: Site, clerk: Page) -> None:
    """李某 sees first how many would be told. The hours are such that it is time all day."""
    clerk.goto(f"{site.url}/reminders/{TOWNSHIP}")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("自动提醒没有打开")
    clerk.get_by_label("自动提醒").check()
    for label in ("每天几点发", "晚上几点起不打扰", "早上几点后再发"):
        clerk.get_by_label(label).fill("00:00")
    clerk.get_by_role("button", name="保存").click()
    preview = clerk.get_by_role("status").filter(has_text="现在打开")
    expect(preview).to_contain_text(re.compile(r"会提醒 [1-9]\d* 个人，一共 [1-9]\d* 件事"))
    expect(clerk.get_by_role("heading", level=1)).to_have_text("自动提醒没有打开")
    site.picture(clerk, "preview")
    clerk.get_by_role("button", name="打开自动提醒").click()
    expect(clerk.get_by_text("提醒的设置已保存")).to_be_visible()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("自动提醒开着")
    text = clerk.get_by_label("可以复制的文字").input_value()
    assert "东园村" in text
    assert len(text) < 500
    site.picture(clerk, "reminders-on")


def test_the_leader_sees_in_a_minute_what_is_missing_and_takes_the_brief_along(site):
    leader = site.visit("zhao", DESK)
    leader.goto(site.url + "/brief")
    leader.wait_for_url(re.compile(f"/brief/{TOWNSHIP}"))
    numbers = leader.get_by_role("table", name=re.compile("三个数"))
    expect(numbers.get_by_role("row")).to_have_count(3)
    site.picture(leader, "brief")
    late = LATE["weeks"]
    missing = leader.get_by_role("table", name="还没公示的")
    missing.get_by_role("link", name=late.item).first.click()
    leader.wait_for_url(re.compile("/obligations/"))
    expect(leader.get_by_role("heading", level=1)).to_contain_text(late.item)
    expect(leader.get_by_role("button", name="提醒一次")).to_be_visible()
    leader.go_back()
    with leader.expect_download() as begun:
        leader.get_by_role("link", name="下载 Word").click()
    word = Document(BytesIO(Path(begun.value.path()).read_bytes()))
    said = [each.text for each in word.paragraphs]
    said += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert any(late.item in each for each in said)
    assert begun.value.suggested_filename.startswith("陶乐镇村务公开工作简报")


def test_the_circular_that_is_coming_names_the_cheapest_fix_first(site):
    clerk = site.visit("li", DESK)
    clerk.goto(site.url + "/circular")
    clerk.wait_for_url(re.compile(f"/circular/{TOWNSHIP}"))
    expect(clerk.get_by_role("heading", level=2).first).to_contain_text("最快能补的")
    fixes = clerk.locator("ol").get_by_role("link")
    assert 1 <= fixes.count() <= 3
    site.picture(clerk, "circular")
    expected = clerk.url
    fixed = fixes.first.get_attribute("href") or ""
    fixes.first.click()
    clerk.wait_for_url(lambda url: url != expected)
    assert clerk.url.startswith(site.url + fixed)
    expect(clerk.get_by_role("heading", level=1)).to_be_visible()
    can_be_done = clerk.get_by_role("main").locator("a.btn, button")
    expect(can_be_done.first).to_be_visible()
    site.picture(clerk, "first-fix")
    assert clerk.evaluate(OVER) <= 0, clerk.evaluate(WIDEST)

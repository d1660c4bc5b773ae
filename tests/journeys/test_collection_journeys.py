"""A collection from its schedule to its minutes: a clerk at her desk, villages on phones."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from taole.core.clock import today
from taole.core.transactions import transaction
from tests.attachments.picture_factory import photograph
from tests.journeys.inside import inside
from tests.journeys.late_matters import (
    Late,
    make_late,
    switch_off_collections,
    switch_off_reminders,
)
from tests.journeys.pages_to_see import OVER, TOWNSHIP, WIDEST
from tests.journeys.served_site import DESK, PHONE, Site

pytestmark = pytest.mark.browser
PAPER = {"name": "王家庄村交来的材料.jpg", "mimeType": "image/jpeg", "buffer": photograph(900, 600)}
LATE: dict[str, Late] = {}


@pytest.fixture(scope="module")
def prepare() -> Callable[[Path], None]:
    """No schedule yet; each village has something to be asked about."""

    def before_the_first(instance: Path) -> None:
        with inside(instance), transaction():
            switch_off_reminders()
            switch_off_collections()
            for account in ("chen", "liu", "wang", "sun", "ma"):
                (LATE[account],) = make_late(account, 20)

    return before_the_first


def test_a_collection_goes_from_the_schedule_to_the_minutes(site):
    clerk = site.visit("li", DESK)
    round_url = _switch_on_and_send(site, clerk)
    title = _answer_with_a_draft(site)
    _answer_with_nothing(site)

    clerk.goto(round_url)
    expect(_row(clerk, "东园村")).to_contain_text("有内容")
    expect(_row(clerk, "施家台子村")).to_contain_text("两周内没有变动")
    expect(clerk.locator("#brought")).to_contain_text(title)
    _enter_a_paper(site, clerk, "王家庄村")
    _remind_until_the_telephone(site, clerk, "马太沟村")
    _read_the_text(clerk)
    _close(site, clerk)
    _read_the_minutes(site, clerk, title)

    late_comer = site.visit("sun")
    late_comer.goto(site.url + "/asks")
    expect(late_comer.get_by_role("heading", level=1).last).to_have_text("现在没有要回复的征集")


def _switch_on_and_send(site: Site, clerk: Page) -> str:
    """李某 sets the weekday (never today, or the clock might be quicker), then does not wait."""
    clerk.goto(f"{site.url}/rounds/{TOWNSHIP}/settings")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("自动发出没有打开")
    clerk.get_by_label("自动发出征集").check()
    tomorrow = (today() + timedelta(days=1)).weekday()
    clerk.get_by_label("星期几发出").select_option(str(tomorrow))
    clerk.get_by_role("button", name="保存").click()
    expect(clerk.get_by_text("征集的时间和范围已保存")).to_be_visible()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("征集自动发出，从")
    expect(clerk.get_by_role("table").get_by_role("row")).to_have_count(6)
    site.picture(clerk, "collection-settings")
    clerk.get_by_role("button", name="现在就发出这一期").click()
    clerk.wait_for_url(re.compile(r"/rounds/\d+/\d{4}/\d+$"))
    expect(clerk.get_by_text(re.compile(r"第 \d+ 期已发出"))).to_be_visible()
    for village in ("东园村", "施家台子村", "王家庄村", "马太沟村"):
        expect(_row(clerk, village)).to_contain_text("没回")
    site.picture(clerk, "collection-sent")
    return clerk.url


def _answer_with_a_draft(site: Site) -> str:
    """陈某 finds the collection on her home, writes for one line and reports that."""
    secretary, late = site.visit("chen", PHONE), LATE["chen"]
    site.picture(secretary, "home-with-collection")
    secretary.get_by_role("main").get_by_role("link", name=re.compile("期征集")).click()
    secretary.wait_for_url(re.compile("/asks/"))
    asked = secretary.url
    expect(secretary.get_by_role("heading", level=1).last).to_contain_text("件事")
    _fits(secretary)
    site.picture(secretary, "asked")
    line = secretary.get_by_role("link").filter(has_text=f"{late.item}（{late.period}）")
    expect(line).to_contain_text("去登记")
    line.click()
    secretary.wait_for_url(re.compile("/notices/new"))
    title = secretary.get_by_label("标题").input_value()
    secretary.get_by_role("button", name="存草稿").click()
    secretary.wait_for_url(re.compile("/notices/[0-9a-f-]{36}"))

    secretary.goto(asked)
    expect(line).to_contain_text("还没提交")
    secretary.get_by_role("button", name="回复：报这些").click()
    answered = re.compile(r"^已回复：报来 [1-9]\d* 条$")
    expect(secretary.get_by_role("heading", level=1).last).to_have_text(answered)
    expect(secretary.get_by_text("还没有提交审核")).to_be_visible()
    expect(secretary.get_by_role("main").get_by_role("link", name=title).first).to_be_visible()
    _fits(secretary)
    site.picture(secretary, "answered")
    return title


def _answer_with_nothing(site: Site) -> None:
    """刘某 has nothing to report and says so, without a script."""
    secretary = site.visit("liu", PHONE, javascript=False)
    secretary.goto(site.url + "/asks")
    secretary.locator("summary").filter(has_text="本期无内容").click()
    secretary.get_by_role("textbox", name="说明").fill("两周内没有变动")
    secretary.get_by_role("button", name="回复“本期无内容”").click()
    expect(secretary.get_by_role("heading", level=1).last).to_have_text("已回复：本期无内容")
    _fits(secretary)
    site.picture(secretary, "nothing")


def _enter_a_paper(site: Site, clerk: Page, village: str) -> None:
    """王某 brought a paper to the office; that he did is said beside his answer."""
    _row(clerk, village).get_by_role("link", name="代录").click()
    clerk.get_by_label("交来文件或纸质材料").check()
    clerk.get_by_role("button", name="代为回复").click()
    expect(clerk.get_by_text("请选择文件或拍一张照片").first).to_be_visible()
    expect(clerk.get_by_label("交来文件或纸质材料")).to_be_checked()
    clerk.get_by_label("文件或照片").set_input_files(PAPER)
    site.picture(clerk, "on-behalf")
    clerk.get_by_role("button", name="代为回复").click()
    expect(clerk.get_by_text(f"已代{village}回复")).to_be_visible()
    expect(_row(clerk, village)).to_contain_text("代录")
    expect(_row(clerk, village).get_by_role("link", name="1 份材料")).to_be_visible()


def _remind_until_the_telephone(site: Site, clerk: Page, village: str) -> None:
    _row(clerk, village).get_by_role("button", name="提醒", exact=True).click()
    expect(clerk.get_by_text(f"已提醒{village}（第 1 次）")).to_be_visible()
    beside = clerk.context.new_page()
    beside.goto(clerk.url)
    _row(clerk, village).get_by_role("button", name="提醒（第 2 次）").click()
    expect(clerk.get_by_text(f"已提醒{village}（第 2 次）")).to_be_visible()
    expect(_row(clerk, village)).to_contain_text("已提醒 2 次，请打电话")
    expect(_row(clerk, village).get_by_role("button")).to_have_count(0)
    site.picture(clerk, "reminded-twice")

    _row(beside, village).get_by_role("button", name="提醒（第 2 次）").click()
    expect(beside.get_by_role("alert").filter(has_text="请打电话")).to_be_visible()
    beside.close()

    told = site.visit("sun", PHONE)
    told.goto(site.url + "/asks")
    asked = told.url.removeprefix(site.url)
    told.goto(site.url + "/inbox")
    expect(told.get_by_role("main").locator(f"a[href='{asked}']")).to_have_count(2)
    site.picture(told, "inbox-of-the-reminded")


def _read_the_text(clerk: Page) -> None:
    """What 李某 pastes into the group names who is still asked, and no one else."""
    area = clerk.get_by_label("可以复制的文字")
    text = area.input_value()
    assert len(text) < 500
    assert "马太沟村" in text
    assert "庙庙湖村" in text
    assert not re.search("东园村|施家台子村|王家庄村", text)
    assert len(re.findall(r"https?://", text)) == 1
    expect(clerk.get_by_role("button", name="复制文字")).to_be_visible()


def _close(site: Site, clerk: Page) -> None:
    clerk.get_by_role("link", name="关闭这一期").click()
    expect(clerk.get_by_role("main")).to_contain_text("庙庙湖村")
    clerk.get_by_role("textbox", name="说明").fill("马太沟村电话催过")
    site.picture(clerk, "close")
    clerk.get_by_role("button", name="关闭", exact=True).click()
    expect(clerk.get_by_text("期已关闭")).to_be_visible()
    expect(_row(clerk, "马太沟村").get_by_role("button")).to_have_count(0)
    site.picture(clerk, "closed")


def _read_the_minutes(site: Site, clerk: Page, title: str) -> None:
    clerk.get_by_role("link", name="征集情况（打印一页）").click()
    clerk.wait_for_url(re.compile("/minutes$"))
    minutes = clerk.get_by_role("main")
    expect(minutes.get_by_role("heading", level=1)).to_contain_text("征集")
    for said in ("两周内没有变动", "代录", "马太沟村电话催过", "李某", "本期无内容1家"):
        expect(minutes).to_contain_text(said)
    site.picture(clerk, "minutes")
    word = Document(BytesIO(_download(clerk, "Word", ".docx")))
    assert any("庙庙湖村" in each.text for each in word.paragraphs)
    book = openpyxl.load_workbook(BytesIO(_download(clerk, "Excel", ".xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert title in cells


def _download(page: Page, link: str, ending: str) -> bytes:
    with page.expect_download() as begun:
        page.get_by_role("link", name=link, exact=True).click()
    assert begun.value.suggested_filename.endswith(ending)
    return Path(begun.value.path()).read_bytes()


def _row(page: Page, unit: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=unit, exact=True))


def _fits(page: Page) -> None:
    assert page.evaluate(OVER) <= 0, page.evaluate(WIDEST)

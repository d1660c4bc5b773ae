"""What the county's inspector and the clerk do at their desks, and the papers they take along."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.attachments.picture_factory import photograph
from tests.imports.ledger_factory import as_xlsx, line
from tests.journeys.served_site import DESK, PHONE, Site

pytestmark = pytest.mark.browser
TOWNSHIP, WANGJIAZHUANG = "640221106", "640221106203"
REPORT = f"/reports/{TOWNSHIP}/2023"
STATEMENT = "公示栏玻璃破损，公示内容看不清"
PHOTOGRAPH = {"name": "整改后.jpg", "mimeType": "image/jpeg", "buffer": photograph(1200, 900)}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_finding_goes_from_the_inspector_to_the_village_and_back(site):
    inspector = site.visit("wu", DESK)
    _record(site, inspector)

    secretary = site.visit("wang", PHONE)
    site.picture(secretary, "home-with-finding")
    secretary.get_by_role("link").filter(has_text=STATEMENT).first.click()
    secretary.get_by_role("button", name="签收，开始整改").click()
    expect(secretary.get_by_text("已签收，请在时限前整改")).to_be_visible()
    secretary.get_by_label("怎么整改的").fill("已换玻璃，重新张贴")
    secretary.get_by_label("整改后的照片").set_input_files(PHOTOGRAPH)
    secretary.get_by_role("button", name="已改好，送去复核").click()
    expect(secretary.get_by_text("正在检查有没有个人信息")).to_be_visible()
    site.picture(secretary, "mended")

    _papers(site, inspector, holds=True)
    inspector.goto(site.url + "/findings")
    site.picture(inspector, "findings")
    inspector.get_by_role("link").filter(has_text=STATEMENT).first.click()
    inspector.get_by_label("复核意见").fill("现场看过，符合要求")
    inspector.get_by_role("button", name="通过，销号").click()
    expect(inspector.get_by_text("已销号").first).to_be_visible()
    site.picture(inspector, "closed")
    _papers(site, inspector, holds=False)


def _record(site: Site, inspector: Page) -> None:
    """吴某 was in 王家庄村 today and writes one problem down."""
    inspector.goto(site.url + "/inspections/new")
    inspector.get_by_label("上级或外单位来查").check()
    inspector.get_by_label("督查单位", exact=True).fill("县政府办公室")
    inspector.get_by_role("group", name="去了哪些村").get_by_label("王家庄村").check()
    first = inspector.get_by_role("group", name="问题 1")
    first.get_by_label("村或办（中心）").select_option("王家庄村")
    first.get_by_label("发现的问题").fill(STATEMENT)
    first.get_by_label("整改要求").fill("更换玻璃")
    site.picture(inspector, "new-inspection")
    inspector.get_by_role("button", name="保存").click()
    expect(inspector.get_by_text("这次督查已记下")).to_be_visible()
    expect(inspector.get_by_role("main")).to_contain_text("去了：王家庄村")
    expect(inspector.get_by_role("link").filter(has_text=STATEMENT)).to_be_visible()


def _papers(site: Site, page: Page, *, holds: bool) -> None:
    """The checklist opens as a Word file and as a workbook, with the finding or without."""
    page.goto(f"{site.url}/findings/checklist/{WANGJIAZHUANG}")
    expect(page.get_by_role("heading", level=1)).to_have_text("王家庄村村务公开问题整改清单")
    site.picture(page, "checklist")
    word = Document(BytesIO(_download(page, "Word", ".docx")))
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert rows[0][0] == "序号"
    book = openpyxl.load_workbook(BytesIO(_download(page, "Excel", ".xlsx")))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell]
    assert any(STATEMENT in cell for row in rows for cell in row) is holds
    assert any(STATEMENT in cell for cell in cells) is holds


def _download(page: Page, link: str, ending: str) -> bytes:
    with page.expect_download() as begun:
        page.get_by_role("link", name=link, exact=True).click()
    assert begun.value.suggested_filename.endswith(ending)
    return Path(begun.value.path()).read_bytes()


def test_a_ledger_with_one_bad_row_is_mended_and_brought_in(site):
    clerk = site.visit("li", DESK)
    good = line(公开事项="", 标题="东园村补登的收支", 渠道="查询机")
    bad = {**good, "标题": "王家庄村补登的收支", "村": "王家庄材"}
    clerk.goto(site.url + "/imports/ledger")
    _check(clerk, as_xlsx([good, bad]))
    expect(clerk.get_by_role("heading", level=1)).to_have_text("2 行里有 1 行要改，还没有导入")
    named = clerk.get_by_role("row").filter(has_text="王家庄材")
    expect(named.get_by_role("cell").first).to_have_text("3")
    site.picture(clerk, "ledger-faults")

    _check(clerk, as_xlsx([good, {**bad, "村": "王家庄村"}]))
    expect(clerk.get_by_role("heading", level=1)).to_have_text("2 行都没有问题，可以导入")
    beside = clerk.context.new_page()
    beside.goto(site.url + "/notices?q=补登的收支")
    expect(beside.get_by_role("link", name="补登的收支")).to_have_count(0)
    clerk.get_by_role("button", name="导入 2 行").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("已导入 2 行：新登记 2 件公示")
    site.picture(clerk, "ledger-done")
    clerk.goto(site.url + "/notices?q=补登的收支")
    expect(clerk.get_by_role("link", name="补登的收支")).to_have_count(2)


def _check(clerk: Page, workbook: bytes) -> None:
    upload = {"name": "台账.xlsx", "mimeType": XLSX, "buffer": workbook}
    clerk.locator("input[type=file]").set_input_files(upload)
    clerk.get_by_role("button", name="检查台账").click()


def test_a_number_of_the_report_leads_to_its_records_and_to_a_notice(site):
    leader = site.visit("zhao", DESK)
    leader.goto(site.url + "/reports")
    leader.get_by_role("link", name="2023年").first.click()
    site.picture(leader, "report")
    board = leader.get_by_role("article").get_by_role("link", name="427", exact=True)
    board.first.click()
    expect(leader.get_by_role("heading", level=1)).to_contain_text("427")
    expect(leader.locator("#records")).to_contain_text("427 条记录")
    site.picture(leader, "figure")
    listed = leader.locator("table.tbl").last.get_by_role("link")
    title = listed.first.inner_text()
    listed.first.click()
    expect(leader.get_by_role("heading", level=1).first).to_have_text(title)
    site.picture(leader, "notice")
    leader.goto(site.url + REPORT)
    word = Document(BytesIO(_download(leader, "Word", ".docx")))
    assert "427" in "".join(each.text for each in word.paragraphs)
    assert len(word.tables) == 3


def test_the_records_of_a_figure_are_all_listed_page_after_page(site):
    leader = site.visit("zhao", DESK)
    leader.goto(site.url + REPORT + "/figures/P6-board")
    seen: set[str] = set()
    while True:
        rows = leader.locator("table.tbl").last.locator("tbody a")
        seen |= {row.get_attribute("href") or "" for row in rows.all()}
        following = leader.get_by_role("link", name="下一页")
        if not following.count():
            break
        leader.goto(site.url + (following.get_attribute("href") or ""))
    assert len(seen) == 427
    assert all(re.fullmatch(r"/notices/[0-9a-f-]{36}", each) for each in seen)

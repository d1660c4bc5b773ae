"""Catalogues in workbooks, with the heads that counties and ministries use."""

from __future__ import annotations

import io
import random
from pathlib import Path

import openpyxl
import pytest
from catalogue_workbooks import HEAD, ROW, as_csv, only, read, row, xls, xlsx

import taole.catalogue
from taole.catalogue.deadlines import DeadlineKind, DeadlineRule, describe
from taole.catalogue.reading_workbook import read_catalogue_workbook
from taole.catalogue.reading_yaml import read_catalogue_yaml
from taole.core.periods import Frequency
from taole.core.workdays import DayUnit
from taole.documents.spreadsheets import ColumnOut, SheetOut, write_workbook

DATA = Path(taole.catalogue.__file__).parent / "data"


def test_a_row_becomes_an_item_with_its_whole_rule():
    draft = read(["东园村村务公开目录（征求意见稿）"], HEAD, ROW)
    item = only(draft)
    assert draft.name == "东园村村务公开目录（征求意见稿）"
    assert draft.is_proposal
    assert (item.code, item.section, item.title_zh, item.row) == (
        "CW-01",
        "财务管理",
        "各项收入",
        3,
    )
    assert item.content == ("日期", "金额")
    assert item.basis == ("《甲法》", "《乙法》第三条")
    assert item.frequency is Frequency.QUARTERLY
    assert item.deadline == DeadlineRule(DeadlineKind.QUARTER_DAY, day=20, month_of_quarter=1)
    assert item.publisher == "村委会"
    assert item.channels == item.compulsory_channels == ("公示栏", "村居通")


@pytest.mark.parametrize("seed", range(5))
def test_columns_may_stand_in_any_order(seed: int):
    order = random.Random(seed).sample(range(len(HEAD)), len(HEAD))
    item = only(read([HEAD[at] for at in order], [ROW[at] for at in order]))
    assert item.deadline.kind is DeadlineKind.QUARTER_DAY
    assert item.title_zh == "各项收入"


@pytest.mark.parametrize(("write", "name"), [(xlsx, "a.xlsx"), (xls, "a.xls"), (as_csv, "a.csv")])
def test_xlsx_xls_and_gbk_csv_say_the_same(write, name: str):
    second = row(number=2, section=None, title="各项支出")
    draft = read_catalogue_workbook(write(HEAD, ROW, second), name)
    assert [item.code for item in draft.items] == ["CW-01", "CW-02"]
    assert draft.can_be_loaded
    assert draft.name == "a"


def test_a_merged_section_holds_for_the_rows_below():
    rows = [ROW, row(number=2, section=None, title="各项支出"), row(number=3, section="自治管理")]
    draft = read(HEAD, *rows, merged=("B2:B3",))
    assert [item.code for item in draft.items] == ["CW-01", "CW-02", "ZZ-01"]
    assert draft.items[2].section == "组织机构建设"


def test_a_section_may_stand_in_a_row_of_its_own():
    banner = ["二、强农惠农", *[None] * 7]
    rows = [row(section=None, title="粮食补贴"), row(section=None, title="农机补贴")]
    draft = read(HEAD, banner, *rows, merged=("A2:H2",))
    assert [item.code for item in draft.items] == ["QN-01", "QN-02"]


def test_the_official_head_of_two_rows_with_a_tick_list_is_read():
    names = "序号 公开事项 . 公开内容(要素) 公开依据 公开时限 公开主体 公开渠道和载体 . . ."
    names += " 公开对象 . 公开方式 . 公开层级 ."
    below = ". 一级事项 二级事项 . . . . 政府网站 两微一端 社区/企事业单位/村公示栏（电子屏） 其他"
    below += " 全社会 特定群体 主动 依申请公开 县级 乡级"
    item_row = "1 社会保障 低保对象名单 1.姓名；2.金额 《甲法》 10个工作日内；公示7个工作日 民政办"
    item_row += " √ √ √ . √ . √ . . √"
    draft = read(
        ["社会救助领域基层政务公开标准目录"],
        *([None if cell == "." else cell for cell in line.split()] for line in (names, below)),
        [None if cell == "." else cell for cell in item_row.split()],
    )
    item = only(draft)
    assert item.channels == ("公示栏", "政府网站", "微信公众号", "微博")
    assert item.compulsory_channels == ("公示栏",)
    assert item.content == ("姓名", "金额")
    assert item.deadline == DeadlineRule(DeadlineKind.WORKDAYS_AFTER_EVENT, days=10)
    assert (item.notice_period_days, item.notice_period_unit) == (7, DayUnit.WORKING)
    assert item.note == "公开对象：全社会；公开方式：主动；公开层级：乡级"


def test_boxes_in_a_cell_count_only_when_ticked():
    cell = "■政府网站 □政府公报\n■社区/企事业单位/村公示栏（电子屏） □精准推送"
    assert only(read(HEAD, row(channels=cell))).channels == ("公示栏", "政府网站")


def test_totals_remarks_empty_rows_and_a_repeated_head_are_passed_over():
    draft = read(
        HEAD,
        ROW,
        [None] * 8,
        HEAD,
        row(number=2, title="各项支出"),
        ["合计", None, "2项", None, None, None, None, None],
        ["注：本目录由镇综合办公室解释。"],
    )
    assert [item.title_zh for item in draft.items] == ["各项收入", "各项支出"]
    assert draft.faults == ()


def test_rows_that_only_continue_the_one_above_add_their_content():
    merged = ("A2:A3", "B2:B3", "C2:C3", "F2:F3")
    below = [None, None, None, "经手人", "《丙法》", None, None, None]
    assert only(read(HEAD, ROW, below)).content == ("日期", "金额", "经手人")
    assert only(read(HEAD, ROW, below, merged=merged)).basis == (
        "《甲法》",
        "《乙法》第三条",
        "《丙法》",
    )


def test_codes_of_the_file_are_kept_and_missing_ones_do_not_collide():
    head = [*HEAD, "目录编码"]
    draft = read(
        head, [*ROW, "CW-01"], [*row(title="各项支出"), None], [*row(title="资产"), "640221-3"]
    )
    assert [item.code for item in draft.items] == ["CW-01", "CW-02", "640221-3"]


def test_a_section_is_known_by_the_code_where_the_column_is_missing():
    draft = read(["编码", "公开事项", "公开时限"], ["SB-07", "低保", "10日内"])
    assert draft.items[0].section == "社会保障"
    assert draft.items[0].channels == ("公示栏", "村居通")
    assert "没有写公开渠道" in str(draft.faults[0])


def test_compulsory_channels_may_be_named():
    item = only(read([*HEAD, "必发渠道"], [*ROW, "公示栏"]))
    assert item.compulsory_channels == ("公示栏",)


def test_a_head_without_rows_has_no_items():
    (fault,) = read(HEAD).faults
    assert fault.fatal
    assert "一个目录项也没有" in str(fault)


def test_the_proposed_catalogue_written_to_a_sheet_reads_back_with_the_same_rules():
    draft = read_catalogue_yaml((DATA / "catalogue-proposed.yaml").read_bytes(), "目录.yaml")
    labels = [*HEAD, "目录编码", "公示期", "更新频率", "英文名称"]
    units = {None: "", DayUnit.CALENDAR: "天", DayUnit.WORKING: "个工作日"}
    chinese = {Frequency.QUARTERLY: "每季度", Frequency.YEARLY: "每年", Frequency.ON_EVENT: "随时"}
    sheet = SheetOut(
        "目录",
        draft.name,
        [ColumnOut(label) for label in labels],
        [
            [
                number,
                item.section,
                item.title_zh,
                "\n".join(item.content),
                "\n".join(item.basis),
                str(describe(item.deadline)),
                item.publisher,
                "、".join(item.channels),
                item.code,
                f"{item.notice_period_days or ''}{units[item.notice_period_unit]}",
                chinese[item.frequency],
                item.title_en,
            ]
            for number, item in enumerate(draft.items, 1)
        ],
        notes=["注：建议稿，以县里公布的目录为准。"],
    )
    again = read_catalogue_workbook(write_workbook([sheet]), "目录.xlsx")
    assert again.is_proposal
    assert [str(fault) for fault in again.faults] == []
    assert again.questions == ()
    written = {item.code: item for item in draft.items}
    assert len(again.items) == 70
    for item in again.items:
        was = written[item.code]
        for name in (
            "section",
            "title_zh",
            "title_en",
            "content",
            "basis",
            "publisher",
            "frequency",
            "notice_period_days",
            "notice_period_unit",
            "channels",
            "compulsory_channels",
        ):
            assert getattr(item, name) == getattr(was, name), (item.code, name)
        if was.deadline.monthly_variant is None:
            assert item.deadline == was.deadline


@pytest.mark.parametrize(
    "head",
    [
        ["编号", "类别", "项目", "内容", "政策依据", "公开时间", "责任单位", "载体"],
        ["序号", "事项类别", "公开项目", "具体内容", "依据", "时限要求", "公开单位", "公开形式"],
    ],
)
def test_columns_are_known_by_the_other_words_that_townships_use(head):
    book = openpyxl.Workbook()
    book.active.append(head)
    book.active.append(ROW)
    output = io.BytesIO()
    book.save(output)
    draft = read_catalogue_workbook(output.getvalue(), "目录.xlsx")
    (item,) = draft.items
    assert (item.section, item.title_zh) == (ROW[1], ROW[2])
    assert item.content
    assert item.publisher == ROW[6]

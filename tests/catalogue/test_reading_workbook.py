"""Catalogues in workbooks, with the heads that counties and ministries use."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import openpyxl
import pytest
import xlwt

import taole.catalogue
from taole.catalogue.deadlines import DeadlineKind, DeadlineRule, describe
from taole.catalogue.drafts import CatalogueDraft, ItemDraft
from taole.catalogue.reading_workbook import read_catalogue_workbook
from taole.catalogue.reading_yaml import read_catalogue_yaml
from taole.core.errors import Refused
from taole.core.periods import Frequency
from taole.core.workdays import DayUnit
from taole.documents.spreadsheets import ColumnOut, SheetOut, write_workbook

DATA = Path(taole.catalogue.__file__).parent / "data"
HEAD = [
    "序号",
    "一级事项",
    "二级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
]
ROW = [
    1,
    "财务管理",
    "各项收入",
    "日期；金额",
    "《甲法》、《乙法》第三条",
    "每季度首月20日前",
    "村委会",
    "公示栏、村居通",
]


def xlsx(*rows: list[object], merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def xls(*rows: list[object]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("目录")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(at, column, value)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def as_csv(*rows: list[object]) -> bytes:
    output = io.StringIO()
    csv.writer(output).writerows(rows)
    return output.getvalue().encode("gbk")


def read(*rows: list[object], merged: tuple[str, ...] = ()) -> CatalogueDraft:
    return read_catalogue_workbook(xlsx(*rows, merged=merged), "目录.xlsx")


def row(**changes: object) -> list[object]:
    names = ["number", "section", "title", "content", "basis", "limit", "publisher", "channels"]
    return [changes.get(name, value) for name, value in zip(names, ROW, strict=True)]


def only(draft: CatalogueDraft) -> ItemDraft:
    assert (draft.faults, draft.questions) == ((), ())
    (item,) = draft.items
    return item


def the_question(draft: CatalogueDraft) -> str:
    (question,) = draft.questions
    assert not draft.can_be_loaded
    return str(question)


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


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("每季度", "没有写明哪一天"),
        ("及时公开", "没有写明几日内"),
        ("长期公开", "公开时限“长期公开”"),
        (None, "没有写公开时限"),
    ],
)
def test_a_time_limit_that_leaves_something_open_becomes_a_question(limit: str | None, said: str):
    question = the_question(read(HEAD, ROW, row(number=2, title="各项支出", limit=limit)))
    assert question.startswith("文件“目录.xlsx”第3行（各项支出）：")
    assert said in question


def test_the_frequency_column_is_read_and_must_fit_the_time_limit():
    head = [*HEAD, "更新频率"]
    assert only(read(head, [*ROW, "每季度"])).frequency is Frequency.QUARTERLY
    yearly = only(read(head, [*row(limit="选举日前20日"), "每年"]))
    assert (yearly.frequency, yearly.deadline.days) == (Frequency.YEARLY, 20)
    assert only(read(head, [*row(limit=None), "每月15日前"])).frequency is Frequency.MONTHLY
    assert "更新频率“看情况”看不懂" in the_question(read(head, [*ROW, "看情况"]))
    (fault,) = read(head, [*ROW, "每月"]).faults
    assert fault.fatal
    assert "公开频率是“每月”，公开时限却是“每季度首月20日前”" in str(fault)


def test_the_notice_period_column_needs_a_unit():
    head = [*HEAD, "公示期"]
    item = only(read(head, [*ROW, "7个工作日"]))
    assert (item.notice_period_days, item.notice_period_unit) == (7, DayUnit.WORKING)
    assert only(read(head, [*ROW, "无"])).notice_period_days is None
    (fault,) = read(head, [*ROW, 7]).faults
    assert fault.fatal
    assert "公示期写了 7，没有写单位" in str(fault)
    assert "公示期“一阵子”看不懂" in the_question(read(head, [*ROW, "一阵子"]))


def test_a_time_limit_in_working_days_is_no_notice_period():
    assert only(read(HEAD, row(limit="7个工作日内"))).notice_period_days is None


def test_days_on_the_board_are_read_or_refused():
    head = [*HEAD, "张贴天数"]
    assert only(read(head, [*ROW, "10天"])).minimum_board_days == 10
    assert only(read(head, [*ROW, 10])).minimum_board_days == 10
    (fault,) = read(head, [*ROW, "很久"]).faults
    assert fault.fatal
    assert "张贴天数“很久”看不懂" in str(fault)


def test_compulsory_channels_may_be_named():
    item = only(read([*HEAD, "必发渠道"], [*ROW, "公示栏"]))
    assert item.compulsory_channels == ("公示栏",)


def test_an_unknown_channel_is_kept_as_a_note():
    draft = read(HEAD, row(channels="公示栏、广播电视"))
    assert draft.items[0].note == "其他公开渠道：广播电视"
    assert draft.can_be_loaded
    assert "不认识渠道“广播电视”" in str(draft.faults[0])


def test_a_tick_that_is_no_tick_becomes_a_question():
    head = [*HEAD[:7], "公开渠道", None]
    below = [None] * 7 + ["政府网站", "村公示栏"]
    draft = read(head, below, [*ROW[:7], "待定", "√"], merged=("H1:I1",))
    assert "公开渠道一格“政府网站：待定”看不懂" in the_question(draft)


def test_what_is_given_on_request_only_is_asked_about():
    assert "依申请公开" in the_question(read([*HEAD, "公开方式"], [*ROW, "依申请公开"]))
    assert only(read([*HEAD, "公开方式"], [*ROW, "主动公开"])).note == "公开方式：主动公开"


def test_unknown_sections_are_asked_about_once_with_their_rows():
    rows = [row(section="党务"), row(section="党务", title="b"), row(section="政务"), ROW]
    draft = read(HEAD, *rows)
    said = the_question(draft)
    assert "党务（第2行起 2 项）、政务（第4行起 1 项）" in said
    assert "社会保障、强农惠农、服务管理、组织机构建设、财务管理" in said
    assert [item.section for item in draft.items] == ["财务管理"]
    no_section = read(["公开事项", "公开时限", "公开渠道"], ["收入", "10日内", "公示栏"])
    assert "（空）（第2行起 1 项）" in the_question(no_section)


def test_questions_and_faults_are_all_listed_in_the_order_of_the_rows():
    draft = read(
        HEAD,
        row(limit="每季度"),
        row(number=2, title=None),
        row(number=3, title="b", section="党务"),
        row(number=4, title="c", limit="及时"),
        [5, None, None, None, None, None, "村委会", None],
    )
    assert [question.row for question in draft.questions] == [2, 4, 5]
    assert [(fault.row, fault.fatal) for fault in draft.faults] == [(3, True), (6, False)]
    assert "没有公开事项名称：请补上名称" in str(draft.faults[0])
    assert "这一行没有采用" in str(draft.faults[1])


def test_a_second_sheet_with_a_catalogue_hinders_loading_half_of_it():
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("附表")):
        sheet.append(HEAD)
        sheet.append(ROW)
    book.create_sheet("说明").append(["填写说明"])
    output = io.BytesIO()
    book.save(output)
    draft = read_catalogue_workbook(output.getvalue(), "目录.xlsx")
    assert "“Sheet”和“附表”都是目录" in str(draft.faults[0])
    assert not draft.can_be_loaded


def test_a_workbook_that_is_no_catalogue_is_refused_with_the_names_seen():
    with pytest.raises(
        Refused, match=r"文件“目录\.xlsx”：第1行的表头缺少“公开时限”列.*公开事项、甲"
    ):
        read(["公开事项", "甲"])
    with pytest.raises(Refused, match="找不到表头"):
        read(["甲", "乙"])
    with pytest.raises(Refused, match="是空的"):
        read_catalogue_workbook(xlsx(), "目录.xlsx")
    with pytest.raises(Refused, match="不是表格，而是 PDF"):
        read_catalogue_workbook(b"%PDF-1.7", "目录.xlsx")


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

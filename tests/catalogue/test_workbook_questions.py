"""What a workbook leaves open is asked about, and what is no catalogue is refused."""

from __future__ import annotations

import io

import openpyxl
import pytest
from catalogue_workbooks import HEAD, ROW, only, read, row, the_question, xlsx

from taole.catalogue.reading_workbook import read_catalogue_workbook
from taole.core.errors import Refused
from taole.core.periods import Frequency
from taole.core.workdays import DayUnit


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

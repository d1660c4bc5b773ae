"""Lists in every clothing: sheets that belong together, Word, .xls, .csv, and running text."""

import io
import zipfile
from datetime import date

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from list_factory import (
    HELD,
    UNITS,
    a_document,
    a_workbook,
    asked,
    columns_of,
    grid,
    kept,
    read,
)

from taole.core.errors import Refused
from taole.documents.word_tables import read_word
from taole.inspections.workflow import BodyLevel, InspectionKind
from taole.rectification_lists.reading import PASTED, read_source
from taole.rectification_lists.text import read_text
from taole.rectification_lists.titles import read_heading

LIST = grid(
    """
    序号 | 存在问题 | 责任单位 | 整改时限
    1 | 公示栏没写电话 | 东园村 | 9月20日
    2 | 公示栏破损 | 马太沟村 | 9月21日
    """
)
FOUND = [("dong", "公示栏没写电话"), ("ma", "公示栏破损")]
CIRCULAR = """平罗县政务公开办公室关于2023年第三季度村务公开情况的通报
各乡镇人民政府：
为进一步规范村务公开工作，现将有关情况通报如下：
一、总体情况
全县检查了二十个村，王家庄村较好。
二、存在的主要问题
（一）公开不及时。东园村第三季度财务未公开；王家庄村高龄津贴公示晚，限9月20日前整改。
（二）马太沟村、庙庙湖村公示栏破损
3.镇政府网站“社会救助”栏目空白；
三、下一步工作要求
请东园村抓紧整改。
附件：问题清单
平罗县政务公开办公室
2023年9月12日"""


def three_sheets(problems, tasks, owners):
    sheets = zip(("问题清单", "任务清单", "责任清单"), (problems, tasks, owners), strict=True)
    return a_workbook({name: grid(text) for name, text in sheets})


def test_three_sheets_are_joined_by_their_numbers():
    plan = read(
        three_sheets(
            "序号 | 问题\n1 | 公示栏没写电话\n2 | 公示栏破损",
            "序号 | 整改任务 | 完成时限\n2 | 维修 | 9月25日\n1 | 补写 | 9月20日",
            "序号 | 责任单位 | 责任人\n1 | 东园村 | 陈某\n2 | 马太沟村 | 孙某\n9 | 王家庄村 | 王某",
        )
    )
    assert kept(plan) == FOUND
    first, second = plan.entries
    assert (first.demand, first.due_on, first.owner) == ("补写", date(2023, 9, 20), "陈某")
    assert (second.demand, second.due_on, second.owner) == ("维修", date(2023, 9, 25), "孙某")
    (apart,) = plan.left_out
    assert (apart.table, apart.row) == ("责任清单", 4)
    assert "找不到同一编号" in str(apart.reason)


def test_three_sheets_without_numbers_are_joined_by_words_or_by_place():
    by_words = three_sheets(
        "问题 | 备注\n公示栏没写电话 |\n公示栏破损 |",
        "存在问题 | 整改任务\n公示栏破损 | 维修\n公示栏没写电话 | 补写",
        "责任单位 | 责任人\n东园村 | 陈某\n马太沟村 | 孙某",
    )
    plan = read(by_words)
    assert kept(plan) == FOUND
    assert [entry.demand for entry in plan.entries] == ["补写", "维修"]


def test_sheets_without_a_table_are_told():
    content = a_workbook({"说明": grid("填写说明 |\n请认真填写 |"), "清单": LIST})
    source = read_source(content, "清单.xlsx", UNITS.names_units)
    assert source.unread == ["说明"]
    assert kept(read(content)) == FOUND


def test_xls_csv_and_what_was_copied():
    book = xlwt.Workbook()
    page = book.add_sheet("清单")
    for at, row in enumerate(LIST):
        for column, text in enumerate(row):
            page.write(at, column, text)
    output = io.BytesIO()
    book.save(output)
    assert kept(read(output.getvalue(), "清单.xls")) == FOUND
    lines = "\n".join(",".join(row) for row in LIST)
    assert kept(read(lines.encode("gb18030"), "清单.csv")) == FOUND
    quoted = '序号\t存在问题\t责任单位\n1\t"公示栏\n没写""电话"""\t东园村'
    assert kept(read(quoted.encode(), PASTED)) == [("dong", '公示栏 没写"电话"')]
    spaced = "序号  存在问题  责任单位\n1  公示栏没写电话  东园村\n2  公示栏破损  马太沟村"
    assert kept(read(spaced.encode(), PASTED)) == FOUND


def test_the_table_of_a_word_document_with_merged_cells():
    rows = [*LIST[:2], ["", "", "马太沟村", "9月21日"]]
    title = "关于陶乐镇村务公开督查情况的反馈"
    content = a_document([title, "现将问题清单印发。"], rows, [((1, 0), (2, 0)), ((1, 1), (2, 1))])
    assert kept(read(content, "反馈.docx")) == [FOUND[0], ("ma", "公示栏没写电话")]
    source = read_source(content, "反馈.docx", UNITS.names_units)
    assert read_heading(source.outside).kind is InspectionKind.SUPERVISION
    head = grid("序号 | 责任 | | 存在问题\n | 单位 | 责任人 | ")
    merged = [((0, 1), (0, 2)), ((0, 0), (1, 0)), ((0, 3), (1, 3))]
    double = a_document(["清单"], [*head, ["1", "东园村", "陈某", "没写电话"]], merged)
    plan = read(double, "清单.docx")
    assert list(columns_of(plan).values()) == ["number", "unit", "owner", "statement"]
    assert kept(plan) == [("dong", "没写电话")]


def test_a_word_document_without_a_table_is_read_as_text():
    plan = read(a_document(CIRCULAR.splitlines()), "通报.docx")
    assert plan.entries[0].statement == "东园村第三季度财务未公开"


def test_a_circular_as_running_text_gives_the_problems_of_its_section():
    lines = read_text(CIRCULAR, UNITS, HELD).lines
    assert [(line.units, line.statement, line.due_on) for line in lines] == [
        (("dong",), "东园村第三季度财务未公开", None),
        (("wang",), "王家庄村高龄津贴公示晚，限9月20日前整改", date(2023, 9, 20)),
        (("ma", "miao"), "马太沟村、庙庙湖村公示栏破损", None),
        ((), "镇政府网站“社会救助”栏目空白", None),
    ]
    assert asked(read(CIRCULAR.encode(), PASTED)) == ["第9行没有写责任单位，记给谁？"]
    heading = read_heading(CIRCULAR.splitlines())
    assert (heading.body, heading.level) == ("平罗县政务公开办公室", BodyLevel.COUNTY)
    assert (heading.kind, heading.day) == (InspectionKind.CIRCULAR, date(2023, 9, 12))


def test_lines_without_sections_are_problems_but_for_headings_and_numbering():
    text = (
        "存在的问题\n\n（一）东园村高龄津贴公示晚于规定时间；\n2、王家庄村没有使用统一模板。\n"
        "（3）镇政府网站更新不及时\n通报如下：\n无"
    )
    assert [(line.units, line.statement) for line in read_text(text, UNITS, HELD).lines] == [
        (("dong",), "东园村高龄津贴公示晚于规定时间"),
        (("wang",), "王家庄村没有使用统一模板"),
        ((), "镇政府网站更新不及时"),
    ]


def test_lines_under_a_villages_name_are_its_own():
    text = """东园村：1.公开栏未更新；2.没有监督电话。
    王家庄村：财务公开不全，限9月20日前整改。
    马太沟村：无问题
    二、庙庙湖村
    公示栏破损"""
    read = read_text(text, UNITS, HELD)
    assert [(line.units, line.statement) for line in read.lines] == [
        (("dong",), "公开栏未更新"),
        (("dong",), "没有监督电话"),
        (("wang",), "财务公开不全，限9月20日前整改"),
        (("miao",), "公示栏破损"),
    ]
    assert [str(reason) for _at, _line, reason in read.left_out] == ["写的是没有问题", "是小标题"]


def test_a_day_by_which_to_mend_is_read_only_when_it_is_one():
    texts = {
        "王家庄村公示栏破损，限9月20日前整改": date(2023, 9, 20),
        "王家庄村公示栏破损，请于2024年1月5日前整改": date(2024, 1, 5),
        "王家庄村公示栏破损，限2月30日前整改": None,
        "王家庄村应于8月15日公示而没有公示": None,
        "王家庄村公示栏破损": None,
    }
    assert {text: read_text(text, UNITS, HELD).lines[0].due_on for text in texts} == texts


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_word_of_it_invented(text):
    joined = " ".join(text.split())
    for line in read_text(text, UNITS, HELD).lines:
        assert all(piece in joined for piece in line.statement.split("；"))
        assert 4 <= len(line.statement) <= 400


def test_titles_name_the_number_of_the_document_and_the_body():
    heading = read_heading(
        ["平罗县2023年村务公开交叉互检问题清单", "平政办发〔2023〕18号", "检查单位：县民政局"]
    )
    assert heading.kind is InspectionKind.CROSS_CHECK
    assert heading.document == "平罗县2023年村务公开交叉互检问题清单 平政办发〔2023〕18号"
    assert heading.body == "县民政局"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (a_workbook([["一"]]), "没有表"),
        (b"PK\x03\x04 word/document.xml", "已损坏"),
        (b"%PDF-1.7", "PDF"),
        (b"", "空的"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(content, said):
    with pytest.raises(Refused, match=said):
        read(content, "清单.xlsx")


def test_a_broken_or_swollen_word_document_is_refused():
    def packed(xml):
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", xml)
        return output.getvalue()

    entity = '<!DOCTYPE d [<!ENTITY a "xxxxxxxxxx">]><d>&a;</d>'
    for content in (packed("<w:document"), packed(entity), packed(" " * 300_000_000)):
        with pytest.raises(Refused):
            read_word(content, "通报.docx")


def test_a_group_of_numbered_problems_in_a_circular_is_a_heading():
    text = """三、存在问题
    （一）公开内容不全面
    1.东园村未公开高龄津贴发放名单。
    （二）王家庄村更新不及时
    2.马太沟村财务停留在一季度；镇政府网站栏目空白。
    四、工作要求
    各村于9月20日前整改。"""
    lines = read_text(text, UNITS, HELD).lines
    assert [(line.units, line.statement) for line in lines] == [
        (("dong",), "东园村未公开高龄津贴发放名单"),
        (("wang",), "王家庄村更新不及时"),
        (("ma",), "马太沟村财务停留在一季度；镇政府网站栏目空白"),
    ]
    assert {line.due_on for line in lines} == {date(2023, 9, 20)}


def test_a_form_to_ask_for_closing_is_read_as_one_problem():
    form = grid(
        """
        问题描述 | 公示栏破损 | 问题来源 | 县督查
        责任单位 | 马太沟村 | 责任人 | 孙某
        销号意见 | | 审核人 |
        """
    )
    assert kept(read(a_workbook(form))) == [("ma", "公示栏破损")]

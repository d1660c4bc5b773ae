"""Word, Excel and text files as villages send them: nothing hides, nothing raw comes out."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import pytest
from docx import Document
from openpyxl import load_workbook

from taole.core.errors import Refused
from taole.privacy.files import FileHit, mask_file, scan_file
from taole.privacy.findings import Context, Kind
from tests.privacy import file_factory as make

NUMBERS = [make.identity(order) for order in range(12)]


def places(content: bytes, filename: str) -> set[str]:
    return {hit.where for hit in scan_file(content, filename)}


def assert_clean_after_masking(content: bytes, filename: str, numbers: Sequence[str]) -> bytes:
    """The masked file has no finding left and none of the numbers anywhere in its parts."""
    masked = mask_file(content, filename)
    assert scan_file(masked, filename) == []
    assert not make.is_anywhere(numbers, make.everything_in(masked))
    return masked


def test_every_corner_of_a_word_file_is_looked_into() -> None:
    content = make.word_with_everything(NUMBERS[:8])
    assert places(content, "名单.docx") == {
        "页眉",
        "页脚",
        "批注",
        "正文第1段",
        "正文第2段",
        "正文表格1第2行第2列",
        "修订中删除的内容",
        "文档属性",
    }


def test_a_masked_word_file_still_opens_and_keeps_its_other_words() -> None:
    content = make.word_with_everything(NUMBERS[:8])
    masked = assert_clean_after_masking(content, "名单.docx", NUMBERS[:8])
    document = Document(io.BytesIO(masked))
    assert document.paragraphs[0].text == "东园村低保名单：640221********0043"
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [
        "张某某",
        "640221********0027",
        "600",
    ]


def test_a_number_in_a_text_box_is_found_and_masked() -> None:
    content = make.word_with_text_box(NUMBERS[3])
    assert places(content, "框.docx") == {"文本框"}
    assert_clean_after_masking(content, "框.docx", NUMBERS[3:4])


def test_a_number_broken_over_two_lines_of_a_notice_is_found() -> None:
    content = make.word(["持证人号码", NUMBERS[1][:10], NUMBERS[1][10:]])
    assert [hit.kind for hit in scan_file(content, "换行.docx")] == [Kind.IDENTITY]
    assert scan_file(mask_file(content, "换行.docx"), "换行.docx") == []


def test_every_corner_of_a_workbook_is_looked_into() -> None:
    content = make.workbook_with_everything(NUMBERS[:10])
    assert places(content, "名单.xlsx") == {
        "工作表“名单”B2",
        "工作表“名单”B3",
        "工作表“名单”D4",
        "工作表“名单”B5",
        "隐藏的工作表“底稿”C7",
        "深度隐藏的工作表“旧表”A1",
        "定义的名称",
        "文本框",
        "批注",
        "文档属性",
    }


def test_a_masked_workbook_still_opens_with_its_sheets_and_amounts() -> None:
    content = make.workbook_with_everything(NUMBERS[:10])
    masked = assert_clean_after_masking(content, "名单.xlsx", NUMBERS[:10])
    book = load_workbook(io.BytesIO(masked))
    assert book.sheetnames == ["名单", "底稿", "旧表"]
    assert book["名单"]["B2"].value == "640221********0000"
    assert book["名单"]["C2"].value == 600


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (make.workbook_with_pivot_cache(NUMBERS[1]), "数据透视表的缓存"),
        (make.workbook_with_unused_string(NUMBERS[1]), "没有单元格使用的文字"),
        (make.workbook_with_threaded_comment(NUMBERS[1]), "批注"),
    ],
    ids=["pivot cache", "unused string", "threaded comment"],
)
def test_what_a_workbook_keeps_out_of_sight_is_found(content: bytes, place: str) -> None:
    assert places(content, "统计.xlsx") == {place}
    assert_clean_after_masking(content, "统计.xlsx", [NUMBERS[1]])


def test_an_identity_number_that_excel_rounded_is_still_somebody() -> None:
    content = make.workbook([["姓名", "号码"], ["张某某", 640221195501010000]])
    hits = scan_file(content, "名单.xlsx")
    assert [(hit.where, hit.kind) for hit in hits] == [("工作表“名单”B2", Kind.IDENTITY)]
    assert_clean_after_masking(content, "名单.xlsx", ["640221195501010000", "6.4022119550101E+17"])


def test_a_number_split_over_two_cells_is_masked_in_both() -> None:
    content = make.workbook([["姓名", "证件号", ""], ["张某某", NUMBERS[4][:9], NUMBERS[4][9:]]])
    assert places(content, "名单.xlsx") == {"工作表“名单”B2", "工作表“名单”C2"}
    assert_clean_after_masking(content, "名单.xlsx", [NUMBERS[4]])


def test_two_cells_with_the_same_words_are_both_masked() -> None:
    content = make.workbook([["证件号", "再写一遍"], [NUMBERS[4], NUMBERS[4]]])
    masked = assert_clean_after_masking(content, "名单.xlsx", [NUMBERS[4]])
    sheet = load_workbook(io.BytesIO(masked)).active
    assert sheet is not None
    assert sheet["A2"].value == sheet["B2"].value == "640221********0043"


def test_an_old_workbook_is_read_with_its_hidden_sheet_and_becomes_a_new_one() -> None:
    content = make.old_workbook([["姓名", "证件号"], ["张某某", NUMBERS[5]]], [["", NUMBERS[6]]])
    assert places(content, "名单.xls") == {"工作表“名单”B2", "隐藏的工作表“底稿”B1"}
    masked = mask_file(content, "名单.xls")
    assert scan_file(masked, "名单.xlsx") == []
    assert load_workbook(io.BytesIO(masked))["底稿"].sheet_state == "hidden"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_table_of_text_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    content = f"姓名,证件号,金额\r\n张某某,{NUMBERS[7]},600\r\n".encode(encoding)
    assert places(content, "名单.csv") == {"B2"}
    masked = mask_file(content, "名单.csv")
    assert masked.decode(encoding) == "姓名,证件号,金额\r\n张某某,640221********0078,600\r\n"


def test_a_text_file_says_the_line() -> None:
    content = f"东园村\n\n联系 {make.mobile(8)}\n".encode()
    assert [(hit.where, hit.kind) for hit in scan_file(content, "便条.txt")] == [
        ("第3行", Kind.MOBILE)
    ]
    assert mask_file(content, "便条.txt").decode() == "东园村\n\n联系 139****0008\n"


def test_files_inside_files_are_looked_into() -> None:
    content = make.with_parts(
        make.word(["见附表"]), {"word/embeddings/名册.xlsx": make.workbook([["x"], [NUMBERS[2]]])}
    )
    assert places(content, "报告.docx") == {"嵌入的文件“名册.xlsx”：工作表“名单”A2"}
    masked = mask_file(content, "报告.docx")
    assert scan_file(masked, "报告.docx") == []


def test_a_number_in_the_name_of_a_file_is_found() -> None:
    hits = scan_file("东园村公示".encode(), f"{NUMBERS[2]}的申请.txt")
    assert [(hit.where, hit.masked) for hit in hits] == [("文件名", "640221********0027")]


def test_a_sound_notice_has_no_finding() -> None:
    content = make.workbook(
        [
            ["东园村2023年第三季度财务公示"],
            ["日期", "文号", "开支项目", "金额"],
            ["2023.9.7", "国办公开办函〔2021〕30号", "修渠", 15800.5],
            ["2023-09-12", "", "清淤", 1234567],
        ]
    )
    assert scan_file(content, "财务公示.xlsx") == []
    assert (
        scan_file(make.word(["公示期2023年9月7日至9月13日，面积1200亩，共640221户次。"]), "a.docx")
        == []
    )


def test_a_supervision_phone_that_must_be_printed_is_no_finding() -> None:
    content = make.word([f"监督电话：{make.mobile(9)}"])
    printed = Context(allowed_phones=frozenset({make.mobile(9)}))
    assert scan_file(content, "公示.docx", context=printed) == []


def test_a_hit_never_carries_the_value_and_survives_json() -> None:
    content = make.workbook_with_everything(NUMBERS[:10])
    hits = scan_file(content, "名单.xlsx", key=b"of the township")
    kept = json.dumps([hit.to_mapping() for hit in hits], ensure_ascii=False)
    assert not make.is_anywhere(NUMBERS[:10], kept)
    assert [FileHit.from_mapping(one) for one in json.loads(kept)] == hits


def test_the_same_number_has_the_same_fingerprint_in_any_file_under_one_key() -> None:
    in_word = scan_file(make.word([NUMBERS[1]]), "a.docx", key=b"one")
    in_sheet = scan_file(make.workbook([[NUMBERS[1]]]), "a.xlsx", key=b"one")
    other_key = scan_file(make.workbook([[NUMBERS[1]]]), "a.xlsx", key=b"two")
    assert in_word[0].fingerprint == in_sheet[0].fingerprint != other_key[0].fingerprint


def test_a_macro_workbook_is_refused_and_says_what_to_do() -> None:
    content = make.with_parts(make.workbook([["x"]]), {"xl/vbaProject.bin": b"x"})
    with pytest.raises(Refused, match=r"带有宏程序.*不带宏"):
        scan_file(content, "名单.xlsm")


def test_an_old_workbook_inside_a_word_file_is_found_and_must_be_taken_out_by_hand() -> None:
    old = make.old_workbook([["姓名", "证件号"], ["张某某", NUMBERS[5]]])
    content = make.with_parts(make.word(["见附表"]), {"word/embeddings/名册.xls": old})
    assert "嵌入的文件“名册.xls”：工作表“名单”B2" in places(content, "报告.docx")
    with pytest.raises(Refused, match="不能自动遮盖"):
        mask_file(content, "报告.docx")


@pytest.mark.parametrize("filename", ["名单.xlsx", "名单.xls"])
def test_a_number_in_the_name_of_a_sheet_is_masked_as_sheets_allow(filename: str) -> None:
    rows = [["姓名"], ["张某某"]]
    content = make.workbook(rows, name=NUMBERS[1])
    if filename.endswith(".xls"):
        content = make.old_workbook(rows, name=NUMBERS[1])
    assert scan_file(content, filename)
    masked = mask_file(content, filename)
    assert scan_file(masked, "名单.xlsx") == []
    assert load_workbook(io.BytesIO(masked)).sheetnames[0] == "640221________0019"

"""Any paper as Word, Excel and PDF: what holds for each of them, whatever stands on the paper."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import cv2
import numpy as np
import openpyxl
import pypdfium2
import pytest
import zxingcpp
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from taole.documents.paper import (
    Cell,
    Column,
    Foot,
    Heading,
    Note,
    Paper,
    Paragraph,
    Spread,
    Subscription,
    Table,
    from_json,
    to_json,
)
from taole.documents.paper_excel import paper_xlsx
from taole.documents.paper_files import WRITERS
from taole.documents.paper_pdf import paper_pdf
from taole.documents.paper_word import paper_docx

ADDRESS = "https://taole.example/findings?unit=640221106201"
COLUMNS = (Column("序号", 20), Column("发现的问题", 180, "left"), Column("整改时限", 61))


def a_list(rows: int = 2) -> Paper:
    """A list across, as long as one likes, with a code to report back."""
    problems = tuple(
        (Cell(str(at), at), f"公示栏没写监督电话{at}", Cell("9月18日", date(2023, 9, 18)))
        for at in range(1, rows + 1)
    )
    return Paper(
        title="陶乐镇村务公开问题整改清单",
        name="整改清单",
        number="2023年第3号",
        is_landscape=True,
        blocks=(
            Spread(("督查单位：陶乐镇综合办公室", "印发日期：2023年9月20日")),
            Table(COLUMNS, problems, "当日没有未销号的问题。"),
            Note("说明：复核通过后销号。"),
            Foot(("签发：________", "联系电话：0952-5550118"), ADDRESS, "扫码报整改"),
        ),
    )


LETTER = Paper(
    title="陶乐镇关于村务公开问题整改情况的报告",
    name="整改报告",
    number="2023年第1号",
    recipient="县政务公开办",
    blocks=(
        Paragraph("现将整改情况报告如下。"),
        Heading(1, "一、存在问题"),
        Heading(2, "（一）季度通报（2个）"),
        Paragraph('1.#panic("x") $a$ *b* _c_ <d> @e'),
        Subscription("平罗县陶乐镇人民政府", date(2023, 12, 20)),
    ),
)


@pytest.mark.parametrize("paper", [a_list(), a_list(0), LETTER])
def test_a_paper_kept_as_json_comes_back_the_same(paper):
    kept = json.loads(json.dumps(to_json(paper)))
    assert from_json(kept) == paper
    for write in WRITERS.values():
        assert write(from_json(kept)) == write(paper)


def test_the_word_file_lies_on_its_side_and_says_its_number():
    word = Document(io.BytesIO(paper_docx(a_list())))
    section = word.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert round(section.page_width.mm) == 297
    assert [each.text for each in word.paragraphs[:2]] == [
        "陶乐镇村务公开问题整改清单",
        "2023年第3号",
    ]
    table = word.tables[0]
    assert [cell.text for cell in table.rows[1].cells] == ["1", "公示栏没写监督电话1", "9月18日"]
    assert [cell.text for cell in table.rows[0].cells] == [each.label for each in COLUMNS]


def test_in_word_heads_repeat_and_rows_stay_whole():
    rows = Document(io.BytesIO(paper_docx(a_list(60)))).tables[0]._tbl.findall(qn("w:tr"))
    assert len(rows) == 61
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows[:2]] == [True, False]
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_the_code_in_word_opens_the_list_of_the_village():
    word = Document(io.BytesIO(paper_docx(a_list())))
    assert "扫码报整改" in word.tables[1].rows[0].cells[1].text
    assert "签发：" in word.tables[1].rows[0].cells[0].text
    (picture,) = [
        part.blob for part in word.part.package.iter_parts() if str(part.partname).endswith(".png")
    ]
    drawn = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    (code,) = zxingcpp.read_barcodes(cv2.copyMakeBorder(drawn, 50, 50, 50, 50, 0, value=255))
    assert code.text == ADDRESS


def test_a_letter_is_upright_and_its_signature_does_not_stand_alone():
    word = Document(io.BytesIO(paper_docx(LETTER)))
    assert word.sections[0].orientation == WD_ORIENT.PORTRAIT
    texts = [each.text for each in word.paragraphs]
    assert texts[3] == "县政务公开办："
    assert texts[-2:] == ["平罗县陶乐镇人民政府", "2023年12月20日"]
    assert all(each.paragraph_format.keep_with_next for each in word.paragraphs[-4:-1])


def test_the_workbook_has_print_titles_real_days_and_fits_the_width():
    page = openpyxl.load_workbook(io.BytesIO(paper_xlsx(a_list(60)))).active
    assert page.title == "整改清单"
    rows = list(page.iter_rows(values_only=True))
    head = rows.index(tuple(each.label for each in COLUMNS))
    assert page.print_title_rows == f"${head + 1}:${head + 1}"
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert rows[head + 1][:2] == (1, "公示栏没写监督电话1")
    assert rows[head + 1][2].date() == date(2023, 9, 18)
    assert rows[1][0] == "2023年第3号"
    assert len(page._images) == 1


def test_a_letter_as_a_workbook_is_running_text():
    page = openpyxl.load_workbook(io.BytesIO(paper_xlsx(LETTER))).active
    said = [row[0] for row in page.iter_rows(values_only=True) if row[0]]
    assert said == [
        "陶乐镇关于村务公开问题整改情况的报告",
        "2023年第1号",
        "县政务公开办：",
        "　　现将整改情况报告如下。",
        "一、存在问题",
        "（一）季度通报（2个）",
        '　　1.#panic("x") $a$ *b* _c_ <d> @e',
        "平罗县陶乐镇人民政府",
        "2023年12月20日",
    ]
    assert page.page_setup.orientation != "landscape"


def test_a_paper_with_two_tables_is_two_sheets():
    table = a_list().tables[0]
    book = openpyxl.load_workbook(
        io.BytesIO(paper_xlsx(Paper("清单", (Heading(1, "一"), table, Heading(1, "二"), table))))
    )
    assert len(book.worksheets) == 2
    assert book.worksheets[1]["A2"].value == "二"


def texts_of(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_the_pdf_of_a_long_list_repeats_its_head_and_numbers_its_pages():
    texts = texts_of(paper_pdf(a_list(60)))
    assert len(texts) > 2
    # the last page may hold the signature alone
    assert all("发现的问题" in text for text in texts[:-1])
    for number, text in enumerate(texts, 1):
        assert f"第{number}页，共{len(texts)}页" in text.replace(" ", "")
    whole = "".join(texts).replace(" ", "")
    for words in ("2023年第3号", "公示栏没写监督电话60", "扫码报整改", "0952-5550118"):
        assert words in whole


def test_the_pdf_of_an_empty_list_is_one_page_that_says_so():
    (text,) = texts_of(paper_pdf(a_list(0)))
    assert "当日没有未销号的问题。" in text


def test_the_code_in_the_pdf_opens_the_list_of_the_village():
    with pypdfium2.PdfDocument(paper_pdf(a_list())) as document:
        picture = document[0].render(scale=2, grayscale=True).to_numpy()
    (code,) = zxingcpp.read_barcodes(np.ascontiguousarray(picture.squeeze()))
    assert code.text == ADDRESS


def test_words_that_look_like_commands_are_printed_as_they_are():
    assert '#panic("x")' in texts_of(paper_pdf(LETTER))[0]


def test_an_office_file_holds_no_clock():
    for write in (paper_docx, paper_xlsx):
        with zipfile.ZipFile(io.BytesIO(write(a_list()))) as archive:
            assert {entry.date_time[0] for entry in archive.infolist()} <= {1980, 2012}

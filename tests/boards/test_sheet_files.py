"""The sheet as PDF and as Word file: what is on it, and that its code opens the right page."""

from __future__ import annotations

import io
from functools import cache

import cv2
import numpy as np
import pypdfium2
import pytest
import zxingcpp
from docx import Document

from taole.boards.sheet_pdf import sheet_pdf, with_font_warning
from taole.boards.sheet_word import sheet_docx
from taole.documents.typesetting import missing_characters
from taole.notices.printed_sheet import Paper
from tests.boards.sheet_factory import CODE, SITE, a_sheet


@cache
def pages_of(count: int, paper: Paper = Paper.A4) -> tuple[bytes, list[str]]:
    content = sheet_pdf(a_sheet(count), paper)
    with pypdfium2.PdfDocument(content) as document:
        return content, [page.get_textpage().get_text_range() for page in document]


def test_the_pdf_says_everything_that_the_paper_must_show():
    _content, (text,) = pages_of(16)
    for words in (
        "陶乐镇村务公开 · 社会保障",
        "编号 201-2309-014",
        "东园村2023年9月高龄津贴发放公示",
        "宁民规发〔2021〕3号",
        "发放金额（元）",
        "4,320.00",
        "16 人",
        "公示期：2023年9月20日至9月27日",
        "0952-5550126",
        "0952-5550118",
        "东园村民委员会",
        "手机扫码可核对本页内容",
    ):
        assert words.replace(" ", "") in text.replace(" ", ""), words
    assert "不给人看的话" not in text


@pytest.mark.parametrize("count", [0, 1, 16, 22])
@pytest.mark.parametrize("paper", list(Paper))
def test_a_usual_notice_is_one_page_and_its_code_opens_it(count, paper):
    content, texts = pages_of(count, paper)
    assert len(texts) == 1
    with pypdfium2.PdfDocument(content) as document:
        size = document[0].get_size()
        picture = document[0].render(scale=1.5, grayscale=True).to_numpy()
    assert round(max(size)) == {Paper.A4: 842, Paper.A3: 1191}[paper]
    (code,) = zxingcpp.read_barcodes(np.ascontiguousarray(picture.squeeze()))
    assert code.text == f"{SITE}/n/{CODE}"
    assert code.ec_level == "M"
    left, right = code.position.top_left.x, code.position.top_right.x
    wide = (right - left) / 1.5 / 72 * 25.4 / {Paper.A4: 1, Paper.A3: 1.4142}[paper]
    assert 28 < wide < 31


def test_a_long_table_repeats_its_head_and_numbers_its_pages():
    _content, texts = pages_of(120)
    assert len(texts) > 2
    assert all("姓名" in text and "组别" in text for text in texts)
    last = len(texts)
    assert [f"第{n}页，共{last}页" in text.replace(" ", "") for n, text in enumerate(texts, 1)] == [
        True
    ] * last
    assert "32,400.00" in texts[-1]
    assert "公示期：" in texts[-1]


def test_a_preview_says_so_across_the_page():
    with pypdfium2.PdfDocument(sheet_pdf(a_sheet(3, is_preview=True))) as document:
        assert "预览，未审核" in document[0].get_textpage().get_text_range()
    assert "预览，未审核" not in pages_of(16)[1][0]


def test_the_same_sheet_gives_the_same_bytes():
    assert sheet_pdf(a_sheet(2)) == sheet_pdf(a_sheet(2))
    assert sheet_docx(a_sheet(2)) == sheet_docx(a_sheet(2))


def test_words_that_look_like_commands_are_printed_as_they_are():
    title = '#panic("x") $a$ *b* _c_ <d> @e \\ "f"'
    with pypdfium2.PdfDocument(sheet_pdf(a_sheet(1, title=title))) as document:
        assert '#panic("x")' in document[0].get_textpage().get_text_range()


def test_a_character_that_the_font_lacks_is_warned_of():
    assert missing_characters(["陶乐镇㘵鿍堖"]) == []
    warned = with_font_warning(a_sheet(1, signer="𠮷家村民委员会"))
    assert any("𠮷" in str(said) for said in warned.warnings)


@pytest.mark.parametrize("paper", list(Paper))
def test_the_word_file_holds_the_same_and_its_code_opens_the_notice(paper):
    word = Document(io.BytesIO(sheet_docx(a_sheet(16), paper)))
    section = word.sections[0]
    assert round(section.page_height.mm) == {Paper.A4: 297, Paper.A3: 420}[paper]
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    for words in ("编号 201-2309-014", "东园村2023年9月高龄津贴发放公示", "东园村民委员会"):
        assert words in text
    table, foot = word.tables
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "姓名", "组别", "发放金额（元）"]
    assert [cell.text for cell in table.rows[-1].cells] == ["合计", "16 人", "", "4,320.00"]
    assert "公示期：2023年9月20日至9月27日" in foot.rows[0].cells[1].text
    assert "0952-5550126" in foot.rows[0].cells[1].text
    (picture,) = [part for name, part in _parts(word) if name.endswith(".png")]
    drawn = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    (code,) = zxingcpp.read_barcodes(cv2.copyMakeBorder(drawn, 50, 50, 50, 50, 0, value=255))
    assert code.text == f"{SITE}/n/{CODE}"


def _parts(word):
    for part in word.part.package.iter_parts():
        yield str(part.partname), part.blob


def test_the_word_file_of_a_preview_says_so():
    word = Document(io.BytesIO(sheet_docx(a_sheet(1, is_preview=True))))
    assert word.paragraphs[0].text == "预览，未审核"

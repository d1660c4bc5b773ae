"""The layout of official documents (GB/T 9704-2012) in the structure of the Word file."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from taole.documents.official import OfficialDocument, TableCell


def written(*, landscape: bool = False) -> bytes:
    paper = OfficialDocument("整改清单", landscape=landscape)
    paper.title("陶乐镇村务公开问题整改清单")
    paper.heading(1, "一、总体情况")
    paper.heading(2, "（一）公开情况")
    paper.heading(3, "1.公示栏")
    paper.paragraph("东园村公示栏更新不及时。")
    paper.paragraph("共发现问题", "3", "个。")
    paper.table(
        [
            [TableCell("村", rowspan=2), TableCell("问题", colspan=2)],
            [TableCell("类型"), TableCell("描述")],
            [TableCell("东园村"), TableCell("迟"), TableCell("逾期公示", align="left")],
        ],
        widths_mm=(40, 50, 66),
        font_pt=10.5,
        header_rows=2,
    )
    return paper.save()


def opened(*, landscape: bool = False) -> WordDocument:
    return Document(io.BytesIO(written(landscape=landscape)))


WORD = opened()


def fonts(paragraph: object) -> dict[str, str]:
    found = paragraph.runs[0]._r.rPr.find(qn("w:rFonts"))  # type: ignore[attr-defined]
    return {name: found.get(qn(f"w:{name}")) for name in ("eastAsia", "ascii", "hAnsi")}


def test_the_page_is_a4_with_the_margins_of_the_standard() -> None:
    section = WORD.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (
        section.top_margin, section.left_margin, section.right_margin, section.bottom_margin,
    )  # fmt: skip
    assert [round(margin.mm) for margin in margins] == [37, 28, 26, 35]


def test_a_list_lies_on_its_side() -> None:
    section = opened(landscape=True).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert round(section.left_margin.mm + section.right_margin.mm) == 36


def test_22_lines_fit_a_page_and_28_characters_a_line() -> None:
    section = WORD.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert int(grid.get(qn("w:linePitch"))) * 22 <= 225 / 25.4 * 1440
    assert WORD.styles["Normal"].paragraph_format.line_spacing.pt == 28
    spacing = WORD.styles["Normal"].element.rPr.find(qn("w:spacing"))
    character = 16 + int(spacing.get(qn("w:val"))) / 20
    assert 28 * character <= 156 / 25.4 * 72 < 28.5 * character


def test_each_kind_of_text_has_its_font() -> None:
    names = [fonts(paragraph)["eastAsia"] for paragraph in WORD.paragraphs if paragraph.runs]
    assert names[:5] == ["方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"]


def test_every_run_and_style_names_a_chinese_font_and_numerals_are_in_times() -> None:
    for run in WORD.element.body.iter(qn("w:r")):
        found = run.rPr.find(qn("w:rFonts"))
        assert found.get(qn("w:eastAsia"))
        assert found.get(qn("w:ascii")) == "Times New Roman"
    for style in WORD.styles:
        if style.name not in {"Default Paragraph Font", "Normal Table", "No List"}:
            assert style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))


def test_chinese_is_marked_as_chinese_and_numbers_do_not_break() -> None:
    for run in WORD.element.body.iter(qn("w:r")):
        language = run.rPr.find(qn("w:lang"))
        assert language.get(qn("w:eastAsia")) == "zh-CN"
        assert language.get(qn("w:val")) == "en-US"


def test_the_first_line_is_indented_by_two_characters() -> None:
    body = next(one for one in WORD.paragraphs if one.text.startswith("东园村"))
    assert body._p.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    section = WORD.sections[0]
    assert WORD.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        text = "".join(one.text or "" for one in paragraph._p.iter(qn("w:t")))
        assert text == "— 1 —"
        assert paragraph.alignment is not None
        assert paragraph.alignment.name == side.upper()
        assert fonts(paragraph)["eastAsia"] == "宋体"


def test_head_rows_repeat_and_no_row_breaks_across_pages() -> None:
    rows = WORD.tables[0]._tbl.findall(qn("w:tr"))
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, True, False]
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_spans_are_merged_cells() -> None:
    table = WORD.tables[0]
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc
    assert table.cell(0, 1)._tc is table.cell(0, 2)._tc
    assert [cell.text for cell in table.rows[2].cells] == ["东园村", "迟", "逾期公示"]


@pytest.mark.parametrize("cells", [[TableCell("村")], [TableCell("村", colspan=3)]])
def test_a_row_that_does_not_fill_the_columns_is_an_error(cells: list[TableCell]) -> None:
    with pytest.raises(ValueError, match="row 1"):
        OfficialDocument("表").table([cells], widths_mm=(80, 76), font_pt=12)


def test_the_file_says_nothing_of_when_and_where_it_was_written() -> None:
    assert written() == written()
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2012, 7, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in archive.namelist())
    assert WORD.core_properties.title == "整改清单"
    assert WORD.core_properties.author == ""
    assert WORD.core_properties.language == "zh-CN"


def test_a_table_at_the_end_is_followed_by_a_paragraph() -> None:
    paper = OfficialDocument("表")
    paper.table([[TableCell("村")]], widths_mm=(156,), font_pt=12)
    body = Document(io.BytesIO(paper.save())).element.body
    assert body[-2].tag == qn("w:p")

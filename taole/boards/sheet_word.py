"""The sheet as a Word file, to be changed by hand where the printer or the board asks for it."""

from __future__ import annotations

import io

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from taole.boards.sheet_layout import numbered, table_widths
from taole.documents.codes import qr_png
from taole.documents.official import OfficialDocument, TableCell
from taole.documents.official_styles import Face, set_face
from taole.documents.spreadsheets import half_widths
from taole.notices.printed_sheet import CHECK, Paper, PrintedSheet

PREVIEW = "预览，未审核"
_SIDE_MM = 17
_CODE_MM = 30
_LARGER = 1.4142
_TITLE_ROOM = 42
"""Half-width signs of 23 points on a line of an A4 sheet."""
_SIZES_MM = {Paper.A4: (210, 297), Paper.A3: (297, 420)}
_TABLE_ROWS = ((14, 14.0), (24, 12.0))
"""Up to how many rows the table's type is how large, in points; else 10.5."""


def sheet_docx(sheet: PrintedSheet, paper: Paper = Paper.A4) -> bytes:
    """The sheet as the bytes of a .docx; the same sheet gives the same bytes.

    The foot with the code follows the text; the head of the table repeats on every page.
    """
    return _SheetDocument(sheet, paper).written()


def _title_points(title: str) -> float:
    """23 points; a little less for a title that is a little longer than a line."""
    over = half_widths(title) / _TITLE_ROOM
    return 23 / over if 1 < over <= 1.15 else 23


class _SheetDocument(OfficialDocument):
    """An official document on the house's paper, with narrower margins and a code in its foot."""

    def __init__(self, sheet: PrintedSheet, paper: Paper) -> None:
        self._sheet = sheet
        self._paper = paper
        self._grow = 1.0 if paper is Paper.A4 else _LARGER
        super().__init__(sheet.title)

    def written(self) -> bytes:
        sheet = self._sheet
        if sheet.is_preview:
            self._line(PREVIEW, Face("黑体", 22 * self._grow), WD_ALIGN_PARAGRAPH.CENTER)
        number = f"编号 {sheet.number}" if sheet.number else ""
        self._line(f"{sheet.heading}\t{number}", Face("宋体", 11.5 * self._grow), tab=True)
        self._line(
            sheet.title,
            Face("方正小标宋简体", _title_points(sheet.title) * self._grow),
            WD_ALIGN_PARAGRAPH.CENTER,
            after=10,
        )
        for paragraph in sheet.paragraphs:
            self._line(f"　　{paragraph}", Face("仿宋_GB2312", 14 * self._grow))
        for label, value in sheet.head:
            self._line(f"{label}：{value}", Face("仿宋_GB2312", 14 * self._grow))
        self._rows()
        signed = Face("仿宋_GB2312", 14 * self._grow)
        self._line(sheet.signer, signed, WD_ALIGN_PARAGRAPH.RIGHT, before=8)
        self._line(sheet.signed_on, signed, WD_ALIGN_PARAGRAPH.RIGHT, after=8)
        self._foot()
        return self.save()

    def _rows(self) -> None:
        columns, rows, total = numbered(self._sheet)
        if not rows:
            return
        lines = [*rows, *([total] if total else [])]
        cells = [[TableCell(each.label, bold=True) for each in columns]]
        cells += [
            [
                TableCell(text, bold=row is total, align="right" if column.is_number else "center")
                for text, column in zip(row, columns, strict=True)
            ]
            for row in lines
        ]
        shares = table_widths(columns, rows)
        room = _SIZES_MM[self._paper][0] - 2 * _SIDE_MM * self._grow
        widths = [share / sum(shares) * room for share in shares]
        points = next((size for most, size in _TABLE_ROWS if len(rows) <= most), 10.5)
        self.table(cells, widths, points * self._grow)

    def _foot(self) -> None:
        """A line, then the code at the left and what goes with it beside it, kept together."""
        sheet, grow = self._sheet, self._grow
        _rule_above(self._line("", Face("宋体", 4)))
        code = (_CODE_MM + 8) * grow
        room = _SIZES_MM[self._paper][0] - 2 * _SIDE_MM * grow
        beside = self._word.add_table(1, 2)
        beside.autofit = False
        drawn, told = beside.rows[0].cells
        for part, width in ((0, code), (1, room - code)):
            beside.columns[part].width = beside.rows[0].cells[part].width = Mm(width)
        picture = io.BytesIO(qr_png(sheet.address))
        side = Mm(_CODE_MM * grow)
        shape = drawn.paragraphs[0].add_run().add_picture(picture, side, side)
        shape._inline.docPr.set("descr", f"二维码：{sheet.address}")
        drawn.paragraphs[0].paragraph_format.line_spacing = 1.0
        self._fill(told.paragraphs[0], f"公示期：{sheet.period.words}", Face("黑体", 15.5 * grow))
        for label, number in sheet.phones:
            self._fill(told.add_paragraph(), f"{label}：{number}", Face("黑体", 12.5 * grow))
        self._fill(told.add_paragraph(), CHECK, Face("宋体", 12.5 * grow))
        beside.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def _line(
        self,
        text: str,
        face: Face,
        alignment: WD_ALIGN_PARAGRAPH | None = None,
        *,
        before: float = 0,
        after: float = 0,
        tab: bool = False,
    ) -> Paragraph:
        paragraph = self._word.add_paragraph()
        layout = paragraph.paragraph_format
        layout.space_before, layout.space_after = Pt(before), Pt(after)
        if alignment is not None:
            paragraph.alignment = alignment
        if tab:
            layout.tab_stops.add_tab_stop(
                Mm(_SIZES_MM[self._paper][0] - 2 * _SIDE_MM * self._grow), 2
            )
        self._fill(paragraph, text, face)
        return paragraph

    def _fill(self, paragraph: Paragraph, text: str, face: Face) -> None:
        paragraph.paragraph_format.line_spacing = Pt(face.points * 1.5)
        set_face(paragraph.add_run(text)._r.get_or_add_rPr(), face)

    def _set_page(self, landscape: bool) -> None:
        super()._set_page(landscape)
        section = self._word.sections[0]
        width, height = _SIZES_MM[self._paper]
        section.page_width, section.page_height = Mm(width), Mm(height)
        side = Mm(_SIDE_MM * self._grow)
        section.left_margin = section.right_margin = side
        section.top_margin, section.bottom_margin = Mm(15 * self._grow), Mm(15 * self._grow)
        section._sectPr.remove(section._sectPr.find(qn("w:docGrid")))
        section.header_distance, section.footer_distance = Mm(8), Mm(7)


def _rule_above(paragraph: Paragraph) -> None:
    """A heavy line between the text and the foot, which stays together on its page."""
    properties = paragraph._p.get_or_add_pPr()
    paragraph.paragraph_format.keep_with_next = True
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    spacing = properties.find(qn("w:spacing"))
    if spacing is None:
        properties.append(borders)
    else:
        spacing.addprevious(borders)

"""Official documents as Word files in the layout of GB/T 9704-2012.

A4, text block 156 × 225 mm, 22 lines of 28 characters, body 仿宋_GB2312 16 pt. The fonts are
named, not carried: the clerk's Windows or WPS has them. The same content gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from taole.documents.official_styles import (
    BODY_PT,
    FACES,
    LINE_PT,
    PAGE_NUMBER_PT,
    set_face,
    set_styles,
)
from taole.documents.official_tables import TableCell, word_table

__all__ = ["OfficialDocument", "TableCell"]

FIXED_TIME = datetime(2012, 7, 1)  # noqa: DTZ001 - the day GB/T 9704-2012 took force, never a clock
BLOCK_HEIGHT_MM = 225
LINES_PER_PAGE = 22
_CODE_MM = 28
_SMALL_LINE_PT = 20
_NARROW_PT = 8
_ADDRESS = re.compile(r"[!-~]{24,}")
FIRST_LINE_CHARACTERS = 200
"""Two characters, in hundredths of a character (``w:firstLineChars``)."""


class OfficialDocument:
    """One document, written from top to bottom, then saved as the bytes of a ``.docx``."""

    def __init__(self, title: str, landscape: bool = False) -> None:
        """``title`` goes into the file's properties; ``.title()`` prints it."""
        self._word: WordDocument = Document()
        self._set_properties(title)
        set_styles(self._word)
        self._set_page(landscape)
        self._set_page_numbers()

    def title(self, text: str, number: str = "") -> None:
        """The document's title: 方正小标宋简体 22 pt, centred; lines break where ``text`` does.

        ``number``: its number line (2023年第3号), in the middle under the title.
        """
        self._write(self._word.add_paragraph(style="Title"), text, "title")
        if number:
            paragraph = self._word.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._write(paragraph, number, "body")
        self.gap()

    def heading(self, level: int, text: str) -> None:
        """A heading of level 1 (一、黑体), 2 (（一）楷体) or 3 (1. 仿宋)."""
        paragraph = self._word.add_paragraph(style=f"Heading {level}")
        _indent_first_line(paragraph)
        self._write(paragraph, text, f"h{level}")

    def paragraph(self, *runs: str) -> None:
        """A paragraph of the body, its first line indented by two characters."""
        paragraph = self._word.add_paragraph()
        # a line before an address that has no place to break would be pulled apart
        is_even = not any(_ADDRESS.search(run) for run in runs)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if is_even else WD_ALIGN_PARAGRAPH.LEFT
        _indent_first_line(paragraph)
        for run in runs:
            self._write(paragraph, run, "body")

    def recipient(self, name: str) -> None:
        """主送机关: at the left, followed by a colon."""
        self._write(self._word.add_paragraph(), f"{name}：", "body")

    def spread(self, parts: Sequence[str]) -> None:
        """Short texts on one line: the first at the left, the last at the right edge."""
        paragraph = self._word.add_paragraph()
        room = self._room()
        for at in range(1, len(parts)):
            last = at == len(parts) - 1
            kind = WD_TAB_ALIGNMENT.RIGHT if last else WD_TAB_ALIGNMENT.CENTER
            place = room * at // (len(parts) - 1)
            paragraph.paragraph_format.tab_stops.add_tab_stop(place, kind)
        self._small(paragraph, "\t".join(parts))
        paragraph.paragraph_format.keep_with_next = True

    def note(self, text: str) -> None:
        """A remark in smaller type, without an indent."""
        self._small(self._word.add_paragraph(), text)

    def subscription(self, body: str, day: str) -> None:
        """落款: who issues it and the day, four characters from the right edge.

        It stays together, and with the paragraph before it: a page never begins with it alone.
        """
        self.gap()
        for before in self._word.paragraphs[-2:]:
            before.paragraph_format.keep_with_next = True
        for text in (body, day):
            paragraph = self._word.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
            indent.set(qn("w:rightChars"), "400")
            indent.set(qn("w:right"), str(BODY_PT * 4 * 20))
            paragraph.paragraph_format.keep_with_next = text is body
            self._write(paragraph, text, "body")

    def foot(self, lines: Sequence[str], picture: bytes = b"", caption: str = "") -> None:
        """Lines to sign; beside them, at the right edge, a picture over its caption."""
        if not picture:
            for line in lines:
                self._small(self._word.add_paragraph(), line)
            return
        # two tables without a paragraph between them would become one
        self._word.add_paragraph().paragraph_format.line_spacing = Pt(_NARROW_PT)
        table = self._word.add_table(1, 2)
        table.autofit = False
        told, drawn = table.rows[0].cells
        code = Mm(_CODE_MM + 6)
        for at, (part, width) in enumerate(((told, self._room() - code), (drawn, code))):
            table.columns[at].width = part.width = Length(width)
        told.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        for at, line in enumerate(lines):
            paragraph = told.add_paragraph() if at else told.paragraphs[0]
            self._small(paragraph, line)
        self._draw(drawn.paragraphs[0], picture, caption)
        under = drawn.add_paragraph()
        under.alignment = WD_ALIGN_PARAGRAPH.CENTER
        under.paragraph_format.line_spacing = Pt(_SMALL_LINE_PT)
        self._write(under, caption, "caption")
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def _small(self, paragraph: Paragraph, text: str) -> None:
        paragraph.paragraph_format.line_spacing = Pt(_SMALL_LINE_PT)
        self._write(paragraph, text, "small")

    def _draw(self, paragraph: Paragraph, picture: bytes, described: str) -> None:
        side = Mm(_CODE_MM)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = 1.0
        shape = paragraph.add_run().add_picture(io.BytesIO(picture), side, side)
        shape._inline.docPr.set("descr", described)

    def _room(self) -> Length:
        """How wide the text block is."""
        section = self._word.sections[0]
        margins = (section.left_margin or 0) + (section.right_margin or 0)
        return Length((section.page_width or 0) - margins)

    def gap(self) -> None:
        """One empty line."""
        self._word.add_paragraph()

    def table(
        self,
        rows: Sequence[Sequence[TableCell]],
        widths_mm: Sequence[float],
        font_pt: float,
        header_rows: int = 1,
        *,
        keep_together: bool = False,
    ) -> None:
        """A ruled table, centred; the first ``header_rows`` rows repeat on each page.

        A row never breaks across pages; a table that is kept together moves to the next page
        whole, if it fits one. Raises ValueError if the cells do not fill the columns.
        """
        body = self._word.element.body
        if len(body) > 1 and body[-2].tag == qn("w:tbl"):
            self._word.add_paragraph().paragraph_format.line_spacing = Pt(_NARROW_PT)
        table = word_table(rows, widths_mm, font_pt, header_rows, keep_together)
        body.insert(len(body) - 1, table)

    def save(self) -> bytes:
        """The file; the same content always gives the same bytes."""
        self._end_with_a_paragraph()
        first = io.BytesIO()
        self._word.save(first)
        fixed = io.BytesIO()
        with (
            zipfile.ZipFile(first) as source,
            zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, FIXED_TIME.timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                target.writestr(entry, source.read(name))
        return fixed.getvalue()

    def _end_with_a_paragraph(self) -> None:
        """Word needs a paragraph after a last table."""
        body = self._word.element.body
        if len(body) > 1 and body[-2].tag == qn("w:tbl"):
            self.gap()

    def _write(self, paragraph: Paragraph, text: str, face: str) -> Run:
        run = paragraph.add_run(text)
        set_face(run._r.get_or_add_rPr(), FACES[face])
        return run

    def _set_properties(self, title: str) -> None:
        properties = self._word.core_properties
        properties.title = title
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.keywords = properties.subject = properties.category = ""
        properties.created = properties.modified = FIXED_TIME
        properties.revision = 1
        properties.language = "zh-CN"
        package = self._word.part.package
        for name, relation in list(package.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
                package.rels.pop(name)

    def _set_page(self, landscape: bool) -> None:
        section = self._word.sections[0]
        width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        section.page_width, section.page_height = width, height
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        margins = (20, 18, 18, 18) if landscape else (37, 28, 35, 26)
        section.top_margin, section.left_margin, section.bottom_margin, section.right_margin = (
            Mm(margin) for margin in margins
        )
        section.header_distance = Mm(15)
        section.footer_distance = Mm(13 if landscape else 22)
        section.gutter = Mm(0)

        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        pitch = LINE_PT if landscape else BLOCK_HEIGHT_MM / 25.4 * 72 / LINES_PER_PAGE
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(int(pitch * 20)))

    def _set_page_numbers(self) -> None:
        """— 1 — in 宋体 14 pt, odd pages right, even pages left, one character from the edge."""
        self._word.settings.odd_and_even_pages_header_footer = True
        section = self._word.sections[0]
        for footer, alignment, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
        ):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.alignment = alignment
            indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
            indent.set(qn(f"w:{side}Chars"), "100")
            indent.set(qn(f"w:{side}"), str(PAGE_NUMBER_PT * 20))
            self._write(paragraph, "— ", "page")
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            paragraph._p.append(field)
            number = self._write(paragraph, "1", "page")
            field.append(number._r)
            self._write(paragraph, " —", "page")


def _indent_first_line(paragraph: Paragraph) -> None:
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(FIRST_LINE_CHARACTERS))
    indent.set(qn("w:firstLine"), str(BODY_PT * 2 * 20))

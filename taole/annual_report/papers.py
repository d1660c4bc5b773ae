"""The annual report as a Word file in the layout of official documents (GB/T 9704-2012)."""

from __future__ import annotations

from taole.annual_report.content import Block, Heading, ReportContent
from taole.annual_report.grids import Grid
from taole.documents.official import OfficialDocument, TableCell, TextRun

ONE_LINE_TITLE = 21
"""Characters of a title, four digits of the year among them, that fit one line of 156 mm."""


def report_docx(report: ReportContent) -> bytes:
    """The report as ``.docx`` bytes: title, preamble, six parts, exactly three tables.

    A figure without a value is printed as a marked gap; rule TX-MISSING reports it.
    """
    paper = OfficialDocument(report.title)
    paper.title(_title_lines(report))
    for block in report.preamble:
        _write(paper, block)
    for part in report.parts:
        paper.heading(1, part.heading)
        for block in part.blocks:
            _write(paper, block)
        grid = report.grid(part)
        if grid:
            _draw(paper, grid)
    return paper.save()


def _title_lines(report: ReportContent) -> str:
    """A title of more than a line breaks after the year, so that no word is cut."""
    if len(report.title) <= ONE_LINE_TITLE:
        return report.title
    return report.title.replace(f"{report.year}年", f"{report.year}年\n", 1)


def _write(paper: OfficialDocument, block: Block) -> None:
    if isinstance(block, Heading):
        paper.heading(block.level, block.text)
    else:
        paper.paragraph([TextRun(run.text) for run in block.runs])


def _draw(paper: OfficialDocument, grid: Grid) -> None:
    rows = [
        [
            TableCell(
                cell.text,
                colspan=cell.colspan,
                rowspan=cell.rowspan,
                align="left" if cell.scope == "row" and grid.code == "T3" else "center",
            )
            for cell in row
        ]
        for row in grid.rows
    ]
    layout = grid.layout
    paper.table(rows, layout.widths_mm, layout.font_pt, layout.header_rows, keep_together=True)

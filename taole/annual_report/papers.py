"""The annual report as files: Word in the layout of official documents (GB/T 9704-2012), HTML."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from taole.annual_report.content import Block, Heading, ReportContent
from taole.annual_report.grids import Grid
from taole.documents.official import OfficialDocument, TableCell
from taole.paths import resource_folder

ONE_LINE_TITLE = 21
"""Characters of a title, four digits of the year among them, that fit one line of 156 mm."""

_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')
"""What a file name cannot hold on Windows or Linux."""


def file_name(report: ReportContent, ending: str) -> str:
    """<organ><year>年政府信息公开工作年度报告.<ending>"""
    return f"{_UNFIT.sub('', report.title)}.{ending}"


def report_html(report: ReportContent) -> str:
    """The report as a web page of its own: one file, no links, printable."""
    return _page().render(report=report)


@cache
def _page() -> Template:
    environment = Environment(
        loader=FileSystemLoader(str(resource_folder("templates"))),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("annual_report/export.html")


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
        paper.paragraph(*(run.text for run in block.runs))


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

"""Reading a catalogue from a workbook with the columns of the official standard catalogues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from taole.catalogue.draft_checks import check_draft
from taole.catalogue.drafts import (
    SECTION_ALIASES,
    SECTION_CODES,
    SECTIONS,
    CatalogueDraft,
    Fault,
    ItemDraft,
    Question,
    place,
    section_named,
)
from taole.catalogue.house_columns import with_house_columns
from taole.catalogue.workbook_columns import COLUMNS, REQUIRED, text_of
from taole.catalogue.workbook_items import RowReading, read_row
from taole.catalogue.workbook_rows import Entry, Stray, entries
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.columns import Header, find_header
from taole.documents.file_kinds import named
from taole.documents.workbooks import Row, Sheet, read_workbook

_PROPOSAL = re.compile(r"建议稿|征求意见稿|草案|讨论稿")
_SECTION_BY_PREFIX = {prefix: section for section, prefix in SECTION_CODES.items()}


def read_catalogue_workbook(content: bytes, filename: str) -> CatalogueDraft:
    """The draft of a village catalogue from an .xlsx, .xls or .csv: one row an item.

    Columns are found by name in any order, under title rows, with one-row or two-row heads and
    tick lists of channels. 公开时限 in words becomes a rule; what cannot be understood becomes a
    question naming row and item; 一级事项 outside the five sections are asked about once, all
    together. Items without a code get one of their section and a running number (SB-01). The
    house's own columns are read too. Raises Refused when the file is no table or has no such head.
    """
    file = named(filename)
    sheet, header, unread = _sheet_with_header(read_workbook(content, filename, filled=True), file)
    name = _title_above(sheet.rows, header) or PurePath(file).stem
    faults = [
        Fault(
            place(file),
            sentence(
                N_(
                    "工作表“%(sheet)s”和“%(other)s”都是目录："
                    "请把目录项合到一张工作表里，不用的工作表删去。"
                ),
                sheet=sheet.name,
                other=other,
            ),
            True,
        )
        for other in unread
    ]
    items, questions = _items(sheet.rows, header, file, faults)
    draft = check_draft(
        CatalogueDraft(
            name=name,
            kind="village",
            is_proposal=bool(_PROPOSAL.search(name)),
            sections=SECTIONS,
            aliases=dict(SECTION_ALIASES),
            items=tuple(items),
            faults=tuple(faults),
            questions=tuple(questions),
            filename=file,
        )
    )
    return with_house_columns(draft, sheet)


def _sheet_with_header(sheets: Sequence[Sheet], file: str) -> tuple[Sheet, Header, list[str]]:
    read: list[tuple[Sheet, Header]] = []
    refusals: list[Refused] = []
    for sheet in sheets:
        if not sheet.rows:
            continue
        try:
            read.append((sheet, find_header(sheet.rows, COLUMNS, REQUIRED)))
        except Refused as refusal:
            refusals.append(refusal)
    if read:
        (sheet, header), *others = read
        return sheet, header, [other.name for other, _ in others]
    if not refusals:
        raise Refused(sentence(N_("文件“%(file)s”是空的：请选择有内容的表格。"), file=file))
    raise Refused(
        sentence(N_("文件“%(file)s”：%(problem)s"), file=file, problem=refusals[0].sentences[0])
    )


def _title_above(rows: Sequence[Row], header: Header) -> str:
    for row in rows:
        if row.number >= header.row_number:
            break
        texts = {text_of(cell) for cell in row.cells if cell is not None}
        if len(texts) == 1 and len(title := "".join(texts.pop().split())) > 3:
            return title[:120]
    return ""


def _items(
    rows: Sequence[Row], header: Header, file: str, faults: list[Fault]
) -> tuple[list[ItemDraft], list[Question]]:
    items: list[ItemDraft] = []
    questions: list[Question] = []
    unknown: dict[str, list[int]] = {}
    found = list(entries(rows, header))
    codes = _codes([entry for entry in found if isinstance(entry, Entry)], header)
    for entry in found:
        if isinstance(entry, Stray):
            faults.append(_fault_of(entry, file))
            continue
        code = codes[entry.row.number]
        section = _section(entry, code)
        if section is None:
            unknown.setdefault(entry.section or "（空）", []).append(entry.row.number)
        reading = RowReading(file, entry.row.number, entry.title)
        item = read_row(entry, header, reading, code, section or "")
        faults += reading.faults
        questions += reading.questions
        if item is not None and section is not None:
            items.append(item)
    if unknown:
        questions.insert(0, _question_about(unknown, file))
    return items, questions


def _fault_of(stray: Stray, file: str) -> Fault:
    number = stray.row.number
    if stray.has_time_limit:
        said = sentence(N_("有公开时限，没有公开事项名称：请补上名称。"))
    else:
        said = sentence(N_("没有公开事项名称，这一行没有采用：请补上名称或删去这一行。"))
    return Fault(place(file, number), said, stray.has_time_limit, number)


def _section(entry: Entry, code: str) -> str | None:
    if entry.section:
        return section_named(entry.section)
    return _SECTION_BY_PREFIX.get(code[:2].upper())


def _codes(found: Sequence[Entry], header: Header) -> dict[int, str]:
    """A code for each row number: the file's own, else section and the next free number."""
    codes = {entry.row.number: text_of(header.value(entry.row, "code")) for entry in found}
    used = {code for code in codes.values() if code}
    counts: dict[str, int] = {}
    for entry in found:
        prefix = SECTION_CODES.get(section_named(entry.section) or "", "QT")
        while not codes[entry.row.number]:
            counts[prefix] = counts.get(prefix, 0) + 1
            code = f"{prefix}-{counts[prefix]:02d}"
            if code not in used:
                codes[entry.row.number] = code
    return codes


def _question_about(unknown: dict[str, list[int]], file: str) -> Question:
    listed = "、".join(
        f"{name[:20]}（第{rows[0]}行起 {len(rows)} 项）" for name, rows in unknown.items()
    )
    first = min(rows[0] for rows in unknown.values())
    return Question(
        place(file, first),
        sentence(
            N_(
                "一级事项里有五个板块以外的名称：%(names)s。"
                "它们各属哪个板块？请把一级事项写成%(sections)s之一。"
            ),
            names=listed,
            sections="、".join(SECTIONS),
        ),
        first,
    )

"""The worksheets of an Excel file: every cell of every sheet, shown or hidden.

ECMA-376 part 1, 18: a cell holds a number, an index into the shared strings, or its own string;
white letters, hidden rows and columns are cells like others here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from taole.privacy.file_refusals import damaged, too_many_rows, unpacks_too_large
from taole.privacy.header_rows import split_header
from taole.privacy.passages import (
    APART,
    Carrier,
    ElementText,
    Fixed,
    Passage,
    Piece,
    Table,
    apart,
    at,
)
from taole.privacy.plain_numbers import plain_number
from taole.privacy.reading_containers import Package, local, relations
from taole.privacy.reading_xml import attributes_of
from taole.privacy.sheet_dates import date_styles, day_of

MOST_ROWS = 100_000
MOST_CELLS = 2_000_000
MOST_COLUMNS = 16_384
_WIDEST_LAID_OUT = 400

UNUSED_STRINGS = "没有单元格使用的文字"
_HIDDEN = {"hidden": "隐藏的", "veryHidden": "深度隐藏的"}
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")


@dataclass(slots=True)
class NumberCell:
    """A cell whose value is typed into it: a number, a day, an answer of a formula."""

    element: Any
    text: str

    def put(self, text: str) -> None:
        """From now on the cell is a string of its own, without formula."""
        cell, self.text = self.element, text
        space = cell.tag[: cell.tag.find("}") + 1]
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "inlineStr")
        string = cell.makeelement(f"{space}is")
        words = cell.makeelement(f"{space}t")
        words.text = text
        string.append(words)
        cell.append(string)


@dataclass
class Sheet:
    """A worksheet part with what a person calls it."""

    part: str
    place: str


def sheets_of(package: Package) -> list[Sheet]:
    """The worksheets in the order of the workbook, and those parts that no sheet names."""
    targets = dict(relations(package, "xl/workbook.xml"))
    found: list[Sheet] = []
    for element in package.tree("xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
        relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        part = targets.get(relation, "")
        hidden = _HIDDEN.get(element.get("state") or "", "")
        if part in package.parts:
            found.append(Sheet(part, f"{hidden}工作表“{element.get('name') or '?'}”"))
    named = {sheet.part for sheet in found}
    found += [
        Sheet(part, "工作簿里没有列出的工作表")
        for part in package.parts
        if part.startswith("xl/worksheets/") and part.endswith(".xml") and part not in named
    ]
    return found


def carriers_of_sheets(package: Package) -> Iterator[Carrier]:
    """The cells of each sheet as tables; then the shared strings that no cell shows."""
    strings = _shared_strings(package)
    dates = date_styles(package)
    used: set[int] = set()
    cells = 0
    for sheet in sheets_of(package):
        root = package.tree(sheet.part)
        grid: dict[int, dict[int, list[Piece]]] = {}
        formulas: list[Piece] = []
        for row_number, row in _rows(root, package.filename):
            filled: dict[int, list[Piece]] = {}
            for column_number, cell in _cells(row, package.filename):
                cells += 1
                pieces = _cell(cell, strings, dates, used)
                if pieces:
                    filled[column_number] = pieces
                if len(cell) > 1:
                    formulas += _quoting_formulas(cell)
            if filled:
                grid[row_number] = filled
        if cells > MOST_CELLS:
            raise unpacks_too_large(package.filename, len(package.parts[sheet.part]) // 2**20)
        yield from _laid_out(grid, sheet.place)
        if formulas:
            yield Passage(at(f"{sheet.place}的公式"), apart(formulas))
        yield from _around_cells(root, sheet.place)
    unused = [
        piece
        for number, item in enumerate(strings)
        if number not in used
        for piece in (*item, Fixed(APART))
    ]
    if unused:
        yield Passage(at(UNUSED_STRINGS), unused)


def _shared_strings(package: Package) -> list[list[Piece]]:
    part = "xl/sharedStrings.xml"
    if part not in package.parts:
        return []
    return [_string(item) for item in package.tree(part).iterfind("{*}si")]


def _string(item: Any) -> list[Piece]:
    if len(item) == 1 and local(item[0]) == "t":
        return [ElementText(item[0])]
    return [ElementText(words) for words in item.iterfind(".//{*}t")]


def _rows(root: Any, filename: str) -> Iterator[tuple[int, Any]]:
    number = 0
    for count, row in enumerate(root.iterfind("{*}sheetData/{*}row"), 1):
        if count > MOST_ROWS:
            raise too_many_rows(filename, MOST_ROWS)
        given = row.get("r") or ""
        number = int(given) if given.isdigit() and len(given) < 9 else number + 1
        yield number, row


def _cells(row: Any, filename: str) -> Iterator[tuple[int, Any]]:
    column = 0
    for cell in row.iterfind("{*}c"):
        match = _REFERENCE.match(cell.get("r") or "")
        column = column_number(match[1]) if match else column + 1
        if column > MOST_COLUMNS:
            raise damaged(filename)
        yield column, cell


def _quoting_formulas(cell: Any) -> list[Piece]:
    """Formulas that hold words of their own."""
    return [ElementText(f) for f in cell.iterfind("{*}f") if '"' in (f.text or "")]


def _value(cell: Any) -> str:
    for child in cell:
        tag = child.tag
        if isinstance(tag, str) and tag.endswith("}v"):
            return child.text or ""
    return ""


def _cell(
    cell: Any, strings: list[list[Piece]], dates: frozenset[int], used: set[int]
) -> list[Piece]:
    kind = cell.get("t")
    if kind == "inlineStr":
        return [ElementText(words) for words in cell.iterfind("{*}is//{*}t")]
    text = _value(cell)
    if kind == "s":
        index = int(text) if text.isdigit() and len(text) < 10 else -1
        if not 0 <= index < len(strings):
            return []
        used.add(index)
        return strings[index]
    if not text or kind in {"b", "e"}:
        return []
    if kind is None or kind == "n":
        style = cell.get("s") or "0"
        if style.isdigit() and int(style) in dates:
            return [NumberCell(cell, day_of(text))]
        return [NumberCell(cell, plain_number(text))]
    return [NumberCell(cell, text)]


def _laid_out(grid: dict[int, dict[int, list[Piece]]], place: str) -> Iterator[Table]:
    """Filled rows as a table; columns are those that have something, so that a far cell is near."""
    used = sorted({column for filled in grid.values() for column in filled})
    numbers = sorted(grid)
    if len(used) > _WIDEST_LAID_OUT:
        yield from _strewn(grid, place)
        return
    rows = [[grid[number].get(column, []) for column in used] for number in numbers]
    columns, first, rest = split_header(rows)
    if first:
        yield Table(
            lambda row, column: cell_place(place, used[column], numbers[row]),
            [""] * len(columns),
            rows[:first],
        )
    yield Table(
        lambda row, column: cell_place(place, used[column], numbers[first + row]), columns, rest
    )


def _strewn(grid: dict[int, dict[int, list[Piece]]], place: str) -> Iterator[Table]:
    for number, filled in sorted(grid.items()):
        columns = sorted(filled)

        def where(_row: int, at: int, number: int = number, columns: list[int] = columns) -> str:
            return cell_place(place, columns[at], number)

        yield Table(where, [""] * len(columns), [[filled[column] for column in columns]])


def cell_place(sheet: str, column: int, row: int) -> str:
    return f"{sheet}{column_letters(column)}{row}"


def _around_cells(root: Any, place: str) -> Iterator[Passage]:
    """Heads and feet, checks and their prompts, links: all of a sheet but its cells."""
    for element in root:
        name = local(element)
        if not name or name in {"sheetData", "cols", "mergeCells", "sheetViews"}:
            continue
        texts: list[Piece] = [
            ElementText(inner) for inner in element.iter() if (inner.text or "").strip()
        ]
        label = f"{place}的{'页眉页脚' if name == 'headerFooter' else '附加内容'}"
        if texts:
            yield Passage(at(label), apart(texts))
        yield from attributes_of(element, label)


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

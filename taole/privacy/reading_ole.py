"""Files of Word and Excel 97-2003: cells by the workbook reader, all else by its raw strings."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import python_calamine
import xlsxwriter

from taole.privacy.file_refusals import damaged, encrypted, too_many_rows, with_macros
from taole.privacy.header_rows import split_header
from taole.privacy.passages import Carrier, Piece, Table, Words
from taole.privacy.plain_numbers import plain_number
from taole.privacy.raw_strings import passages_of_bytes
from taole.privacy.reading_kinds import OLE
from taole.privacy.reading_sheets import MOST_CELLS, cell_place


@dataclass
class OldSheet:
    """A worksheet of an .xls: its name, whether it is shown, its cells as text."""

    name: str
    hidden: bool
    rows: list[list[Words]]
    first_row: int
    first_column: int

    @property
    def place(self) -> str:
        return f"{'隐藏的' if self.hidden else ''}工作表“{self.name}”"


def old_sheets(content: bytes, filename: str) -> list[OldSheet]:
    """The sheets of an .xls, none for a Word file; raises Refused for damage, password, macros."""
    if _holds(content, "_VBA_PROJECT"):
        raise with_macros(filename)
    if not _holds(content, "Workbook") and not _holds(content, "Book"):
        if _holds(content, "WordDocument"):
            return []
        raise damaged(filename)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            _sheet(workbook, meta, filename)
            for meta in workbook.sheets_metadata
            if meta.typ is python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError as error:
        raise encrypted(filename) from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise damaged(filename) from error


def _sheet(
    workbook: python_calamine.CalamineWorkbook,
    meta: python_calamine.SheetMetadata,
    filename: str,
) -> OldSheet:
    sheet = workbook.get_sheet_by_name(meta.name)
    if sheet.height * sheet.width > MOST_CELLS:
        raise too_many_rows(filename, 65_536)
    first_row, first_column = sheet.start or (0, 0)
    return OldSheet(
        meta.name,
        meta.visible is not python_calamine.SheetVisibleEnum.Visible,
        [[Words(_text(value)) for value in row] for row in sheet.to_python(skip_empty_area=True)],
        first_row,
        first_column,
    )


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return plain_number(repr(value))
    return str(value)


def carriers_of_old_sheets(sheets: list[OldSheet]) -> Iterator[Carrier]:
    for sheet in sheets:
        rows: list[list[list[Piece]]] = [[[cell] for cell in row] for row in sheet.rows]
        columns, first, rest = split_header(rows)
        for names, shift, part in (
            ([""] * len(columns), 0, rows[:first]),
            (columns, first, rest),
        ):

            def where(row: int, column: int, shift: int = shift, sheet: OldSheet = sheet) -> str:
                return cell_place(
                    sheet.place,
                    sheet.first_column + column + 1,
                    sheet.first_row + shift + row + 1,
                )

            yield Table(where, names, part)


def carriers_of_old_file(content: bytes, filename: str) -> Iterator[Carrier]:
    """Everything readable in a file of Word or Excel 97-2003."""
    yield from carriers_of_old_sheets(old_sheets(content, filename))
    yield from passages_of_bytes(content, "文件内部的文字")


def as_workbook(sheets: list[OldSheet]) -> bytes:
    """An .xlsx with the words of these sheets and nothing else of the old file."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for sheet in sheets:
            written = book.add_worksheet(sheet.name[:31])
            if sheet.hidden:
                written.hide()
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    if cell.text:
                        written.write_string(
                            sheet.first_row + row, sheet.first_column + column, cell.text
                        )
    return out.getvalue()


def is_old_workbook(content: bytes) -> bool:
    return content.startswith(OLE) and (_holds(content, "Workbook") or _holds(content, "Book"))


def _holds(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content

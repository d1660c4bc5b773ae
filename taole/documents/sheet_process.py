"""The workbook parser in a process of its own, run by its file name: it knows nothing of the house.

Takes a workbook on standard input and as arguments the most cells and whether hidden sheets are
wanted too (``all``); answers one JSON object on standard output:
``{"sheets": [{"name", "rows", "merged"}]}``, ``{"too_large": [rows, columns]}`` or
``{"unreadable": "password" | "damaged"}``. A damaged or malicious file can make the parser
abort or ask for all memory; then only this process ends.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from datetime import date, datetime, time, timedelta

import python_calamine

MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 60


def limit_resources() -> None:
    """Bound this process's memory and processor time, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(content: bytes, max_cells: int, *, hidden: bool = False) -> dict[str, object]:
    """The sheets of a workbook (the visible ones) as plain values, or why there are none."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = [
            meta
            for meta in workbook.sheets_metadata
            if meta.typ is python_calamine.SheetTypeEnum.WorkSheet
        ]
        visible = [
            meta for meta in tables if meta.visible is python_calamine.SheetVisibleEnum.Visible
        ]
        sheets = []
        for meta in tables if hidden else visible or tables:
            sheet = workbook.get_sheet_by_name(meta.name)
            last_row, last_column = sheet.end or (-1, -1)
            if (last_row + 1) * (last_column + 1) > max_cells:
                return {"too_large": [last_row + 1, last_column + 1]}
            rows = sheet.to_python(skip_empty_area=False)
            merged = sheet.merged_cell_ranges or []
            sheets.append({"name": meta.name, "rows": rows, "merged": merged})
    except python_calamine.PasswordError:
        return {"unreadable": "password"}
    except (python_calamine.CalamineError, ValueError, OSError):
        return {"unreadable": "damaged"}
    return {"sheets": sheets}


def plain(value: object) -> object:
    """Days and times for JSON: ``{"day"}``, ``{"moment"}``, ``{"text"}``."""
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time):
        return {"text": value.isoformat("minutes")}
    if isinstance(value, timedelta):
        return {"text": str(value)}
    raise TypeError(type(value).__name__)


def main() -> None:
    limit_resources()
    found = answer(sys.stdin.buffer.read(), int(sys.argv[1]), hidden=sys.argv[2:] == ["all"])
    sys.stdout.write(json.dumps(found, default=plain))


if __name__ == "__main__":
    main()

"""Asking the workbook parser, which works in a process of its own (see ``sheet_process``)."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from taole.documents import sheet_process
from taole.documents.file_kinds import damaged, encrypted

_PATIENCE_SECONDS = 90


@dataclass(frozen=True)
class Grid:
    """One sheet as parsed: rows of values from the first cell on, and its merged ranges.

    Ranges are ((top, left), (bottom, right)), 0-based, both ends included.
    """

    name: str
    rows: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True)
class TooLarge:
    """A sheet that reaches too far to be laid out: its last row and column, 1-based."""

    rows: int
    columns: int


def parse_workbook(
    content: bytes, filename: str, max_cells: int, *, hidden: bool = False
) -> list[Grid] | TooLarge:
    """The visible sheets of an .xlsx or .xls, or all; raises Refused when encrypted or damaged.

    A file that makes the parser crash, run out of memory or of time is damaged too.
    """
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", sheet_process.__file__, str(max_cells), *(["all"] * hidden)],
            input=content,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise damaged(filename) from error
    found = json.loads(run.stdout, object_hook=_value)
    if "too_large" in found:
        return TooLarge(*found["too_large"])
    if "sheets" not in found:
        raise encrypted(filename) if found["unreadable"] == "password" else damaged(filename)
    return [
        Grid(sheet["name"], sheet["rows"], [(tuple(a), tuple(b)) for a, b in sheet["merged"]])
        for sheet in found["sheets"]
    ]


def _value(mapping: dict[str, Any]) -> Any:
    match mapping:
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case {"moment": str(moment)}:
            return datetime.fromisoformat(moment)
        case {"text": str(text)}:
            return text
    return mapping

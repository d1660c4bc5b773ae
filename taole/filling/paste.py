"""Cells that were copied from a spreadsheet, a web page or a chat. Pure."""

from __future__ import annotations

import csv
import io
import re

_GAP = re.compile(r"[ \u3000]{2,}")
_SPACE = re.compile(r"[ \u3000]+")
_COMMA = re.compile(r"[,，]")


def clipboard_cells(text: str) -> list[list[str]]:
    """The rows and cells of pasted text; empty lines are left out.

    Spreadsheets part cells by tabs and put a cell that has line breaks or quotes of its own in
    quotes, doubled inside. Without any tab, cells are parted by wide gaps, else by commas, else by
    single spaces, whichever parts most lines alike.
    """
    if "\t" in text:
        rows = _tabbed(text)
    else:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        rows = _parted(lines)
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    return [row for row in cells if any(row)]


def _tabbed(text: str) -> list[list[str]]:
    if text.count('"') % 2 == 0:
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
            return [list(row) for row in reader]
        except csv.Error:
            pass
    return [line.split("\t") for line in text.splitlines()]


def _parted(lines: list[str]) -> list[list[str]]:
    for sign in (_GAP, _COMMA, _SPACE):
        rows = [sign.split(line) for line in lines]
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=widths.count, default=1)
        if usual > 1 and widths.count(usual) * 2 >= len(widths):
            return rows
    return [[line] for line in lines]

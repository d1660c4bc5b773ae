"""Which row of a table names its columns: among the first ten, the first of mostly short words."""

from __future__ import annotations

import re

from taole.privacy.passages import Piece

_LOOK_AT = 10
_LONGEST_NAME = 24
_LONG_NUMBER = re.compile(r"\d{5}")

Rows = list[list[list[Piece]]]


def split_header(rows: Rows) -> tuple[list[str], int, Rows]:
    """(column names, number of rows up to and with the header, the rows below).

    Names are empty and the number 0 where no row is a header; the names are as many as the widest
    row has cells.
    """
    width = max((len(row) for row in rows), default=0)
    for index, row in enumerate(rows[:_LOOK_AT]):
        names = ["".join(piece.text for piece in cell).strip() for cell in row]
        filled = [name for name in names if name]
        words = [name for name in filled if is_name(name)]
        if len(filled) >= 2 and len(words) == len(filled):
            columns = [" ".join(name.split()) for name in names]
            return columns + [""] * (width - len(columns)), index + 1, rows[index + 1 :]
    return [""] * width, 0, rows


def is_name(text: str) -> bool:
    return (
        len(text) <= _LONGEST_NAME
        and not _LONG_NUMBER.search(text)
        and not text.replace(".", "").replace(",", "").isdigit()
    )

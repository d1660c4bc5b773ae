"""Finding the columns of a table by their names, wherever they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.workbooks import Cell, Row

_BRACKETED = re.compile(r"[(\[{【〔〖<][^)\]}】〕〗>]*[)\]}】〕〗>]")
_ORNAMENT = re.compile(r"[\s:*/、,.;·\-_|()\[\]{}【】〔〕〖〗<>\"'“”]+")
_NAMES_SHOWN = 20


@dataclass(frozen=True)
class Header:
    """Where the table's head is and which field stands in which column.

    ``row_number`` and ``last_row_number`` are 1-based rows in the file (equal for a one-row
    head; data begin after the last). ``columns`` maps a field to its 0-based column. ``under``
    maps a field whose name heads several columns to those columns by their own names (a tick list
    of channels). ``names`` are the names seen, by column.
    """

    row_number: int
    columns: dict[str, int]
    last_row_number: int
    under: dict[str, dict[str, int]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def value(self, row: Row, name: str) -> Cell:
        """The cell of a field in a row; None where the table has no such column."""
        column = self.columns.get(name)
        return row.cells[column] if column is not None and column < len(row.cells) else None


_Found = tuple[dict[str, list[int]], set[str]]


@dataclass(frozen=True)
class _ColumnName:
    own: str
    group: str


def plain_name(text: str) -> str:
    """A column name for comparison: half-width, lower case, without spaces and bracketed text."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _ORNAMENT.sub("", _BRACKETED.sub("", folded)) or _ORNAMENT.sub("", folded)


def column_letter(column: int) -> str:
    """The spreadsheet's letter of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def find_header(
    rows: Sequence[Row],
    wanted: Mapping[str, tuple[str, ...]],
    required: set[str],
    within: int = 15,
) -> Header:
    """The head among the first ``within`` rows that names the most wanted fields.

    ``wanted`` maps a field to its names, the best first: where a table has two of them, the
    better one is taken. Under a merged head cell the lower row names the columns (公开事项 over
    一级事项 and 二级事项). Raises Refused naming the missing ``required`` columns and the names
    seen, or a name that stands twice.
    """
    candidates = list(rows[:within])
    best: tuple[bool, int, _Found, Row, Row, dict[int, _ColumnName]] | None = None
    for upper, lower in pairwise([*candidates, None]):
        if upper is None:
            continue
        for last, names in _readings(upper, lower, wanted):
            found, heads = _match(names, wanted)
            is_whole = required <= found.keys()
            if best is None or (is_whole, len(found)) > best[:2]:
                best = (is_whole, len(found), (found, heads), upper, last, names)
    if best is None or not best[1]:
        raise _no_header(candidates, wanted, required, within)
    is_whole, _, (found, heads), first, last, names = best
    seen = {column: name.own for column, name in names.items()}
    if not is_whole:
        missing = [wanted[key][0] for key in wanted if key in required - found.keys()]
        raise _missing(missing, list(seen.values()), first.number)
    under = {key: {names[at].own: at for at in found[key]} for key in heads}
    for key, columns in found.items():
        if len(columns) > 1 and key not in under:
            raise _doubled(names[columns[0]].own, columns)
    return Header(first.number, {key: at[0] for key, at in found.items()}, last.number, under, seen)


def _readings(
    upper: Row, lower: Row | None, wanted: Mapping[str, tuple[str, ...]]
) -> list[tuple[Row, dict[int, _ColumnName]]]:
    tops = [_label(cell) for cell in upper.cells]
    single = (upper, _one_row(tops))
    if lower is None:
        return [single]
    subs = [_label(cell) for cell in lower.cells]
    double = _two_rows(tops, subs)
    # A title over a one-row head looks like a merged head, but names nothing itself.
    if len(_match(double, wanted)[0]) > len(_match(_one_row(subs), wanted)[0]):
        return [(lower, double), single]
    return [single]


def _one_row(labels: Sequence[str]) -> dict[int, _ColumnName]:
    return {at: _ColumnName(label, "") for at, label in enumerate(labels) if _starts(labels, at)}


def _label(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _starts(labels: Sequence[str], at: int) -> bool:
    """Whether a label stands here itself, not as the repeated value of a merged range."""
    if not labels[at]:
        return False
    return not (at and labels[at - 1] == labels[at])


def _two_rows(tops: list[str], subs: list[str]) -> dict[int, _ColumnName]:
    """The names of a two-row head, empty when the second row is not part of a head.

    It is one when all it says stands under head cells that span several columns.
    """
    width = max(len(tops), len(subs))
    tops = tops + [""] * (width - len(tops))
    subs = subs + [""] * (width - len(subs))
    groups: list[str] = []
    for at, top in enumerate(tops):
        groups.append(top or (groups[at - 1] if at else ""))
    spans = {
        at
        for at in range(len(groups))
        if (at and groups[at] == groups[at - 1])
        or (at + 1 < len(groups) and groups[at] == groups[at + 1])
    }
    own = [at for at, sub in enumerate(subs) if sub and sub != groups[at]]
    if len(own) < 2 or any(at not in spans or not groups[at] for at in own):
        return {}
    return {
        at: _ColumnName(subs[at], groups[at]) if at in own else _ColumnName(tops[at], "")
        for at in range(len(groups))
        if at in own or _starts(tops, at)
    }


def _match(names: Mapping[int, _ColumnName], wanted: Mapping[str, tuple[str, ...]]) -> _Found:
    """Each field's columns, those of its best name; and the fields that head several columns."""
    found: dict[str, list[int]] = {}
    heads: set[str] = set()
    taken: set[int] = set()
    for spoken in (_own_name, _joined_name, _group_name):
        for key, synonyms in wanted.items():
            for synonym in synonyms:
                columns = [
                    at
                    for at, name in names.items()
                    if at not in taken and spoken(name) == plain_name(synonym)
                ]
                if columns and key not in found:
                    found[key] = columns
                    taken.update(columns)
                    if spoken is _group_name:
                        heads.add(key)
    return found, heads


def _own_name(name: _ColumnName) -> str:
    return plain_name(name.own)


def _joined_name(name: _ColumnName) -> str:
    return plain_name(name.group + name.own) if name.group else ""


def _group_name(name: _ColumnName) -> str:
    return plain_name(name.group) if name.group else ""


def _no_header(
    rows: Sequence[Row], wanted: Mapping[str, tuple[str, ...]], required: set[str], within: int
) -> Refused:
    fullest = max(rows, key=lambda row: sum(cell is not None for cell in row.cells), default=None)
    seen = [_label(cell) for cell in fullest.cells if _label(cell)] if fullest else []
    return Refused(
        sentence(
            N_("前 %(within)s 行里找不到表头：表头应有“%(missing)s”；读到的是：%(seen)s。"),
            within=within,
            missing="”“".join(wanted[key][0] for key in wanted if key in required),
            seen=_listed(seen),
        )
    )


def _missing(missing: Sequence[str], seen: Sequence[str], row_number: int) -> Refused:
    return Refused(
        sentence(
            N_("第%(row)s行的表头缺少“%(missing)s”列；表里的列名是：%(seen)s。"),
            row=row_number,
            missing="”“".join(missing),
            seen=_listed(seen),
        )
    )


def _doubled(name: str, columns: Sequence[int]) -> Refused:
    return Refused(
        sentence(
            N_("表头里“%(name)s”出现了两次（%(columns)s 列）：请改名或删去其中一列。"),
            name=name,
            columns="、".join(column_letter(at) for at in columns),
        )
    )


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(name[:20] for name in names[:_NAMES_SHOWN])
    return shown + "……" if len(names) > _NAMES_SHOWN else shown or "—"

"""The guard over the rows of a table, cells read together: a number may be split over several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from taole.privacy.findings import PLAIN, USUAL_PATTERNS, Context, Hit, MaskPatterns
from taole.privacy.folding import CELL, ROW
from taole.privacy.ground import Found, Ground
from taole.privacy.masking import masked_value
from taole.privacy.searching import SUGGESTIONS, search
from taole.privacy.stacked import find_stacked

_NO_BREAKS = str.maketrans({CELL: " ", ROW: " "})


@dataclass(slots=True)
class CellHit:
    """A hit in a cell, row and column counted from 0; ``hit`` speaks of the cell's own text."""

    row: int
    column: int
    hit: Hit


def find_in_rows(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    contexts: Mapping[str, Context] | None = None,
    patterns: MaskPatterns = USUAL_PATTERNS,
) -> list[CellHit]:
    """Personal data in the cells of a table, row after row.

    ``columns``: the names in the head, which count as labels. ``contexts``: what is known of a
    column, by its name. A number that is split over neighbouring cells of a row, or over two cells
    below one another, gives one hit of the same kind in each of them.
    """
    rows = _without_breaks(rows)
    known = [_context(name, contexts) for name in columns]
    ground = Ground(_joined(rows), known, rows)
    hits = [hit for found in search(ground) for hit in _parts(ground, found, patterns, 0)]
    for at, column in enumerate(zip_longest(*rows, fillvalue="")):
        stack = Ground(ROW.join(column), [known[at] if at < len(known) else PLAIN])
        for found in find_stacked(stack):
            stack.rows = [[cell] for cell in column]
            hits = sorted(_surer(hits, list(_parts(stack, found, patterns, at))), key=_place)
    return hits


def _place(one: CellHit) -> tuple[int, int, int]:
    return one.row, one.column, one.hit.start


def _surer(hits: list[CellHit], parts: list[CellHit]) -> list[CellHit]:
    """The hits with the parts of one number, unless a surer one stands in one of its cells."""
    cells = {(part.row, part.column) for part in parts}
    rivals = [one for one in hits if (one.row, one.column) in cells]
    if any(one.hit.confidence >= parts[0].hit.confidence for one in rivals):
        return hits
    return [one for one in hits if one not in rivals] + parts


def _context(name: str, contexts: Mapping[str, Context] | None) -> Context:
    known = (contexts or {}).get(name, PLAIN)
    return known if known.column else replace(known, column=name)


def _joined(rows: Sequence[Sequence[str]]) -> str:
    return ROW.join([CELL.join(row) for row in rows])


def _without_breaks(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The rows without the two signs that stand between cells and rows in a ground."""
    text = _joined(rows)
    gaps = sum(len(row) - 1 for row in rows if row) + max(len(rows) - 1, 0)
    if text.count(CELL) + text.count(ROW) == gaps:
        return rows
    return [[cell.translate(_NO_BREAKS) for cell in row] for row in rows]


def _parts(ground: Ground, found: Found, patterns: MaskPatterns, column: int) -> Iterator[CellHit]:
    """A finding cut at the borders of cells; ``column`` is that of the ground's first cell."""
    kind, start, end, confidence = found
    raw = ground.text[start:end]
    shown = masked_value(kind, raw, patterns)
    at = ground.cell_at(start)
    if CELL not in raw and ROW not in raw:
        begin = ground.starts[at]
        row, to = ground.cells[at]
        hit = Hit(kind, start - begin, end - begin, raw, shown, confidence, SUGGESTIONS[kind])
        yield CellHit(row, column + to, hit)
        return
    while start < end:
        begin = ground.starts[at]
        stop = ground.starts[at + 1] - 1 if at + 1 < len(ground.starts) else len(ground.text)
        stop = min(stop, end)
        if stop > start:
            cut = slice(start - found.start, stop - found.start)
            row, to = ground.cells[at]
            hit = Hit(
                kind, start - begin, stop - begin, raw[cut], shown[cut], confidence,
                SUGGESTIONS[kind],
            )  # fmt: skip
            yield CellHit(row, column + to, hit)
        start = stop + 1
        at += 1

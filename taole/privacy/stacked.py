"""Numbers whose digits stand in two or three cells below one another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taole.privacy.accounts import passes_luhn
from taole.privacy.findings import Kind
from taole.privacy.folding import CHECK_X, ROW, bare, dresses, has_long_piece
from taole.privacy.ground import Found, Ground
from taole.privacy.identity import is_identity_number
from taole.privacy.labels import Label, column_label

_GAP = rf"[ \-]{{0,2}}(?:{ROW}[ \-]{{0,2}})?"
_BREAK = re.compile(rf"[0-9][ \-]{{0,2}}{ROW}[ \-]{{0,2}}[0-9X{CHECK_X}]")
_IDENTITY = re.compile(
    f"[1-8](?<![0-9][0-9])(?![0-9]{{17}}){_GAP}[0-7](?:{_GAP}[0-9]){{4}}{_GAP}(?:1{_GAP}9|2{_GAP}0)"
    f"(?:{_GAP}[0-9]){{2}}{_GAP}[01](?:{_GAP}[0-9]){{2}}(?:{_GAP}[0-9]){{4}}{_GAP}"
    f"[0-9X{CHECK_X}](?![0-9])"
)
_CARD = re.compile(f"[3-9](?<![0-9][0-9])(?![0-9]{{18}})(?:{_GAP}[0-9]){{15,18}}(?![0-9])")
_MOBILE = re.compile(f"1(?<![0-9]1)(?![0-9]{{10}}){_GAP}[3-9](?:{_GAP}[0-9]){{9}}(?![0-9])")
_MOST_BREAKS = 2


def find_stacked(ground: Ground) -> Iterator[Found]:
    """Numbers that go over the border of cells; the ground is one column, ROW between its cells.

    Identity numbers anywhere, cards and mobile numbers only where the column's name says so:
    amounts below one another look like both.
    """
    label = column_label(ground.contexts[0].column)
    for text in dresses(ground.text):
        if not (has_long_piece(text) and _BREAK.search(text)):
            continue
        for match in _over_cells(_IDENTITY, text):
            if is_identity_number(bare(match[0])):
                yield Found(Kind.IDENTITY, *match.span(), 0.97)
        if label is Label.ACCOUNT:
            for match in _over_cells(_CARD, text):
                if len(_parts(match[0])) == 2 and passes_luhn(bare(match[0])):
                    yield Found(Kind.BANK_CARD, *match.span(), 0.8)
        if label is Label.PHONE:
            for match in _over_cells(_MOBILE, text):
                yield Found(Kind.MOBILE, *match.span(), 0.8)


def _over_cells(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    place = 0
    while match := pattern.search(text, place):
        place = match.start() + 1
        if 0 < match[0].count(ROW) <= _MOST_BREAKS:
            place = match.end()
            yield match


def _parts(written: str) -> list[str]:
    return written.split(ROW)

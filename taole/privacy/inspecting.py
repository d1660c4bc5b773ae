"""Looking into one file of any kind: what was read meets the rules of the guard.

Runs in the child process (``child``): what parses a stranger's file must be killable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from taole.privacy.file_refusals import nested_too_deep
from taole.privacy.findings import Hit, Kind
from taole.privacy.folding import bare
from taole.privacy.found import Found, Guard
from taole.privacy.masking import masked_value
from taole.privacy.page_lines import PageText
from taole.privacy.passages import Carrier, Inner, Passage, Picture, Piece, Position, Table
from taole.privacy.pdf_guard import carriers_of_objects
from taole.privacy.photograph_hits import NUMBERS, look_at_photograph, look_at_picture
from taole.privacy.picture_lines import hits_in_lines
from taole.privacy.plain_numbers import is_rounded_identity
from taole.privacy.reading_containers import unpacked
from taole.privacy.reading_kinds import FileType, type_of
from taole.privacy.reading_ole import carriers_of_old_file
from taole.privacy.reading_packages import carriers_of_package
from taole.privacy.reading_pdf import (
    PagePicture,
    carriers_of_earlier_versions,
    carriers_of_pdf,
    open_pdf,
)
from taole.privacy.reading_text import carriers_of_text, read_text
from taole.privacy.rules import find, find_in_rows
from taole.privacy.searching import SUGGESTIONS

MOST_DEEP = 3
_SURE_ENOUGH = 0.7
_ROUNDED_CONFIDENCE = 0.7


@dataclass(frozen=True)
class Edit:
    """What masking writes: over ``pieces``, in place of the signs from start to end."""

    pieces: list[Piece]
    start: int
    end: int
    masked: str


def inspect(content: bytes, filename: str, guard: Guard, depth: int = 0) -> list[Found]:
    """What is found in a file, in its order, each value once at each place.

    Raises Refused for a file that cannot be looked into as a whole.
    """
    if depth > MOST_DEEP:
        raise nested_too_deep(filename)
    if type_of(content, filename) is FileType.PHOTOGRAPH:
        return _once(look_at_photograph(content, filename, "照片", guard))
    return _once(_in_carriers(_carriers(content, filename), filename, guard, depth))


def _carriers(content: bytes, filename: str) -> Iterable[Carrier | PageText | PagePicture]:
    match type_of(content, filename):
        case FileType.PACKAGE:
            return carriers_of_package(unpacked(content, filename))
        case FileType.OLE:
            return carriers_of_old_file(content, filename)
        case FileType.PDF:
            objects = list(carriers_of_objects(content, filename))
            pages = list(carriers_of_pdf(open_pdf(content, filename), filename))
            known = {carrier.content for carrier in pages if isinstance(carrier, Inner)}
            return [
                *pages,
                *carriers_of_earlier_versions(content),
                *(one for one in objects if isinstance(one, Passage) or one.content not in known),
            ]
    return carriers_of_text(read_text(content, filename))


def _in_carriers(
    carriers: Iterable[Carrier | PageText | PagePicture], filename: str, guard: Guard, depth: int
) -> Iterator[Found]:
    seen: set[str] = set()
    for carrier in carriers:
        again = isinstance(carrier, PagePicture) or (
            isinstance(carrier, Passage) and carrier.numbers_only
        )
        for found in _in_carrier(carrier, filename, guard, depth):
            value = bare(found.value)
            if not again or value not in seen:
                yield found
            seen.add(value)


def _in_carrier(
    carrier: Carrier | PageText | PagePicture, filename: str, guard: Guard, depth: int
) -> Iterator[Found]:
    match carrier:
        case Passage() | Table():
            yield from (found for found, _ in hits_in_words(carrier, guard))
        case Position(place, shown):
            yield Found(place, Kind.POSITION, shown, shown, 0.99, SUGGESTIONS[Kind.POSITION])
        case PageText(place):
            yield from (_found(place, hit) for hit in hits_on_page(carrier, guard))
        case PagePicture(place, picture):
            yield from look_at_picture(picture, filename, place, guard)
        case Picture(place, name, content):
            yield from look_at_photograph(content, name, place, guard)
        case Inner(place, name, content):
            yield from _inside(inspect(content, name, guard, depth + 1), place)


def _inside(found: Iterable[Found], place: str) -> Iterator[Found]:
    for one in found:
        yield replace(one, place=f"{place}：{one.place}")


def hits_on_page(page: PageText, guard: Guard) -> list[Hit]:
    """What is found by place, and what else in the order of writing (a number over two lines)."""
    found = [
        one.whole
        for one in hits_in_lines(page.lines, guard.context, guard.patterns)
        if one.is_first
    ]
    known = [bare(hit.text) for hit in found]
    for hit in find(page.whole, guard.context, guard.patterns):
        value = bare(hit.text)
        if not any(value in other or other in value for other in known):
            found.append(hit)
    return found


def hits_in_words(carrier: Passage | Table, guard: Guard) -> Iterator[tuple[Found, Edit]]:
    """What is found in a passage or table, and what writes it over."""
    if isinstance(carrier, Table):
        yield from _in_table(carrier, guard)
    else:
        yield from _in_passage(carrier, guard)


def _in_passage(passage: Passage, guard: Guard) -> Iterator[tuple[Found, Edit]]:
    text = passage.text
    hits = find(text, guard.context, guard.patterns)
    if not hits:
        return
    starts = passage.starts()
    for hit in hits:
        if passage.numbers_only and not (hit.kind in NUMBERS and hit.confidence >= _SURE_ENOUGH):
            continue
        if passage.touching is not None and not any(
            starts[index] < hit.end and hit.start < starts[index] + len(passage.pieces[index].text)
            for index in passage.touching
        ):
            continue
        yield (
            _found(passage.place(hit.start), hit),
            Edit(passage.pieces, hit.start, hit.end, hit.masked),
        )


def _in_table(table: Table, guard: Guard) -> Iterator[tuple[Found, Edit]]:
    texts = table.texts()
    contexts = {name: replace(guard.context, column=name) for name in table.columns}
    taken: set[tuple[int, int]] = set()
    for one in find_in_rows(table.columns, texts, contexts, guard.patterns):
        taken.add((one.row, one.column))
        yield (
            _found(table.place(one.row, one.column), one.hit),
            Edit(table.rows[one.row][one.column], one.hit.start, one.hit.end, one.hit.masked),
        )
    for row, cells in enumerate(texts):
        for column, text in enumerate(cells):
            if len(text) == 18 and is_rounded_identity(text) and (row, column) not in taken:
                masked = masked_value(Kind.IDENTITY, text, guard.patterns)
                yield (
                    Found(
                        table.place(row, column),
                        Kind.IDENTITY,
                        text,
                        masked,
                        _ROUNDED_CONFIDENCE,
                        SUGGESTIONS[Kind.IDENTITY],
                    ),
                    Edit(table.rows[row][column], 0, len(text), masked),
                )


def _found(place: str, hit: Hit) -> Found:
    return Found(place, hit.kind, hit.text, hit.masked, hit.confidence, hit.suggestion)


def _once(found: Iterable[Found]) -> list[Found]:
    kept: dict[tuple[str, Kind, str], Found] = {}
    for one in found:
        kept.setdefault((one.place, one.kind, one.value), one)
    return list(kept.values())

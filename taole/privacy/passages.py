"""What was read out of a file, in pieces that remember where they stand and can be written over.

A ``Passage`` is running text (a story, a comment, the properties), a ``Table`` is cells; both are
made of pieces of a parsed file, so that what is found is also what can be masked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

APART = "\n；\n"
"""Between texts that have nothing to do with each other: no number goes on over it."""

Place = Callable[[int], str]
CellPlace = Callable[[int, int], str]


class Piece(Protocol):
    """A stretch of text in a parsed file."""

    @property
    def text(self) -> str: ...

    def put(self, text: str) -> None: ...


@dataclass(slots=True)
class Fixed:
    """Text that stands between pieces and is nobody's: a tab, a break."""

    text: str

    def put(self, text: str) -> None:
        """A break stays what it is."""


@dataclass(slots=True)
class Words:
    """Text that is kept by whoever made the piece (a cell of a CSV, a line of a text file)."""

    text: str

    def put(self, text: str) -> None:
        self.text = text


@dataclass(slots=True)
class ElementText:
    """The text of an XML element."""

    element: Any

    @property
    def text(self) -> str:
        return self.element.text or ""

    def put(self, text: str) -> None:
        self.element.text = text


@dataclass(slots=True)
class ElementTail:
    """The text that follows an XML element."""

    element: Any

    @property
    def text(self) -> str:
        return self.element.tail or ""

    def put(self, text: str) -> None:
        self.element.tail = text


@dataclass(slots=True)
class AttributeText:
    """The value of an attribute of an XML element."""

    element: Any
    name: str

    @property
    def text(self) -> str:
        return self.element.get(self.name) or ""

    def put(self, text: str) -> None:
        self.element.set(self.name, text)


@dataclass
class Passage:
    """Running text. ``place`` tells for an offset in ``text`` where a person finds it."""

    place: Place
    pieces: list[Piece]
    touching: tuple[int, ...] | None = None
    """When given, only hits that touch one of these pieces count (deleted words)."""

    numbers_only: bool = False
    """Text out of raw bytes, where words mean little: only hits with long numbers count."""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def starts(self) -> list[int]:
        """The offset at which each piece begins."""
        offsets, offset = [], 0
        for piece in self.pieces:
            offsets.append(offset)
            offset += len(piece.text)
        return offsets


@dataclass
class Table:
    """Cells. ``columns`` are the names above them ("" where there is none)."""

    place: CellPlace
    columns: Sequence[str]
    rows: list[list[list[Piece]]]

    def texts(self) -> list[list[str]]:
        width = len(self.columns)
        return [[_joined(cell) for cell in row] + [""] * (width - len(row)) for row in self.rows]


def _joined(pieces: list[Piece]) -> str:
    return pieces[0].text if len(pieces) == 1 else "".join(piece.text for piece in pieces)


@dataclass
class Picture:
    """A picture inside a file: its place, its bytes, and how to put another in its stead."""

    place: str
    filename: str
    content: bytes
    put: Callable[[bytes], None] = field(repr=False, default=lambda _content: None)


@dataclass
class Inner:
    """A file inside a file (an embedded workbook, an attachment)."""

    place: str
    filename: str
    content: bytes
    put: Callable[[bytes], None] = field(repr=False, default=lambda _content: None)


@dataclass(frozen=True)
class Position:
    """A photograph that says where it was taken."""

    place: str
    shown: str


Carrier = Passage | Table | Picture | Inner | Position


def at(place: str) -> Place:
    """The same place for every offset."""
    return lambda _offset: place


def counted(pieces: Sequence[Piece], starts_paragraph: Sequence[int], naming: str) -> Place:
    """The n-th paragraph, for a person: ``naming`` has %d; ``starts_paragraph`` are piece indices.

    The places are those of the text as it is now; masking asks before it writes.
    """
    offsets: list[int] = []
    offset, following = 0, set(starts_paragraph)
    for index, piece in enumerate(pieces):
        if index in following:
            offsets.append(offset)
        offset += len(piece.text)
    return lambda where: naming % max(1, bisect_right(offsets, where))


def apart(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with a gap after each."""
    return [one for piece in pieces for one in (piece, Fixed(APART))]


def write_over(pieces: Sequence[Piece], start: int, end: int, masked: str) -> None:
    """Put ``masked`` where ``text[start:end]`` stands, whatever pieces it is spread over.

    Sign by sign when the lengths agree, else all in the first piece and nothing in the rest.
    """
    same_length = len(masked) == end - start
    offset, placed = 0, False
    for piece in pieces:
        text = piece.text
        first, last = max(start, offset), min(end, offset + len(text))
        if first < last and not isinstance(piece, Fixed):
            whole = "" if placed else masked
            part = masked[first - start : last - start] if same_length else whole
            piece.put(text[: first - offset] + part + text[last - offset :])
            placed = True
        offset += len(text)
        if offset >= end:
            return

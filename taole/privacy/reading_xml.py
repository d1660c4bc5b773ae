"""Any XML part: every text and every telling attribute, whatever the part is for.

Texts of one paragraph (a:p), string (si, is) or comment (text) are read as one, since Office cuts
a number into runs where it likes; others are kept apart by a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from taole.privacy.passages import (
    APART,
    AttributeText,
    ElementTail,
    ElementText,
    Fixed,
    Passage,
    Piece,
    apart,
    at,
)
from taole.privacy.plain_numbers import plain_number
from taole.privacy.reading_containers import local

_WHOLES = frozenset({"p", "si", "is", "text", "comment", "rPh"})
_TELLING = frozenset(
    {
        "descr", "title", "name", "val", "value", "v", "displayText", "Target", "tooltip", "alt",
        "string", "prompt", "promptTitle", "error", "errorTitle", "author", "caption", "display",
        "displayName", "formatCode", "stringValue", "location", "href", "bookmark", "u", "f",
        "userName", "initials", "comment", "u1", "text", "lastValue", "instr",
        "command", "connection", "url", "src", "sourceFile", "uniqueName", "query", "fmla", "topic",
    }
)  # fmt: skip
_LEAST = 6


@dataclass
class PivotNumber:
    """A number that a pivot table keeps (ECMA-376 part 1, 18.10.1.27: n with v)."""

    element: Any

    @property
    def text(self) -> str:
        return plain_number(self.element.get("v") or "")

    def put(self, text: str) -> None:
        """From now on the value is a string."""
        self.element.tag = self.element.tag[: self.element.tag.find("}") + 1] + "s"
        self.element.set("v", text)


def passages_of(root: Any, place: str) -> Iterator[Passage]:
    """The texts of a part as one passage, its attributes as another."""
    texts = list(_texts(root))
    if texts:
        yield Passage(at(place), texts)
    yield from attributes_of(root, place)


def remarks_of(root: Any, place: str) -> Iterator[Passage]:
    """What stands between ``<!--`` and ``-->``, as one passage."""
    remarks = [remark for remark in root.iter(etree.Comment) if (remark.text or "").strip()]
    if remarks:
        yield Passage(at(place), apart([ElementText(remark) for remark in remarks]))


def attributes_of(root: Any, place: str) -> Iterator[Passage]:
    """The attributes of a part that may carry words: names, descriptions, cached values."""
    pieces: list[Piece] = []
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if len(value) >= _LEAST and _is_telling(name, value):
                piece = (
                    PivotNumber(element) if local(element) == "n" else AttributeText(element, name)
                )
                pieces += [piece, Fixed(APART)]
    if pieces:
        yield Passage(at(place), pieces)


def _texts(root: Any) -> Iterator[Piece]:
    last_whole: Any = None
    first = True
    for element in root.iter():
        own: list[Piece] = [ElementText(element), *_tail(element, root)]
        for piece in own:
            if not piece.text.strip():
                continue
            whole = _whole(element)
            if not first and (whole is None or whole is not last_whole):
                yield Fixed(APART)
            yield piece
            last_whole, first = whole, False


def _tail(element: Any, root: Any) -> tuple[ElementTail, ...]:
    return () if element is root else (ElementTail(element),)


def _whole(element: Any) -> Any:
    """The paragraph, string or comment that an element's text belongs to."""
    if local(element) not in {"t", "delText", "r", "instrText", "fld"}:
        return None
    for ancestor in element.iterancestors():
        if local(ancestor) in _WHOLES:
            return ancestor
    return None


def _is_telling(name: str, value: str) -> bool:
    if name[name.find("}") + 1 :] not in _TELLING:
        return False
    if value.startswith("{") and value.endswith("}") and value.count("-") == 4:
        return False
    return any(sign.isdigit() or sign > "\u2fff" for sign in value)

"""What may be shown in place of personal data: some signs kept, a star for each that is not."""

from __future__ import annotations

from collections.abc import Sequence

from taole.privacy.findings import Hit, Kind, MaskPatterns

_LIKE_X = "×✕╳"
STAR = "*"


def masked_value(kind: Kind, value: str, patterns: MaskPatterns) -> str:
    """The value with stars, as long as before; what stands between its signs stays.

    The township's pattern says how many signs stay in front and at the end; where it would keep
    more than half of the signs, what it keeps is cut to a quarter on each side.
    """
    front, back = patterns.keep.get(kind, (0, 0))
    if not front and not back:
        return "".join(STAR if not sign.isspace() else sign for sign in value)
    if value.isalnum():
        front, back = _kept(front, back, len(value))
        return value[:front] + STAR * (len(value) - front - back) + value[len(value) - back :]
    signs = [at for at, sign in enumerate(value) if sign.isalnum() or sign in _LIKE_X]
    front, back = _kept(front, back, len(signs))
    hidden = signs[front : len(signs) - back]
    shown = list(value)
    for at in hidden:
        shown[at] = STAR
    return "".join(shown)


def _kept(front: int, back: int, signs: int) -> tuple[int, int]:
    if front + back > signs * 3 // 4:
        return min(front, signs // 4), min(back, signs // 4)
    return front, back


def masked(text: str, hits: Sequence[Hit]) -> str:
    """The text with every hit masked; all else stays, sign for sign."""
    parts: list[str] = []
    place = 0
    for hit in sorted(hits, key=lambda one: one.start):
        if hit.start < place:
            continue
        parts += (text[place : hit.start], hit.masked)
        place = hit.end
    parts.append(text[place:])
    return "".join(parts)

"""Words that stand in raw bytes: for old Office files, embedded objects and what lies between.

Such files keep text as UTF-16 or in the code page, also text that was deleted but not yet
overwritten; only long numbers are looked for in it, words alone mean too little here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from taole.privacy.passages import APART, Passage, Words, at

_SINGLE = re.compile(rb"[\x20-\x7e\t]{9,}")
_DOUBLE = re.compile(rb"(?:[\x20-\x7e\t]\x00|[\x00-\xff][\x4e-\x9f]|[\x00-\xff][\xff]){9,}")
_HAS_NUMBER = re.compile(r"\d[\d\s\-]{5,}")
_FULL_WIDTH = re.compile("[０-９]{7}")
_MOST_SIGNS = 8_000_000


def passages_of_bytes(content: bytes, place: str) -> Iterator[Passage]:
    """One passage of all strings with a number in them, each on a line of its own."""
    strings = [_words.decode("ascii") for _words in _SINGLE.findall(content)]
    for shift in (0, 1):
        strings += [
            found.decode("utf-16-le", "ignore") for found in _DOUBLE.findall(content[shift:])
        ]
    kept = dict.fromkeys(text for text in strings if _may_tell(text))
    if kept:
        text = APART.join(kept)[:_MOST_SIGNS]
        yield Passage(at(place), [Words(text)], numbers_only=True)


def _may_tell(text: str) -> bool:
    return bool(_HAS_NUMBER.search(text) or _FULL_WIDTH.search(text))

"""Short addresses for chats and papers: each opens one page of the house, after signing in.

Nothing is kept: the code is the page's own id in 22 signs, so that a page may show one for reading.
"""

from __future__ import annotations

import string
from uuid import UUID

from flask import current_app

from taole.core.errors import NotFound
from taole.settings import Settings

PAGES = {"o": "obligations", "n": "notices", "f": "findings", "a": "asks"}
"""The pages that an id opens, each by its letter: ``/s/o…`` is ``/obligations/<id>``."""

_SIGNS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_LENGTH = 22
_LETTERS = {page: letter for letter, page in PAGES.items()}


def short_link(path: str) -> str:
    """The whole address of one of our own paths; ``/obligations/<id>`` and its like shortened.

    The same every time. ValueError for what is no path of ours.
    """
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(path)
    settings: Settings = current_app.config["SETTINGS"]
    return settings.public_url + shortened(path)


def shortened(path: str) -> str:
    page, _, rest = path[1:].partition("/")
    if page not in _LETTERS:
        return path
    try:
        number = UUID(rest).int
    except ValueError:
        return path
    signs = []
    for _place in range(_LENGTH):
        number, sign = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return f"/s/{_LETTERS[page]}{''.join(reversed(signs))}"


def path_of(code: str) -> str:
    """The page behind a code; NotFound for one that means none."""
    page, signs = PAGES.get(code[:1]), code[1:]
    if page is None or len(signs) != _LENGTH or not set(signs) <= set(_SIGNS):
        raise NotFound(code)
    number = 0
    for sign in signs:
        number = number * len(_SIGNS) + _SIGNS.index(sign)
    if number >= 1 << 128:
        raise NotFound(code)
    return f"/{page}/{UUID(int=number)}"

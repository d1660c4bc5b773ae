"""An uploaded catalogue carried inside the page from the check to the loading.

Nothing is stored before the clerk confirms: the page sends the same bytes again, and they are
read and checked anew.
"""

from __future__ import annotations

import base64
import binascii
import zlib

MOST_CHARACTERS = 400_000
"""Below the web framework's limit for a form's text (500 kB)."""

MOST_BYTES = 8 * 1024 * 1024


def pack(content: bytes) -> str:
    """The file as text for a hidden field; empty when it is too large to be carried."""
    packed = base64.b64encode(zlib.compress(content, 9)).decode()
    return packed if len(packed) <= MOST_CHARACTERS else ""


def unpack(packed: str) -> bytes | None:
    """The file again; None when the text is not what ``pack`` made."""
    try:
        inflate = zlib.decompressobj()
        content = inflate.decompress(base64.b64decode(packed, validate=True), MOST_BYTES)
    except (binascii.Error, zlib.error, ValueError):
        return None
    return content if inflate.eof else None

"""The address of a notice's public page, and what an address read from a sheet says."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

CODE = re.compile(r"[2-9a-hjkmnp-z]{10}")


def public_address(site: str, code: str) -> str:
    return f"{site.rstrip('/')}/n/{code}"


def code_in(address: str) -> str:
    """The notice's code in an address read from a sheet ("" when it is not one of ours).

    The host is not compared: a sheet printed before the site moved still names its notice.
    """
    parts = urlsplit(address.strip()[:300])
    if parts.scheme.lower() not in ("http", "https"):
        return ""
    before, _, last = parts.path.rstrip("/").rpartition("/")
    code = last.lower()
    return code if before.lower().endswith("/n") and CODE.fullmatch(code) else ""


def host_of(address: str) -> str:
    """Where a foreign code leads, without what it carries ("" when it is no address)."""
    try:
        return (urlsplit(address.strip()[:300]).hostname or "")[:80]
    except ValueError:
        return ""

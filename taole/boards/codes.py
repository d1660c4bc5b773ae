"""The address of a notice's public page, and the QR code that carries it."""

from __future__ import annotations

import io
import re
from urllib.parse import urlsplit

import segno

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


def qr_svg(address: str, *, border: int = 0) -> str:
    """The code as an SVG of modules, level M, without a size of its own."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=border, xmldecl=False, omitsize=True, svgclass=None, lineclass=None
    )
    return out.getvalue().decode("ascii")


def qr_png(address: str) -> bytes:
    """The code as a picture for a Word file: 12 pixels to a module, no border."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        out, kind="png", border=0, scale=12
    )
    return out.getvalue()

"""QR codes as they stand on papers and pages: level M, without a border of their own."""

from __future__ import annotations

import io

import segno


def qr_svg(address: str, *, border: int = 0) -> str:
    """The code as an SVG of modules, level M, without a size of its own."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=border, xmldecl=False, omitsize=True, svgclass=None, lineclass=None
    )
    return out.getvalue().decode("ascii")


def qr_png(address: str, *, border: int = 0) -> bytes:
    """The code as a picture for Word and Excel files: 12 pixels to a module."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        out, kind="png", border=border, scale=12
    )
    return out.getvalue()

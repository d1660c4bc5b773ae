"""Pictures and office files for the tests, made on the spot."""

from __future__ import annotations

import io
import zipfile
from random import Random

from PIL import Image


def photograph(width: int = 2400, height: int = 1800, *, turned: bool = False) -> bytes:
    """A grainy JPEG as a phone writes it: with a place, a comment and perhaps lying on its side."""
    rough = Image.frombytes("RGB", (60, 45), Random(1).randbytes(60 * 45 * 3))
    picture = rough.resize((width, height), Image.Resampling.BICUBIC)
    exif = Image.Exif()
    exif[0x010F] = "Secret Phone"
    if turned:
        exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (38.0, 54.0, 0.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, exif=exif, comment=b"by somebody")
    return out.getvalue()


def container(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return out.getvalue()

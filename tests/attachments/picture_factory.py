"""Pictures and office files for the tests, made on the spot."""

from __future__ import annotations

import io
import zipfile
from random import Random

from PIL import Image, ImageDraw, ImageEnhance


def photograph(
    width: int = 2400, height: int = 1800, *, turned: bool = False, seed: int = 1
) -> bytes:
    """A grainy JPEG as a phone writes it: with a place, a comment and perhaps lying on its side."""
    rough = Image.frombytes("RGB", (60, 45), Random(seed).randbytes(60 * 45 * 3))
    picture = rough.resize((width, height), Image.Resampling.BICUBIC)
    exif = Image.Exif()
    exif[0x010F] = "Secret Phone"
    if turned:
        exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (38.0, 54.0, 0.0)
    exif.get_ifd(0x8769)[0x9003] = "2023:09:05 10:11:12"
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, exif=exif, comment=b"by somebody")
    return out.getvalue()


def board(seed: int = 1, *, shift: tuple[int, int] = (0, 0), light: float = 1.0) -> Image.Image:
    """A notice board on a wall: sheets of differing greys; ``seed`` says which sheets hang."""
    random = Random(seed)
    picture = Image.new("RGB", (1200, 900), (168, 150, 130))
    draw = ImageDraw.Draw(picture)
    left, top = 90 + shift[0], 80 + shift[1]
    draw.rectangle([left, top, left + 1000, top + 720], fill=(40, 80, 60))
    for row in range(2):
        for column in range(4):
            x, y = left + 30 + column * 240, top + 30 + row * 350
            paper = random.randrange(120, 255)
            draw.rectangle([x, y, x + 210, y + 310], fill=(paper, paper, paper - 20))
            for line in range(random.randrange(4, 14)):
                width = random.randrange(60, 190)
                draw.rectangle([x + 12, y + 20 + line * 20, x + width, y + 30 + line * 20], fill=0)
    return ImageEnhance.Brightness(picture).enhance(light)


def jpeg(picture: Image.Image, quality: int = 90) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def heic(width: int = 640, height: int = 480) -> bytes:
    """A photograph as an iPhone writes it, with its place."""
    import pillow_heif

    with Image.open(io.BytesIO(photograph(width, height))) as picture:
        file = pillow_heif.from_pillow(picture)
        out = io.BytesIO()
        file.save(out, quality=60)
        return out.getvalue()


def container(*parts: str, holding: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(part, holding)
    return out.getvalue()

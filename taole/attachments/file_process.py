"""The opening of a file that somebody sent, in a process of its own: it knows nothing of the house.

Run by its file name with ``picture``, ``container`` or ``pair`` as argument; takes the file on
standard input (a pair: two pictures, the first one's length in four bytes before them). Answers
one line of JSON on standard output, for a good picture followed by the redrawn JPEG: ``{"look": 16
hexadecimal signs or "", "taken": what the camera wrote}``; for a good container ``{"parts": [names
in lower case]}``; for a pair ``{"likeness": 0 to 1}``; else ``{"fault": "broken" | "bomb" |
"entities"}``.
A malicious file can make a decoder abort or ask for all memory; then only this process ends.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import sys
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

from PIL import ExifTags, Image, ImageChops, ImageOps, ImageStat, UnidentifiedImageError

MOST_MEMORY = 1536 * 2**20
MOST_SECONDS = 30

LONGEST_SIDE = 1600
AIM_BYTES = 150 * 1024
QUALITIES = (82, 74, 66, 58, 50)
MAX_PIXELS = 64_000_000
"""More than any phone's camera takes; beyond it a picture of a few kilobytes fills the memory."""

MAX_PARTS = 5000
MAX_UNPACKED = 200 * 2**20
MAX_RATIO = 200
RATIO_MATTERS_FROM = 20 * 2**20
HEAD = 4096

FLAT = 3.0
"""A picture whose brightness varies less than this (of 255) looks like every other such picture."""

DRAWN, FINE, COARSE = (480, 360), (160, 120), (32, 24)
"""The sizes in which two pictures are compared."""
CUTS = (0.0, 0.04, 0.08, 0.13)
SURE = 0.99
SPREAD = 40


def limit_resources() -> None:
    """Bound this process's memory and processor time, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def redrawn(content: bytes) -> tuple[dict[str, Any], bytes]:
    """What a picture looks like, and the picture upright, small, with nothing but its pixels."""
    formats = ["JPEG", "PNG", "WEBP"]
    if content[4:8] == b"ftyp":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
        formats = ["HEIF"]
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=formats) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return {"fault": "bomb"}, b""
            taken = _taken(picture)
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            pixels = _only_pixels(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return {"fault": "bomb"}, b""
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, RuntimeError):
        return {"fault": "broken"}, b""
    return {"look": look_of(pixels), "taken": taken}, _smallest(pixels)


def look_of(picture: Image.Image) -> str:
    """A difference hash: is each of 8 × 8 fields brighter than its neighbour on the left?"""
    small = picture.convert("L").resize((9, 8), Image.Resampling.BOX)
    if ImageStat.Stat(small).stddev[0] < FLAT:
        return ""
    light, bits = small.tobytes(), 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (light[at + 1] > light[at])
    return f"{bits:016x}"


def _taken(picture: Image.Image) -> str:
    try:
        exif = picture.getexif()
        told = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
        return str(told or exif.get(ExifTags.Base.DateTime) or "")[:19]
    except Exception:
        return ""


def _only_pixels(picture: Image.Image) -> Image.Image:
    """On white paper, in a new picture: nothing that was written beside the pixels comes along."""
    clean = Image.new("RGB", picture.size, "white")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        drawn = picture.convert("RGBA")
        clean.paste(drawn, mask=drawn.getchannel("A"))
    else:
        clean.paste(picture.convert("RGB"))
    return clean


def _smallest(pixels: Image.Image) -> bytes:
    written = b""
    for quality in QUALITIES:
        out = io.BytesIO()
        pixels.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        written = out.getvalue()
        if len(written) <= AIM_BYTES:
            break
    return written


def likeness(one: bytes, other: bytes) -> dict[str, Any]:
    """How well two pictures agree where they agree best, 1 for the same picture.

    One may be a part of the other: cut off by up to a fifth on each side, squeezed, compressed.
    """
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    pictures = []
    try:
        for content in (one, other):
            with Image.open(io.BytesIO(content), formats=["JPEG"]) as picture:
                picture.draft("L", DRAWN)
                pictures.append(picture.convert("L").resize(DRAWN, Image.Resampling.BOX))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return {"fault": "broken"}
    first, second = pictures
    found = _agreement(first, (0.0, 0.0, 0.0, 0.0), _even(second.resize(FINE)))
    for whole, part in ((first, second), (second, first)):
        if found < SURE:
            found = max(found, _best_agreement(whole, part))
    return {"likeness": round(found, 4)}


def _best_agreement(whole: Image.Image, part: Image.Image) -> float:
    """Try where the part may lie in the whole: first roughly, then step by step."""
    rough, fine = _even(part.resize(COARSE, Image.Resampling.BOX)), _even(part.resize(FINE))
    small = whole.resize((128, 96), Image.Resampling.BOX)
    cuts = max(itertools.product(CUTS, repeat=4), key=lambda tried: _agreement(small, tried, rough))
    found, step = _agreement(whole, cuts, fine), 0.02
    while step > 0.0008 and found < SURE:
        before = found
        for side, by in itertools.product(range(4), (-step, step)):
            tried = list(cuts)
            tried[side] = min(0.2, max(0.0, tried[side] + by))
            agreed = _agreement(whole, tried, fine)
            if agreed > found:
                found, cuts = agreed, tuple(tried)
        if found == before:
            step /= 2
    return found


def _agreement(whole: Image.Image, cuts: Sequence[float], part: Image.Image) -> float:
    """The correlation of a picture with what is left of the whole within these cuts."""
    left, top, right, bottom = cuts
    width, height = whole.size
    box = (left * width, top * height, width - right * width, height - bottom * height)
    inner = _even(whole.resize(part.size, Image.Resampling.BILINEAR, box=box))
    squares: float = ImageStat.Stat(ImageChops.difference(inner, part)).sum2[0]
    return 1 - squares / (part.width * part.height) / (2 * SPREAD**2)


def _even(picture: Image.Image) -> Image.Image:
    """With the same middle brightness and spread as every other, whatever the light was."""
    told = ImageStat.Stat(picture)
    middle, spread = told.mean[0], max(told.stddev[0], 1.0)
    return picture.point(
        [min(255, max(0, round((light - middle) / spread * SPREAD + 128))) for light in range(256)]
    )


def opened(content: bytes) -> dict[str, Any]:
    """What a zip container holds; the directory is looked at before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            said = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or _is_too_much(said, len(content)):
                return {"fault": "bomb"}
            unpacked = 0
            for part in parts:
                size, declares = _unpack(archive, part)
                unpacked += size
                if _is_too_much(unpacked, len(content)):
                    return {"fault": "bomb"}
                if declares:
                    return {"fault": "entities"}
    except MemoryError:
        return {"fault": "bomb"}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
    ):
        return {"fault": "broken"}
    return {"parts": [part.filename.lower() for part in parts]}


def _is_too_much(unpacked: int, packed: int) -> bool:
    return unpacked > MAX_UNPACKED or (
        unpacked > RATIO_MATTERS_FROM and unpacked > packed * MAX_RATIO
    )


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[int, bool]:
    """The true size of a part, and whether it is XML that declares entities (XXE)."""
    size, head = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(2**20):
            head = head or chunk[:HEAD]
            size += len(chunk)
            if size > MAX_UNPACKED:
                break
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    bare = head.replace(b"\0", b"").upper()
    return size, is_xml and (b"<!DOCTYPE" in bare or b"<!ENTITY" in bare)


def main() -> None:
    limit_resources()
    content = sys.stdin.buffer.read()
    picture = b""
    match sys.argv[1]:
        case "picture":
            found, picture = redrawn(content)
        case "pair":
            end = 4 + int.from_bytes(content[:4], "big")
            found = likeness(content[4:end], content[end:])
        case _:
            found = opened(content)
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n" + picture)


if __name__ == "__main__":
    main()

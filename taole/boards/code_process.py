"""The reader of board photographs in a process of its own, run by its file name.

Takes a photograph on standard input; answers one JSON object on standard output::

    {"width", "height", "taken", "light", "sharpness",
     "codes": [{"text", "box": [[x, y] × 4]}], "sheets": [[[x, y] × 4]]}

or ``{"unreadable": true}``. Boxes are parts of width and height, from the top left corner round
the clock, in the upright picture. It knows nothing of the house; a picture that makes a decoder
crash, ask for all memory or never end takes only this process with it.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import zxingcpp

MOST_MEMORY = 3 * 1024**3
MOST_SECONDS = 20
MOST_PIXELS = 64_000_000
MOST_CODES = 60
MOST_SHEETS = 40
MOST_ENLARGED = 30_000_000
"""To how many pixels the whole picture is enlarged at most: beyond it the seconds run out."""

LOOKED_AT = 1100
"""The longer side, in pixels, of the small picture in which sheets of paper are looked for."""

SHEET_PIXELS = 1500
"""How high a sheet is drawn before its code is looked for once more."""

QR_CODES: Any = zxingcpp.BarcodeFormat.QRCode
Grey = Any
Corners = Any


def limit_resources() -> None:
    """Bound this process's memory and processor time, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(content: bytes) -> dict[str, object]:
    """What is seen on a photograph; every pass looks only for what the ones before left."""
    opened = _open(content)
    if opened is None:
        return {"unreadable": True}
    grey, taken = opened
    height, width = grey.shape
    found: dict[str, Corners] = {}
    _read(grey, found)
    sheets = _find_sheets(grey)
    for sheet in sheets:
        if not _holds_a_code(sheet, found):
            _read_sheet(grey, sheet, found)
    if not found or not sheets or _lies_outside(sheets, found):
        for finer in _enlarged(grey):
            _read(finer, found, scale=finer.shape[0] / height)
    small = _smaller(grey)
    size = np.array([width, height], np.float32)
    return {
        "width": width,
        "height": height,
        "taken": taken,
        "light": float(small.mean()),
        "sharpness": float(cv2.Laplacian(small, cv2.CV_64F).var()),
        "codes": [
            {"text": text, "box": _parts(corners, size)}
            for text, corners in list(found.items())[:MOST_CODES]
        ],
        "sheets": [_parts(sheet, size) for sheet in sheets[:MOST_SHEETS]],
    }


def _open(content: bytes) -> tuple[Grey, str] | None:
    """The picture upright in grey, and the day on which the camera says it was taken."""
    from PIL import Image, ImageOps

    with contextlib.suppress(ImportError):
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP", "HEIF"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            exif = picture.getexif()
            taken = str(exif.get_ifd(0x8769).get(0x9003) or exif.get(0x0132) or "")[:10]
            if picture.format == "JPEG":
                grey = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
                if grey is not None:
                    return grey, taken.replace(":", "-")
            upright = ImageOps.exif_transpose(picture).convert("L")
            return np.array(upright), taken.replace(":", "-")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, cv2.error):
        return None


def _read(picture: Grey, found: dict[str, Corners], *, scale: float = 1.0, back: Any = None) -> int:
    """Read what codes there are; their corners go back to the whole picture's pixels."""
    new = 0
    for code in zxingcpp.read_barcodes(
        picture, formats=QR_CODES, try_rotate=False, try_invert=False
    ):
        if not code.valid or code.text in found:
            continue
        at = code.position
        corners = np.array(
            [[p.x, p.y] for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)],
            np.float32,
        )
        corners = (
            corners / scale if back is None else cv2.perspectiveTransform(corners[None], back)[0]
        )
        found[code.text] = corners
        new += 1
    return new


def _enlarged(grey: Grey) -> Iterator[Grey]:
    """The whole picture larger and sharper: where not all sheets were made out."""
    for factor in (1.5, 2.0):
        if grey.size * factor**2 > MOST_ENLARGED:
            return
        larger = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
        yield _sharper(larger, factor, 1.0)


def _read_sheet(grey: Grey, sheet: Corners, found: dict[str, Corners]) -> None:
    """One sheet alone, drawn flat and large: as it is, sharpened, smoothed, in black and white."""
    flat, back = _flattened(grey, sheet)
    local = cv2.createCLAHE(3.0, (8, 8)).apply(flat)
    smooth = cv2.GaussianBlur(flat, (0, 0), 2.0)
    for tried in (
        flat,
        _sharper(flat, 3.0, 2.0),
        cv2.adaptiveThreshold(
            smooth, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 71, 2
        ),
        local,
        _sharper(cv2.GaussianBlur(local, (0, 0), 1.5), 4.0, 2.5),
    ):
        if _read(tried, found, back=back):
            return


def _sharper(picture: Grey, reach: float, strength: float) -> Grey:
    blurred = cv2.GaussianBlur(picture, (0, 0), reach)
    return cv2.addWeighted(picture, 1 + strength, blurred, -strength, 0)


def _flattened(grey: Grey, sheet: Corners) -> tuple[Grey, Any]:
    """A sheet seen from straight ahead with a margin, and the way back to the photograph."""
    middle = sheet.mean(axis=0)
    wider = (sheet - middle) * 1.06 + middle
    across = max(_length(wider[1] - wider[0]), _length(wider[2] - wider[3]))
    down = max(_length(wider[3] - wider[0]), _length(wider[2] - wider[1]))
    scale = min(max(SHEET_PIXELS / max(across, down), 1.0), 4.0)
    size = (max(int(across * scale), 8), max(int(down * scale), 8))
    flat = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    there = cv2.getPerspectiveTransform(wider.astype(np.float32), flat)
    drawn = cv2.warpPerspective(grey, there, size, flags=cv2.INTER_CUBIC)
    return drawn, np.linalg.inv(there)


def _length(way: Any) -> float:
    return float(np.linalg.norm(way))


def _smaller(grey: Grey) -> Grey:
    scale = LOOKED_AT / max(grey.shape)
    if scale >= 1:
        return grey
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def _find_sheets(grey: Grey) -> list[Corners]:
    """What looks like a sheet of paper: bright, four corners, about as high as A4 is wide."""
    small = _smaller(grey)
    back = max(grey.shape) / max(small.shape)
    smooth = cv2.medianBlur(small, 5)
    kernel = np.ones((5, 5), np.uint8)
    kept: list[Corners] = []
    for bright in _bright_parts(smooth):
        opened = cv2.morphologyEx(bright, cv2.MORPH_OPEN, kernel)
        outlines, _holes = cv2.findContours(opened, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            corners = _as_sheet(outline, small.size)
            if corners is not None and not any(_overlap(corners, other) for other in kept):
                kept.append(corners)
    rows = sorted(kept, key=lambda each: (each[:, 1].mean() // (small.shape[0] / 8), each[0][0]))
    return [each * back for each in rows]


def _bright_parts(smooth: Grey) -> Iterator[Grey]:
    """Several cuts between paper and board: by the whole picture's light, and by the place's."""
    middle, cut = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    yield cut
    for level in (min(middle * 1.25, 235), middle * 0.8):
        yield cv2.threshold(smooth, level, 255, cv2.THRESH_BINARY)[1]
    wide = (max(smooth.shape) // 6) | 1
    yield cv2.adaptiveThreshold(
        smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, wide, -6
    )


def _as_sheet(outline: Any, area: int) -> Corners | None:
    """The outline's four corners, round the clock, if it has the shape and size of a sheet."""
    hull = cv2.convexHull(outline)
    covered = cv2.contourArea(hull)
    if not 0.004 * area < covered < 0.45 * area:
        return None
    around = cv2.minAreaRect(hull)
    across, down = sorted(around[1])
    if not across or not 1.1 < down / across < 1.9 or covered < 0.8 * across * down:
        return None
    bent = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True)
    corners = bent[:, 0] if len(bent) == 4 else cv2.boxPoints(around)
    return _round_the_clock(corners.astype(np.float32))


def _round_the_clock(corners: Corners) -> Corners:
    middle = corners.mean(axis=0)
    turn = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(turn)]
    first = int(np.argmin(ordered.sum(axis=1)))
    return np.roll(ordered, -first, axis=0)


def _overlap(one: Corners, other: Corners) -> bool:
    def inside(point: Any, shape: Corners) -> bool:
        return cv2.pointPolygonTest(shape, (float(point[0]), float(point[1])), False) >= 0

    return inside(one.mean(axis=0), other) or inside(other.mean(axis=0), one)


def _holds_a_code(sheet: Corners, found: dict[str, Corners]) -> bool:
    return any(
        cv2.pointPolygonTest(sheet.astype(np.float32), tuple(map(float, at.mean(axis=0))), False)
        >= 0
        for at in found.values()
    )


def _lies_outside(sheets: list[Corners], found: dict[str, Corners]) -> bool:
    """Whether a code hangs where no sheet was made out: then others may have been missed."""
    return any(
        not any(_holds_a_code(sheet, {text: at}) for sheet in sheets) for text, at in found.items()
    )


def _parts(corners: Corners, size: Any) -> list[list[float]]:
    parts = np.clip(corners / size, 0, 1)
    return [[round(float(x), 4), round(float(y), 4)] for x, y in parts]


def main() -> None:
    limit_resources()
    cv2.setNumThreads(1)
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()

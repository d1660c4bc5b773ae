"""Photographs of notice boards, drawn: sheets with codes, askew, from the side, in glare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import segno
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

A4 = (210, 297)
GAP_MM = 40
MARGIN_MM = 90
CODE_MM = 30


@dataclass(frozen=True)
class Shot:
    """How a board is photographed.

    ``across``: sheets in a row. ``per_mm``: pixels to a millimetre of board, in its middle.
    ``askew``: degrees by which each sheet hangs off. ``aside``: how much smaller the far side of
    the board is than the near one. ``noise`` and ``blur`` in grey levels and pixels; ``glare``
    between 0 and 1; ``light`` is the brightness of the whole picture.
    """

    across: int = 3
    per_mm: float = 3.0
    askew: float = 2.5
    aside: float = 0.08
    noise: float = 6.0
    blur: float = 0.7
    glare: float = 0.0
    light: float = 1.0
    turned: bool = False


def photograph(addresses: Sequence[str], shot: Shot = Shot(), *, seed: int = 1) -> bytes:
    """A JPEG of a board with one sheet for each address (a sheet without a code for "")."""
    chance = np.random.default_rng(seed)
    board = _board(addresses, shot, chance)
    seen = _from_the_side(board, shot)
    if shot.glare:
        seen = _with_glare(seen, shot.glare)
    if shot.blur:
        seen = cv2.GaussianBlur(seen, (0, 0), shot.blur)
    grain = chance.normal(0, shot.noise, (*seen.shape[:2], 1)).astype(np.float32)
    seen = np.clip(seen.astype(np.float32) * shot.light + grain, 0, 255).astype(np.uint8)
    if shot.turned:
        seen = np.rot90(seen).copy()
    return bytes(cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, 88])[1])


def _board(addresses: Sequence[str], shot: Shot, chance: np.random.Generator) -> Pixels:
    down = -(-len(addresses) // shot.across)
    width = 2 * MARGIN_MM + shot.across * (A4[0] + GAP_MM)
    height = 2 * MARGIN_MM + down * (A4[1] + GAP_MM)
    scale = shot.per_mm
    picture = np.full((round(height * scale), round(width * scale), 3), (196, 205, 214), np.uint8)
    frame = round(30 * scale)
    picture[frame:-frame, frame:-frame] = (72, 104, 60)
    for number, address in enumerate(addresses):
        left = MARGIN_MM + (number % shot.across) * (A4[0] + GAP_MM) + GAP_MM / 2
        top = MARGIN_MM + (number // shot.across) * (A4[1] + GAP_MM) + GAP_MM / 2
        _hang(picture, _sheet(address, scale, chance), (left * scale, top * scale), shot, chance)
    return picture


def _sheet(address: str, scale: float, chance: np.random.Generator) -> Pixels:
    """A printed A4 sheet: title, table of grey strokes, foot with the code at the left."""
    fine = 2 * scale
    sheet = np.full((round(A4[1] * fine), round(A4[0] * fine), 3), 246, np.uint8)

    def ink(x: float, y: float, w: float, h: float) -> None:
        rows = slice(round(y * fine), round((y + h) * fine))
        sheet[rows, round(x * fine) : round((x + w) * fine)] = 40

    ink(60, 22, 90, 7)
    for line in range(16):
        y = 55 + line * 10
        ink(17, y, 176, 0.4)
        for cell in range(5):
            ink(22 + cell * 35, y + 3, float(chance.uniform(8, 22)), 3.5)
    ink(17, 240, 176, 0.8)
    if not address:
        return sheet
    modules = np.array([list(row) for row in segno.make(address, error="m").matrix], np.uint8)
    side = round(CODE_MM * fine)
    code = cv2.resize(255 * (1 - modules), (side, side), interpolation=cv2.INTER_NEAREST)
    x, y = round(20 * fine), round(250 * fine)
    sheet[y : y + side, x : x + side] = np.minimum(code, 246)[..., None]
    for line in range(3):
        ink(65, 254 + line * 9, 95, 4)
    return sheet


def _hang(
    picture: Pixels,
    sheet: Pixels,
    place: tuple[float, float],
    shot: Shot,
    chance: np.random.Generator,
) -> None:
    height, width = sheet.shape[:2]
    turn = cv2.getRotationMatrix2D(
        (width / 2, height / 2), float(chance.uniform(-shot.askew, shot.askew)), 0.5
    )
    turn[:, 2] += (place[0] - width / 4, place[1] - height / 4)
    size = (picture.shape[1], picture.shape[0])
    small = cv2.GaussianBlur(sheet, (0, 0), 0.8)
    laid = cv2.warpAffine(small, turn, size, flags=cv2.INTER_LINEAR)
    where = cv2.warpAffine(np.full(sheet.shape[:2], 255, np.uint8), turn, size)
    picture[where > 127] = laid[where > 127]


def _from_the_side(board: Pixels, shot: Shot) -> Pixels:
    height, width = board.shape[:2]
    inset = shot.aside * height / 2
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = corners + np.array([[0, 0], [0, inset], [0, -inset], [0, 0]], np.float32)
    view = cv2.getPerspectiveTransform(corners, seen)
    return cv2.warpPerspective(board, view, (width, height), borderValue=(190, 200, 205))


def _with_glare(seen: Pixels, strength: float) -> Pixels:
    """The sky in the glass: a bright patch over the upper right."""
    height, width = seen.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    far = ((x - width * 0.72) / (width * 0.22)) ** 2 + ((y - height * 0.3) / (height * 0.3)) ** 2
    veil = (strength * np.exp(-far))[..., None]
    return np.clip(seen * (1 - veil) + 255 * veil, 0, 255).astype(np.uint8)

"""Nine sheets on a photographed board at 12 megapixels: how many are read, and how fast.

Draws the boards itself, reads each with the house's reader (a process of its own, several passes,
sheets of paper too) and with one plain call of zxing-cpp on the decoded picture, in turns. Seconds
are of processor time, so that they mean the same on a busy machine; those of the wall stand beside.
Ends with status 1 when a sheet that can be read is not, or when the reader needs more than two
seconds.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import cv2
import numpy as np
import zxingcpp

from taole.boards.code_reading import read_board
from tests.boards.board_pictures import Shot, photograph

ROUNDS = 5
LIMIT_SECONDS = 2.0
SHEETS = [f"https://cwgk.pingluo.example/n/abcdefgh{n}{n}" for n in range(2, 10)] + [
    "https://cwgk.pingluo.example/n/mnpqrstuvw"
]
SCENES: dict[str, tuple[Shot, int]] = {
    "straight, 3 × 3": (Shot(per_mm=3.4), 9),
    "from the side, hung askew": (Shot(per_mm=3.4, aside=0.45, askew=10), 9),
    "one sheet in glare": (Shot(per_mm=3.4, glare=0.75), 9),
    "at dusk": (Shot(per_mm=3.4, light=0.35, noise=8), 9),
    "phone on its side": (Shot(per_mm=3.4, turned=True), 9),
    "2.4 pixels to a millimetre": (Shot(across=5, per_mm=2.4), 9),
    "2.0 pixels to a millimetre": (Shot(across=5, per_mm=2.0), 9),
    "1.8 pixels to a millimetre": (Shot(across=5, per_mm=1.8, blur=0.5), 0),
    "1.5 pixels to a millimetre": (Shot(across=5, per_mm=1.5, blur=0.5), 0),
    "one sheet under strong glare": (Shot(per_mm=3.4, glare=0.92), 0),
}
"""Each scene with how many of the nine must be read (0: the limit of what the library reads)."""


def plain(picture: bytes) -> set[str]:
    grey = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    formats: Any = zxingcpp.BarcodeFormat.QRCode
    return {code.text for code in zxingcpp.read_barcodes(grey, formats=formats)}


def ours(picture: bytes) -> set[str]:
    return {code.text for code in read_board(picture).codes}


@dataclass(frozen=True)
class Run:
    """Processor seconds of this process and its children, seconds of the wall, and sheets read."""

    processor: float
    wall: float
    read: int


def measured(reader: Callable[[bytes], set[str]], picture: bytes) -> Run:
    begun, before = time.perf_counter(), os.times()
    found = reader(picture)
    after, wall = os.times(), time.perf_counter() - begun
    return Run(sum(after[:4]) - sum(before[:4]), wall, len(found & set(SHEETS)))


def main() -> int:
    failed = False
    print("| board | megapixels | one call | seconds | taole | seconds | wall | ratio |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name, (shot, wanted) in SCENES.items():
        picture = photograph(SHEETS, shot)
        size = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE).size / 1e6
        runs = [(measured(plain, picture), measured(ours, picture)) for _ in range(ROUNDS)]
        bare, full = (median(each[side].processor for each in runs) for side in (0, 1))
        wall = median(each[1].wall for each in runs)
        known, read = runs[0][0].read, runs[0][1].read
        failed |= read < wanted or read < known or full > LIMIT_SECONDS
        print(
            f"| {name} | {size:.1f} | {known}/9 | {bare:.2f} | {read}/9 | {full:.2f} | {wall:.2f} "
            f"| {full / max(bare, 0.01):.1f} |"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Asking the reader of photographs, which works in a process of its own (see ``code_process``)."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_PROCESS = Path(__file__).with_name("code_process.py")
PATIENCE_SECONDS = 30
DARK = 75.0
"""Mean grey level (0 to 255) below which a picture counts as too dark."""

BLURRED = 120.0
"""Variance of the Laplacian of the small picture below which it counts as out of focus."""

Box = list[list[float]]


@dataclass(frozen=True)
class ReadCode:
    """A code as read: its text, and its four corners as parts of width and height."""

    text: str
    box: Box


@dataclass(frozen=True)
class BoardReading:
    """What was made out on a photograph. ``sheets``: the corners of each sheet of paper.

    ``width`` and ``height`` in pixels, upright; 0 when the picture could not be opened.
    ``taken_on``: the day that the camera wrote into it, if it did.
    """

    width: int = 0
    height: int = 0
    codes: tuple[ReadCode, ...] = ()
    sheets: tuple[Box, ...] = ()
    taken_on: date | None = None
    is_dark: bool = False
    is_blurred: bool = False


def read_board(photograph: bytes) -> BoardReading:
    """Everything that can be read on a photograph of a board, in its original resolution.

    A picture that makes the reader fail is one on which nothing is read: nothing is raised.
    """
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", str(_PROCESS)],
            input=photograph,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=True,
        )
        found = json.loads(run.stdout)
    except (subprocess.SubprocessError, ValueError):
        return BoardReading()
    if "width" not in found:
        return BoardReading()
    return BoardReading(
        width=found["width"],
        height=found["height"],
        codes=tuple(ReadCode(each["text"], each["box"]) for each in found["codes"]),
        sheets=tuple(found["sheets"]),
        taken_on=_day(found["taken"]),
        is_dark=found["light"] < DARK,
        is_blurred=found["sharpness"] < BLURRED,
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None

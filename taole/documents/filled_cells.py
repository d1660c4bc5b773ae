"""Somebody's own form given back filled: cells of a workbook written, its layout untouched."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from taole.documents.file_kinds import FileKind, kind_of

_PROCESS = Path(__file__).with_name("cells_process.py")
_PATIENCE_SECONDS = 30
_NAME_MAX = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NO_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class FilledSheet:
    """What is written into one copy of the sheet: its name, and (row from 1, column from 0, value).

    ``blanks``: what stands behind labels above the table, by a word of the label (村, 日期).
    """

    name: str
    cells: Sequence[tuple[int, int, str | int | float]]
    blanks: Mapping[str, str] = field(default_factory=dict)


def fill_workbook(
    content: bytes, filename: str, sheet: str, head: int, copies: Sequence[FilledSheet]
) -> bytes | None:
    """The workbook with ``sheet`` filled, once for each copy; None where it cannot be written.

    ``head``: the row of the table's head. A .xls or .csv cannot be; nor one that asks for too
    much: the writing is done in a process with limits.
    """
    if kind_of(content, filename) is not FileKind.XLSX:
        return None
    wanted = {
        "sheet": sheet,
        "head": head,
        "copies": [
            {
                "name": name,
                "cells": [
                    [row, column, _NO_CONTROL.sub("", value) if isinstance(value, str) else value]
                    for row, column, value in copy.cells
                ],
                "blanks": dict(copy.blanks),
            }
            for name, copy in zip(_names(copies), copies, strict=True)
        ],
    }
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", _PROCESS],
            input=json.dumps(wanted).encode() + b"\n" + content,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=True,
        )
    except subprocess.SubprocessError:
        return None
    return run.stdout


def _names(copies: Sequence[FilledSheet]) -> list[str]:
    names: list[str] = []
    for number, copy in enumerate(copies, start=1):
        name = _FORBIDDEN.sub("_", copy.name)[:_NAME_MAX] or str(number)
        names.append(name if name not in names else f"{name[: _NAME_MAX - 4]}({number})")
    return names

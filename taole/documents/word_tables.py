"""Reading Word documents that people send: their paragraphs, and their tables as sheets."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from typing import Any

from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents import word_process
from taole.documents.file_kinds import named
from taole.documents.workbooks import Cell, Row, Sheet
from taole.documents.zip_guard import check_container

MAX_CELLS = 200_000
_PATIENCE_SECONDS = 45
_LINES_ABOVE = 4


@dataclass(frozen=True)
class WordTable:
    """A table both ways: as it stands, and with merged values repeated; the lines above it."""

    own: Sheet
    filled: Sheet
    above: list[str]


@dataclass(frozen=True)
class WordText:
    """A document: its paragraphs without the tables, and its tables, in order."""

    paragraphs: list[str] = field(default_factory=list)
    tables: list[WordTable] = field(default_factory=list)


def is_word(content: bytes) -> bool:
    """Whether a file is a .docx, whatever its name says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def read_word(content: bytes, filename: str) -> WordText:
    """Paragraphs and tables of a .docx; Refused in one sentence when it cannot be read."""
    check_container(content, filename)
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", word_process.__file__, str(MAX_CELLS)],
            input=content,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise _damaged(filename) from error
    found = json.loads(run.stdout)
    if "blocks" not in found:
        raise _damaged(filename)
    return _read(found["blocks"])


def _read(blocks: list[dict[str, Any]]) -> WordText:
    text = WordText()
    above: list[str] = []
    for block in blocks:
        if "text" in block:
            lines = [" ".join(line.split()) for line in block["text"].splitlines()]
            text.paragraphs.extend(line for line in lines if line)
            above.extend(line for line in lines if line)
        else:
            name = f"表{len(text.tables) + 1}"
            own, filled = _grids(block["rows"])
            text.tables.append(
                WordTable(_sheet(name, own), _sheet(name, filled), above[-_LINES_ABOVE:])
            )
            above = []
    return text


def _grids(rows: list[list[dict[str, Any]]]) -> tuple[list[list[Cell]], list[list[Cell]]]:
    own: list[list[Cell]] = []
    filled: list[list[Cell]] = []
    for row in rows:
        once: list[Cell] = []
        repeated: list[Cell] = []
        for cell in row:
            text: Cell = cell["text"].strip() or None
            at = len(repeated)
            if cell["goes_on"] and filled and at < len(filled[-1]):
                repeated.extend([filled[-1][at]] * cell["span"])
                text = None
            else:
                repeated.extend([text] * cell["span"])
            once.extend([text, *([None] * (cell["span"] - 1))])
        own.append(once)
        filled.append(repeated)
    return own, filled


def _sheet(name: str, grid: list[list[Cell]]) -> Sheet:
    width = max((len(cells) for cells in grid), default=0)
    return Sheet(
        name,
        [
            Row(number, [*cells, *([None] * (width - len(cells)))])
            for number, cells in enumerate(grid, 1)
        ],
    )


def _damaged(filename: str) -> Refused:
    return Refused(
        sentence(
            N_("文件“%(file)s”已损坏，打不开：请用 Word 或 WPS 打开，另存为 .docx 后再上传。"),
            file=named(filename),
        )
    )

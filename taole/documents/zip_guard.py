"""A look at an .xlsx before it is parsed: what it unpacks to and how far its cells reach.

A parser that lays a sheet out as a full rectangle can be made to take gigabytes by a file of a
few kilobytes: by a part that unpacks a thousandfold, or by one cell in the last corner. Here the
usual ways are met with a clear sentence; what is built to deceive ends in the parser's process.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.file_kinds import damaged, named, not_a_workbook

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
RATIO_MATTERS_FROM = 20 * 1024 * 1024

_CHUNK = 1 << 20
_OVERLAP = 4096
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>/]*>\s*<[^/]')


@dataclass(frozen=True)
class Extent:
    """How far the fullest sheet reaches: its last row and last column, both 1-based, 0 if none."""

    rows: int
    columns: int


def extent_of_xlsx(content: bytes, filename: str) -> Extent:
    """Check the container of an .xlsx and measure it, without laying it out in memory.

    Raises Refused for a broken container, another Office format, encrypted parts, and for more
    than MAX_UNPACKED bytes unpacked or MAX_RATIO-fold growth beyond RATIO_MATTERS_FROM bytes.
    Reading every part also proves that the directory does not lie about sizes (CRC).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _refuse_bomb(sum(part.file_size for part in parts), len(content), filename)
            _refuse_other_formats({part.filename for part in parts}, filename)
            extents = [_extent_of_part(archive, part) for part in parts if not part.is_dir()]
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
        raise damaged(filename) from error
    return Extent(
        max((extent.rows for extent in extents), default=0),
        max((extent.columns for extent in extents), default=0),
    )


def check_container(content: bytes, filename: str) -> None:
    """Check the container of another Office file by the same limits; Refused as above."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _refuse_bomb(sum(part.file_size for part in parts), len(content), filename)
            for part in parts:
                with archive.open(part) as stream:
                    while stream.read(_CHUNK):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
        raise damaged(filename) from error


def _refuse_bomb(unpacked: int, packed: int, filename: str) -> None:
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_MATTERS_FROM and unpacked > packed * MAX_RATIO):
        raise Refused(
            sentence(
                N_(
                    "文件“%(file)s”解压后有 %(size)s MB，大得不正常，没有读："
                    "请只保留需要的工作表，另存为新文件。"
                ),
                file=named(filename),
                size=unpacked // (1024 * 1024),
            )
        )


def _refuse_other_formats(names: set[str], filename: str) -> None:
    folded = {name.lower() for name in names}
    if "xl/workbook.xml" in folded:
        return
    for part, kind in (
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("xl/workbook.bin", "xlsb"),
        ("content.xml", "OpenDocument"),
        ("ofd.xml", "OFD"),
    ):
        if part in folded:
            raise not_a_workbook(filename, kind)
    raise not_a_workbook(filename, "ZIP")


def _extent_of_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Extent:
    is_sheet = part.filename.lower().startswith("xl/worksheets/")
    rows, columns, tail = 0, set[bytes](), b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if not is_sheet:
                continue
            for column, row in _CELL.findall(tail + chunk):
                rows = max(rows, int(row))
                columns.add(column)
            tail = chunk[-_OVERLAP:]
    return Extent(rows, max((_column_number(name) for name in columns), default=0))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number

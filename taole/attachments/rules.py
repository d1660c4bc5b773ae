"""What may be kept: recognised by content, never by the name that somebody gave it."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from taole.core.errors import Refused
from taole.core.words import N_, sentence

MAX_UNPACKED = 200 * 2**20
MAX_PARTS = 5000
MAX_NAME = 120

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_UNPRINTABLE = re.compile(r'[\x00-\x1f\x7f"<>|:*?\\/\u200b-\u200f\u2028-\u202e\u2066-\u2069]')
_OFFICE_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


class FileKind(StrEnum):
    """The kinds of file that the house keeps; the value is the suffix it gives them."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"


PHOTOGRAPHS = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})


def kind_of(content: bytes, filename: str) -> FileKind:
    """The kind of a whole file; Refused in one sentence for an empty, broken or other file."""
    if not content.strip(b"\x00\r\n\t "):
        raise _refused(N_("文件“%(file)s”是空的，请重新选择。"), filename)
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(_ZIP):
        return _kind_in_zip(content, filename)
    if content.startswith(_OLE) and "Workbook".encode("utf-16-le") in content:
        return FileKind.XLS
    raise _not_kept(filename)


def _kind_in_zip(content: bytes, filename: str) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _refused(N_("文件“%(file)s”已损坏，打不开，请重新导出后再传。"), filename) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _refused(N_("文件“%(file)s”解压后大得不正常，没有收下。"), filename)
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise _refused(
            N_("文件“%(file)s”带有宏，没有收下：请另存为不带宏的 .docx 或 .xlsx。"), filename
        )
    for part, suffix in _OFFICE_PARTS.items():
        if part in names:
            return FileKind(suffix)
    raise _not_kept(filename)


def tidy_name(filename: str, kind: FileKind) -> str:
    """The name under which a file is given out: no folders, no control signs, a true suffix."""
    bare = _without_folders(filename)
    stem = _UNPRINTABLE.sub("", bare.rsplit(".", 1)[0] if "." in bare else bare).strip(" .")
    suffix = FileKind.JPEG if kind in PHOTOGRAPHS else kind
    return f"{stem[:MAX_NAME] or '附件'}.{suffix.value}"


def shown_name(filename: str) -> str:
    """A file's name for a sentence."""
    return _UNPRINTABLE.sub("", _without_folders(filename))[:80] or "?"


def _without_folders(filename: str) -> str:
    return filename.replace("\\", "/").rsplit("/", 1)[-1]


def _not_kept(filename: str) -> Refused:
    return _refused(
        N_(
            "文件“%(file)s”不是照片或文档，没有收下："
            "只收 JPG、PNG、WebP 照片和 PDF、docx、xlsx、xls 文件。"
        ),
        filename,
    )


def _refused(msgid: str, filename: str) -> Refused:
    return Refused(sentence(msgid, file=shown_name(filename)))

"""What may be kept: recognised by content, never by the name that somebody gave it."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from taole.core.errors import Refused
from taole.core.words import N_, quoted, sentence
from taole.privacy.findings import Kind
from taole.privacy.rules import find, mask_secrets, masked

MAX_NAME = 120

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_ZIP_END_WITHIN = 22 + 0xFFFF
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_WEB_PAGE = re.compile(rb"<\s*(?:html|script|svg|!doctype\s+html|body|iframe)", re.IGNORECASE)
_UNPRINTABLE = re.compile(
    r'[\x00-\x1f\x7f-\x9f"<>|:*?\\/\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f'
    r"\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_OFFICE_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")


_NUMBERS = frozenset({Kind.IDENTITY, Kind.BANK_CARD, Kind.SOCIAL_CARD, Kind.MOBILE})


class FileKind(StrEnum):
    """The kinds of file that the house keeps; the value is the suffix it gives them.

    CONTAINER is a zip into which nobody has looked yet; nothing is kept as that.
    """

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    CONTAINER = "zip"


PHOTOGRAPHS = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.HEIC})


def kind_of(content: bytes, filename: str) -> FileKind:
    """The kind of a whole file; Refused in one sentence for an empty, double or other file."""
    if not content.strip(b"\x00\r\n\t "):
        raise _refused(N_("文件“%(file)s”是空的，请重新选择。"), filename)
    kind = _kind_by_first_bytes(content)
    if kind is None:
        raise _not_kept(filename)
    if kind is FileKind.XLS and "_VBA_PROJECT".encode("utf-16-le") in content:
        raise with_macros(filename)
    if _holds_another(content, kind):
        raise _refused(
            N_("文件“%(file)s”里还藏着另一种文件，没有收下：请用原来的程序打开，另存后再传。"),
            filename,
        )
    return kind


def _kind_by_first_bytes(content: bytes) -> FileKind | None:
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return FileKind.HEIC
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(_ZIP):
        return FileKind.CONTAINER
    if content.startswith(_OLE) and "Workbook".encode("utf-16-le") in content:
        return FileKind.XLS
    return None


def _holds_another(content: bytes, kind: FileKind) -> bool:
    """Whether another program would take it for another kind: a zip at its end, a page in front."""
    if kind is FileKind.CONTAINER:
        return False
    end = content.rfind(_ZIP_END, max(0, len(content) - _ZIP_END_WITHIN))
    is_zip = end >= 0 and len(content) - end >= 22 and _ZIP in content
    return is_zip or (kind is FileKind.PDF and bool(_WEB_PAGE.search(content[:2048])))


def kind_in_container(parts: Collection[str], filename: str) -> FileKind:
    """The kind of an office file by the names of its parts (in lower case)."""
    if any(name.endswith(_MACRO_PARTS) or "/macrosheets/" in name for name in parts):
        raise with_macros(filename)
    for part, suffix in _OFFICE_PARTS.items():
        if part in parts:
            return FileKind(suffix)
    raise _not_kept(filename)


def tidy_name(filename: str, kind: FileKind) -> str:
    """The name under which a file is given out: no folders, no hidden signs, a true suffix.

    An identity, account or mobile number in it is masked.
    """
    bare = _without_folders(filename)
    stem = _UNPRINTABLE.sub("", bare.rsplit(".", 1)[0] if "." in bare else bare).strip(" .")
    suffix = FileKind.JPEG if kind in PHOTOGRAPHS else kind
    plain = _without_numbers(stem).replace("*", "＊")
    return f"{plain[:MAX_NAME].strip(' .') or '附件'}.{suffix.value}"


def plain_name(filename: str) -> str:
    """A name as it came, fit to be stored: without folders, hidden signs and people's numbers."""
    return _without_numbers(_UNPRINTABLE.sub("", _without_folders(filename)))[-MAX_NAME:] or "?"


def shown_name(filename: str) -> str:
    """A file's name for a sentence."""
    return quoted(_UNPRINTABLE.sub("", _without_folders(filename)), 80) or "?"


def _without_numbers(text: str) -> str:
    hits = [hit for hit in find(text) if hit.kind in _NUMBERS]
    return mask_secrets(masked(text, hits))


def _without_folders(filename: str) -> str:
    return filename.replace("\\", "/").rsplit("/", 1)[-1]


def torn_photograph(filename: str) -> Refused:
    return _refused(N_("照片“%(file)s”已损坏，打不开，请重拍一张。"), filename)


def pixel_bomb(filename: str) -> Refused:
    return _refused(N_("照片“%(file)s”的像素多得不正常，没有收下：请用手机重新拍一张。"), filename)


def broken(filename: str) -> Refused:
    return _refused(N_("文件“%(file)s”已损坏，打不开，请重新导出后再传。"), filename)


def bomb(filename: str) -> Refused:
    return _refused(N_("文件“%(file)s”解压后大得不正常，没有收下。"), filename)


def with_entities(filename: str) -> Refused:
    return _refused(
        N_("文件“%(file)s”里有外部引用的声明（DTD），没有收下：请用原来的程序打开，另存后再传。"),
        filename,
    )


def with_macros(filename: str) -> Refused:
    return _refused(
        N_("文件“%(file)s”带有宏，没有收下：请另存为不带宏的 .docx 或 .xlsx。"), filename
    )


def _not_kept(filename: str) -> Refused:
    return _refused(
        N_(
            "文件“%(file)s”不是照片或文档，没有收下："
            "只收 JPG、PNG、WebP、HEIC 照片和 PDF、docx、xlsx、xls 文件。"
        ),
        filename,
    )


def _refused(msgid: str, filename: str) -> Refused:
    return Refused(sentence(msgid, file=shown_name(filename)))

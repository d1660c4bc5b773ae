"""What a file really is, whatever its name says: the first bytes decide, the last may refuse."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from taole.privacy.file_refusals import (
    damaged,
    empty,
    encrypted,
    too_large,
    two_in_one,
    unknown,
)

MOST_BYTES = 64 * 1024 * 1024


class FileType(StrEnum):
    """The kinds of file that the guard looks into."""

    PACKAGE = "package"
    """Word, Excel, PowerPoint since 2007: a zip of XML parts."""

    OLE = "ole"
    """Word and Excel 97-2003."""

    PDF = "pdf"
    PHOTOGRAPH = "photograph"
    TEXT = "text"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")
_FOREIGN = (
    b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK\x05\x06", b"MZ", b"\x7fELF",
    b"\xca\xfe\xba\xbe", b"SQLite format 3", b"\x00\x00\x01\x00", b"%!PS", b"ID3", b"OggS",
)  # fmt: skip
_ACTIVE = (b"<script", b"<?php", b"<html", b"#!/")


def type_of(content: bytes, filename: str) -> FileType:
    """The type of a file by its content.

    Raises Refused for an empty, overlarge, encrypted or unknown file, and for two files in one.
    """
    if len(content) > MOST_BYTES:
        raise too_large(filename, MOST_BYTES // 2**20)
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise empty(filename)
    if content.startswith(b"PK\x03\x04"):
        _refuse_other_behind_zip(content, filename)
        return FileType.PACKAGE
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise encrypted(filename)
        return FileType.OLE
    if content[:1024].lstrip().startswith(b"%PDF"):
        _refuse_zip_behind(content, filename)
        return FileType.PDF
    if is_photograph(content):
        _refuse_zip_behind(content, filename)
        _refuse_active_behind(content, filename)
        return FileType.PHOTOGRAPH
    if content.startswith(_FOREIGN):
        raise unknown(filename)
    if b"%PDF-" in content[:1024]:
        raise two_in_one(filename)
    if not _could_be_text(content):
        raise unknown(filename)
    return FileType.TEXT


def is_photograph(content: bytes) -> bool:
    """Whether the bytes begin as a JPEG, PNG, WebP, HEIC, GIF, BMP or TIFF picture does."""
    return (
        content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"))
        or (content.startswith(b"RIFF") and content[8:12] == b"WEBP")
        or (content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS)
        or (content.startswith(b"BM") and content[6:10] == b"\x00\x00\x00\x00")
        or content.startswith((b"II*\x00", b"MM\x00*"))
    )


def _refuse_zip_behind(content: bytes, filename: str) -> None:
    """A directory of a zip at the very end makes the file open as an archive too."""
    at = content.rfind(b"PK\x05\x06", max(0, len(content) - 66_000))
    if at >= 0 and b"PK\x01\x02" in content:
        raise two_in_one(filename)


def _refuse_other_behind_zip(content: bytes, filename: str) -> None:
    at = content.rfind(b"PK\x05\x06")
    if at < 0 or len(content) < at + 22:
        raise damaged(filename)
    comment = int.from_bytes(content[at + 20 : at + 22], "little")
    behind = content[at + 22 + comment :]
    if behind.strip(b"\x00\r\n ") or b"%PDF-" in content[at:] or b"%PDF-" in content[:1024]:
        raise two_in_one(filename)


def _refuse_active_behind(content: bytes, filename: str) -> None:
    """A picture whose end is a page, a program or a PDF."""
    tail = content[-65_536:]
    if content.startswith(b"\xff\xd8\xff"):
        behind = tail[tail.rfind(b"\xff\xd9") + 2 :] if b"\xff\xd9" in tail else b""
    elif content.startswith(b"\x89PNG"):
        behind = tail[tail.rfind(b"IEND") + 8 :] if b"IEND" in tail else b""
    else:
        behind = b""
    if b"%PDF-" in behind or behind.lstrip().lower().startswith(_ACTIVE):
        raise two_in_one(filename)


def _could_be_text(content: bytes) -> bool:
    head = content[:65_536]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = sum(head.count(bytes([sign])) for sign in (*range(9), 11, *range(14, 27)))
    return controls == 0


def known_suffix(filename: str) -> str:
    """The suffix of a file's own name, in small letters and with its dot; "" without one."""
    return PurePath(filename.replace("\\", "/")).suffix.lower()

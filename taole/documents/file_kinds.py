"""What a file really is, whatever its name says: the first bytes decide."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.text_encodings import decode_text

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x05\x06", "ZIP"),
    (b"{\\rtf", "RTF"),
)
_WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".xlsm", ".et")


class FileKind(StrEnum):
    """The three shapes of a table that the house reads."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


def named(filename: str) -> str:
    """The file's own name without folders, at most 80 characters, for a sentence."""
    return PurePath(filename.replace("\\", "/")).name[:80] or "?"


def kind_of(content: bytes, filename: str) -> FileKind:
    """The kind of a table by its content; raises Refused in one sentence for anything else.

    ``content``: the whole file. ``filename``: only compared with what the content shows. A zip
    container answers XLSX here, before its directory is looked at.
    """
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise _refused(N_("文件“%(file)s”是空的：请选择有内容的表格。"), filename)
    if content.startswith(_ZIP):
        return FileKind.XLSX
    if content.startswith(_OLE):
        return _kind_in_ole(content, filename)
    for magic, kind in _FOREIGN_MAGIC:
        if content.startswith(magic):
            raise not_a_workbook(filename, kind)
    return _kind_of_text(content, filename)


def _kind_in_ole(content: bytes, filename: str) -> FileKind:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise encrypted(filename)
    if holds("Workbook") or holds("Book"):
        return FileKind.XLS
    if holds("WordDocument"):
        raise not_a_workbook(filename, "Word")
    raise damaged(filename)


def _kind_of_text(content: bytes, filename: str) -> FileKind:
    text = decode_text(content, named(filename))
    head = text[:2000].lstrip().lower()
    if head.startswith(("<!doctype html", "<html", "<table", "<meta", "<head", "<style")):
        raise _refused(
            N_(
                "文件“%(file)s”其实是网页（有的系统这样导出）："
                "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
            ),
            filename,
        )
    if head.startswith("<?xml") or head.startswith("<workbook"):
        raise _refused(
            N_(
                "文件“%(file)s”是 XML 表格，不能直接读："
                "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
            ),
            filename,
        )
    if filename.lower().endswith(_WORKBOOK_SUFFIXES):
        raise _refused(
            N_(
                "文件“%(file)s”的扩展名是工作簿，内容却是文本（CSV）："
                "请把扩展名改为 .csv，或用 Excel、WPS 另存为 .xlsx。"
            ),
            filename,
        )
    return FileKind.CSV


def encrypted(filename: str) -> Refused:
    return _refused(
        N_("文件“%(file)s”设了打开密码：请在 Excel 或 WPS 里取消密码，保存后再上传。"), filename
    )


def damaged(filename: str) -> Refused:
    return _refused(
        N_("文件“%(file)s”已损坏，打不开：请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"),
        filename,
    )


def not_a_workbook(filename: str, kind: str) -> Refused:
    return Refused(
        sentence(
            N_("文件“%(file)s”不是表格，而是 %(kind)s 文件：请上传 .xlsx、.xls 或 .csv。"),
            file=named(filename),
            kind=kind,
        )
    )


def _refused(msgid: str, filename: str) -> Refused:
    return Refused(sentence(msgid, file=named(filename)))

"""Files made to deceive, to fill the memory or to run: one sentence each, and nothing parsed."""

from __future__ import annotations

import io
import struct
import threading
import zlib
from functools import cache
from typing import Any

import pikepdf
import pytest

from taole.core.errors import Refused
from taole.privacy.files import mask_file, scan_file
from taole.privacy.worker import Worker
from tests.privacy import file_factory as make

SHEET = "xl/worksheets/sheet1.xml"
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'


def sheet_of(rows: str) -> str:
    return f'<worksheet xmlns="{SPACE}"><sheetData>{rows}</sheetData></worksheet>'


def packed_pdf(layers: int, megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        packed = zlib.compress(packed, 9)
    filters = b"[" + b"/FlateDecode " * layers + b"]"
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter " + filters + b">>\nstream\n" + packed + b"\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checked

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def pdf_with_password() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(make.pdf("东园村"))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="one", user="two"))
    return out.getvalue()


@cache
def hostile_files() -> dict[str, tuple[bytes, str, str]]:
    book = make.workbook([["x"]])
    photograph = make.photograph(["x"])
    return {
        "an empty file": (b"", "a.docx", "是空的"),
        "half a workbook": (book[:2000], "a.xlsx", "已损坏"),
        "half a photograph": (photograph[:1500], "a.jpg", "已损坏"),
        "half a PDF": (make.pdf("x")[:400], "a.pdf", "已损坏"),
        "a program": (b"MZ\x90\x00" + b"\0" * 64, "a.jpg", "认不出"),
        "an archive": (b"Rar!\x1a\x07\x00" + b"\0" * 64, "a.docx", "认不出"),
        "another zip": (
            make.with_parts(book, {}).replace(b"xl/work", b"yl/work"),
            "a",
            "认不出|损坏",
        ),
        "a binary workbook": (
            make.with_parts(book, {"xl/workbook.bin": b"x"}),
            "a.xlsb",
            "认不出",
        ),
        "a bomb": (make.with_parts(book, {SHEET: b" " * 90_000_000}), "a.xlsx", "解开后有"),
        "entities": (make.with_parts(book, {"xl/workbook.xml": ENTITIES}), "a.xlsx", "DTD"),
        "an outside file": (
            make.with_parts(make.word(), {"word/document.xml": OUTSIDE.encode("utf-16")}),
            "a.docx",
            "DTD",
        ),
        "a path out": (make.with_parts(book, {"../../x.xml": "<x/>"}), "a.xlsx", "已损坏"),
        "a photograph and a workbook": (photograph + book, "a.jpg", "另一种文件"),
        "a photograph and a page": (photograph + b"<script>x</script>", "a.jpg", "另一种文件"),
        "a PDF and a workbook": (b"%PDF-1.4\n" + book, "a.pdf", "另一种文件"),
        "a workbook and a PDF": (book + b"%PDF-1.4", "a.xlsx", "另一种文件"),
        "100,001 rows": (
            make.with_parts(book, {SHEET: sheet_of("<row><c><v>1</v></c></row>" * 100_001)}),
            "a.xlsx",
            "超过 100000 行",
        ),
        "100,001 lines": (b"a,b\n" * 100_001, "a.csv", "超过 100000 行"),
        "a packed PDF": (packed_pdf(1, 200), "a.pdf", "解开后有"),
        "a twice packed PDF": (packed_pdf(2, 300), "a.pdf", "解开后有"),
        "a locked PDF": (pdf_with_password(), "a.pdf", "打开密码"),
        "900 million pixels": (png_that_claims(30_000, 30_000), "a.png", "尺寸太大"),
    }


@pytest.mark.parametrize("name", hostile_files())
def test_a_hostile_file_is_refused_in_one_sentence_that_names_it(name: str) -> None:
    content, filename, said = hostile_files()[name]
    with pytest.raises(Refused, match=said) as refusal:
        scan_file(content, filename)
    assert len(refusal.value.sentences) == 1
    assert f"“{filename}”" in str(refusal.value)


def test_a_file_name_is_no_way_out_and_shows_no_number() -> None:
    number = make.identity(4)
    with pytest.raises(Refused) as refusal:
        scan_file(b"", f"../../{'长' * 3000}{number}.docx")
    assert len(str(refusal.value)) < 200
    with pytest.raises(Refused) as refusal:
        scan_file(b"", f"/etc/{number}.docx")
    assert number not in str(refusal.value)
    assert "/etc/" not in str(refusal.value)


def test_a_cell_in_the_last_corner_is_read_without_laying_out_the_sheet() -> None:
    number = make.identity(4)
    corner = f'<row r="1048576"><c r="XFD1048576" t="str"><v>{number}</v></c></row>'
    content = make.with_parts(make.workbook([["x"]]), {SHEET: sheet_of(corner)})
    assert [hit.where for hit in scan_file(content, "a.xlsx")] == ["工作表“名单”XFD1048576"]


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    worker = Worker()
    header: dict[str, Any] = {
        "verb": "scan",
        "filename": "慢.txt",
        "context": {"column": "", "names_forbidden": False, "allowed_phones": [], "forbidden": []},
        "keep": [],
        "key": "",
    }
    try:
        with pytest.raises(Refused, match="时间或内存超过了限度"):
            worker.ask(header, b"x", patience=0)
        said, _ = worker.ask(header, make.identity(1).encode())
        assert [hit["kind"] for hit in said["hits"]] == ["identity-number"]
    finally:
        worker.close()


def test_many_who_ask_at_once_each_get_their_own_answer() -> None:
    numbers = [make.identity(order) for order in range(8)]
    found: dict[str, list[str]] = {}

    def look(number: str) -> None:
        hits = scan_file(f"{number} 东园村".encode(), "便条.txt")
        found[number] = [hit.masked[-4:] for hit in hits]

    askers = [threading.Thread(target=look, args=(number,)) for number in numbers]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert found == {number: [number[-4:]] for number in numbers}


def test_a_word_file_of_1997_is_looked_into_but_masked_only_after_saving_anew() -> None:
    number = make.identity(6)
    content = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 504
        + "WordDocument".encode("utf-16-le")
        + b"\0" * 40
        + f"张某某 {number} 东园村".encode("utf-16-le")
        + b"\0" * 400
    )
    assert [hit.where for hit in scan_file(content, "旧.doc")] == ["文件内部的文字"]
    with pytest.raises(Refused, match=r"另存为\.docx"):
        mask_file(content, "旧.doc")

"""What may be kept, decided by content."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from taole.attachments import opening
from taole.attachments.file_process import AIM_BYTES, LONGEST_SIDE
from taole.attachments.opening import open_file
from taole.attachments.rules import FileKind, kind_of, plain_name, shown_name, tidy_name
from taole.core.errors import Refused
from tests.attachments.picture_factory import container, heic, photograph

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le")
NUMBER = "640221" + "19000101" + "0019"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n...", FileKind.PDF),
        (container("[Content_Types].xml", "word/document.xml"), FileKind.DOCX),
        (container("[Content_Types].xml", "xl/workbook.xml"), FileKind.XLSX),
        (OLE, FileKind.XLS),
        (photograph(60, 40), FileKind.JPEG),
        (heic(), FileKind.JPEG),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, kind: FileKind) -> None:
    assert open_file(content, "随便.bin").kind is kind


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空的"),
        (b"\x00\x00 \n", "是空的"),
        (b"<script>alert(1)</script>", "不是照片或文档"),
        (b"<!doctype html><p>x", "不是照片或文档"),
        (b"#!/bin/sh\nrm -rf x", "不是照片或文档"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是照片或文档"),
        (b"GIF89a....", "不是照片或文档"),
        (container("index.html"), "不是照片或文档"),
        (container("xl/workbook.xml", "xl/vbaProject.bin"), "带有宏"),
        (container("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "带有宏"),
        (OLE + "_VBA_PROJECT".encode("utf-16-le"), "带有宏"),
        (b"PK\x03\x04 and nothing more", "已损坏"),
        (photograph(60, 40) + container("a.html"), "另一种文件"),
        (b"%PDF-1.7\n<html><script>alert(1)</script>", "另一种文件"),
        (b"%PDF-1.7\n%%EOF" + container("word/document.xml"), "另一种文件"),
        (
            container("word/document.xml", holding=b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///">]>'),
            "外部引用",
        ),
        (
            container("xl/workbook.xml", holding="<!DOCTYPE x>".encode("utf-16")),
            "外部引用",
        ),
    ],
)
def test_another_file_is_refused_in_one_sentence_that_names_it(content: bytes, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        open_file(content, "公示栏照片.jpg")
    assert len(refusal.value.sentences) == 1
    assert said in str(refusal.value)
    assert "公示栏照片.jpg" in str(refusal.value)


def test_a_workbook_that_unpacks_a_thousandfold_is_refused() -> None:
    bomb = container("xl/workbook.xml", holding=b"\0" * (60 * 2**20))
    assert len(bomb) < 100_000
    with pytest.raises(Refused, match="大得不正常"):
        open_file(bomb, "炸弹.xlsx")


def test_a_directory_that_lies_about_sizes_is_refused() -> None:
    bomb = container("xl/workbook.xml", holding=b"\0" * (60 * 2**20))
    size = struct.pack("<I", 60 * 2**20)
    with pytest.raises(Refused):
        open_file(bomb.replace(size, struct.pack("<I", 100)), "炸弹.xlsx")


def test_a_container_of_a_hundred_thousand_parts_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(6000):
            archive.writestr(f"{number}", b"")
    with pytest.raises(Refused, match="大得不正常"):
        open_file(out.getvalue(), "很多.xlsx")


def test_a_decoder_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_PATIENCE_SECONDS", 0.01)
    with pytest.raises(Refused):
        open_file(photograph(600, 400), "照片.jpg")


@given(st.text(), st.sampled_from(sorted(set(FileKind) - {FileKind.CONTAINER})))
def test_a_tidy_name_names_no_folder_and_carries_no_hidden_sign(name: str, kind: FileKind) -> None:
    tidy = tidy_name(name, kind)
    assert "/" not in tidy
    assert "\\" not in tidy
    assert '"' not in tidy
    assert all(ord(sign) >= 32 and sign not in "\u202e\u200b\ufeff" for sign in tidy)
    assert tidy.rsplit(".", 1)[1] in {"jpg", "pdf", "docx", "xlsx", "xls"}
    assert not tidy.startswith(".")
    assert len(tidy) <= 130
    tidy.encode("utf-8")


@pytest.mark.parametrize(
    "name",
    [f"低保名单{NUMBER}.xlsx", f"../../{NUMBER}.xlsx", "\u202e" + NUMBER + "\u2066.xlsx"],
)
def test_an_identity_number_in_a_name_is_masked(name: str) -> None:
    for said in (tidy_name(name, FileKind.XLSX), plain_name(name), shown_name(name)):
        assert NUMBER not in said
        assert ".." not in said


def test_a_mobile_number_in_a_name_is_masked() -> None:
    assert "13900000000" not in tidy_name("张某某13900000000.jpg", FileKind.JPEG)
    assert tidy_name("2023年第三季度收支.xlsx", FileKind.XLSX) == "2023年第三季度收支.xlsx"


def test_a_name_of_three_hundred_signs_is_cut() -> None:
    assert tidy_name("长" * 300 + ".pdf", FileKind.PDF) == "长" * 120 + ".pdf"
    assert plain_name("长" * 300 + ".pdf").endswith("长.pdf")


def test_a_photograph_is_kept_small_and_without_place_or_comment() -> None:
    found = open_file(photograph(), "照片.jpg")
    with Image.open(io.BytesIO(found.content)) as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) == LONGEST_SIDE
        assert not picture.getexif()
        assert "comment" not in picture.info
    assert len(found.content) <= AIM_BYTES
    assert b"Secret" not in found.content
    assert b"somebody" not in found.content
    assert found.taken == "2023:09:05 10:11:12"


def test_a_photograph_of_an_iphone_is_kept_without_its_place() -> None:
    found = open_file(heic(), "IMG_0001.HEIC")
    with Image.open(io.BytesIO(found.content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (640, 480))
        assert not picture.getexif()


def test_a_photograph_taken_sideways_stands_upright() -> None:
    turned = open_file(photograph(1200, 900, turned=True), "照片.jpg").content
    with Image.open(io.BytesIO(turned)) as picture:
        assert picture.size == (900, 1200)


def test_a_picture_with_holes_is_laid_on_white_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(open_file(out.getvalue(), "印章.png").content)) as picture:
        assert picture.getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("side", [9_000, 30_000])
def test_a_picture_that_would_fill_the_memory_is_refused(side: int) -> None:
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b"")]
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    with pytest.raises(Refused, match="像素多得不正常"):
        open_file(bomb, "炸弹.png")


@pytest.mark.parametrize("length", [3, 100, 5000])
def test_a_photograph_cut_short_is_refused(length: int) -> None:
    with pytest.raises(Refused, match="请重拍"):
        open_file(photograph(600, 400)[:length], "照片.jpg")


def test_nobody_looks_into_a_container_before_the_process_did() -> None:
    assert kind_of(container("xl/workbook.xml"), "表.xlsx") is FileKind.CONTAINER

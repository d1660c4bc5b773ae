"""What may be kept, decided by content."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from taole.attachments.photographs import AIM_BYTES, LONGEST_SIDE, redraw
from taole.attachments.rules import FileKind, kind_of, tidy_name
from taole.core.errors import Refused
from tests.attachments.picture_factory import container, photograph


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (photograph(60, 40), FileKind.JPEG),
        (b"%PDF-1.7\n...", FileKind.PDF),
        (container("[Content_Types].xml", "word/document.xml"), FileKind.DOCX),
        (container("[Content_Types].xml", "xl/workbook.xml"), FileKind.XLSX),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
            FileKind.XLS,
        ),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, kind: FileKind) -> None:
    assert kind_of(content, "随便.bin") is kind


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空的"),
        (b"\x00\x00 \n", "是空的"),
        (b"<script>alert(1)</script>", "不是照片或文档"),
        (b"#!/bin/sh\nrm -rf x", "不是照片或文档"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是照片或文档"),
        (b"GIF89a....", "不是照片或文档"),
        (container("index.html"), "不是照片或文档"),
        (container("xl/workbook.xml", "xl/vbaProject.bin"), "带有宏"),
        (b"PK\x03\x04 and nothing more", "已损坏"),
    ],
)
def test_another_file_is_refused_in_one_sentence_that_names_it(content: bytes, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        kind_of(content, "公示栏照片.jpg")
    assert len(refusal.value.sentences) == 1
    assert said in str(refusal.value)
    assert "公示栏照片.jpg" in str(refusal.value)


@given(st.text(), st.sampled_from(FileKind))
def test_a_tidy_name_names_no_folder_and_carries_no_hidden_sign(name: str, kind: FileKind) -> None:
    tidy = tidy_name(name, kind)
    assert "/" not in tidy
    assert "\\" not in tidy
    assert '"' not in tidy
    assert all(ord(sign) >= 32 and sign != "\u202e" for sign in tidy)
    assert tidy.rsplit(".", 1)[1] in {"jpg", "pdf", "docx", "xlsx", "xls"}
    assert not tidy.startswith(".")


def test_a_photograph_is_kept_small_and_without_place_or_comment() -> None:
    kept = redraw(photograph(), "照片.jpg")
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) == LONGEST_SIDE
        assert not picture.getexif()
        assert "comment" not in picture.info
    assert len(kept) <= AIM_BYTES
    assert b"Secret" not in kept
    assert b"somebody" not in kept


def test_a_photograph_taken_sideways_stands_upright() -> None:
    with Image.open(io.BytesIO(redraw(photograph(1200, 900, turned=True), "照片.jpg"))) as picture:
        assert picture.size == (900, 1200)


def test_a_picture_with_holes_is_laid_on_white_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(redraw(out.getvalue(), "印章.png"))) as picture:
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
        redraw(bomb, "炸弹.png")


@pytest.mark.parametrize("length", [3, 100, 5000])
def test_a_photograph_cut_short_is_refused(length: int) -> None:
    with pytest.raises(Refused, match="请重拍"):
        redraw(photograph(600, 400)[:length], "照片.jpg")

"""Photographs and PDFs: what can be read, what they carry, and black boxes that hide for good."""

from __future__ import annotations

import io
import random
import zipfile

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from taole.core.errors import Refused
from taole.privacy import photographs
from taole.privacy.files import mask_file, scan_file
from taole.privacy.findings import PLAIN, USUAL_PATTERNS, Kind
from taole.privacy.found import Guard
from taole.privacy.inspecting import inspect
from taole.privacy.photograph_files import decoded, opened, written
from taole.privacy.photographs import Line
from taole.privacy.picture_lines import hits_in_lines, with_digits_mended
from tests.privacy import file_factory as make

NUMBERS = [make.identity(order) for order in range(12)]


def line(x: float, y: float, text: str, width: float = 200) -> Line:
    return Line(((x, y), (x + width, y), (x + width, y + 30), (x, y + 30)), text, 0.99)


def test_a_photographed_list_is_read_and_covered() -> None:
    photograph, numbers = make.board(random.Random(3))
    hits = scan_file(photograph, "公示栏.jpg")
    assert {hit.masked[-4:] for hit in hits} == {number[-4:] for number in numbers}
    assert {hit.where for hit in hits} == {f"照片第{row}行" for row in range(2, 7)}
    masked = mask_file(photograph, "公示栏.jpg")
    assert scan_file(masked, "公示栏.jpg") == []
    assert Image.open(io.BytesIO(masked)).size == Image.open(io.BytesIO(photograph)).size


def test_a_photograph_that_says_where_it_was_taken_is_found_and_loses_it() -> None:
    exif = make.exif_with_position(f"王某 {make.mobile(7)}")
    photograph = make.photograph(["东园村公示栏"], exif=exif)
    hits = scan_file(photograph, "公示栏.jpg")
    assert [(hit.where, hit.kind, hit.masked) for hit in hits] == [
        ("照片的拍摄信息", Kind.POSITION, "38°**′，106°**′"),
        ("照片的拍摄信息", Kind.MOBILE, "139****0007"),
    ]
    masked = Image.open(io.BytesIO(mask_file(photograph, "公示栏.jpg")))
    assert not masked.getexif()
    assert "exif" not in masked.info


def test_a_thumbnail_that_still_shows_what_was_covered_is_found() -> None:
    covered = Image.open(io.BytesIO(make.photograph(["东园村公示", ""])))
    before = make.photograph(["东园村公示", NUMBERS[3]])
    out = io.BytesIO()
    exif = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00" + before
    covered.save(out, "JPEG", exif=exif)
    hits = scan_file(out.getvalue(), "公示.jpg")
    assert [(hit.where, hit.kind) for hit in hits] == [("照片的缩略图第2行", Kind.IDENTITY)]
    assert before not in mask_file(out.getvalue(), "公示.jpg")


def test_a_photograph_of_a_newer_phone_is_read_and_keeps_its_kind() -> None:
    photograph = make.photograph([f"号码 {NUMBERS[1]}"], kind="HEIF")
    assert [hit.kind for hit in scan_file(photograph, "照片.heic")] == [Kind.IDENTITY]
    assert mask_file(photograph, "照片.heic")[4:12] == b"ftypheic"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "BMP", "GIF", "TIFF"])
def test_a_written_photograph_keeps_its_kind_and_carries_nothing(kind: str) -> None:
    photograph = make.photograph(["东园村"], kind="JPEG", exif=make.exif_with_position("王某"))
    upright = decoded(opened(photograph, "照片.jpg"), "照片.jpg")
    made = opened(written(upright, kind), "照片")
    assert made.format == kind
    assert made.size == upright.size
    assert not dict(made.getexif().get_ifd(0x8825))
    assert "王某" not in str(made.info)


def test_without_the_reader_a_photograph_is_refused_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(photographs, "can_read", lambda: False)
    with pytest.raises(Refused, match=r"pip install 'taole\[ocr\]'"):
        inspect(make.photograph(["x"]), "照片.jpg", Guard(PLAIN, USUAL_PATTERNS))


def test_text_under_a_black_box_is_found_and_gone_after_masking() -> None:
    content = make.pdf_with_black_box(NUMBERS[8])
    assert [(hit.where, hit.kind) for hit in scan_file(content, "公示.pdf")] == [
        ("第1页", Kind.IDENTITY)
    ]
    masked = mask_file(content, "公示.pdf")
    assert scan_file(masked, "公示.pdf") == []
    document = pypdfium2.PdfDocument(masked)
    assert document[0].get_textpage().get_text_range() == ""


def test_shown_text_of_a_pdf_is_covered_with_a_black_box() -> None:
    content = make.pdf(f"证件号 {NUMBERS[2]}\n\n金额 600 元")
    masked = mask_file(content, "公示.pdf")
    assert scan_file(masked, "公示.pdf") == []
    page = pypdfium2.PdfDocument(masked)[0].render(scale=1).to_pil().convert("L")
    assert page.histogram()[0] > 500


def test_notes_attachments_and_properties_of_a_pdf_are_looked_into() -> None:
    content = make.pdf_with_notes(NUMBERS[8], NUMBERS[9], NUMBERS[10])
    assert {hit.where for hit in scan_file(content, "公示.pdf")} == {
        "第1页的批注或表单",
        "文档属性和书签",
        "附件“清单.txt”：第1行",
    }


def test_a_scanned_page_is_read() -> None:
    content = make.scanned_pdf(make.photograph(["东园村公示", f"张某某 {NUMBERS[5]}"]))
    assert [(hit.where, hit.kind) for hit in scan_file(content, "扫描.pdf")] == [
        ("第1页的图片第2行", Kind.IDENTITY)
    ]


def test_a_picture_in_a_word_file_is_read_and_covered() -> None:
    picture = make.photograph([f"张某某 {NUMBERS[6]}"])
    content = make.word_with_inner_files(picture, make.workbook([["姓名"]]))
    assert [hit.where for hit in scan_file(content, "报告.docx")] == ["图片“image1.jpg”第1行"]
    masked = mask_file(content, "报告.docx")
    with zipfile.ZipFile(io.BytesIO(masked)) as archive:
        covered = Image.open(io.BytesIO(archive.read("word/media/image1.jpg"))).convert("L")
    assert sum(covered.histogram()[:8]) > 3000


def test_a_number_that_the_reader_cuts_in_two_is_put_together() -> None:
    lines = [
        line(0, 0, "姓名"),
        line(220, 0, "证件号"),
        line(440, 0, "金额"),
        line(0, 50, "张某某"),
        line(220, 52, NUMBERS[1][:10], 100),
        line(325, 51, NUMBERS[1][10:], 80),
        line(440, 50, "600"),
    ]
    hits = hits_in_lines(lines, PLAIN, USUAL_PATTERNS)
    assert {(one.line, one.hit.kind) for one in hits} == {(4, Kind.IDENTITY), (5, Kind.IDENTITY)}


def test_a_number_with_the_next_column_stuck_to_it_is_found() -> None:
    hits = hits_in_lines([line(0, 0, f"张某某{NUMBERS[1]}600")], PLAIN, USUAL_PATTERNS)
    assert [(one.hit.text, one.hit.kind) for one in hits] == [(NUMBERS[1], Kind.IDENTITY)]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("64022119OOO1O1OO19", "640221190001010019"),
        ("64O22l19000l0l0043", "640221190001010043"),
        ("64022119000101006入", "64022119000101006X"),
        ("IOBOSOLO", "IOBOSOLO"),
        ("Bilibili01", "Bilibili01"),
    ],
)
def test_letters_that_look_like_digits_are_mended_in_long_numbers_only(
    read: str, meant: str
) -> None:
    assert with_digits_mended(read) == meant


def test_a_file_pinned_to_a_page_is_looked_into() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(make.pdf("东园村公示"))) as document:
        pinned = pikepdf.Stream(document, f"证件 {NUMBERS[3]}".encode())
        pinned.Type = pikepdf.Name.EmbeddedFile
        named = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF=pikepdf.Dictionary(F=pinned))
        note = pikepdf.Dictionary(
            Subtype=pikepdf.Name.FileAttachment, Rect=[9, 9, 20, 20], FS=named
        )
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])
        document.save(out)
    hits = scan_file(out.getvalue(), "公示.pdf")
    assert [(hit.where, hit.kind) for hit in hits] == [("PDF 内嵌的文件：第1行", Kind.IDENTITY)]

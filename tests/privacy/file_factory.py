"""Files as villages send them, made for one test; every person and number in them is invented."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Sequence
from functools import cache

import pikepdf
import pylopdf_fonts_zh_cn
import typst
import xlsxwriter
from docx import Document
from docx.shared import Pt
from PIL import Image, ImageDraw, ImageFont

REGION_AND_BIRTH = "64022119000101"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(order: int) -> str:
    """An invented resident identity number, born on the first day of 1900."""
    body = f"{REGION_AND_BIRTH}{order:03d}"
    total = sum(int(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def bank_card(order: int) -> str:
    """An invented card of nineteen digits with a right last one."""
    body = f"6228480000000{order:05d}"
    total = 0
    for place, sign in enumerate(reversed(body)):
        doubled = int(sign) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str(-total % 10)


def mobile(order: int) -> str:
    return f"1390000{order:04d}"


def with_parts(package: bytes, changed: dict[str, str | bytes]) -> bytes:
    """The package with these parts put in or in place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def part(package: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name).decode()


def everything_in(package: bytes) -> str:
    """The text of all parts, for looking whether a number is anywhere."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return "\n".join(
            archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()
        )


# Word


def word(body: Sequence[str] = ("东园村低保公示",)) -> bytes:
    document = Document()
    for paragraph in body:
        document.add_paragraph(paragraph)
    return _saved(document)


def word_with_everything(numbers: Sequence[str]) -> bytes:
    """A header, footer, table, comment, split runs, struck-out and added words, a property."""
    head, foot, cell, note, split, struck, added, owner = numbers
    document = Document()
    document.sections[0].header.paragraphs[0].text = f"经办：{head}"
    document.sections[0].footer.paragraphs[0].text = f"核对：{foot}"
    paragraph = document.add_paragraph("东园村低保名单：")
    run = paragraph.add_run(split[:7])
    run.bold = True
    paragraph.add_run(split[7:])
    document.add_comment(runs=run, text=f"这个人是 {note}", author="李某", initials="李")
    table = document.add_table(rows=2, cols=3)
    for at, text in enumerate(("姓名", "证件号", "金额")):
        table.cell(0, at).text = text
    for at, text in enumerate(("张某某", cell, "600")):
        table.cell(1, at).text = text
    document.add_paragraph("改动：")
    document.core_properties.subject = owner
    made = _saved(document)
    changes = (
        f'<w:del w:id="91" w:author="李某"><w:r><w:delText>{struck}</w:delText></w:r></w:del>'
        f'<w:ins w:id="92" w:author="李某"><w:r><w:t>{added}</w:t></w:r></w:ins>'
    )
    xml = part(made, "word/document.xml")
    xml = xml.replace("改动：</w:t></w:r>", f"改动：</w:t></w:r>{changes}")
    return with_parts(made, {"word/document.xml": xml})


def word_with_text_box(number: str) -> bytes:
    made = word(["这里有框："])
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"<w:txbxContent><w:p><w:r><w:t>{number}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    xml = part(made, "word/document.xml").replace(
        "这里有框：</w:t></w:r>", f"这里有框：</w:t></w:r>{box}"
    )
    return with_parts(made, {"word/document.xml": xml})


def word_with_inner_files(picture: bytes, workbook: bytes) -> bytes:
    document = Document()
    document.add_picture(io.BytesIO(picture), width=Pt(300))
    return with_parts(_saved(document), {"word/embeddings/Sheet1.xlsx": workbook})


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


# Excel


def workbook(rows: Sequence[Sequence[object]], name: str = "名单") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def workbook_with_everything(numbers: Sequence[str]) -> bytes:
    """Hidden sheets, row and column, white letters, a comment, a box, a name, properties."""
    shown, row, column, white, note, hidden, very_hidden, box, name, owner = numbers
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, ["姓名", "证件号", "金额", "备用"])
        sheet.write_row(1, 0, ["张某某", shown, 600])
        sheet.write_row(2, 0, ["刘某某", row, 500])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.write(3, 3, column)
        sheet.set_column(3, 3, None, None, {"hidden": True})
        sheet.write(4, 1, white, book.add_format({"font_color": "white"}))
        sheet.write_comment(1, 0, f"核对过 {note}")
        sheet.insert_textbox(6, 1, f"联系 {box}")
        book.add_worksheet("底稿").write(6, 2, hidden)
        book.get_worksheet_by_name("底稿").hide()
        book.add_worksheet("旧表").write(0, 0, very_hidden)
        book.get_worksheet_by_name("旧表").very_hidden()
        book.define_name("某人", f'="{name}"')
        book.set_properties({"comments": owner})
    return out.getvalue()


def workbook_with_pivot_cache(number: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_parts(
        workbook([["姓名", "金额"], ["张某某", 600]]),
        {
            "xl/pivotCache/pivotCacheDefinition1.xml": (
                f'<pivotCacheDefinition xmlns="{space}"><cacheFields count="1">'
                f'<cacheField name="证件号"><sharedItems><s v="{number}"/></sharedItems>'
                "</cacheField></cacheFields></pivotCacheDefinition>"
            ),
            "xl/pivotCache/pivotCacheRecords1.xml": (
                f'<pivotCacheRecords xmlns="{space}"><r><n v="640221190001010000"/></r>'
                "</pivotCacheRecords>"
            ),
        },
    )


def workbook_with_unused_string(number: str) -> bytes:
    made = workbook([["姓名"], ["张某某"]])
    strings = part(made, "xl/sharedStrings.xml").replace(
        "</sst>", f"<si><t>{number}</t></si></sst>"
    )
    return with_parts(made, {"xl/sharedStrings.xml": strings})


def workbook_with_threaded_comment(number: str) -> bytes:
    return with_parts(
        workbook([["姓名"], ["张某某"]]),
        {
            "xl/threadedComments/threadedComment1.xml": (
                '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
                f'threadedcomments"><threadedComment ref="A2"><text>请核对 {number}</text>'
                "</threadedComment></ThreadedComments>"
            )
        },
    )


def old_workbook(
    rows: Sequence[Sequence[object]], hidden: Sequence[Sequence[object]] = (), name: str = "名单"
) -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for title, content in ((name, rows), ("底稿", hidden)):
        sheet = book.add_sheet(title)
        for at, row in enumerate(content):
            for column, value in enumerate(row):
                sheet.write(at, column, value)
    book.get_sheet(1).visibility = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# PDF


def pdf(body: str) -> bytes:
    """A page set by typst; ``body`` is its markup."""
    head = '#set page(width: 120mm, height: 60mm, margin: 8mm)\n#set text(font: "Noto Sans SC")\n'
    made = typst.compile(
        (head + body).encode(),
        format="pdf",
        font_paths=[str(pylopdf_fonts_zh_cn.sans_path().parent)],
        ignore_system_fonts=True,
    )
    assert isinstance(made, bytes)
    return made


def pdf_with_black_box(number: str) -> bytes:
    box = "#place(top + left, rect(width: 100%, height: 14pt, fill: black))"
    return pdf(f"{box}{number}\n\n东园村公示")


def pdf_with_notes(note: str, attached: str, subject: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("东园村公示"))) as document:
        page = document.pages[0]
        page.Annots = pikepdf.Array(
            [
                document.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.Text,
                        Rect=[10, 10, 30, 30],
                        Contents=f"核对 {note}",
                    )
                )
            ]
        )
        document.attachments["清单.txt"] = f"证件 {attached}".encode()
        document.docinfo["/Subject"] = subject
        document.save(out)
    return out.getvalue()


def scanned_pdf(picture: bytes) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").save(out, "PDF", resolution=150)
    return out.getvalue()


# Photographs


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size)


def photograph(
    lines: Sequence[str], *, kind: str = "JPEG", exif: Image.Exif | None = None, size: int = 24
) -> bytes:
    """Words on a grey sheet, as a board looks from near."""
    height = 60 + len(lines) * size * 2
    picture = Image.new("RGB", (600, height), (236, 234, 228))
    draw = ImageDraw.Draw(picture)
    for at, line in enumerate(lines):
        draw.text((30, 40 + at * size * 2), line, fill=(30, 30, 34), font=_font(size))
    out = io.BytesIO()
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    options = {"exif": exif} if exif is not None else {}
    picture.save(out, kind, quality=90, **options)
    return out.getvalue()


def exif_with_position(owner: str = "") -> Image.Exif:
    exif = Image.Exif()
    if owner:
        exif[0x013B] = owner
    position = exif.get_ifd(0x8825)
    position.update({1: "N", 2: (38.0, 51.0, 30.0), 3: "E", 4: (106.0, 42.0, 10.0)})
    exif[0x8825] = position
    return exif


def board(generator: random.Random, people: int = 5) -> tuple[bytes, list[str]]:
    """A photographed list with numbers, and the numbers."""
    numbers = [identity(generator.randrange(1000)) for _ in range(people)]
    lines = [f"{at}  张某某  {number}  600元" for at, number in enumerate(numbers, 1)]
    return photograph(["东园村低保公示", *lines]), numbers


def is_anywhere(numbers: Sequence[str], text: str) -> bool:
    bare = re.sub(r"[\s\-]", "", text)
    return any(number in bare for number in numbers)

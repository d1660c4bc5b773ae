"""The labelled corpus of files: numbers planted in every place and dress among innocent words."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pylopdf_fonts_zh_cn
import typst
import xlsxwriter
from docx import Document
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.privacy import corpus_values as values
from tests.privacy import file_factory as make
from tests.privacy.corpus_innocent import innocent_texts

SEED = 20230918
_PEOPLE = ("张某某", "陈某", "刘某", "王某", "孙某", "马某", "周某", "赵某", "吴某", "郑某")
_HEAD = ("姓名", "身份证号", "一卡通账号", "联系电话", "金额", "文号", "备注")


@dataclass(frozen=True)
class Planted:
    """A file and the plain numbers in it that must be found."""

    kind: str
    filename: str
    content: bytes
    numbers: list[str]


def files(kind: str, count: int, seed: int = SEED) -> Iterator[Planted]:
    """So many files of a kind ("Word", "Excel", "Excel 97", "CSV", "PDF", "photograph")."""
    rng = random.Random(f"{seed} {kind}")
    for _ in range(count):
        suffix, made = _MAKERS[kind]
        numbers: list[str] = []
        content = made(rng, numbers)
        yield Planted(kind, f"公示{suffix}", content, numbers)


def kinds() -> list[str]:
    return list(_MAKERS)


def _innocent(rng: random.Random, count: int) -> list[str]:
    texts = [text for text, column in innocent_texts(random.Random(rng.random())) if not column]
    return rng.sample(texts, count)


def _identity(rng: random.Random, numbers: list[str], *, plain: bool = False) -> str:
    number = values.identity(rng)
    numbers.append(number)
    return number if plain else _dressed(rng, number, values.IDENTITY_DRESSES)


def _card(rng: random.Random, numbers: list[str], *, plain: bool = False) -> str:
    number = values.card(rng)
    numbers.append(number)
    return number if plain else _dressed(rng, number, values.CARD_DRESSES)


def _mobile(rng: random.Random, numbers: list[str], *, plain: bool = False) -> str:
    number = values.mobile(rng)
    numbers.append(number)
    return number if plain else _dressed(rng, number, values.PHONE_DRESSES)


def _dressed(rng: random.Random, number: str, dresses: dict[str, values.Dress]) -> str:
    return dresses[rng.choice(list(dresses))](rng, number)


def _sentence(rng: random.Random, numbers: list[str]) -> str:
    person = rng.choice(_PEOPLE)
    return rng.choice(
        (
            lambda: f"{person}，身份证号：{_identity(rng, numbers)}，已核实。",
            lambda: f"{person}（{_identity(rng, numbers)}）",
            lambda: f"打入{person}银行卡{_card(rng, numbers)}",
            lambda: f"{person}，手机：{_mobile(rng, numbers)}",
        )
    )()


def _row(rng: random.Random, numbers: list[str], *, plain: bool = False) -> list[object]:
    return [
        rng.choice(_PEOPLE),
        _identity(rng, numbers, plain=plain),
        _card(rng, numbers, plain=plain),
        _mobile(rng, numbers, plain=plain),
        rng.randrange(100, 99999),
        f"平党办发〔2023〕{rng.randrange(1, 90)}号",
        rng.choice(("", "已核实", "一级", "2023.9.7")),
    ]


def _word(rng: random.Random, numbers: list[str]) -> bytes:
    document = Document()
    document.sections[0].header.paragraphs[0].text = _sentence(rng, numbers)
    document.sections[0].footer.paragraphs[0].text = _sentence(rng, numbers)
    for text in _innocent(rng, 12):
        document.add_paragraph(text)
        if rng.random() < 0.4:
            paragraph = document.add_paragraph()
            words = _sentence(rng, numbers)
            cut = rng.randrange(1, len(words))
            paragraph.add_run(words[:cut]).bold = True
            run = paragraph.add_run(words[cut:])
            if rng.random() < 0.3:
                document.add_comment(run, text=_sentence(rng, numbers))
    table = document.add_table(rows=5, cols=len(_HEAD))
    for at, row in enumerate([_HEAD, *(_row(rng, numbers) for _ in range(4))]):
        for column, value in enumerate(row):
            table.cell(at, column).text = str(value)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _excel(rng: random.Random, numbers: list[str]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name in ("名单", "底稿"):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, "东园村2023年第三季度公示")
            sheet.write_row(1, 0, _HEAD)
            for at in range(8):
                row = _row(rng, numbers)
                for column, value in enumerate(row):
                    if column == 3 and str(value).isdecimal():
                        sheet.write_number(at + 2, column, int(str(value)))
                    else:
                        sheet.write(at + 2, column, value)
            for at, text in enumerate(_innocent(rng, 6)):
                sheet.write(at + 12, 6, text)
            sheet.write_comment(3, 0, _sentence(rng, numbers))
            if name == "底稿":
                sheet.hide()
            else:
                sheet.set_row(4, None, None, {"hidden": True})
    return out.getvalue()


def _excel_97(rng: random.Random, numbers: list[str]) -> bytes:
    rows = [["东园村公示"], list(_HEAD), *(_row(rng, numbers) for _ in range(6))]
    rows += [["", "", "", "", "", "", text] for text in _innocent(rng, 4)]
    return make.old_workbook(rows, [list(_HEAD), *(_row(rng, numbers) for _ in range(3))])


def _csv(rng: random.Random, numbers: list[str]) -> bytes:
    import csv

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    writer.writerows(_row(rng, numbers) for _ in range(10))
    writer.writerows([["", "", "", "", "", "", text] for text in _innocent(rng, 4)])
    return out.getvalue().encode(rng.choice(("gb18030", "utf-8")))


def _drawn_sentence(rng: random.Random, numbers: list[str]) -> str:
    """A sentence all of whose signs the font has: what it lacks is not in the file at all."""
    while True:
        own: list[str] = []
        words = _sentence(rng, own)
        if "\u20e3" not in words:
            numbers += own
            return words


def _pdf(rng: random.Random, numbers: list[str]) -> bytes:
    blocks = [*_innocent(rng, 8), *(_drawn_sentence(rng, numbers) for _ in range(4))]
    rng.shuffle(blocks)
    cells = [str(value) for _ in range(4) for value in _row(rng, numbers, plain=True)[:5]]
    body = "\n".join(f"#text({_quoted(block)})\n" for block in blocks)
    table = ", ".join(f"[#text({_quoted(cell)})]" for cell in (*_HEAD[:5], *cells))
    markup = (
        '#set page(width: 210mm, height: 297mm, margin: 15mm)\n#set text(font: "Noto Sans SC", '
        f"size: 9pt)\n{body}\n#table(columns: (auto, auto, auto, auto, auto), {table})\n"
    )
    made = typst.compile(
        markup.encode(),
        format="pdf",
        font_paths=[str(pylopdf_fonts_zh_cn.sans_path().parent)],
        ignore_system_fonts=True,
    )
    assert isinstance(made, bytes)
    return made


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _photograph(rng: random.Random, numbers: list[str]) -> bytes:
    """A list on a board: a table, a little turned, a little soft, as a phone saves it."""
    size = rng.randrange(24, 36)
    font = ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size)
    people = rng.randrange(4, 8)
    picture = Image.new("RGB", (size * 34, size * (2 * people + 10)), (238, 236, 230))
    draw = ImageDraw.Draw(picture)
    draw.text((size * 9, size * 2), "东园村临时救助名单公示", fill=(25, 25, 30), font=font)
    columns = (2, 6, 18, 28)
    rows: list[tuple[str, ...]] = [("姓名", "身份证号", "联系电话", "金额")]
    rows += [
        (
            rng.choice(_PEOPLE),
            _identity(rng, numbers, plain=True),
            _mobile(rng, numbers, plain=True),
            str(rng.randrange(300, 5000)),
        )
        for _ in range(people)
    ]
    for at, row in enumerate(rows):
        for column, text in zip(columns, row, strict=True):
            draw.text((size * column, size * (5 + 2 * at)), text, fill=(30, 30, 36), font=font)
    turned = picture.rotate(
        rng.uniform(-2.5, 2.5), Image.Resampling.BICUBIC, expand=True, fillcolor=(150, 148, 140)
    ).filter(ImageFilter.GaussianBlur(rng.uniform(0, 0.7)))
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=rng.randrange(70, 93))
    return out.getvalue()


_MAKERS: dict[str, tuple[str, Callable[[random.Random, list[str]], bytes]]] = {
    "Word": (".docx", _word),
    "Excel": (".xlsx", _excel),
    "Excel 97": (".xls", _excel_97),
    "CSV": (".csv", _csv),
    "PDF": (".pdf", _pdf),
    "photograph": (".jpg", _photograph),
}

"""Where a stranger hid a number: between marks of XML, in names of parts, behind a picture."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from taole.app.cli import main
from taole.core.errors import Refused
from taole.privacy.files import mask_file, scan_file
from taole.privacy.photograph_data import words_behind, words_of
from taole.privacy.photograph_files import opened
from tests.privacy import file_factory as make

NUMBER = make.identity(21)
PRESS = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00"
CONNECTION = (
    '<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection '
    f'id="1"><dbPr command="select * from list where id=\'{NUMBER}\'"/></connection></connections>'
)


def places(content: bytes, filename: str) -> set[str]:
    return {hit.where for hit in scan_file(content, filename)}


def with_segment(photograph: bytes, marker: int, content: bytes) -> bytes:
    size = (len(content) + 2).to_bytes(2, "big")
    return photograph[:2] + bytes([0xFF, marker]) + size + content + photograph[2:]


def test_a_remark_in_the_markup_of_a_word_file_is_found_and_masked() -> None:
    made = make.word()
    xml = make.part(made, "word/document.xml").replace("<w:body>", f"<w:body><!-- {NUMBER} -->")
    content = make.with_parts(made, {"word/document.xml": xml})
    assert len(places(content, "公示.docx")) == 1
    masked = mask_file(content, "公示.docx")
    assert NUMBER not in make.everything_in(masked)
    assert scan_file(masked, "公示.docx") == []


def test_the_question_to_a_data_base_in_a_workbook_is_found_and_masked() -> None:
    content = make.with_parts(make.workbook([["姓名"]]), {"xl/connections.xml": CONNECTION})
    assert places(content, "名单.xlsx") == {"数据连接"}
    assert NUMBER not in make.everything_in(mask_file(content, "名单.xlsx"))


def test_the_name_of_a_part_is_found_and_must_be_taken_out_by_hand() -> None:
    content = make.with_parts(make.word(), {f"word/media/{NUMBER}.txt": "东园村"})
    assert places(content, "公示.docx") == {"内部文件的名称"}
    with pytest.raises(Refused) as refused:
        mask_file(content, "公示.docx")
    assert NUMBER not in str(refused.value)


def test_the_remark_of_a_package_is_found_and_left_out() -> None:
    out = io.BytesIO(make.word())
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = NUMBER.encode()
    assert places(out.getvalue(), "公示.docx") == {"压缩包的注释"}
    assert NUMBER.encode() not in mask_file(out.getvalue(), "公示.docx")


def test_an_older_version_in_a_pdf_is_read() -> None:
    content = make.pdf(NUMBER) + b"\n" + make.pdf("东园村公示")
    assert places(content, "公示.pdf") == {"PDF 较早的版本"}


def test_a_form_in_xml_in_a_pdf_is_read() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(make.pdf("东园村公示"))) as document:
        form = document.make_stream(f"<data><id>{NUMBER}</id></data>".encode())
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=form)
        document.save(out)
    assert places(out.getvalue(), "公示.pdf") == {"PDF 内部的对象"}


def test_a_caption_for_the_press_is_among_the_words_of_a_photograph() -> None:
    record = b"\x1c\x02\x78" + len(NUMBER).to_bytes(2, "big") + NUMBER.encode()
    segment = PRESS + len(record).to_bytes(4, "big") + record
    photograph = opened(with_segment(make.photograph(["东园村"]), 0xED, segment), "公示.jpg")
    assert NUMBER in "".join(piece.text for piece in words_of(photograph))


def test_what_stands_behind_a_photograph_is_read() -> None:
    content = make.photograph(["东园村"]) + f"id {NUMBER}".encode()
    assert [NUMBER in passage.text for passage in words_behind(content, "之后")] == [True]
    assert list(words_behind(make.photograph(["东园村"]), "之后")) == []


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.txt"
    os.mkfifo(pipe)
    done = CliRunner().invoke(main, ["privacy", "scan", str(pipe)])
    assert done.exit_code == 1
    assert "管道.txt" in done.stderr

"""Tables as villages and offices really send them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from taole.core.errors import Refused
from taole.documents.workbooks import read_workbook

NINE_THIRTY = datetime(2023, 10, 12, 9, 30)  # noqa: DTZ001 - workbooks carry no zone
LEDGER = "村,公开事项,公示起\n东园村,各项收入,2023-10-12\n"


def saved(book: openpyxl.Workbook | xlwt.Workbook) -> bytes:
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def one_sheet(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def zipped(**parts: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return output.getvalue()


def refusal(content: bytes, filename: str, **limits: int) -> str:
    with pytest.raises(Refused) as refused:
        read_workbook(content, filename, **limits)
    assert len(refused.value.sentences) == 1
    assert filename in str(refused.value)
    return str(refused.value)


def test_a_workbook_gives_texts_numbers_and_days_as_they_are():
    content = one_sheet(
        (" 东园村\u3000", 3.0, 2.5, True, date(2023, 10, 12), NINE_THIRTY),
        (time(9, 30), timedelta(hours=30), "640221106001", None, "", "\u200b"),
    )
    first, second = read_workbook(content, "台账.xlsx")[0].rows
    assert first.cells == [
        "东园村",
        3,
        2.5,
        True,
        date(2023, 10, 12),
        NINE_THIRTY,
    ]
    assert isinstance(first.cells[1], int)
    assert second.cells == ["09:30", "1 day, 6:00:00", "640221106001", None, None, None]
    assert (first.number, second.number) == (1, 2)


def test_an_old_xls_is_read_with_its_days():
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    sheet.write(2, 1, "东园村")
    sheet.write(2, 2, date(2023, 10, 12), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    (read,) = read_workbook(saved(book), "台账.xls")
    assert read.name == "台账"
    assert [row.number for row in read.rows] == [1, 2, 3]
    assert read.rows[0].is_empty
    assert read.rows[2].cells == [None, "东园村", date(2023, 10, 12)]


@pytest.mark.parametrize(
    ("prefix", "encoding"),
    [
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"", "gbk"),
        (b"", "gb18030"),
        (b"\xef\xbb\xbf", "gbk"),
        (b"", "utf-16"),
        (b"\xfe\xff", "utf-16-be"),
    ],
)
def test_a_csv_is_read_in_every_encoding_that_offices_use(prefix: bytes, encoding: str):
    (sheet,) = read_workbook(prefix + LEDGER.encode(encoding), "台账.csv")
    assert sheet.name == "台账.csv"
    assert [row.cells for row in sheet.rows] == [
        ["村", "公开事项", "公示起"],
        ["东园村", "各项收入", "2023-10-12"],
    ]


def test_a_csv_keeps_codes_as_text_and_unwraps_excels_text_formula():
    (sheet,) = read_workbook('编码,数\n="000123",640221106001\n'.encode(), "码.csv")
    assert sheet.rows[1].cells == ["000123", "640221106001"]


def test_a_csv_with_tabs_is_split_at_tabs():
    (sheet,) = read_workbook("村\t事项\n东园村\t收入,支出\n".encode("utf-16"), "台账.txt")
    assert sheet.rows[1].cells == ["东园村", "收入,支出"]


def test_a_quoted_line_break_stays_inside_its_row():
    (sheet,) = read_workbook('村,内容\n东园村,"一\n二"\n王家庄村,三\n'.encode(), "a.csv")
    assert [(row.number, row.cells[1]) for row in sheet.rows] == [
        (1, "内容"),
        (2, "一\n二"),
        (3, "三"),
    ]


def test_empty_rows_and_columns_at_the_end_are_dropped():
    (sheet,) = read_workbook(b"a,b,,\n\n,c,,\n,,,\n,,,\n", "a.csv")
    assert [row.cells for row in sheet.rows] == [["a", "b"], [None, None], [None, "c"]]


def test_a_merged_range_is_repeated_only_when_asked():
    book = openpyxl.Workbook()
    book.active.append(["社会保障", "低保"])
    book.active.append([None, "特困"])
    book.active.append([None, "临时救助"])
    book.active.merge_cells("A1:A3")
    content = saved(book)
    plain = read_workbook(content, "a.xlsx")[0].rows
    filled = read_workbook(content, "a.xlsx", filled=True)[0].rows
    assert [row.cells[0] for row in plain] == ["社会保障", None, None]
    assert [row.cells[0] for row in filled] == ["社会保障"] * 3


def test_hidden_sheets_and_charts_are_not_read():
    book = openpyxl.Workbook()
    book.active.append(["村"])
    hidden = book.create_sheet("下拉")
    hidden.sheet_state = "hidden"
    book.create_chartsheet("图")
    assert [sheet.name for sheet in read_workbook(saved(book), "a.xlsx")] == ["Sheet"]


def test_a_workbook_named_xls_or_csv_is_read_for_what_it_is():
    content = one_sheet(("村",))
    for name in ("台账.xls", "台账.csv"):
        assert read_workbook(content, name)[0].rows[0].cells == ["村"]


def test_a_path_in_a_file_name_is_not_repeated():
    with pytest.raises(Refused, match=r"“台账\.csv”"):
        read_workbook(b"", "C:\\陈某\\台账.csv")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n"])
def test_an_empty_file_is_said_to_be_empty(content: bytes):
    assert "是空的" in refusal(content, "台账.csv")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (b"Rar!\x1a\x07....", "RAR"),
        (zipped(word__document_xml=b"<w/>"), "Word"),
        (zipped(content_xml=b"<o/>"), "OpenDocument"),
        (zipped(xl__workbook_bin=b"x"), "xlsb"),
        (zipped(photo_jpg=b"x"), "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word"),
    ],
)
def test_a_file_that_is_no_table_is_named_for_what_it_is(content: bytes, kind: str):
    said = refusal(content, "台账.xlsx")
    assert f"而是 {kind} 文件" in said


def test_a_csv_renamed_to_xlsx_is_said_to_be_a_csv():
    assert "改为 .csv" in refusal(LEDGER.encode("gbk"), "台账.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_a_web_page_saved_as_xls_is_said_to_be_a_web_page(encoding: str):
    page = "\n<html><body><table><tr><td>村</td></tr></table></body></html>"
    assert "网页" in refusal(page.encode(encoding), "导出.xls")


def test_an_xml_spreadsheet_is_asked_to_be_saved_as_xlsx():
    page = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    assert "XML 表格" in refusal(page.encode(), "导出.xls")


def test_an_encrypted_workbook_asks_for_the_password_to_be_removed():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    assert "密码" in refusal(ole + "EncryptedPackage".encode("utf-16-le"), "台账.xlsx")


def test_damaged_workbooks_are_said_to_be_damaged():
    good = one_sheet(("村",) * 20)
    assert "已损坏" in refusal(good[: len(good) // 2], "台账.xlsx")
    assert "已损坏" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "台账.xls")
    assert "已损坏" in refusal(zipped(xl__workbook_xml=b"<not"), "台账.xlsx")
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "村")
    assert "已损坏" in refusal(saved(book)[:1500], "台账.xls")


def test_a_part_that_does_not_match_its_checksum_is_damage():
    good = bytearray(one_sheet(("村", "公开事项")))
    at = good.find(b"xl/worksheets/sheet1.xml") + 40
    good[at] ^= 0xFF
    assert "已损坏" in refusal(bytes(good), "台账.xlsx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped(xl__workbook_xml=b"<w/>", xl__worksheets__sheet1_xml=b" " * 30_000_000)
    assert len(bomb) < 100_000
    said = refusal(bomb, "台账.xlsx")
    assert "解压后有 28 MB" in said


def test_a_cell_in_the_last_corner_is_refused_before_the_sheet_is_laid_out():
    book = openpyxl.Workbook()
    book.active["A1"] = "村"
    book.active["XFD1048576"] = "迷路"
    said = refusal(saved(book), "台账.xlsx")
    assert "1048576 行" in said
    assert "50000 行" in said
    book = openpyxl.Workbook()
    book.active["XFD9000"] = "迷路"
    assert "9000 行 16384 列" in refusal(saved(book), "台账.xlsx")


def test_a_file_that_brings_the_parser_down_is_damaged_and_nothing_else_stops():
    sheet = b"""<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>
        <row r='1048576'><c r='XFD1048576'><v>2</v></c></row></sheetData></worksheet>"""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(one_sheet((1,)))) as good, zipfile.ZipFile(output, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, sheet if "sheet1" in name else good.read(name))
    assert "已损坏" in refusal(output.getvalue(), "台账.xlsx")


def test_a_sheet_of_the_old_kind_that_reaches_too_far_is_refused_by_its_size():
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    page.write(0, 0, 1)
    page.write(49_999, 255, 1)
    assert "50000 行 256 列" in refusal(saved(book), "台账.xls")


def test_formatted_but_empty_rows_do_not_count():
    book = openpyxl.Workbook()
    book.active["A1"] = "村"
    book.active["A90000"].font = openpyxl.styles.Font(bold=True)
    assert len(read_workbook(saved(book), "a.xlsx")[0].rows) == 1


def test_too_many_rows_are_refused_with_both_numbers():
    rows = [("东园村",)] * 12
    text = "东园村\n" * 12
    for content, name in ((one_sheet(*rows), "a.xlsx"), (text.encode(), "a.csv")):
        said = refusal(content, name, max_rows=10)
        assert "有 12 行" in said
        assert "最多读 10 行" in said
        assert len(read_workbook(content, name, max_rows=12)[0].rows) == 12
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for at in range(12):
        sheet.write(at, 0, "东园村")
    assert "有 12 行" in refusal(saved(book), "a.xls", max_rows=10)


@pytest.mark.parametrize(
    "content",
    [
        "陶樂鎮東園村財務公開目錄".encode("big5"),
        "Comité café élève à Noël".encode("latin-1"),
        b"\x00\x01\x02binary\xff\xfe",
        "东园村".encode("utf-16-le"),
        b"\xff\xfe\x00\xd8",
    ],
)
def test_an_unknown_encoding_is_refused_rather_than_read_as_rubbish(content: bytes):
    assert "编码认不出" in refusal(content, "台账.csv")


def test_an_unclosed_quote_is_named_with_its_row():
    said = refusal('村,内容\n东园村,"没有结束\n王家庄村,三\n'.encode(), "台账.csv")
    assert "第2行的引号" in said


@given(st.binary(max_size=400))
def test_whatever_bytes_come_there_is_a_table_or_one_sentence(content: bytes):
    try:
        read_workbook(content, "台账.csv")
    except Refused as refused:
        said = refused.sentences
    else:
        said = ()
    assert len(said) <= 1


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_workbook_with_spoilt_bytes_is_a_table_or_one_sentence(data: st.DataObject):
    spoilt = bytearray(SAMPLES[data.draw(st.sampled_from(sorted(SAMPLES)))])
    for _ in range(data.draw(st.integers(1, 6))):
        spoilt[data.draw(st.integers(8, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_workbook(bytes(spoilt), "台账.xls")
    except Refused as refused:
        said = refused.sentences
    else:
        said = ()
    assert len(said) <= 1


def _samples() -> dict[str, bytes]:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write_merge(0, 0, 0, 2, "村务公开")
    sheet.write(1, 0, "东园村")
    return {"xls": saved(book), "xlsx": one_sheet(("东园村", 1, date(2023, 1, 2)))}


SAMPLES = _samples()

"""Tables that are hard to read: printed in pages, side by side, in old files, with broken parts."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import xlwt
from openpyxl.worksheet.worksheet import Worksheet
from workbook_factory import put, saved, workbook


def three_months_in_one_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for month in (7, 8, 9):
        sheet = book.create_sheet(f"{month}月")
        put(
            sheet,
            1,
            [
                [f"东园村{month}月高龄津贴发放表"],
                ["姓名", "金额"],
                ["张某某", 100 + month],
            ],
        )
    hidden = book.create_sheet("底册")
    put(hidden, 1, [["姓名", "金额", "身份证号"], ["周某某", 1, "640221190001010018"]])
    hidden.sheet_state = "hidden"
    return saved(book)


def printed_in_pages() -> bytes:
    """Title and head again on every page, a subtotal under each, group names across the sheet."""

    def draw(sheet: Worksheet) -> None:
        put(
            sheet,
            1,
            [
                ["东园村高龄津贴名单"],
                ["姓名", "补贴名称", "金额", "发放月份"],
                ["一组"],
                ["张某某", "高龄津贴", 110, "9月"],
                ["李某某", "同上", 110, "9月"],
                ["本页小计", None, 220],
                ["东园村高龄津贴名单（续）"],
                ["姓名", "补贴名称", "金额", "发放月份"],
                ["二组"],
                ["王某某", "高龄津贴", 110, "9月"],
                ["本页小计", None, 110],
                ["全村合计（大写：叁佰叁拾元整）", None, 330],
                ["注：以上名单如有异议，请在公示期内反映。"],
            ],
        )
        for merged in ("A1:D1", "A3:D3", "A7:D7", "A9:D9", "A13:D13"):
            sheet.merge_cells(merged)

    return workbook(draw)


def family_with_one_amount() -> bytes:
    """The amount is merged over the household's rows: it is paid once."""

    def draw(sheet: Worksheet) -> None:
        put(
            sheet,
            1,
            [
                ["组别", "户主姓名", "补贴面积", "补贴标准", "补贴金额"],
                ["一组", "张某某", 2, 50, 100],
                [None, "张某某", 1, None, None],
                ["二组", "李某某", 3, 50, 150],
                ["合计", None, 6, None, 250],
            ],
        )
        for merged in ("A2:A3", "D2:D3", "E2:E3"):
            sheet.merge_cells(merged)

    return workbook(draw)


def old_excel() -> bytes:
    """An .xls of Excel 97 with a merged title and a day as a serial number."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("支出")
    sheet.write_merge(0, 0, 0, 4, "东园村支出明细")
    for column, name in enumerate(["日期", "项目", "金额", "资金来源", "经办人"]):
        sheet.write(1, column, name)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    sheet.write(2, 0, datetime(2023, 9, 7), day)  # noqa: DTZ001 - workbooks carry no zone
    for column, value in enumerate(["电费", "三百", "村集体收入", "陈某"], 1):
        sheet.write(2, column, value)
    return saved(book)


def gbk_csv() -> bytes:
    return "姓名,金额,备注\r\n张某某,110,\r\n李某某,一百一,\r\n合计,220,\r\n".encode("gbk")


def another_village() -> bytes:
    return workbook(
        lambda sheet: put(
            sheet,
            1,
            [["陶乐镇庙庙湖村高龄津贴发放公示"], ["姓名", "金额"], ["张某某", 110]],
        )
    )


def two_lists_side_by_side() -> bytes:
    """One sheet of paper, two lists on it; the second is shorter and has something wrong."""

    def draw(sheet: Worksheet) -> None:
        put(
            sheet,
            1,
            [
                ["东园村高龄津贴名单"],
                ["序号", "姓名", "金额（元）", None, "序号", "姓名", "金额（元）"],
                [1, "张某某", 110, None, 3, "王某某", 110],
                [2, "李某某", 110, None, 4, "赵某某", "壹佰壹拾"],
                [3, "周某某", 110, None, None, None, None],
                ["合计", None, 550],
                ["制表人：陈某", None, None, None, "审核人：李某"],
            ],
        )
        sheet.merge_cells("A1:G1")

    return workbook(draw)


def gross_and_net() -> bytes:
    return workbook(
        lambda sheet: put(
            sheet,
            1,
            [["姓名", "应发", "实发", "出生年月"], ["张某某", 120, 110, "1940-01"]],
        )
    )


def with_impossible_styles(content: bytes) -> bytes:
    """The same workbook with styles that a strict program does not read (old office programs)."""
    return _changed(
        content,
        "xl/styles.xml",
        b"<fills",
        b'<fills count="x"><fill wrong="1"><odd/></fill',
    )


def merged_without_end(content: bytes) -> bytes:
    """The same workbook with one merged range over all the rows and columns there can be."""
    merge = b'<mergeCells count="1"><mergeCell ref="D4:XFD1048576"/></mergeCells>'
    sheet = "xl/worksheets/sheet1.xml"
    return _changed(content, sheet, b"</sheetData>", b"</sheetData>" + merge)


def _changed(content: bytes, part_name: str, old: bytes, new: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(output, "w") as after:
        for part in before.infolist():
            data = before.read(part)
            if part.filename == part_name:
                assert old in data
                data = data.replace(old, new, 1)
            after.writestr(part.filename, data)
    return output.getvalue()

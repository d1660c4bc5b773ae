"""Tables as villages really send them: each function gives one file's bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from taole.catalogue.unified_template import CellKind, Field, UnifiedTemplate

NAME, AMOUNT, AREA, COUNT, DAY = (
    CellKind.NAME,
    CellKind.AMOUNT,
    CellKind.AREA,
    CellKind.COUNT,
    CellKind.DAY,
)
FARMLAND = UnifiedTemplate(
    name="耕地地力保护补贴",
    head=(Field("政策依据"), Field("发放期间")),
    columns=(
        Field("村组"),
        Field("户主姓名", NAME, required=True),
        Field("面积", AREA, "亩", required=True, is_summed=True),
        Field("标准", AMOUNT, "元/亩"),
        Field("金额", AMOUNT, "元", required=True, is_summed=True),
    ),
    must_not=("身份证号", "银行卡/一卡通账号", "手机号", "家庭门牌号"),
)
ALLOWANCE = UnifiedTemplate(
    name="高龄津贴",
    columns=(
        Field("姓名", NAME, required=True),
        Field("补贴名称"),
        Field("金额", AMOUNT, "元", required=True, is_summed=True),
        Field("发放月份"),
    ),
    must_not=("身份证号", "银行账号"),
)
SPENDING = UnifiedTemplate(
    name="各项支出",
    head=(Field("资金总额", AMOUNT, "元"), Field("填报日期", DAY)),
    columns=(
        Field("日期", DAY, required=True),
        Field("项目", required=True),
        Field("金额", AMOUNT, "元", required=True, is_summed=True),
        Field("资金来源"),
        Field("经手人", NAME),
    ),
)
BENEFIT = UnifiedTemplate(
    name="低保名单",
    columns=(
        Field("申请人姓名", NAME, required=True),
        Field("家庭成员数量", COUNT, "人", required=True, is_summed=True),
        Field("保障金额", AMOUNT, "元", required=True, is_summed=True),
        Field("备注"),
    ),
    must_not=("身份证号", "银行卡/一卡通账号", "手机号", "健康与残疾细节"),
)
PROSE = UnifiedTemplate(name="村规民约", head=(Field("通过日期", DAY),))


def workbook(draw: Callable[[Worksheet], None], name: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    draw(sheet)
    return saved(book)


def saved(book: Any) -> bytes:
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def put(sheet: Worksheet, first_row: int, rows: Sequence[Sequence[object]]) -> None:
    for at, row in enumerate(rows, first_row):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(at, column).value = value  # type: ignore[assignment]


def subsidy_under_a_merged_head() -> bytes:
    """Title, unit and month lines, a head of two rows, groups merged downwards, sums."""

    def draw(sheet: Worksheet) -> None:
        put(
            sheet,
            1,
            [
                ["陶乐镇东园村2023年耕地地力保护补贴发放公示表"],
                [
                    "单位：东园村村民委员会",
                    None,
                    None,
                    None,
                    "发放期间：2023年",
                    None,
                    "单位：亩、元",
                ],
                ["序号", "村组", "户主", "补贴结果", None, None, "备注"],
                [None, None, None, "面积（亩）", "标准（元/亩）", "金额（元）", None],
                [1, "一组", "张某某", 12.5, 92, 1150, None],
                [2, None, "李某某", 8, 92, 736, None],
                [3, None, "王某某", 3.35, 92, 308.2, None],
                [4, "二组", "赵　某", 20, 92, 1840, None],
                [5, None, "刘某某", 10, 92, 920, None],
                ["合 计", None, None, "=SUM(D5:D9)", None, "=SUM(F5:F9)", None],
                ["制表人：陈某", None, None, "审核人：李某", None, None, "2023年9月7日"],
                ["监督电话：0952-5550000"],
            ],
        )
        for merged in ("A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "B5:B7", "B8:B9"):
            sheet.merge_cells(merged)
        sheet["A1"].font = Font(bold=True, size=18)
        sheet.column_dimensions["C"].width = 22.5
        sheet["E6"].number_format = "0.00"

    return workbook(draw, "一卡通")


def list_with_identity_numbers() -> bytes:
    """The bank's list: numbers as text, identity numbers, accounts and phones beside the names."""
    return workbook(
        lambda sheet: put(
            sheet,
            1,
            [
                [
                    "序号",
                    "姓名",
                    "身份证号",
                    "银行账号",
                    "联系电话",
                    "补贴金额",
                    "发放月份",
                    "领取人签字",
                ],
                [
                    "1",
                    "张某某",
                    "640221190001010018",
                    "6228480000000000011",
                    "13900000000",
                    "110.00",
                    date(2023, 8, 1),
                ],
                [
                    "2",
                    "李某某",
                    "640221190001010026",
                    "6228480000000000029",
                    "13900000001",
                    "１１０",
                    date(2023, 8, 1),
                ],
                [
                    "3",
                    "王某某",
                    "640221190001010034",
                    "6228480000000000037",
                    "13900000002",
                    "110元",
                    date(2023, 8, 1),
                ],
                ["共计", None, None, None, None, "330", None],
            ],
        )
    )


def spending_with_odd_days() -> bytes:
    """Days as people type them, subtotals by month, a wrong total, empty rows between."""
    return workbook(
        lambda sheet: put(
            sheet,
            1,
            [
                ["东园村2023年第三季度支出公示"],
                ["资金总额（元）", 20000, None, "填报日期", "2023.10.8"],
                [],
                ["支出日期", "开支项目", "金额(元)", "资金来源", "经手人"],
                ["2023.7.3", "办公用品", 320, "村集体收入", "陈某"],
                [date(2023, 7, 15), "水渠维修", "4,860.00", "一事一议", "马某"],
                ["小计", None, 5180],
                [],
                ["2023年8月2日", "垃圾清运费合计", 1200, "村集体收入", "陈某"],
                [45176, "防汛沙袋", "９８０．５", "村集体收入", "陈　某"],
                ["小计", None, 2180.5],
                ["总计", None, 7630.5],
                ["村委会（盖章）"],
            ],
        )
    )


def benefit_with_faults() -> bytes:
    """A list with empty and impossible cells, formats and a comment that must survive."""

    def draw(sheet: Worksheet) -> None:
        put(
            sheet,
            1,
            [
                ["陶乐镇东园村低保对象名单公示"],
                ["申请人姓名", "家庭成员数量", "保障金额（元）", "备注"],
                ["张某某", 3, 1350],
                ["李某某", "三口人", "壹仟贰佰元"],
                ["王某某", 2, None, "新增"],
                [None, 1, 480],
                ["合计", 9, 3030],
            ],
        )
        sheet.merge_cells("A1:D1")
        sheet.column_dimensions["A"].width = 30
        sheet["A3"].fill = PatternFill("solid", start_color="FFFFFF00")
        sheet["C3"].number_format = "#,##0.00"

    return workbook(draw, "低保")

"""Invented sheets of notices, in the unified template: persons are 张某某, amounts are made up."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from taole.catalogue.models import CatalogueItem
from taole.catalogue.template_cells import read_well, write_number
from taole.catalogue.templates import shipped_template
from taole.catalogue.unified_template import CellKind, Field, UnifiedTemplate

SURNAMES = "张王李赵刘陈杨黄周吴马孙朱胡郭何高林罗郑"
GROUPS = ("一组", "二组", "三组", "四组", "五组")
RATES = ("80.00", "120.00", "160.00", "220.00")
NUMERALS = "一二三四五六七八九十"
OFFICE_PHONE = "0952-8011132"
TOLD = "已核对"


@dataclass(frozen=True)
class InventedSheet:
    """The filled head by field, the columns' names, and as many texts a row."""

    head: dict[str, str]
    columns: list[str]
    rows: list[list[str]]


def invent_sheet(
    item: CatalogueItem, chance: random.Random, rows: int, before: date
) -> InventedSheet:
    """A sheet of ``rows`` rows that follows the item's template; its days lie before ``before``.

    Amounts are area × rate where the template has both; nothing is told that must not be.
    """
    template = shipped_template(item)
    told = [field for field in template.columns if field.may_publish]
    # One draw, whatever the columns: a template that changes does not shift the year's chances.
    own = random.Random(chance.random())  # noqa: S311 - invented rows, no secret
    return InventedSheet(
        head={field.name: _cell(field, own, before) for field in template.head},
        columns=[field.name for field in told],
        rows=[
            _row(template, told, own, before, number, surname)
            for number, surname in enumerate(own.sample(SURNAMES, rows if told else 0))
        ],
    )


def _row(
    template: UnifiedTemplate,
    told: list[Field],
    chance: random.Random,
    before: date,
    number: int,
    surname: str,
) -> list[str]:
    cells = {field.name: _cell(field, chance, before) for field in told}
    first = told[0]
    if first.kind is CellKind.NAME:
        cells[first.name] = f"{surname}某某"
    elif first.kind is CellKind.TEXT and not first.hint and first.name not in _USUAL:
        cells[first.name] = f"{first.name}{NUMERALS[number]}"
    area = next((each for each in told if each.kind is CellKind.AREA), None)
    rate = next((each for each in told if each.unit == "元/亩"), None)
    amount = next((each for each in told if each.unit == "元" and each.is_summed), None)
    if area and rate and amount:
        product = _value(area, cells) * _value(rate, cells)
        cells[amount.name] = write_number(amount, product)
    if template.field("期初数") and template.field("本期增加"):
        opening, gained, lost = (
            _value(field, cells)
            for field in told
            if field.name in ("期初数", "本期增加", "本期减少")
        )
        closing = template.field("期末数")
        if closing is not None:
            cells[closing.name] = write_number(closing, opening + gained - min(opening, lost))
    return [cells[field.name] for field in told]


def _value(field: Field, cells: dict[str, str]) -> Decimal:
    return read_well(field, cells[field.name]) or Decimal(0)


def _cell(field: Field, chance: random.Random, before: date) -> str:
    match field.kind:
        case CellKind.NAME:
            return f"{chance.choice(SURNAMES)}某某"
        case CellKind.PHONE:
            return OFFICE_PHONE
        case CellKind.COUNT:
            return str(chance.randint(1, 5))
        case CellKind.AREA:
            return write_number(field, Decimal(chance.randint(10, 240)) / 10)
        case CellKind.AMOUNT if "/" in field.unit:
            return chance.choice(RATES)
        case CellKind.AMOUNT:
            return write_number(field, Decimal(chance.randint(8, 480) * 10))
        case CellKind.DAY:
            return (before - timedelta(days=chance.randint(5, 25))).isoformat()
    return _words(field, chance)


def _words(field: Field, chance: random.Random) -> str:
    if "组" in field.name and "成员" not in field.name and "职务" not in field.name:
        return chance.choice(GROUPS)
    if "、" in field.hint or "或" in field.hint:
        first = field.hint.split("或")[0].split("、")
        return chance.choice([each for each in first if each])
    return _USUAL.get(field.name, TOLD)


_USUAL = {
    "职务": "委员",
    "供养方式": "分散",
    "资金来源": "村集体收入",
    "来源": "上级拨付",
    "款物来源": "上级拨付",
    "审核意见": "同意",
    "初审意见": "符合条件",
    "评议意见": "同意",
    "付款方": "承包户",
    "项目": "公益事业",
    "用途": "公益事业",
    "期限": "一年",
    "改造方式": "原址修缮",
    "机具名称": "拖拉机",
    "监督渠道": "镇综合办公室",
}

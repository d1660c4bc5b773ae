"""Invented rows for the tables of notices: persons are 张某某 and the like, amounts are made up."""

from __future__ import annotations

import random

from taole.catalogue.models import CatalogueItem

SURNAMES = "张王李赵刘陈杨黄周吴马孙朱胡郭何高林罗郑"
GROUPS = ("一组", "二组", "三组", "四组", "五组")
MONEY = ("金额", "资金", "收入", "支出", "标准", "补贴", "款", "余额", "报酬", "费")
PEOPLE = ("姓名", "名单", "对象", "申请人", "户主", "成员")
MOST_COLUMNS = 6


def invent_table(
    item: CatalogueItem, chance: random.Random, rows: int
) -> tuple[list[str], list[list[str]]]:
    """Column heads from the item's content, and ``rows`` invented rows below them."""
    heads = [_head(part) for part in item.content[:MOST_COLUMNS]]
    return heads, [[_cell(head, chance) for head in heads] for _ in range(rows)]


def _head(part: str) -> str:
    return part.split("（")[0].split("(")[0][:16]


def _cell(head: str, chance: random.Random) -> str:
    if any(word in head for word in PEOPLE):
        return f"{chance.choice(SURNAMES)}某某"
    if "电话" in head:
        return "0952-8011132"
    if "数量" in head or "人数" in head or "人口" in head:
        return str(chance.randint(1, 5))
    if any(word in head for word in MONEY):
        return f"{chance.randint(8, 480) * 10:,}.00"
    if "日期" in head or "时间" in head or "期间" in head:
        return "见公示期"
    if "组" in head:
        return chance.choice(GROUPS)
    return "已核对"

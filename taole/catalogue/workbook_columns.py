"""The columns of the official standard catalogues, and how their cells are read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from taole.documents.columns import Header, plain_name
from taole.documents.workbooks import Cell, Row

# fmt: off
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "编号"),
    "code": ("目录编码", "编码", "事项编码", "项目编码", "目录代码"),
    "section": (
        "一级事项", "板块", "事项类别", "公开类别", "类别", "一级目录",
        "一级类别", "事项分类", "公开分类", "分类",
    ),
    "title": (
        "二级事项", "公开事项", "事项名称", "公开事项名称", "二级目录", "公开项目",
        "村务公开事项", "项目名称", "事项", "项目", "名称",
    ),
    "content": (
        "公开内容", "公开内容要素", "公开要素", "内容要素", "内容标准", "要素",
        "具体内容", "公开具体内容", "主要内容", "内容",
    ),
    "basis": ("公开依据", "依据", "法律依据", "政策依据"),
    "time_limit": (
        "公开时限", "时限", "公开时间", "公开期限",
        "公开时限要求", "时限要求", "公开时间要求", "公开时效", "公布时间",
    ),
    "frequency": ("更新频率", "公开频率", "公开频次", "频率", "频次"),
    "notice_period": ("公示期", "公示期限", "公示时间"),
    "board_days": ("最少张贴天数", "张贴天数", "上墙天数"),
    "publisher": (
        "公开主体", "公开责任主体", "责任主体", "责任单位", "责任科室",
        "公开责任单位", "公开单位", "责任部门",
    ),
    "channels": (
        "公开渠道和载体", "公开渠道及载体", "公开渠道", "公开载体", "渠道", "载体",
        "公开渠道载体", "公开形式", "公开平台", "公开途径", "公示渠道",
    ),
    "compulsory": ("必发渠道", "必须公开渠道"),
    "audience": ("公开对象",),
    "manner": ("公开方式",),
    "level": ("公开层级",),
    "note": ("备注", "说明"),
    "title_en": ("英文名称",),
}
# fmt: on
REQUIRED = {"title", "time_limit"}

_TICKS = {"√", "✓", "✔", "☑", "■", "●", "▲", "是", "y", "v", "1", "*", "true", "有"}
_NO_TICKS = {"", "□", "☐", "○", "×", "✗", "x", "否", "n", "0", "-", "—", "–", "/", "false", "无"}
_NUMBERING = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]"
    r"|第[一二三四五六七八九十]{1,3}[类部分章]+"
    r"|[（(]?\d{1,2}(?:[）)、．]|\.(?!\d))|[①-⑳])\s*"
)
_BETWEEN_LAWS = re.compile(r"[、，,]\s*(?=《)")


def text_of(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, empty for an empty cell."""
    return "" if cell is None else str(cell).strip()


def without_numbering(text: str) -> str:
    """A name without 一、 （二） 3. ① in front."""
    return _NUMBERING.sub("", text).strip()


def entries_of(text: str) -> tuple[str, ...]:
    """The entries of a cell that lists them by line or semicolon, without their numbering."""
    parts = (without_numbering(part) for part in re.split(r"[\n\r；;]+", text))
    return tuple(part.rstrip("。") for part in parts if part.strip("。 "))


def laws_of(text: str) -> tuple[str, ...]:
    """The entries of a cell of legal bases, also those between 》、《."""
    return tuple(law.strip() for entry in entries_of(text) for law in _BETWEEN_LAWS.split(entry))


def ticked(header: Header, row: Row, name: str) -> tuple[list[str], list[str]]:
    """Of a tick list under one head: the names ticked, and the cells that are no tick, as text.

    The column 其他 is named by what is written in it.
    """
    chosen: list[str] = []
    unclear: list[str] = []
    for label, column in header.under.get(name, {}).items():
        mark = text_of(row.cells[column])
        if mark.lower() in _NO_TICKS:
            continue
        if mark.lower() in _TICKS or plain_name(mark) == plain_name(label):
            chosen.append(label)
        elif plain_name(label) in ("其他", "其它"):
            chosen.append(mark)
        else:
            unclear.append(f"{label}：{mark}")
    return chosen, unclear


def said_of(header: Header, row: Row, name: str) -> str:
    """What a column or tick list says, for a note: the text, or the ticked names by 、."""
    if name in header.under:
        return "、".join(ticked(header, row, name)[0])
    return text_of(header.value(row, name))

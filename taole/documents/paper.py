"""A paper for officials as a value: what stands on it, before it is Word, Excel, PDF or a page.

It turns into plain JSON and comes back the same, so that it can be kept as it was issued.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal

Align = Literal["left", "center", "right"]

BLOCK_WIDTH_MM = {False: 156.0, True: 261.0}
"""How wide the text block is: upright (GB/T 9704-2012), and lying on its side."""


@dataclass(frozen=True)
class Heading:
    """Level 1 (一、), 2 (（一）) or 3 (1.); its number stands in the text."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text, its first line indented by two characters."""

    text: str


@dataclass(frozen=True)
class Spread:
    """Short texts on one line, shared out over its width (督查单位 … 督查日期 … 印发日期)."""

    parts: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A remark in smaller type (说明)."""

    text: str


@dataclass(frozen=True)
class Column:
    label: str
    width_mm: float
    align: Align = "center"


@dataclass(frozen=True)
class Cell:
    """What is printed, and what a workbook holds in its place: a real day, a number, a text."""

    text: str
    value: date | int | str | None = None


@dataclass(frozen=True)
class Table:
    """A ruled table in type of so many points; ``empty`` stands across it when it has no rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    empty: str = ""
    points: float = 10.5


@dataclass(frozen=True)
class Foot:
    """Lines to sign or to call (签发, 联系电话), with a QR code beside them where there is one."""

    lines: tuple[str, ...] = ()
    address: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Subscription:
    """落款: the body that issues the paper, and the day."""

    body: str
    on: date

    @property
    def day(self) -> str:
        return in_full(self.on)


Block = Heading | Paragraph | Spread | Note | Table | Foot | Subscription
_KINDS: dict[str, type[Any]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "spread": Spread,
    "note": Note,
    "table": Table,
    "foot": Foot,
    "subscription": Subscription,
}


@dataclass(frozen=True)
class Paper:
    """One paper. ``number``: its number line (2023年第3号); ``recipient``: whom it addresses.

    ``name``: what kind of paper it is, in a word or two (the tab of its workbook).
    """

    title: str
    blocks: tuple[Block, ...]
    name: str = "文书"
    number: str = ""
    recipient: str = ""
    is_landscape: bool = False
    tables: tuple[Table, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        tables = tuple(block for block in self.blocks if isinstance(block, Table))
        object.__setattr__(self, "tables", tables)


def in_full(day: date) -> str:
    """2023年9月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def text_of(cell: Cell | str) -> str:
    return cell.text if isinstance(cell, Cell) else cell


def value_of(cell: Cell | str) -> date | int | str:
    """What a workbook holds in a cell: its value, or its text without one."""
    if isinstance(cell, str):
        return cell
    return cell.text if cell.value is None else cell.value


def kind_of(block: Block) -> str:
    """heading, paragraph, spread, note, table, foot or subscription."""
    return next(name for name, kind in _KINDS.items() if isinstance(block, kind))


def to_json(paper: Paper) -> dict[str, Any]:
    """The paper as plain JSON."""
    return {
        "title": paper.title,
        "name": paper.name,
        "number": paper.number,
        "recipient": paper.recipient,
        "is_landscape": paper.is_landscape,
        "blocks": [_block_out(block) for block in paper.blocks],
    }


def from_json(kept: Mapping[str, Any]) -> Paper:
    """The paper that ``to_json`` gave; raises KeyError or TypeError for anything else."""
    return Paper(
        title=kept["title"],
        name=kept["name"],
        number=kept["number"],
        recipient=kept["recipient"],
        is_landscape=kept["is_landscape"],
        blocks=tuple(_block_in(block) for block in kept["blocks"]),
    )


def _block_out(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        told: dict[str, Any] = {
            "columns": [[each.label, each.width_mm, each.align] for each in block.columns],
            "rows": [[_cell_out(cell) for cell in row] for row in block.rows],
            "empty": block.empty,
            "points": block.points,
        }
    else:
        told = {each.name: _plain(getattr(block, each.name)) for each in fields(block)}
    return {"kind": kind_of(block), **told}


def _block_in(kept: Mapping[str, Any]) -> Block:
    told = {name: each for name, each in kept.items() if name != "kind"}
    kind = _KINDS[kept["kind"]]
    if kind is Table:
        columns = tuple(Column(*each) for each in told["columns"])
        rows = tuple(tuple(_cell_in(cell) for cell in row) for row in told["rows"])
        return Table(columns, rows, told["empty"], told["points"])
    if kind is Subscription:
        return Subscription(told["body"], date.fromisoformat(told["on"]))
    block: Block = kind(
        **{name: tuple(each) if isinstance(each, list) else each for name, each in told.items()}
    )
    return block


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _cell_out(cell: Cell | str) -> Any:
    if isinstance(cell, str) or cell.value is None:
        return text_of(cell)
    if isinstance(cell.value, date):
        return {"text": cell.text, "day": cell.value.isoformat()}
    return {"text": cell.text, "value": cell.value}


def _cell_in(kept: Any) -> Cell | str:
    if isinstance(kept, str):
        return kept
    if "day" in kept:
        return Cell(kept["text"], date.fromisoformat(kept["day"]))
    return Cell(kept["text"], kept["value"])

"""What a report is made of, before it becomes a page or a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from taole.annual_report.grids import Grid, draw
from taole.annual_report.official_format import FORMAT, Breakdown, TableCode
from taole.annual_report.tables import Tables
from taole.core.figures import Value

OrganLevel = Literal["township", "county_department", "county", "prefecture", "region"]


@dataclass(frozen=True)
class FigureValue:
    """A named number and how it is printed.

    ``counted``: the system counted it from records; otherwise a person typed it.
    ``value`` None: the figure has no value yet. ``text``: as printed, without the unit (except %).
    """

    key: str
    value: Value
    unit: str
    counted: bool
    text: str


def figure_value(key: str, value: Value, unit: str = "", *, counted: bool = True) -> FigureValue:
    """A figure with its printed form: 75, 100%, 2023年9月7日, 良好.

    A day comes in ISO form, with the unit 日期.
    """
    return FigureValue(key, value, unit, counted, _printed(value, unit))


def _printed(value: Value, unit: str) -> str:
    if value is None:
        return ""
    if unit == "日期" and isinstance(value, str):
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    if isinstance(value, Decimal):
        value = value.normalize()
        text = f"{value:f}"
    elif isinstance(value, float):
        text = f"{value:.2f}".rstrip("0").rstrip(".")
    else:
        text = str(value)
    return f"{text}%" if unit == "%" else text


@dataclass(frozen=True)
class Run:
    """A stretch of text; with a key it is a figure that can be followed to its records."""

    text: str
    key: str = ""
    counted: bool = True
    missing: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading inside a part: level 2 （一）, level 3 1."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``item_of`` names the list (problems, measures, key_tasks) it is an item of."""

    runs: tuple[Run, ...]
    item_of: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


Block = Heading | Paragraph


@dataclass(frozen=True)
class Part:
    """One of the six parts: words, or one of the three tables."""

    number: int
    heading: str
    blocks: tuple[Block, ...] = ()
    table: TableCode | None = None


@dataclass(frozen=True)
class ReportContent:
    """A whole report of one organ for one year (《政府信息公开条例》 article 50).

    ``values``: the figures by key.
    """

    year: int
    organ_full_name: str
    title: str
    preamble: tuple[Block, ...]
    parts: tuple[Part, ...]
    tables: Tables
    values: Mapping[str, FigureValue]
    breakdowns: tuple[Breakdown, ...] = FORMAT.breakdowns
    organ_level: OrganLevel = "township"

    def part(self, number: int) -> Part | None:
        """The part with that number, or None if the report lacks it."""
        return next((part for part in self.parts if part.number == number), None)

    def grid(self, part: Part) -> Grid | None:
        """The drawn table of a part, or None for a part of words."""
        return draw(part.table, self.tables) if part.table else None

    def blocks(self) -> Iterator[Block]:
        """Every block of words, preamble first."""
        yield from self.preamble
        for part in self.parts:
            yield from part.blocks

    def paragraphs(self) -> Iterator[Paragraph]:
        for block in self.blocks():
            if isinstance(block, Paragraph):
                yield block

    def number(self, key: str) -> int | float | Decimal | None:
        """The value of a figure if it is a number, else None."""
        figure = self.values.get(key)
        if figure is None or isinstance(figure.value, str):
            return None
        return figure.value

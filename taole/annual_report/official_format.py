"""The official form of the report as values: read once from ``format.yaml``.

Source: 国办公开办函〔2021〕30号 (2021-09-26), under 《政府信息公开条例》 articles 49 and 50.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

import yaml

Severity = Literal["error", "warn", "info"]
TableCode = Literal["T2", "T3", "T4"]


@dataclass(frozen=True)
class PartHeading:
    """One of the six parts: number 1..6, heading, and its table if it is a table."""

    number: int
    heading: str
    table: TableCode | None


@dataclass(frozen=True)
class Column:
    """A column of tables two, three or four; ``inner`` if it stands under a group heading."""

    key: str
    label: str
    inner: bool = False


@dataclass(frozen=True)
class TableTwoRow:
    label: str
    figure_keys: tuple[str, ...]


@dataclass(frozen=True)
class TableTwoBlock:
    """One item of article 20 of the 条例: caption, column labels, rows of figure keys."""

    caption: str
    column_labels: tuple[str, ...]
    rows: tuple[TableTwoRow, ...]


@dataclass(frozen=True)
class TableThreeRow:
    """One of the 25 rows; ``decision`` for the 21 ways in which a request can end."""

    code: str
    label: str
    group: str | None = None
    decision: str | None = None


@dataclass(frozen=True)
class Layout:
    """How a table is printed: font in points, column widths in millimetres, repeated head rows."""

    font_pt: float
    widths_mm: tuple[float, ...]
    header_rows: int


@dataclass(frozen=True)
class Breakdown:
    """A total and its parts, by figure key. Exhaustive: equal to the sum; else not below it."""

    total: str
    parts: tuple[str, ...]
    exhaustive: bool = True


@dataclass(frozen=True)
class Percentage:
    """A rate and the two figures behind it, by figure key; rate in percent."""

    rate: str
    part: str
    whole: str


@dataclass(frozen=True)
class Repeat:
    """Two figures about one fact: equal (``same``), or the first within the second."""

    first: str
    second: str
    same: bool


@dataclass(frozen=True)
class CountingRule:
    """A figure and the counting rule that must be printed beside it."""

    key: str
    rule: str


@dataclass(frozen=True)
class RuleBasis:
    severity: Severity
    basis: str


@dataclass(frozen=True)
class OfficialFormat:
    """Everything that the form prescribes and the checks rely on."""

    document_no: str
    title: str
    parts: tuple[PartHeading, ...]
    table_titles: Mapping[str, str]
    first_column: str
    blocks: tuple[TableTwoBlock, ...]
    corner: str
    column_group: str
    organisations: str
    results_heading: str
    applicants: tuple[Column, ...]
    rows: tuple[TableThreeRow, ...]
    litigation: str
    paths: tuple[Column, ...]
    results: tuple[Column, ...]
    layout: Mapping[str, Layout]
    figures: Mapping[str, int]
    """The figures of the report in their order, each with the part it stands in (0: the head)."""
    breakdowns: tuple[Breakdown, ...]
    percentages: tuple[Percentage, ...]
    repeats: tuple[Repeat, ...]
    scopes: tuple[CountingRule, ...]
    listings: Mapping[str, str]
    section_names: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, RuleBasis]


def _block(raw: dict[str, Any]) -> TableTwoBlock:
    columns: dict[str, str] = raw["columns"]
    rows = tuple(
        TableTwoRow(row["label"], tuple(row["cells"][key] for key in columns))
        for row in raw["rows"]
    )
    return TableTwoBlock(raw["caption"], tuple(columns.values()), rows)


def _repeat(raw: dict[str, list[str]]) -> Repeat:
    (kind, (first, second)), *_ = raw.items()
    return Repeat(first, second, same=kind == "same")


def read_format(text: str) -> OfficialFormat:
    """The official form from the text of ``format.yaml``."""
    raw = yaml.safe_load(text)
    two, three, four = (raw["tables"][code] for code in ("T2", "T3", "T4"))
    return OfficialFormat(
        document_no=raw["document_no"],
        title=raw["title"],
        parts=tuple(
            PartHeading(part["number"], part["heading"], part.get("table")) for part in raw["parts"]
        ),
        table_titles={code: table["title"] for code, table in raw["tables"].items()},
        first_column=two["first_column"],
        blocks=tuple(_block(block) for block in two["blocks"]),
        corner=three["corner"],
        column_group=three["column_group"],
        organisations=three["organisations"],
        results_heading=three["results_heading"],
        applicants=tuple(
            Column(column["key"], column["label"], column.get("organisation", False))
            for column in three["columns"]
        ),
        rows=tuple(TableThreeRow(**row) for row in three["rows"]),
        litigation=four["litigation"],
        paths=tuple(
            Column(group["key"], group["label"], group.get("litigation", False))
            for group in four["groups"]
        ),
        results=tuple(Column(column["key"], column["label"]) for column in four["columns"]),
        layout={
            code: Layout(way["font_pt"], tuple(way["widths_mm"]), way["header_rows"])
            for code, way in raw["layout"].items()
        },
        figures={key: group["part"] for group in raw["figures"] for key in group["keys"]},
        breakdowns=tuple(
            Breakdown(line["total"], tuple(line["parts"]), line.get("exhaustive", True))
            for line in raw["breakdowns"]
        ),
        percentages=tuple(Percentage(**line) for line in raw["percentages"]),
        repeats=tuple(_repeat(line) for line in raw["repeats"]),
        scopes=tuple(CountingRule(**line) for line in raw["scopes"]),
        listings=raw["listings"],
        section_names={name: tuple(aliases) for name, aliases in raw["section_names"].items()},
        rules={code: RuleBasis(**rule) for code, rule in raw["rules"].items()},
    )


FORMAT = read_format(files("taole.annual_report").joinpath("format.yaml").read_text("utf-8"))

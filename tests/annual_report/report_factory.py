"""A year of Taole Town's figures and the report made of them, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from taole.annual_report.content import FigureValue, ReportContent, figure_value
from taole.annual_report.narrative import assemble_report, passages
from taole.annual_report.tables import (
    Tables,
    build_table_four,
    build_table_three,
    build_table_two,
)
from taole.annual_report.wording import place_names
from taole.core.figures import Value
from taole.paths import resource_folder

YEAR = 2023
NAMES = place_names(
    town="陶乐镇", full_name="平罗县陶乐镇人民政府", county="平罗县", prefecture="石嘴山市"
)
TITLE = "平罗县陶乐镇2023年政府信息公开工作年度报告"

NUMBERS: dict[str, tuple[Value, str]] = {
    "H1": (YEAR, "年"),
    "H2": ("国办公开办函〔2021〕30号", "文号"),
    "H3": ("2023-01-01", "日期"),
    "H4": ("2023-12-31", "日期"),
    "P1-web": (255, "条"),
    "P1-web-doc": (27, "件"),
    "P1-web-budget": (2, "条"),
    "P1-web-relief": (70, "条"),
    "P1-web-village": (84, "条"),
    "P1-web-emergency": (8, "条"),
    "P1-web-subsidy": (13, "条"),
    "P1-web-revital": (10, "条"),
    "P1-web-welfare": (40, "条"),
    "P1-web-annual": (1, "条"),
    "P1-leader": (4, "次"),
    "P1-inquiry": (75, "条"),
    "P1-inquiry-ontime": (75, "条"),
    "P1-inquiry-rate": (100, "%"),
    "P1-request": (0, "件"),
    "P1-system": (1, "项"),
    "P1-guide-month": (12, "月"),
    "P1-zone": (1, "处"),
    "P1-newmedia": (778, "条"),
    "P1-newmedia-acc": (2, "个"),
    "P1-screen": (974, "条"),
    "P1-training-host": (1, "次"),
    "P1-rectify-report": (1, "次"),
    "P1-rectify-item": (6, "个"),
    "P1-evaluation": ("良好", "等次"),
    "P1-accountability": (0, "次"),
    "P5-problems": (3, "条"),
    "P5-measures": (3, "条"),
    "P5-collect-freq": (2, "周"),
    "P5-categories": (5, "项"),
    "P6-items": (10, "条"),
    "P6-final-date": ("2023-09-07", "日期"),
    "P6-final-year": (2022, "年"),
    "P6-reply-staff": (1, "名"),
    "P6-request": (0, "件"),
    "P6-villages": (5, "个"),
    "P6-training-host": (1, "次"),
    "P6-visit": (3, "次"),
    "P6-cross": (3, "处"),
    "P6-cross-closed": (3, "处"),
    "P6-board": (427, "条"),
    "P6-board-social": (360, "条"),
    "P6-board-agri": (40, "条"),
    "P6-board-service": (2, "条"),
    "P6-board-finance": (20, "条"),
    "P6-board-autonomy": (5, "条"),
    "P6-guidance": (4, "次"),
    "P6-check-gov": (1, "次"),
    "P6-check-agri": (1, "次"),
    "P6-check-civil": (1, "次"),
    "P6-check-peer": (1, "次"),
    "P6-leak": (0, "次"),
    "P6-chatgroup": (2, "个"),
    "P6-chatgroup-clean": (0, "个"),
    "P6-update-freq": (2, "次/月"),
    "P6-clean-freq": (1, "次/月"),
    "P6-training-attend": (2, "次"),
    "P6-ledger-freq": (1, "次/季"),
    "P6-lastyear": (2022, "年"),
    "P6-infofee": (0, "元"),
    "P6-phone": ("0952-8011132", "电话"),
}


def figures(**changed: Value) -> dict[str, FigureValue]:
    """The year's figures; ``P1_web=250`` changes one of them."""
    values = {key: figure_value(key, value, unit) for key, (value, unit) in NUMBERS.items()}
    for name, value in changed.items():
        key = name.replace("_", "-")
        values[key] = figure_value(key, value, NUMBERS[key][1])
    return values


def narrative(name: str) -> str:
    folder = Path(str(resource_folder("templates"))) / "annual_report" / "narrative"
    return (folder / f"{name}.txt").read_text("utf-8")


def empty_tables() -> Tables:
    """The tables of a year in which nobody asked, sued or decided."""
    return Tables(build_table_two({}), build_table_three({}, {}, {}, {}), build_table_four({}))


def lists_of_the_year() -> dict[str, Sequence[str]]:
    return {name: passages(narrative(name)) for name in ("problems", "measures", "key_tasks")}


def report_of_2023(
    *,
    tables: Tables | None = None,
    values: Mapping[str, FigureValue] | None = None,
    templates: Mapping[str, str] | None = None,
    lists: Mapping[str, Sequence[str]] | None = None,
    names: Mapping[str, str] = NAMES,
) -> ReportContent:
    """The report of Taole Town for 2023, changed where a test says so."""
    return assemble_report(
        year=YEAR,
        organ_full_name=NAMES["organ"],
        title=TITLE,
        values=values if values is not None else figures(),
        tables=tables or empty_tables(),
        templates={
            **{name: narrative(name) for name in ("preamble", "part1", "part5", "part6")},
            **(templates or {}),
        },
        lists={**lists_of_the_year(), **(lists or {})},
        names=names,
    )

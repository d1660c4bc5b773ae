"""What can be asked about a year's report: its figures, its content, its passages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select

from taole.annual_report.cells import find_cell_figure
from taole.annual_report.content import FigureValue, ReportContent, figure_value
from taole.annual_report.models import PassageKind, ReportPassage
from taole.annual_report.narrative import assemble_report
from taole.annual_report.official_format import FORMAT, PartHeading
from taole.annual_report.rules import draft_year, year_fault
from taole.annual_report.tables import (
    TABLE_TWO_KEYS,
    Number,
    Tables,
    build_table_four,
    build_table_three,
    build_table_two,
)
from taole.annual_report.wording import (
    key_task_texts,
    narrative_templates,
    place_names,
    readable_passage,
)
from taole.core.clock import today
from taole.core.database import db
from taole.core.errors import NotFound
from taole.core.figures import REGISTRY, Figure, Measured, Origin, Scope, evaluate, measure
from taole.information_requests.queries import grid
from taole.notices.models import Notice
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit
from taole.organisation.rules import UnitKind
from taole.registers.queries import list_key_tasks, review_grid

_PART_OF_TABLE: dict[str, int] = {part.table: part.number for part in FORMAT.parts if part.table}


@dataclass(frozen=True)
class TownshipYear:
    """The report of one township for one year, before anything of it is counted."""

    township: Unit
    year: int

    @property
    def path(self) -> str:
        return self.township.path

    @property
    def scope(self) -> Scope:
        return report_scope(self.township, self.year)


@dataclass(frozen=True)
class FigureOfYear:
    """One figure of such a report."""

    report: TownshipYear
    figure: Figure

    @property
    def path(self) -> str:
        return self.report.path


def report_scope(township: Unit, year: int) -> Scope:
    """The whole calendar year of a township."""
    return Scope(township.id, township.path, date(year, 1, 1), date(year, 12, 31))


def get_township_year(code: str, year: int) -> TownshipYear:
    """NotFound when the code names no township, or when there is no report of that year."""
    unit = get_unit(code)
    if unit.kind is not UnitKind.TOWNSHIP or year_fault(year, today()) is not None:
        raise NotFound(f"{code} {year}")
    return TownshipYear(unit, year)


def get_figure_of_year(code: str, year: int, key: str) -> FigureOfYear:
    """A figure of the report or a cell of its tables; NotFound for any other key."""
    figure = find_figure(key)
    if figure is None:
        raise NotFound(key)
    return FigureOfYear(get_township_year(code, year), figure)


def find_figure(key: str) -> Figure | None:
    return REGISTRY[key] if key in FORMAT.figures else find_cell_figure(key)


def part_of(figure: Figure) -> PartHeading | None:
    """The part of the report in which the figure stands; None for the head."""
    number = FORMAT.figures.get(figure.key) or _PART_OF_TABLE.get(figure.key.partition(":")[0])
    return next((part for part in FORMAT.parts if part.number == number), None)


def parts_of(figure: Figure) -> tuple[str, ...]:
    """The keys of the figures that add up to this one, as the form or the figure itself says."""
    told = (each.parts for each in FORMAT.breakdowns if each.total == figure.key)
    return next(told, tuple(key for key in figure.parts if key in REGISTRY))


def measure_all(township: Unit, year: int) -> dict[str, Measured]:
    """Every figure of the report, in its order, with value and records."""
    scope = report_scope(township, year)
    return {key: measure(key, scope) for key in FORMAT.figures}


def evaluate_all(township: Unit, year: int) -> dict[str, FigureValue]:
    """Every figure of the report, in its order, with its value alone."""
    scope = report_scope(township, year)
    return {key: printed(REGISTRY[key], scope) for key in FORMAT.figures}


def printed(figure: Figure, scope: Scope) -> FigureValue:
    """The figure's value and how it is printed."""
    value = evaluate(figure, scope)
    return figure_value(figure.key, value, figure.unit, counted=is_counted(figure))


def is_counted(figure: Figure) -> bool:
    """Whether the system counts the figure from records (otherwise a person typed it)."""
    return figure.records is not None or figure.origin is Origin.DERIVED


def build_report(township: Unit, year: int) -> ReportContent:
    """The report as it stands now: the words filled with the figures, the three tables."""
    values = evaluate_all(township, year)
    names = names_of(township)
    tasks = [(task.title, task.progress) for task in list_key_tasks(township.id, year)]
    written = list_passages(township.id, year)
    lists = {
        "problems": [each.text for each in written if each.kind is PassageKind.PROBLEM],
        "measures": [each.text for each in written if each.kind is PassageKind.MEASURE],
        "key_tasks": key_task_texts(tasks),
    }
    return assemble_report(
        year=year,
        organ_full_name=names["organ"],
        title=report_title(township, year),
        values=values,
        tables=_tables(township.id, year, values),
        templates=narrative_templates(),
        lists={
            name: [readable_passage(text, values, names) for text in texts]
            for name, texts in lists.items()
        },
        names=names,
    )


def report_title(township: Unit, year: int) -> str:
    """平罗县陶乐镇2023年政府信息公开工作年度报告."""
    organ = names_of(township)["organ"].removesuffix("人民政府")
    return FORMAT.title.format(organ=organ, year=year)


def names_of(township: Unit) -> dict[str, str]:
    """The words that the narrative may use: see ``wording.place_names``."""
    county = township.parent
    prefecture = county.parent if county else None
    return place_names(
        town=township.name,
        full_name=township.full_name,
        county=county.name if county else "",
        prefecture=prefecture.name if prefecture else "",
    )


def list_passages(township_id: UUID, year: int) -> list[ReportPassage]:
    """The passages of part five, of each kind in their order."""
    return list(
        db.session.scalars(
            select(ReportPassage)
            .where(ReportPassage.township_id == township_id, ReportPassage.year == year)
            .order_by(ReportPassage.kind, ReportPassage.position)
        )
    )


def list_passage_pairs(township_id: UUID, year: int) -> list[tuple[str, str]]:
    """(problem, measure) for each position of part five."""
    pairs: dict[int, dict[PassageKind, str]] = {}
    for passage in list_passages(township_id, year):
        pairs.setdefault(passage.position, {})[passage.kind] = passage.text
    return [
        (pair.get(PassageKind.PROBLEM, ""), pair.get(PassageKind.MEASURE, ""))
        for _, pair in sorted(pairs.items())
    ]


def list_years(township: Unit, day: date) -> list[int]:
    """The years with postings or passages, and the one being written; the latest first."""
    first, last = db.session.execute(
        select(func.min(Notice.first_posted_on), func.max(Notice.first_posted_on)).where(
            Notice.township_id == township.id
        )
    ).one()
    years = set(range(first.year, last.year + 1)) if first and last else set()
    years |= set(
        db.session.scalars(
            select(ReportPassage.year).where(ReportPassage.township_id == township.id).distinct()
        )
    )
    years.add(draft_year(day))
    return sorted((year for year in years if year_fault(year, day) is None), reverse=True)


def _tables(township_id: UUID, year: int, values: Mapping[str, FigureValue]) -> Tables:
    requests = grid(township_id, year)
    return Tables(
        build_table_two({key: _number(values[key]) for key in TABLE_TWO_KEYS}),
        build_table_three(
            requests.new, requests.carried_in, requests.decisions, requests.carried_out
        ),
        build_table_four(review_grid(township_id, year)),
    )


def _number(figure: FigureValue) -> Number:
    if isinstance(figure.value, int | Decimal):
        return figure.value
    return Decimal(str(figure.value)) if isinstance(figure.value, float) else 0

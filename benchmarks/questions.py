"""What the measured pages ask: by the functions that their views call, and by plain SQL.

A question's two sides return the same rows; ``Question.check`` compares them before any clock runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

import plain_sql
from filling import ON
from sqlalchemy import Connection
from tree import REGION, TOWNSHIP, WIDE

from taole.catalogue.queries import list_item_terms, list_overrides
from taole.core.database import db
from taole.core.pages import PAGE_SIZE, paginate
from taole.core.periods import Frequency, period_containing
from taole.dashboard.queries import tally_cells
from taole.obligations.completeness_queries import (
    Grouping,
    SectionCounts,
    completeness,
    list_section_counts,
)
from taole.obligations.matrix_pages import Filters, township_page
from taole.obligations.matrix_queries import list_current_cells, list_places_below, summary_heads
from taole.obligations.matrix_views import BLOCKS_A_PAGE
from taole.obligations.place_queries import PlaceSort, count_places, row_of, select_places
from taole.obligations.rules import Completeness
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit, list_grassroots
from taole.organisation.rules import UnitKind

YEAR = period_containing(Frequency.YEARLY, ON)
QUARTER = period_containing(Frequency.QUARTERLY, ON)
AVERAGE = "640221108"
"""A township with the usual nine or ten villages."""


@dataclass(frozen=True)
class Question:
    """What a page asks. Both sides give comparable rows; ``limit`` is what the ratio may be."""

    name: str
    product: Callable[[], Any]
    plain: Callable[[Connection], Any]
    rows: Callable[[Any], Any] = lambda answer: answer
    plain_rows: Callable[[Any], Any] = lambda answer: answer
    limit: float | None = 1.5

    def check(self) -> int:
        """Refuse to measure unlike things; returns how many rows both sides give."""
        ours = self.rows(self.product())
        with db.engine.connect() as connection:
            theirs = self.plain_rows(self.plain(connection))
        assert ours == theirs, f"{self.name}: the two sides differ"
        return len(ours)


def questions() -> Iterator[Question]:
    for code in (TOWNSHIP, AVERAGE, WIDE):
        yield from _matrix(code)
    yield _tallies(TOWNSHIP)
    for code in (TOWNSHIP[:6], REGION):
        yield _summary(code)
        yield _overview(code)
        yield _places(code)


def matrix_of(code: str) -> Question:
    """The matrix page of one township: every statement of ``matrix_pages.township_page``."""
    return next(_matrix(code))


def _matrix(code: str) -> Iterator[Question]:
    unit = _unit(code)
    villages = len(list_grassroots(unit.id))

    def ask() -> Any:
        return (
            list_current_cells(unit.id, ON),
            list_grassroots(unit.id, ON),
            list_item_terms(unit.id, ON),
            list_overrides(unit.id),
        )

    def plainly(connection: Connection) -> Any:
        return (
            plain_sql.cells(connection, unit.id, ON),
            plain_sql.villages(connection, unit.id, ON),
            plain_sql.items(connection, unit.id, ON),
            plain_sql.overrides(connection, unit.id),
        )

    def rows(answer: Any) -> Any:
        cells, *others = answer
        return [*_sorted(cells), *(each.id for many in others for each in many)]

    yield Question(f"matrix, {villages} villages", ask, plainly, rows, rows)
    yield Question(
        f"matrix, {villages} villages, cells alone",
        lambda: list_current_cells(unit.id, ON),
        lambda connection: plain_sql.cells(connection, unit.id, ON),
        _sorted,
        _sorted,
    )


def draw_matrix(code: str) -> None:
    """What the view calls, for comparing the number of statements."""
    township_page(get_unit(code), ON, Filters())


def _summary(code: str) -> Question:
    """The summary page (units × sections) of a county or of all: heads, places, counts."""
    unit = _unit(code)
    of_townships = unit.kind is not UnitKind.COUNTY

    def ask() -> Any:
        page = paginate(summary_heads(unit), size=BLOCKS_A_PAGE)
        places = list_places_below(page.rows)
        counted = list_section_counts(
            (page.rows[0].path, page.rows[-1].path[:-1] + "0"),
            start=YEAR.start,
            end=YEAR.end,
            on=ON,
            by_township=of_townships,
        )
        return page.total, page.rows, places, counted

    def plainly(connection: Connection) -> Any:
        total, heads = plain_sql.heads(connection, unit.id, BLOCKS_A_PAGE)
        places = plain_sql.places(connection, heads)
        counted = plain_sql.by_section(
            connection,
            heads[0].path,
            heads[-1].path[:-1] + "0",
            YEAR,
            ON,
            of_townships=of_townships,
        )
        return total, heads, places, counted

    def rows(answer: Any) -> Any:
        total, heads, places, counted = answer
        return [total, *_paths(heads), *_paths(places), *sorted(map(_flat, counted))]

    return Question(f"summary of {_kind(unit)}, units × sections", ask, plainly, rows, rows)


def _overview(code: str) -> Question:
    """The overview of a county (its townships) or of all (its counties)."""
    unit = _unit(code)
    of_county = unit.kind is UnitKind.COUNTY
    by = Grouping.TOWNSHIP if of_county else Grouping.COUNTY
    plain = plain_sql.by_township if of_county else plain_sql.by_county
    return Question(
        f"overview of {_kind(unit)}, by {by.value}",
        lambda: completeness(unit.path, start=YEAR.start, end=YEAR.end, on=ON, by=by),
        lambda connection: plain(connection, unit.path, YEAR, ON),
        lambda answer: [(each.key, each.label, *_counts(each.counts)) for each in answer],
        lambda answer: [tuple(row) for row in answer],
    )


def _places(code: str) -> Question:
    """The first page of the villages of a county or of all, the least complete first."""
    unit = _unit(code)

    def ask() -> Any:
        found = select_places(
            unit,
            start=QUARTER.start,
            end=QUARTER.end,
            on=ON,
            by=Grouping.UNIT,
            sort=PlaceSort.COMPLETENESS,
        )
        total = count_places(unit, start=QUARTER.start, by=Grouping.UNIT)
        page = paginate(found, scalars=False, total=total)
        return page.total, [row_of(each) for each in page.rows]

    def rows(answer: Any) -> Any:
        total, places = answer
        shown = [(row.key, row.label, above, *_counts(row.counts)) for row, above in places]
        return [total, *shown]

    return Question(
        f"villages of {_kind(unit)}, least complete first",
        ask,
        lambda connection: plain_sql.villages_by_completeness(
            connection, unit.path, QUARTER, ON, PAGE_SIZE
        ),
        rows,
        lambda answer: [answer[0], *map(tuple, answer[1])],
    )


def _tallies(code: str) -> Question:
    unit = _unit(code)
    return Question(
        "overview of a township, villages × sections",
        lambda: tally_cells(unit, start=QUARTER.start, end=QUARTER.end, on=ON),
        lambda connection: plain_sql.tallies(connection, unit.id, QUARTER, ON),
        lambda answer: sorted(
            (*key, *_counts(each.counts), each.in_review, each.waiting)
            for key, each in answer.items()
        ),
        _sorted,
    )


def _sorted(rows: Iterable[Any]) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in rows), key=lambda row: (row[0], row[1]))


def _flat(row: Any) -> tuple[Any, ...]:
    if isinstance(row, SectionCounts):
        return (row.path, row.section, *_counts(row.counts))
    return tuple(row)


def _counts(counts: Completeness) -> tuple[int, ...]:
    return astuple(counts)


def _paths(units: Iterable[Any]) -> list[str]:
    return [each.path for each in units]


def _unit(code: str) -> Unit:
    """A unit that outlives the sessions of the runs."""
    unit = get_unit(code)
    db.session.expunge(unit)
    return unit


def _kind(unit: Unit) -> str:
    return "a county" if unit.kind is UnitKind.COUNTY else "the province"

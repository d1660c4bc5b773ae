"""What the matrix pages show, asked for and put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from taole.catalogue.labels import KNOWN_SECTIONS
from taole.catalogue.models import CatalogueItem
from taole.catalogue.queries import list_item_terms, list_overrides
from taole.catalogue.rules import EffectiveItem, effective_item
from taole.core.periods import Frequency, Period
from taole.obligations.completeness_queries import SectionCounts, list_section_counts
from taole.obligations.grid_rules import Cut, Grid, SlotFacts, township_grid, year_grid
from taole.obligations.matrix_queries import (
    list_cells_of_year,
    list_current_cells,
    list_items_by_id,
)
from taole.obligations.rules import Completeness, Standing, band_of
from taole.organisation.models import Unit
from taole.organisation.queries import list_grassroots
from taole.organisation.rules import UnitKind


@dataclass(frozen=True)
class Filters:
    section: str = ""
    frequency: Frequency | None = None
    standing: Standing | None = None
    villages: int = 1


@dataclass(frozen=True)
class TownshipPage:
    """Villages × matters: the grid, the villages shown, and what the filters can choose."""

    units: list[Unit]
    cut: Cut
    grid: Grid
    sections: list[str]
    frequencies: list[Frequency]
    terms: dict[str, EffectiveItem]


def township_page(township: Unit, on: date, chosen: Filters) -> TownshipPage:
    """The dozen of villages that is asked for; with ``villages=0`` all of them."""
    slots = [SlotFacts.of(row) for row in list_current_cells(township.id, on)]
    units = list_grassroots(township.id, on)
    items = _items(list_item_terms(township.id, on), slots)
    overrides = list_overrides(township.id)
    terms = {item.code: effective_item(item, overrides, unit_id=None, on=on) for item in items}
    shown = [
        item
        for item in items
        if chosen.section in ("", item.section)
        and chosen.frequency in (None, terms[item.code].frequency)
    ]
    cut = Cut.of(chosen.villages, len(units))
    columns = cut.columns if chosen.villages else slice(None)
    grid = township_grid(
        shown, [unit.id for unit in units], slots, on, wanted=chosen.standing, columns=columns
    )
    return TownshipPage(
        units[columns],
        cut,
        grid,
        list(dict.fromkeys(item.section for item in items)),
        [each for each in Frequency if any(t.frequency is each for t in terms.values())],
        terms,
    )


def village_page(unit: Unit, year: int, on: date) -> Grid:
    """One unit × the months of a year."""
    slots = [SlotFacts.of(row) for row in list_cells_of_year(unit.id, year)]
    day = min(max(on, date(year, 1, 1)), date(year, 12, 31))
    in_force = list_item_terms(unit.township_id, day) if unit.township_id else []
    return year_grid(_items(in_force, slots), slots, year, on)


def _items(in_force: list[CatalogueItem], slots: Sequence[SlotFacts]) -> list[CatalogueItem]:
    """The matters in force and those that are no more, but of which something is still shown."""
    known = {item.code for item in in_force}
    past = list_items_by_id({slot.item_id for slot in slots if slot.item_code not in known})
    latest = {item.code: item for item in past}
    return sorted([*in_force, *latest.values()], key=lambda item: (item.position, item.code))


@dataclass(frozen=True)
class SummaryRow:
    """One unit with its counts by section."""

    unit: Unit
    by_section: dict[str, Completeness]

    @property
    def total(self) -> Completeness:
        return sum(self.by_section.values(), Completeness())

    @property
    def lowest(self) -> float | None:
        rates = [each.completeness for each in self.by_section.values()]
        known = [rate for rate in rates if rate is not None]
        return min(known) if known else None

    @property
    def band(self) -> str:
        return band_of(self.lowest)


@dataclass(frozen=True)
class SummaryBlock:
    """A township with its villages, or a county with its townships."""

    head: Unit
    rows: list[SummaryRow]

    @property
    def total(self) -> Completeness:
        return sum((row.total for row in self.rows), Completeness())


def summary_blocks(
    heads: Sequence[Unit], places: Sequence[Unit], period: Period, on: date
) -> tuple[list[SummaryBlock], list[str]]:
    """The blocks of one page, and the sections that occur. One statement for all the counts.

    ``heads`` in order of path; ``places`` are what stands below them: villages below townships,
    or townships, counties below what is above them (summed from their townships).
    """
    if not heads:
        return [], []
    by_township = heads[0].kind is not UnitKind.TOWNSHIP
    counted = list_section_counts(
        (heads[0].path, heads[-1].path[:-1] + "0"),
        start=period.start,
        end=period.end,
        on=on,
        by_township=by_township,
    )
    rows = {place.path: SummaryRow(place, {}) for place in places}
    for each in counted:
        row = _row_above(rows, each)
        if row is not None:
            known = row.by_section.get(each.section, Completeness())
            row.by_section[each.section] = known + each.counts
    sections = sorted({each.section for each in counted}, key=_usual_place)
    blocks = [
        SummaryBlock(head, [row for row in rows.values() if row.unit.path.startswith(head.path)])
        for head in heads
    ]
    return blocks, sections


def _usual_place(section: str) -> tuple[int, str]:
    """The five known sections in their usual order, a county's own after them."""
    known = section in KNOWN_SECTIONS
    return (KNOWN_SECTIONS.index(section) if known else len(KNOWN_SECTIONS), section)


def _row_above(rows: dict[str, SummaryRow], counted: SectionCounts) -> SummaryRow | None:
    path = counted.path
    while path:
        if path in rows:
            return rows[path]
        path = path[:-1].rpartition("/")[0]
        path = f"{path}/" if path else ""
    return None


def figures_of(grid: Grid) -> dict[str, int]:
    """The counts that the head line of a matrix names."""
    return {
        "missing": grid.standings[Standing.MISSING],
        "late": grid.standings[Standing.LATE],
        "review": grid.standings[Standing.IN_REVIEW],
    }

"""The matrix pages: villages × matters, one village × months, units × sections."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.core.errors import NotFound
from taole.core.pages import paginate
from taole.core.periods import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    Frequency,
    Period,
    parse_period,
    period_containing,
)
from taole.obligations.blueprint import blueprint, chosen_day
from taole.obligations.matrix_pages import (
    Filters,
    figures_of,
    summary_blocks,
    township_page,
    village_page,
)
from taole.obligations.matrix_queries import list_places_below, summary_heads
from taole.obligations.rules import HIGH, LOW, Standing, band_of
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit, get_unit_at, get_unit_by_id, list_grassroots
from taole.organisation.rules import GRASSROOTS, UnitKind

BLOCKS_A_PAGE = 15
BANDS = ("low", "middle", "high", "none")


@blueprint.get("/completeness")
@requires(Permission.SEE_COMPLETENESS)
def matrix() -> Any:
    """The matrix of the widest unit that the person may look at."""
    unit = get_unit_at(my_reach(Permission.SEE_COMPLETENESS)[0])
    return redirect(url_for("obligations.matrix_of", code=unit.code))


@blueprint.get("/completeness/<code>")
@requires(Permission.SEE_COMPLETENESS, of=get_unit)
def matrix_of(unit: Unit) -> Any:
    if unit.kind in GRASSROOTS:
        return _village(unit)
    if unit.kind is UnitKind.TOWNSHIP:
        return _township(unit)
    if unit.kind is UnitKind.OFFICE:
        raise NotFound(unit.code)
    return _summary(unit)


def _township(unit: Unit) -> Any:
    on = chosen_day()
    chosen = chosen_filters()
    page = township_page(unit, on, chosen)
    return render_template(
        "obligations/matrix.html",
        unit=unit,
        on=on,
        page=page,
        chosen=chosen,
        figures=figures_of(page.grid),
        above=_above(unit),
    )


def _village(unit: Unit) -> Any:
    on, year = chosen_day(), chosen_year()
    township = get_unit_by_id(unit.township_id) if unit.township_id else None
    others = list_grassroots(township.id) if township and _may_see(township) else []
    return render_template(
        "obligations/year.html",
        unit=unit,
        on=on,
        year=year,
        grid=village_page(unit, year, on),
        township=township if others else None,
        others=others,
        may_confirm=i_may(Permission.DECLARE_NOTHING, unit),
        may_record=i_may(Permission.RECORD_EVENT, unit),
    )


def _summary(unit: Unit) -> Any:
    on, period, band = chosen_day(), chosen_period(), chosen_band()
    page = paginate(summary_heads(unit), size=BLOCKS_A_PAGE)
    places = list_places_below(page.rows) if page.rows else []
    blocks, sections = summary_blocks(page.rows, places, period, on)
    counted = dict.fromkeys(BANDS, 0)
    for block in blocks:
        for row in block.rows:
            counted[row.band] += 1
    return render_template(
        "obligations/summary.html",
        unit=unit,
        on=on,
        period=period,
        page=page,
        blocks=blocks,
        sections=sections,
        band=band,
        counted=counted,
        band_of=band_of,
        low=round(LOW * 100),
        high=round(HIGH * 100),
    )


def chosen_filters() -> Filters:
    """What of a township's matrix is asked for; nonsense means everything."""
    return Filters(
        request.args.get("section", ""),
        _one_of(Frequency, request.args.get("frequency")),
        _one_of(Standing, request.args.get("standing")),
        max(1, request.args.get("villages", 1, type=int)),
    )


def chosen_year() -> int:
    year = request.args.get("year", chosen_day().year, type=int)
    return min(max(year, EARLIEST_YEAR), LATEST_YEAR)


def chosen_period() -> Period:
    """``?period=2023Q3``, or the year of the day; Refused when it is no period."""
    written = request.args.get("period", "").strip()
    return parse_period(written) if written else period_containing(Frequency.YEARLY, chosen_day())


def chosen_band() -> str:
    band = request.args.get("band", "")
    return band if band in BANDS else ""


def _above(unit: Unit) -> Unit | None:
    """The unit above, for those who may look at it."""
    above = get_unit_by_id(unit.parent_id) if unit.parent_id else None
    return above if above and _may_see(above) else None


def _may_see(unit: Unit) -> bool:
    return i_may(Permission.SEE_COMPLETENESS, unit)


def _one_of(kind: Any, written: str | None) -> Any:
    return kind(written) if written in set(kind) else None

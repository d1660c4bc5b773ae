"""The page on which a township reads who did what."""

from __future__ import annotations

from typing import Any

from flask import render_template

from taole.access.guard import requires
from taole.access.permissions import Permission
from taole.organisation.blueprint import blueprint
from taole.organisation.models import Unit
from taole.organisation.queries import (
    get_township_of,
    get_unit,
    list_trail,
    list_units_of_township,
)
from taole.trail.queries import find_first_lines
from taole.trail.words import tell_all


def township(code: str) -> Unit:
    return get_township_of(get_unit(code))


@blueprint.get("/trail/<code>")
@requires(Permission.SEE_TRAIL, of=township)
def trail(place: Unit) -> Any:
    lines = list_trail(place)
    names = {unit.code: unit.name for unit in list_units_of_township(place.id)}
    told = tell_all(lines, find_first_lines(lines), names)
    return render_template("organisation/trail.html", place=place, told=told)

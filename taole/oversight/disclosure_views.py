"""Active disclosure within twenty working days: what waits, what was late."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from flask import render_template

from taole.access.guard import requires
from taole.access.permissions import Permission
from taole.obligations.blueprint import chosen_day
from taole.organisation.models import Unit
from taole.organisation.queries import get_township
from taole.oversight.blueprint import blueprint
from taole.oversight.disclosure_queries import LONGEST, list_disclosures, list_pressing
from taole.oversight.disclosure_rules import TIMELINESS_LABELS, WORKING_DAYS, Timeliness

KINDS = {
    Timeliness.OVERDUE: "miss",
    Timeliness.WAITING: "wait",
    Timeliness.UNKNOWN: "late",
    Timeliness.LATE: "late",
    Timeliness.IN_TIME: "ok",
}


@blueprint.get("/website-duty/<code>/disclosures")
@requires(Permission.SEE_WEBSITE_DUTY, of=get_township)
def website_disclosures(township: Unit) -> Any:
    """What waits to be disclosed, and what the year disclosed late (条例 art 26)."""
    on = chosen_day()
    formed = list_disclosures(township, date(on.year, 1, 1) - LONGEST, on, on)
    of_year = [
        each
        for each in formed
        if (each.notice.first_posted_on or on).year == on.year
        and each.timeliness in (Timeliness.LATE, Timeliness.IN_TIME)
    ]
    return render_template(
        "oversight/website_disclosures.html",
        township=township,
        on=on,
        pressing=list_pressing(township, on),
        late=[each for each in of_year if each.timeliness is Timeliness.LATE],
        counts=Counter(each.timeliness for each in of_year),
        days=WORKING_DAYS,
        labels=TIMELINESS_LABELS,
        kinds=KINDS,
        Timeliness=Timeliness,
    )

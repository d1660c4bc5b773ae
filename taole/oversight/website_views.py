"""The website duty: the columns with their standing, one column's postings, the ledger's paper."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import redirect, render_template, request, url_for

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.pages import file_answer, paginate
from taole.obligations.blueprint import chosen_day
from taole.organisation.asking import asked_township
from taole.organisation.models import Unit
from taole.organisation.queries import get_township, list_townships
from taole.oversight.blueprint import blueprint
from taole.oversight.clearing_queries import count_to_clear
from taole.oversight.column_rules import STANDING_LABELS, UPDATES_A_MONTH, Standing, headline
from taole.oversight.disclosure_queries import list_pressing
from taole.oversight.website_ledger import COLUMNS, NOTE, ledger_rows, ledger_title, ledger_xlsx
from taole.oversight.website_queries import (
    ColumnPlace,
    column_postings,
    get_column,
    list_unanswered,
    lower_codes,
    updates_by_month,
    website_columns,
    website_vetoes,
)
from taole.oversight.website_rules import RULE_LABELS, RULE_UNITS

KINDS = {
    Standing.EMPTY: "miss",
    Standing.STALE: "miss",
    Standing.WARN14: "late",
    Standing.WARN10: "late",
    Standing.FRESH: "ok",
    Standing.STANDING_PAGE: "na",
}
"""How each standing looks on a page."""


def get_column_now(code: str, column: str) -> ColumnPlace:
    return get_column(code, column, today())


@blueprint.get("/website-duty")
@requires(Permission.SEE_WEBSITE_DUTY)
def website() -> Any:
    """The website duty of the first township within reach."""
    township = asked_township(Permission.SEE_WEBSITE_DUTY)
    return redirect(url_for("oversight.website_of", code=township.code))


@blueprint.get("/website-duty/<code>")
@requires(Permission.SEE_WEBSITE_DUTY, of=get_township)
def website_of(township: Unit) -> Any:
    on = chosen_day()
    columns = website_columns(township, on)
    unanswered = list_unanswered(township, on)
    months = updates_by_month(township, on.year, on)
    asked = request.args.get("standing", "")
    wanted = Standing(asked) if asked in set(Standing) else None
    return render_template(
        "oversight/website.html",
        township=township,
        townships=list_townships(my_reach(Permission.SEE_WEBSITE_DUTY)),
        on=on,
        said=headline([each.standing for each in columns], months[on.month - 1]),
        columns=[each for each in columns if wanted in (None, each.standing)],
        total=len(columns),
        counts=Counter(each.standing for each in columns),
        wanted=wanted,
        vetoes=website_vetoes(township, on, columns=columns, unanswered=unanswered),
        titles={each.item.code: each.item for each in columns},
        months=months,
        messages=[each for each in unanswered if each.waiting.is_near(on)],
        to_clear=count_to_clear(township, today()),
        pressing=list_pressing(township, on),
        may_clear=i_may(Permission.CLEAR_WEBSITE, township),
        may_answer=i_may(Permission.KEEP_REGISTERS, township),
        least=UPDATES_A_MONTH,
        rule_labels=RULE_LABELS,
        rule_units=RULE_UNITS,
        **_words(),
    )


@blueprint.get("/website-duty/<code>/columns/<column>")
@requires(Permission.SEE_WEBSITE_DUTY, of=get_column_now)
def website_column(place: ColumnPlace) -> Any:
    """What was put into a column and into those below it, the latest first."""
    states = website_columns(place.township, today())
    state = next(each for each in states if each.item.code == place.item.code)
    codes = lower_codes(states, place.item.code)
    return render_template(
        "oversight/website_column.html",
        township=place.township,
        state=state,
        lower={each.item.code: each.item for each in states if each.item.code in codes},
        page=paginate(column_postings(place.township, codes, today())),
        **_words(),
    )


@blueprint.get("/website-duty/<code>/ledger")
@requires(Permission.SEE_WEBSITE_DUTY, of=get_township)
def website_ledger(township: Unit) -> Any:
    """The columns one by one (逐栏台账), as a paper to print."""
    on = chosen_day()
    return render_template(
        "oversight/website_ledger.html",
        township=township,
        on=on,
        title=ledger_title(township, on),
        names=[name for name, _width in COLUMNS],
        rows=ledger_rows(website_columns(township, on)),
        note=NOTE,
    )


@blueprint.get("/website-duty/<code>/ledger.xlsx")
@requires(Permission.SEE_WEBSITE_DUTY, of=get_township)
def website_ledger_excel(township: Unit) -> Any:
    on = chosen_day()
    content = ledger_xlsx(township, website_columns(township, on), on)
    return file_answer(content, f"{ledger_title(township, on)}{on:%Y%m%d}.xlsx")


def _words() -> dict[str, Any]:
    return {"labels": STANDING_LABELS, "kinds": KINDS, "Standing": Standing}

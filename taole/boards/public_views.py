"""The page behind the code on a sheet: no sign-in, no name beyond the table, never indexed."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template, request

from taole.access.guard import public
from taole.boards.blueprint import blueprint, site
from taole.boards.codes import public_address
from taole.boards.public_rules import (
    SHOWS_ROWS,
    SHOWS_TOTALS,
    PublicState,
    public_state,
    reviews_passed,
)
from taole.boards.queries import find_posted_correction, get_public_notice
from taole.core.clock import today
from taole.core.errors import Refused
from taole.documents.codes import qr_svg
from taole.notices.gate import refuse_unresolved
from taole.notices.laying_out import is_up, lay_out
from taole.notices.models import Notice
from taole.organisation.queries import get_township_of
from taole.privacy.rules import mask_secrets

FIRST_ROWS = 8


@blueprint.get("/n/<code>")
@public
def public_notice(code: str) -> Any:
    notice = get_public_notice(code)
    sheet = lay_out(notice, address=public_address(site(), notice.public_code))
    state = public_state(
        notice.state,
        is_up=is_up(notice),
        is_resolved=_is_resolved(notice),
        until=sheet.period.end,
        today=today(),
    )
    newer = find_posted_correction(notice) if state is PublicState.CORRECTED else None
    told = {
        "notice": notice,
        "sheet": sheet,
        "state": state,
        "State": PublicState,
        "large_text": request.args.get("large") == "1",
    }
    if request.args.get("print") == "1" and state in SHOWS_ROWS:
        page = render_template("boards/public_sheet.html", code=qr_svg(sheet.address), **told)
    else:
        page = render_template(
            "boards/public_notice.html",
            township=get_township_of(notice.unit),
            shows_rows=state in SHOWS_ROWS,
            shows_totals=state in SHOWS_TOTALS,
            first_rows=FIRST_ROWS,
            reviewed=reviews_passed(notice.review_steps, state, notice.review_by_on),
            newer=newer,
            reason=mask_secrets(_reason(notice, newer)),
            **told,
        )
    answer = make_response(page)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _is_resolved(notice: Notice) -> bool:
    try:
        refuse_unresolved(notice, waits_for_files=False)
    except Refused:
        return False
    return True


def _reason(notice: Notice, newer: Notice | None) -> str:
    """Why it was withdrawn or corrected, as the township said it to the public."""
    return newer.correction_reason if newer is not None else notice.return_reason

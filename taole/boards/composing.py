"""A notice as a printed sheet, refused where it must not be seen."""

from __future__ import annotations

from datetime import date

from taole.boards.codes import public_address
from taole.core.errors import Refused
from taole.core.words import N_
from taole.notices.gate import refuse_unresolved
from taole.notices.laying_out import is_up, lay_out
from taole.notices.models import Notice
from taole.notices.printed_sheet import PrintedSheet
from taole.notices.workflow import IN_REVIEW, PREVIEWED, PRINTABLE


def compose(notice: Notice, *, site: str, start: date | None = None) -> PrintedSheet:
    """The sheet of a notice: approved and posted ones as they hang, others as a marked preview.

    ``start``: the day on which it is to go up, where it does not hang yet (today if not said).
    ``site``: TAOLE_PUBLIC_URL. Raises Refused while personal data in it waits for a decision, and
    for a notice that has ended, was withdrawn, or whose correction took its place.
    """
    if notice.state not in PRINTABLE | PREVIEWED:
        raise Refused(N_("这件公示已经结束、撤回或更正，不再打印：请打印代替它的那一件。"))
    refuse_unresolved(notice)
    address = public_address(site, notice.public_code)
    return lay_out(notice, address=address, start=start, is_preview=not _is_settled(notice))


def _is_settled(notice: Notice) -> bool:
    """Reviewed, or up ahead of its review as the township permits for urgent matters."""
    return notice.state in PRINTABLE or (notice.state in IN_REVIEW and is_up(notice))

"""A notice as a printed sheet: gathered from what is stored, refused where it must not be seen."""

from __future__ import annotations

from datetime import date

from taole.boards.codes import public_address
from taole.boards.printed_sheet import (
    NoticePeriod,
    PrintedSheet,
    opening_paragraphs,
    phone_lines,
    phone_warnings,
    public_head,
    public_table,
)
from taole.boards.queries import board_posting
from taole.catalogue.templates import template_for
from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.periods import label
from taole.core.words import N_
from taole.notices.gate import refuse_unresolved
from taole.notices.models import Notice
from taole.notices.posting import default_until
from taole.notices.rules import plain_period
from taole.notices.workflow import IN_REVIEW, NoticeState
from taole.organisation.models import Unit
from taole.organisation.queries import get_township_of
from taole.organisation.rules import GRASSROOTS

PRINTABLE = frozenset({NoticeState.APPROVED, NoticeState.POSTED})
PREVIEWED = IN_REVIEW | {NoticeState.DRAFT, NoticeState.RETURNED}


def is_up(notice: Notice) -> bool:
    """Whether it hangs or stands somewhere now."""
    return any(posting.taken_down_on is None for posting in notice.postings)


def compose(notice: Notice, *, site: str, start: date | None = None) -> PrintedSheet:
    """The sheet of a notice: approved and posted ones as they hang, others as a marked preview.

    ``start``: the day on which it is to go up, where it does not hang yet (today if not said).
    ``site``: TAOLE_PUBLIC_URL. Raises Refused while personal data in it waits for a decision, and
    for a notice that has ended, was withdrawn, or whose correction took its place.
    """
    if notice.state not in PRINTABLE | PREVIEWED:
        raise Refused(N_("这件公示已经结束、撤回或更正，不再打印：请打印代替它的那一件。"))
    refuse_unresolved(notice)
    return lay_out(notice, site=site, start=start, is_preview=not _is_settled(notice))


def lay_out(
    notice: Notice, *, site: str, start: date | None = None, is_preview: bool = False
) -> PrintedSheet:
    """What may be told of a notice, as it stands on paper and behind its code."""
    unit, township = notice.unit, get_township_of(notice.unit)
    template = template_of(notice)
    days = notice_period(notice, start)
    period = plain_period(notice.period_key)
    phones: tuple[tuple[str, str], ...] = ()
    if template.with_phones:
        phones = phone_lines(unit.phone, township.phone, is_village=unit.kind in GRASSROOTS)
    return PrintedSheet(
        heading=_heading(township, notice.section),
        number=notice.number,
        title=notice.title,
        paragraphs=opening_paragraphs(
            template,
            notice.body,
            unit=unit.name,
            period=str(label(period)) if period else "",
            matter=notice.item.title,
            days=days,
        ),
        head=public_head(template, notice.head or {}),
        table=public_table(template, notice.columns, notice.rows),
        signer=_signer(unit),
        period=days,
        phones=phones,
        address=public_address(site, notice.public_code),
        is_preview=is_preview,
        warnings=phone_warnings(unit.name, phones),
    )


def template_of(notice: Notice) -> UnifiedTemplate:
    """The template by which it was written; of an older notice the one that held on that day."""
    if notice.template:
        return UnifiedTemplate.from_mapping(notice.template)
    return template_for(notice.item, notice.township_id, notice.written_at.date())


def notice_period(notice: Notice, start: date | None = None) -> NoticePeriod:
    """公示期 as announced on the board, else on the first channel, else from ``start`` on."""
    posting = board_posting(notice) or next(iter(notice.postings), None)
    if posting is not None:
        return NoticePeriod(posting.posted_on, posting.until_on)
    begin = start or today()
    return NoticePeriod(begin, default_until(notice.item, begin))


def _is_settled(notice: Notice) -> bool:
    """Reviewed, or up ahead of its review as the township permits for urgent matters."""
    return notice.state in PRINTABLE or (notice.state in IN_REVIEW and is_up(notice))


def _heading(township: Unit, section: str) -> str:
    parts = (f"{township.name}村务公开", section)
    return " · ".join(part for part in parts if part)


def _signer(unit: Unit) -> str:
    """Who signs: 东园村民委员会, a community's 居民委员会, an office by its own name."""
    if unit.full_name and unit.full_name != unit.name:
        return unit.full_name
    if unit.kind not in GRASSROOTS:
        return unit.name
    return f"{unit.name}民委员会" if unit.name.endswith("村") else f"{unit.name}居民委员会"

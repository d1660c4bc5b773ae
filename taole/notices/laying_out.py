"""A notice as villagers read it: gathered once for its page, its sheet and its public page."""

from __future__ import annotations

from datetime import date

from taole.catalogue.channels import Channel
from taole.catalogue.templates import template_for
from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.clock import today
from taole.core.periods import label
from taole.notices.models import Notice, Posting
from taole.notices.posting import default_until
from taole.notices.printed_sheet import (
    NoticePeriod,
    PrintedSheet,
    opening_paragraphs,
    phone_lines,
    phone_warnings,
    public_head,
    public_table,
)
from taole.notices.rules import plain_period
from taole.organisation.models import Unit
from taole.organisation.queries import get_township_of
from taole.organisation.rules import GRASSROOTS, signing_name


def lay_out(
    notice: Notice, *, address: str = "", start: date | None = None, is_preview: bool = False
) -> PrintedSheet:
    """What may be told of a notice, as it stands on paper, on its page, and behind its code.

    ``address``: what its code carries. ``start``: the day on which it is to go up, where it does
    not hang yet (today if not said).
    """
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
        signer=signing_name(unit.name, unit.full_name, unit.kind),
        period=days,
        phones=phones,
        address=address,
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


def board_posting(notice: Notice) -> Posting | None:
    """Its latest posting on the board that was not taken down."""
    up = [
        each
        for each in notice.postings
        if each.channel is Channel.BOARD and each.taken_down_on is None
    ]
    return up[-1] if up else None


def is_up(notice: Notice) -> bool:
    """Whether it hangs or stands somewhere now."""
    return any(posting.taken_down_on is None for posting in notice.postings)


def _heading(township: Unit, section: str) -> str:
    parts = (f"{township.name}村务公开", section)
    return " · ".join(part for part in parts if part)

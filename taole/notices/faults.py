"""What keeps a filled sheet from being handed in."""

from __future__ import annotations

from taole.catalogue.template_rules import Fault, check_filled
from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.notices.models import Notice

MOST_NAMED = 3


def faults_of(notice: Notice) -> list[Fault]:
    """What is wrong in the filled sheet, by the template with which it was written.

    A notice from before the unified templates has none to be held to.
    """
    if not notice.template:
        return []
    return check_filled(
        UnifiedTemplate.from_mapping(notice.template),
        head=notice.head,
        columns=notice.columns,
        rows=notice.rows,
    )


def refuse_faulty(notice: Notice) -> None:
    """Refused, naming the first faults, while something required is missing or does not add up."""
    fatal = [fault.sentence for fault in faults_of(notice) if fault.is_fatal]
    if fatal:
        more = len(fatal) - MOST_NAMED
        rest = [sentence(N_("另有%(count)s处也要改。"), count=more)] if more > 0 else []
        raise Refused(*fatal[:MOST_NAMED], *rest)

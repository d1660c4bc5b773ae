"""Ten days before a quarter ends, clerk and leader are told of the notice that they would get."""

from __future__ import annotations

from uuid import UUID

from taole.core.clock import local, now
from taole.core.jobs import for_each
from taole.core.periods import Frequency, label, period_containing
from taole.core.words import N_, sentence
from taole.notifications.actions import tell
from taole.notifications.lines import Audience
from taole.notifications.models import MessageKind
from taole.notifications.queries import list_people
from taole.notifications.settings import find_plan
from taole.notifications.short_links import short_link
from taole.organisation.queries import get_unit_by_id, list_townships
from taole.oversight.circular import draft_circular, is_time_to_tell, text_of
from taole.oversight.measure_rules import headline


def draft_circulars() -> str:
    """One message for each clerk and leader and quarter, where reminders are on."""
    at = now()
    on = local(at).date()
    if not is_time_to_tell(on):
        return "not yet"
    quarter = period_containing(Frequency.QUARTERLY, on)
    sent = 0

    def send(township_id: UUID) -> None:
        nonlocal sent
        if not find_plan(township_id).is_on:
            return
        township = get_unit_by_id(township_id)
        circular = draft_circular(township, quarter, on)
        for audience in (Audience.CLERK, Audience.LEADER):
            for person in list_people([township_id], audience, on).get(township_id, []):
                told = tell(
                    person,
                    township=township,
                    kind=MessageKind.BRIEF,
                    key=f"circular:{quarter.key}",
                    title=sentence(
                        N_("%(quarter)s通报预估：%(headline)s"),
                        quarter=str(label(quarter)),
                        headline=str(headline(circular)),
                    ),
                    link=short_link(f"/circular/{township.code}?quarter={quarter.key}"),
                    text=text_of(township, quarter, circular),
                    day=on,
                    at=at,
                )
                sent += told is not None

    names = {township.id: township.name for township in list_townships()}
    for_each(names, send, name=names.__getitem__)
    return f"{sent} told"

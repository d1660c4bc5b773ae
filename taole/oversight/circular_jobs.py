"""Ten days before a quarter ends, clerk and leader are told of the notice that they would get."""

from __future__ import annotations

from taole.core.clock import local, now
from taole.core.periods import Frequency, label, period_containing
from taole.core.words import N_, sentence
from taole.notifications.actions import tell
from taole.notifications.lines import Audience
from taole.notifications.models import MessageKind
from taole.notifications.queries import list_people
from taole.notifications.settings import find_plan
from taole.notifications.short_links import short_link
from taole.organisation.each_township import for_each_township
from taole.organisation.models import Unit
from taole.oversight.circular import draft_circular, is_time_to_tell, text_of
from taole.oversight.measure_rules import headline


def draft_circulars() -> str:
    """One message for each clerk and leader and quarter, where reminders are on."""
    at = now()
    on = local(at).date()
    if not is_time_to_tell(on):
        return "还没到时候"
    quarter = period_containing(Frequency.QUARTERLY, on)
    sent = 0

    def send(township: Unit) -> None:
        nonlocal sent
        if not find_plan(township.id).is_on:
            return
        circular = draft_circular(township, quarter, on)
        for audience in (Audience.CLERK, Audience.LEADER):
            for person in list_people([township.id], audience, on).get(township.id, []):
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

    for_each_township(send)
    return f"告诉 {sent} 人"

"""Each Monday the leaders of a township are told of the week before."""

from __future__ import annotations

from typing import Any

from taole.core.clock import local, now
from taole.core.words import N_, sentence
from taole.notifications.actions import tell, tell_group
from taole.notifications.lines import Audience
from taole.notifications.models import MessageKind
from taole.notifications.queries import list_people
from taole.notifications.settings import find_plan
from taole.organisation.each_township import for_each_township
from taole.organisation.models import Unit
from taole.oversight.brief import brief_of, link_to, text_of
from taole.oversight.brief_rules import headline, week_before


def send_briefs() -> str:
    """One brief a week for each leader and group, where reminders are on; safe to run twice."""
    at = now()
    on = local(at).date()
    start, end = week_before(on)
    sent = 0

    def send(township: Unit) -> None:
        nonlocal sent
        if not find_plan(township.id).is_on:
            return
        brief = brief_of(township, start, end)
        link = link_to(township, end)
        title = sentence(
            N_("%(start)s—%(end)s 工作简报：%(headline)s"),
            start=f"{start:%-m月%-d日}",
            end=f"{end:%-m月%-d日}",
            headline=str(headline(brief)),
        )
        told: dict[str, Any] = {
            "kind": MessageKind.BRIEF,
            "key": f"brief:{end.isoformat()}",
            "title": title,
            "link": link,
            "text": text_of(brief, link),
            "day": on,
            "at": at,
        }
        tell_group(township, **told)
        for leader in list_people([township.id], Audience.LEADER, on).get(township.id, []):
            sent += tell(leader, township=township, **told) is not None

    for_each_township(send)
    return f"告诉 {sent} 人"

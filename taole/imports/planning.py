"""What is to be written for the good rows: which notices, which postings, what is known already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from taole.core.periods import Frequency, Period, period_containing, period_of
from taole.core.words import N_, sentence
from taole.imports import ledger
from taole.imports.cells import Window
from taole.imports.ledger import RowFault
from taole.imports.rules import Entry
from taole.notices.rules import Place, compulsory
from taole.notices.workflow import MOVES, NOTICE_STATE_LABELS, NoticeState, Step

if TYPE_CHECKING:
    from taole.catalogue.models import CatalogueItem
    from taole.organisation.models import Unit

Key = tuple[UUID, str, str, str]
"""Unit, code of the item, period and title: what makes two rows the same notice."""
_EVENT_ID_LENGTH = 33


@dataclass
class Registered:
    """A notice that the system has, with the days on which it was posted in each place."""

    notice_id: UUID
    state: NoticeState
    places: dict[Place, list[date]] = field(default_factory=lambda: defaultdict(list))

    def days_in(self, place: Place) -> list[date]:
        """Its days in a place; where one side names no account, the channel alone decides."""
        return [
            day
            for known, days in self.places.items()
            if (known.channel, known.column_code) == (place.channel, place.column_code)
            and (known.account == place.account or not (known.account and place.account))
            for day in days
        ]


@dataclass(frozen=True)
class PlannedPosting:
    entry: Entry
    place: Place


@dataclass
class PlannedNotice:
    """A notice to be written (``known_id`` None) or one that only gets more postings."""

    unit: Unit
    item: CatalogueItem
    period: Period
    window: Window
    title: str
    postings: list[PlannedPosting]
    known_id: UUID | None = None

    @property
    def answers_on(self) -> date:
        """The day on which its last compulsory channel among these went up."""
        required = compulsory(self.postings[0].entry.matter.compulsory_channels, self.item.channels)
        first: dict[str, date] = {}
        for each in self.postings:
            day = each.entry.posted_on
            first[each.place.channel] = min(day, first.get(each.place.channel, day))
        days = [day for channel, day in first.items() if channel in required]
        return max(days) if days else min(first.values())


def plan_notices(
    entries: Sequence[Entry], registered: dict[Key, list[Registered]]
) -> tuple[list[PlannedNotice], list[RowFault]]:
    """Rows of one village, item, period and title become one notice with several postings.

    Faults: a row that says again what another said, or what is registered already. The notices
    come in the order in which they answer, so that of two for one slot the earlier one counts.
    """
    planned: dict[tuple[Key, str], PlannedNotice] = {}
    seen: dict[tuple[Key, str], dict[Place, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    faults: list[RowFault] = []
    for entry in entries:
        key = (entry.unit.id, entry.item.code, entry.period.key, entry.title)
        known = registered.get(key, [])
        rows = seen[key, entry.number]
        for place in entry.places:
            fault = _said_before(entry, rows[place]) or _registered(entry, place, known)
            rows[place].append(entry)
            if fault is not None:
                faults.append(fault)
                break
            notice = planned.get((key, entry.number))
            if notice is None:
                notice = planned[key, entry.number] = PlannedNotice(
                    entry.unit,
                    entry.item,
                    entry.period,
                    entry.window,
                    entry.title,
                    [],
                    next((each.notice_id for each in known if _takes_postings(each)), None),
                )
            notice.postings.append(PlannedPosting(entry, place))
    for notice in planned.values():
        notice.postings.sort(key=lambda each: (each.entry.is_repeat, each.entry.posted_on))
    return sorted(planned.values(), key=lambda notice: notice.answers_on), faults


def _said_before(entry: Entry, rows: Sequence[Entry]) -> RowFault | None:
    same = [row for row in rows if not entry.is_repeat or row.posted_on == entry.posted_on]
    if not same:
        return None
    return entry.row.fault(
        ledger.TITLE,
        sentence(
            N_(
                "和第%(other)s行重复（村、事项、期间、标题、渠道都一样）：请删去一行；"
                "若是两件公示，请把标题写得不一样。"
            ),
            other=same[0].row.number,
        ),
    )


def _registered(entry: Entry, place: Place, known: Sequence[Registered]) -> RowFault | None:
    days = [day for each in known for day in each.days_in(place)]
    if (entry.posted_on in days) if entry.is_repeat else days:
        return entry.row.fault(
            ledger.TITLE,
            sentence(
                N_("已经登记过（村、事项、期间、标题和渠道“%(channel)s”都一样）：请删去这一行。"),
                channel=place.channel,
            ),
        )
    if known and not any(_takes_postings(each) for each in known):
        return entry.row.fault(
            ledger.TITLE,
            sentence(
                N_("系统里有同名的公示，现在是“%(state)s”：请先在系统里办完那一件，或改标题。"),
                state=sentence(NOTICE_STATE_LABELS[known[0].state]),
            ),
        )
    return None


def _takes_postings(known: Registered) -> bool:
    return known.state in MOVES[Step.POST].sources


def ledger_period_key(key: str, frequency: Frequency) -> str:
    """A stored period's key as a ledger has it: without an event's id, events by the quarter."""
    bare = key[:4] + key[4 + _EVENT_ID_LENGTH :] if key[4:5] == "E" else key
    if frequency is Frequency.ON_EVENT and "-" in bare:
        return period_containing(frequency, period_of(bare).start).key
    return bare


def order_faults(faults: Iterable[RowFault], sheets: Sequence[str]) -> list[RowFault]:
    """Faults in the order of the file: by sheet and row."""
    place = {name: at for at, name in enumerate(sheets)}
    return sorted(faults, key=lambda fault: (place.get(fault.sheet, 0), fault.row))

"""Every row of a ledger, checked on its own: what it says, or each cell that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from taole.catalogue.rules import EffectiveItem
from taole.core.errors import Refused
from taole.core.periods import Period
from taole.core.words import N_, Sentence, quoted, sentence
from taole.imports import ledger
from taole.imports.cells import (
    Window,
    period_asked,
    personal_fault,
    read_window,
    read_yes_or_no,
)
from taole.imports.known_names import TownshipNames, VillageNames
from taole.imports.ledger import LedgerRow, RowFault
from taole.imports.row_postings import Reading, read_days, read_link, read_places
from taole.notices.rules import MAX_TITLE, Place

if TYPE_CHECKING:
    from taole.catalogue.models import CatalogueItem
    from taole.organisation.models import Unit


@dataclass(frozen=True)
class Entry:
    """One good row: a village's notice on one or several channels from a day."""

    row: LedgerRow
    unit: Unit
    matter: EffectiveItem
    period: Period
    window: Window
    title: str
    places: tuple[Place, ...]
    posted_on: date
    until_on: date | None
    link: str
    number: str
    is_repeat: bool

    @property
    def item(self) -> CatalogueItem:
        return self.matter.item


def read_entries(
    rows: Sequence[LedgerRow],
    *,
    villages: VillageNames,
    names_of: Callable[[UUID], TownshipNames],
    today: date,
) -> tuple[list[Entry], list[RowFault]]:
    """What the good rows say, and the faults of all others, in the file's order.

    ``names_of`` gives the matters and website columns of a township by its id.
    """
    entries, faults = [], []
    for row in rows:
        reading = Reading(row)
        entry = _read(reading, villages, names_of, today)
        faults += reading.faults
        if entry is not None and not reading.faults:
            entries.append(entry)
    return entries, faults


def _read(
    reading: Reading,
    villages: VillageNames,
    names_of: Callable[[UUID], TownshipNames],
    today: date,
) -> Entry | None:
    unit = _village(reading, villages)
    names = names_of(unit.township_id) if unit is not None and unit.township_id else None
    window = _window(reading, today)
    item = _item(reading, names, window, today)
    matter, period = None, None
    if unit is not None and names is not None and item is not None and window is not None:
        matter = names.matters.effective(item, unit.id, window.start)
        asked = period_asked(window, matter.frequency, item.title)
        if isinstance(asked, Sentence):
            reading.fault(ledger.PERIOD, asked)
        else:
            period = asked
    title = _title(reading, unit, item, window)
    places = read_places(reading, names, today)
    posted_on, until_on = read_days(reading, today)
    link = read_link(reading)
    is_repeat = read_yes_or_no(reading.said(ledger.REPEAT))
    if isinstance(is_repeat, Sentence):
        reading.fault(ledger.REPEAT, is_repeat)
        return None
    if unit is None or matter is None or period is None or window is None or posted_on is None:
        return None
    number = reading.said(ledger.NUMBER)
    return Entry(
        reading.row,
        unit,
        matter,
        period,
        window,
        title,
        places,
        posted_on,
        until_on,
        link,
        number,
        is_repeat,
    )


def _village(reading: Reading, villages: VillageNames) -> Unit | None:
    written = reading.said(ledger.UNIT)
    if not written:
        reading.fault(ledger.UNIT, sentence(N_("没填村名：请填系统里的村名或区划代码。")))
        return None
    found = villages.find(written)
    if isinstance(found, Sentence):
        reading.fault(ledger.UNIT, found)
        return None
    return found


def _window(reading: Reading, today: date) -> Window | None:
    if not reading.said(ledger.PERIOD):
        reading.fault(
            ledger.PERIOD,
            sentence(N_("没填期间：请写成“2023年第三季度”“2023年9月”或“2023年”。")),
        )
        return None
    try:
        window = read_window(reading.row.cells.get(ledger.PERIOD))
    except Refused as refusal:
        reading.fault(ledger.PERIOD, refusal.sentences[0])
        return None
    if window.start > today:
        reading.fault(
            ledger.PERIOD,
            sentence(N_("%(period)s还没到：请核对年份和月份。"), period=window.label()),
        )
        return None
    return window


def _item(
    reading: Reading, names: TownshipNames | None, window: Window | None, today: date
) -> CatalogueItem | None:
    written = {name: reading.said(name) for name in (ledger.CODE, ledger.ITEM)}
    told = [(name, text) for name, text in written.items() if text]
    if not told:
        known = ledger.ITEM if ledger.ITEM in reading.row.table.names else ledger.CODE
        reading.fault(known, sentence(N_("没填公开事项：请填目录编码或事项名称。")))
        return None
    if names is None:
        return None
    found: list[CatalogueItem] = []
    for name, text in told:
        item = _find_item(reading, name, text, names, window, today)
        if item is not None:
            found.append(item)
    if len(found) == 2 and found[0].code != found[1].code:
        reading.fault(
            ledger.CODE,
            sentence(
                N_("编码 %(code)s 是“%(title)s”，和公开事项“%(other)s”对不上：请改正其中一个。"),
                code=found[0].code,
                title=found[0].title,
                other=found[1].title,
            ),
        )
        return None
    return found[0] if len(found) == len(told) else None


def _find_item(
    reading: Reading,
    name: str,
    text: str,
    names: TownshipNames,
    window: Window | None,
    today: date,
) -> CatalogueItem | None:
    days = (window.start, window.end) if window else (today,)
    for day in days:
        item = names.matters.find(text, day)
        if item is not None:
            return item
    if not names.matters.was_ever(text):
        reading.fault(name, names.matters.unknown(text, days[-1]))
    elif window is not None:
        reading.fault(
            name,
            sentence(
                N_("“%(name)s”在%(period)s不在施行的目录里：请核对期间，或改成当时的事项。"),
                name=quoted(text),
                period=window.label(),
            ),
        )
    return None


def _title(
    reading: Reading, unit: Unit | None, item: CatalogueItem | None, window: Window | None
) -> str:
    title = reading.said(ledger.TITLE)
    fault = personal_fault(title)
    if fault is None and len(title) > MAX_TITLE:
        fault = sentence(N_("标题太长：最多%(most)s个字，请写短一些。"), most=MAX_TITLE)
    if fault is not None:
        reading.fault(ledger.TITLE, fault)
    elif not title and unit is not None and item is not None and window is not None:
        title = f"{unit.name}{window.label()}{item.title}"[:MAX_TITLE]
    return title

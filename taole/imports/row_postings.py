"""Where and from when a row's notice was shown: channels, column, account, days, link."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from taole.catalogue.channels import Channel
from taole.core.errors import Refused
from taole.core.periods import parse_day
from taole.core.words import N_, Sentence, sentence
from taole.imports import ledger
from taole.imports.cells import link_fault, personal_fault, read_channels
from taole.imports.known_names import TownshipNames
from taole.imports.ledger import LedgerRow, RowFault
from taole.notices.rules import Place

VILLAGE_COLUMN = "村（居）务公开"
"""Where a village's notice stands on the website, when the ledger does not say."""
MAX_COLUMN, MAX_ACCOUNT = 24, 60


@dataclass
class Reading:
    """One row while it is read; every fault is noted, so that one pass finds them all."""

    row: LedgerRow
    faults: list[RowFault] = field(default_factory=list)

    def fault(self, name: str, message: Sentence) -> None:
        self.faults.append(self.row.fault(name, message))

    def said(self, name: str) -> str:
        return self.row.said(name)

    def day(self, name: str) -> date | None:
        try:
            return parse_day(self.row.cells.get(name))
        except Refused as refusal:
            self.fault(name, refusal.sentences[0])
        return None


def read_places(reading: Reading, names: TownshipNames | None, today: date) -> tuple[Place, ...]:
    channels = read_channels(reading.said(ledger.CHANNEL))
    if isinstance(channels, Sentence):
        reading.fault(ledger.CHANNEL, channels)
        return ()
    account = reading.said(ledger.ACCOUNT)
    fault = personal_fault(account)
    if fault is None and len(account) > MAX_ACCOUNT:
        fault = sentence(N_("账号太长：最多%(most)s个字。"), most=MAX_ACCOUNT)
    if fault is not None:
        reading.fault(ledger.ACCOUNT, fault)
    column = _column(reading, names, today) if Channel.WEBSITE in channels else ""
    return tuple(
        Place(
            channel,
            column if channel is Channel.WEBSITE else "",
            account if channel in (Channel.WECHAT, Channel.WEIBO) else "",
        )
        for channel in channels
    )


def _column(reading: Reading, names: TownshipNames | None, today: date) -> str:
    """The code of the website's column; its own words where the township has no columns."""
    written = reading.said(ledger.COLUMN)
    if names is None:
        return ""
    if not names.columns.items:
        return (written or VILLAGE_COLUMN)[:MAX_COLUMN]
    found = names.columns.find(written or VILLAGE_COLUMN, today)
    if found is not None:
        return found.code
    if written:
        reading.fault(ledger.COLUMN, names.columns.unknown(written, today))
    else:
        reading.fault(
            ledger.COLUMN,
            sentence(N_("发在政府网站的要填栏目：请加一列“网站栏目”，写明发在哪个栏目。")),
        )
    return ""


def read_days(reading: Reading, today: date) -> tuple[date | None, date | None]:
    posted_on = until_on = None
    if not reading.said(ledger.POSTED):
        reading.fault(ledger.POSTED, sentence(N_("没填公示起：请填贴出的那一天。")))
    else:
        posted_on = reading.day(ledger.POSTED)
    if reading.said(ledger.UNTIL):
        until_on = reading.day(ledger.UNTIL)
    if posted_on is not None and posted_on > today:
        reading.fault(
            ledger.POSTED,
            sentence(
                N_("%(day)s 还没到：台账只登记已经贴出的，请核对日期。"), day=posted_on.isoformat()
            ),
        )
    if posted_on is not None and until_on is not None and until_on < posted_on:
        reading.fault(
            ledger.UNTIL,
            sentence(
                N_("公示止 %(until)s 早于公示起 %(day)s：请改正其中一个。"),
                until=until_on.isoformat(),
                day=posted_on.isoformat(),
            ),
        )
    return posted_on, until_on


def read_link(reading: Reading) -> str:
    link = reading.said(ledger.LINK)
    fault = personal_fault(link) or (link_fault(link) if link else None)
    if fault is not None:
        reading.fault(ledger.LINK, fault)
    return link

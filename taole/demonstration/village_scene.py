"""The villages' year 2023: 487 notices, signed 无此事项, excused slots and honest gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from taole.catalogue.channels import Channel
from taole.core.clock import noon
from taole.core.database import db
from taole.core.pages import say
from taole.core.periods import Frequency, label, period_containing
from taole.demonstration.assignment import FINANCE_SHEET, SHARES, SOCIAL_EVENTS, Share
from taole.demonstration.posting import put_up, tell
from taole.demonstration.stage import Stage
from taole.notices.models import Notice
from taole.obligations.actions import declare_nothing, excuse, record_event
from taole.obligations.models import Obligation
from taole.organisation.models import Unit

YEAR_START, YEAR_END = date(2023, 1, 1), date(2023, 12, 31)
LATE_SHARE = 0.08
CLEARED_ON = date(2024, 3, 15)


@dataclass
class VillageYear:
    """One unit's obligations of the year by item and period, and what was posted."""

    stage: Stage
    unit: Unit
    share: Share
    slots: dict[tuple[str, str], Obligation]
    posted: dict[str, list[Notice]] = field(default_factory=lambda: defaultdict(list))

    happened: set[tuple[str, date]] = field(default_factory=set)

    def play(self) -> None:
        self._social()
        self._farming()
        self._finance()
        self._service_and_organisation()
        self._nothing_and_gaps()

    def _social(self) -> None:
        quarterly = [slot for slot in self._due("SB") if slot.item.frequency is Frequency.QUARTERLY]
        self.stage.chance.shuffle(quarterly)
        count = min(len(quarterly) - 2, self.share.social // 2)
        for slot in quarterly[:count]:
            self._notice([slot], self._day_for(slot))
        codes = [code for code, weight in SOCIAL_EVENTS for _ in range(weight)]
        for _ in range(self.share.social - count):
            self._event(self.stage.chance.choice(codes))

    def _farming(self) -> None:
        if self.share.farming:
            for slot in self._due("QN"):
                if slot.item_code in ("QN-05", "QN-11"):
                    self._notice([slot], self._day_for(slot))

    def _finance(self) -> None:
        if not self.share.finance:
            return
        for quarter in sorted({slot.period_key for slot in self._due("CW-02")}):
            sheet = [self.slots[code, quarter] for code in FINANCE_SHEET]
            self._notice(sheet, self._day_for(sheet[0]))

    def _service_and_organisation(self) -> None:
        self._event("ZZ-02", date(2023, 2, 6), date(2023, 2, 24))
        if self.unit in self.stage.communities:
            plan = self.slots["FW-12", "2023"]
            self._notice([plan], self.stage.workday(date(2023, 1, 12)))
            self._event("FW-15", date(2023, 3, 1), date(2023, 5, 31))
            self._event("FW-11", date(2023, 6, 1), date(2023, 9, 29))
        elif self.share.service:
            slot = self.slots["FW-06", "2023Q2"]
            self._notice([slot], self._day_for(slot))

    def _event(
        self, code: str, first: date = date(2023, 1, 3), last: date = date(2023, 12, 1)
    ) -> None:
        """Something happens, is an obligation of its own, and is posted (a few of them late)."""
        stage, item = self.stage, self.stage.items[code]
        happened = stage.workday_between(first, last)
        while (code, happened) in self.happened:
            happened = stage.workday_between(first, last)
        self.happened.add((code, happened))
        slot = record_event(
            self.unit,
            item,
            happens_on=happened,
            title=f"{item.title}（{happened.month}月{happened.day}日）",
            by=stage.author(self.unit),
            at=noon(happened),
        )
        on = stage.workday(happened + timedelta(days=stage.chance.randint(2, 6)))
        if stage.chance.random() < LATE_SHARE:
            on = stage.workday(slot.due_on + timedelta(days=stage.chance.randint(1, 6)))
        quarter = period_containing(Frequency.QUARTERLY, happened)
        confirmation = self.slots.get((code, quarter.key))
        answers = [slot]
        if confirmation is not None and confirmation.answer is None:
            answers.append(confirmation)
        self._notice(answers, min(on, date(2023, 12, 29)))

    def _notice(self, slots: list[Obligation], on: date) -> None:
        item = slots[0].item
        notice = tell(
            self.stage,
            self.unit,
            item,
            title=self._title(slots[0]),
            period_key=slots[0].period_key,
            obligations=slots,
            on=on,
        )
        put_up(self.stage, notice, on, latest=YEAR_END)
        self.posted[item.section].append(notice)

    def _title(self, slot: Obligation) -> str:
        if slot.event is not None:
            return f"{self.unit.name}{slot.event.title}"
        return f"{self.unit.name}{say(label(slot.period))}{slot.item.title}"

    def _day_for(self, slot: Obligation) -> date:
        """A working day in the fortnight before the due day; sometimes after it."""
        stage = self.stage
        if stage.chance.random() < LATE_SHARE:
            on = stage.workday(slot.due_on + timedelta(days=stage.chance.randint(1, 9)))
            return min(on, date(2023, 12, 29))
        first = max(slot.due_on - timedelta(days=13), YEAR_START + timedelta(days=2))
        return stage.workday_between(first, slot.due_on)

    def _due(self, prefix: str) -> list[Obligation]:
        return [
            slot
            for (code, _key), slot in sorted(self.slots.items())
            if code.startswith(prefix) and YEAR_START <= slot.due_on <= YEAR_END
        ]

    def _nothing_and_gaps(self) -> None:
        """What no notice answered: mostly signed 无此事项, some excused, some missing."""
        open_by_due: dict[date, list[Obligation]] = defaultdict(list)
        for slot in self.slots.values():
            if slot.answer is None and YEAR_START <= slot.due_on <= YEAR_END:
                open_by_due[slot.due_on].append(slot)
        for due_on, slots in sorted(open_by_due.items()):
            self._settle(due_on, slots)

    def _settle(self, due_on: date, slots: Iterable[Obligation]) -> None:
        stage, nothing = self.stage, []
        for slot in sorted(slots, key=lambda each: each.item_code):
            chance = stage.chance.random()
            thin = slot.item_code.startswith("FW")
            event_driven = slot.item.frequency is Frequency.ON_EVENT
            if not event_driven and chance < (0.35 if thin else 0.12):
                continue
            if not event_driven and chance < (0.45 if thin else 0.2):
                excuse(
                    slot,
                    reason="本期由县级统一公布，镇里同意免报",
                    on=due_on,
                    by=stage.people["li"],
                    at=noon(due_on),
                )
                continue
            nothing.append(slot)
        late = stage.chance.random() < LATE_SHARE
        on = stage.workday(due_on + timedelta(days=3)) if late else self._before(due_on)
        if nothing:
            declare_nothing(
                nothing, on=on, reason="本期没有发生", by=stage.author(self.unit), at=noon(on)
            )

    def _before(self, due_on: date) -> date:
        first = max(due_on - timedelta(days=8), YEAR_START + timedelta(days=2))
        return self.stage.workday_between(first, due_on)


def play_villages(stage: Stage) -> list[VillageYear]:
    """The year of all seven units, one after the other."""
    slots = _slots_by_unit(stage)
    years = []
    for unit in [*stage.villages, *stage.communities]:
        year = VillageYear(stage, unit, SHARES[unit.code], slots[unit.id])
        year.play()
        years.append(year)
    return years


def choose_for_website(years: list[VillageYear]) -> list[Notice]:
    """The 84 notices of villages and communities that went onto the county's website too."""
    chosen: list[Notice] = []
    for year in years:
        share, posted = year.share, year.posted
        wanted = {
            "社会保障": share.social_on_website,
            "强农惠农": share.farming // 2,
            "服务管理": share.service_on_website,
            "组织机构建设": share.organisation,
            "财务管理": share.finance,
        }
        for section, count in wanted.items():
            fit = [notice for notice in posted[section] if Channel.WEBSITE in notice.item.channels]
            chosen += fit[:count]
    return chosen


def close_the_year(stage: Stage) -> None:
    """What fell due in January 2024, and the gaps of 2023 cleared up in March."""
    for unit in [*stage.villages, *stage.communities]:
        by_author = stage.author(unit)
        rest = _unanswered(unit, date(2024, 1, 31))
        january = [slot for slot in rest if slot.due_on > YEAR_END]
        gaps = [slot for slot in rest if slot.due_on <= YEAR_END]
        for slots, on, reason in (
            (january, date(2024, 1, 12), "本季度已并入年度汇总公布"),
            (gaps, CLEARED_ON, "年终清理时补报：本期没有发生"),
        ):
            if slots:
                declare_nothing(slots, on=on, reason=reason, by=by_author, at=noon(on))


def _slots_by_unit(stage: Stage) -> dict[UUID, dict[tuple[str, str], Obligation]]:
    rows = db.session.scalars(
        select(Obligation).where(
            Obligation.township_id == stage.township.id, Obligation.due_on < date(2024, 2, 1)
        )
    )
    found: dict[UUID, dict[tuple[str, str], Obligation]] = defaultdict(dict)
    for row in rows:
        found[row.unit_id][row.item_code, row.period_key] = row
    return found


def _unanswered(unit: Unit, until: date) -> list[Obligation]:
    return list(
        db.session.scalars(
            select(Obligation).where(
                Obligation.unit_id == unit.id,
                Obligation.answer.is_(None),
                Obligation.due_on <= until,
            )
        )
    )

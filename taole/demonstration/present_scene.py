"""The present: last quarter's matters and this fortnight's events, so that the pages are alive."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from taole.catalogue.channels import Channel
from taole.core.clock import noon
from taole.core.database import db
from taole.core.pages import say
from taole.core.periods import Frequency, Period, label, period_containing
from taole.demonstration.assignment import FINANCE_SHEET
from taole.demonstration.posting import publish, put_up, tell
from taole.demonstration.sheets import invent_sheet
from taole.demonstration.stage import Stage
from taole.inspections.actions import add_finding, close, prove, record_inspection, start_mending
from taole.inspections.workflow import BodyLevel, Direction, InspectionKind, Severity
from taole.notices.actions import approve, send_back, submit, take_down, write
from taole.notices.models import Notice
from taole.obligations.actions import declare_nothing, record_event
from taole.obligations.models import Obligation
from taole.organisation.models import Unit
from taole.registers.actions import enter
from taole.registers.rules import MessageChannel

ANSWERED_SHARE, LATE_SHARE, NOTHING_SHARE = 0.72, 0.08, 0.22
EVENTS = ("SB-06", "SB-01", "FW-11")


def since(today: date) -> date:
    """From when the present is told: the start of the quarter before this one."""
    return period_containing(Frequency.QUARTERLY, today).previous().start


@dataclass
class Present:
    stage: Stage
    today: date

    @property
    def quarter(self) -> Period:
        return period_containing(Frequency.QUARTERLY, since(self.today))

    def play(self) -> None:
        for place, unit in enumerate([*self.stage.villages, *self.stage.communities]):
            self._last_quarter(unit, place)
            self._this_fortnight(unit, place)
        self._findings()
        self._office()

    def _last_quarter(self, unit: Unit, place: int) -> None:
        stage = self.stage
        slots = {slot.item_code: slot for slot in self._slots(unit)}
        sheet = [slots.pop(code) for code in FINANCE_SHEET if code in slots]
        if sheet and place != 4:
            self._notice(unit, sheet, sheet[0].due_on - timedelta(days=3 + place))
        confirmations = []
        nothing: list[Obligation] = []
        for code in sorted(slots):
            slot = slots[code]
            if slot.item.frequency is Frequency.ON_EVENT:
                confirmations.append(slot)
                continue
            chance = stage.chance.random()
            on = slot.due_on - timedelta(days=stage.chance.randint(1, 9))
            if chance < NOTHING_SHARE:
                nothing.append(slot)
            elif chance < NOTHING_SHARE + ANSWERED_SHARE:
                late = stage.chance.random() < LATE_SHARE
                self._notice(unit, [slot], slot.due_on + timedelta(days=4) if late else on)
        nothing += confirmations
        if nothing:
            on = nothing[0].due_on + timedelta(days=2 if place == 3 else -5)
            on = max(min(on, self.today), self.quarter.end + timedelta(days=1))
            declare_nothing(
                nothing, on=on, reason="本期没有发生", by=stage.author(unit), at=noon(on)
            )

    def _this_fortnight(self, unit: Unit, place: int) -> None:
        """Three events: one posted, one waiting for review or returned, one still to be told."""
        stage = self.stage
        for number, code in enumerate(EVENTS):
            item = stage.items[code]
            happened = stage.workday_between(
                self.today - timedelta(days=12 - number * 3),
                self.today - timedelta(days=9 - number * 3),
            )
            slot = record_event(
                unit,
                item,
                happens_on=happened,
                title=f"{item.title}（{happened.month}月{happened.day}日）",
                by=stage.author(unit),
                at=noon(happened),
            )
            if number == 0:
                self._notice(unit, [slot], stage.workday(happened + timedelta(days=3)))
            elif number == 1:
                self._waiting(unit, slot, passed=(1, 0, 1, 2)[place % 4], returned=place == 2)

    def _waiting(self, unit: Unit, slot: Obligation, *, passed: int, returned: bool) -> None:
        stage, author = self.stage, self.stage.author(unit)
        at = noon(self.today - timedelta(days=2))
        own = random.Random(unit.code)  # noqa: S311 - invented rows, no secret
        told = invent_sheet(slot.item, own, own.randint(4, 9), at.date())
        notice = write(
            unit,
            slot.item,
            period_key=slot.period_key,
            title=self._title(unit, slot),
            head=told.head,
            columns=told.columns,
            rows=told.rows,
            obligations=[slot],
            by=author,
            at=at,
        )
        submit(notice, by=author, at=at + timedelta(hours=1))
        first, second, final = stage.reviewers(unit, author)
        for reviewer in (first, second, final)[:passed]:
            approve(notice, by=reviewer, at=at + timedelta(hours=4))
        if returned:
            send_back(notice, reason="请写明公示起止日期", by=second, at=at + timedelta(hours=6))

    def _notice(self, unit: Unit, slots: Sequence[Obligation], wanted: date) -> None:
        on = self.stage.workday(max(wanted, self.quarter.end + timedelta(days=1)))
        if on > self.today:
            return
        notice = tell(
            self.stage,
            unit,
            slots[0].item,
            title=self._title(unit, slots[0]),
            period_key=slots[0].period_key,
            obligations=slots,
            on=on,
        )
        put_up(self.stage, notice, on, latest=self.today)
        self._clear_board(notice)

    def _clear_board(self, notice: Notice) -> None:
        """Most sheets came down on their last day; one in eight still hangs, as on real boards."""
        if int(notice.number[-3:]) % 8 == 0:
            return
        for posting in notice.postings:
            last = posting.until_on or self.today
            over = last < self.today and posting.channel is Channel.BOARD
            if over:
                take_down(posting, on=last, by=self.stage.author(notice.unit))

    def _title(self, unit: Unit, slot: Obligation) -> str:
        if slot.event is not None:
            return f"{unit.name}{slot.event.title}"
        return f"{unit.name}{say(label(slot.period))}{slot.item.title}"

    def _slots(self, unit: Unit) -> list[Obligation]:
        return list(
            db.session.scalars(
                select(Obligation).where(
                    Obligation.unit_id == unit.id,
                    Obligation.period_key == self.quarter.key,
                    Obligation.event_id.is_(None),
                )
            )
        )

    def _findings(self) -> None:
        """Four problems of the last weeks, one in each state of its way to 销号."""
        stage, clerk = self.stage, self.stage.people["li"]
        visit = record_inspection(
            stage.township,
            direction=Direction.OUTBOUND,
            kind=InspectionKind.VISIT,
            body="陶乐镇综合办公室",
            body_level=BodyLevel.TOWNSHIP,
            held_on=self._ago(11),
            units=stage.villages,
            result="抽查公示栏和查询机",
            by=clerk,
            at=noon(self._ago(11)),
        )
        parts = (
            (4, Severity.SERIOUS, "公示栏内集体收支表缺少支出明细", "补齐明细并经村监委签字", 8),
            (3, Severity.MINOR, "公示栏没有写监督电话", "在公示栏右下角写明村镇两级监督电话", -4),
            (
                1,
                Severity.MAJOR,
                "临时救助公示只有 5 天，不足规定天数",
                "重新公示，挂满规定天数",
                -3,
            ),
            (0, Severity.MINOR, "公示栏玻璃有裂纹", "更换玻璃", -6),
        )
        for steps, (village, severity, statement, demand, overdue) in enumerate(parts):
            unit = stage.villages[village]
            secretary = stage.author(unit)
            finding = add_finding(
                unit,
                source=InspectionKind.VISIT,
                statement=statement,
                severity=severity,
                found_on=self._ago(11),
                due_on=self.today - timedelta(days=overdue),
                by=clerk,
                inspection=visit,
                demand=demand,
                owner_name=secretary.name,
                at=noon(self._ago(11)),
            )
            if steps >= 1:
                start_mending(finding, by=secretary, at=noon(self._ago(9)))
            if steps >= 2:
                prove(
                    finding,
                    measures="已按要求整改，照片见链接",
                    by=secretary,
                    on=self._ago(5),
                    proof_link=f"https://example.invalid/rectification/{finding.number}",
                )
            if steps >= 3:
                close(finding, verdict="已复核", by=clerk, on=self._ago(3))

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _office(self) -> None:
        """A few articles on the website and messages of villagers, the last ones unanswered."""
        stage, clerk = self.stage, self.stage.people["li"]
        for number, column in enumerate(("社会救助", "应急管理", "涉农补贴", "动态要闻")):
            item = stage.columns[column]
            on = stage.workday_between(self._ago(20 - number * 4), self._ago(17 - number * 4))
            publish(stage, item, on=on, by=clerk, latest=self.today)
        for number, subject in enumerate(("农田灌溉用水", "村道路灯维修", "环境卫生")):
            received = self._ago(9 - number * 3)
            enter(
                "public_messages",
                stage.township,
                {
                    "channel": MessageChannel.HOTLINE,
                    "received_on": received,
                    "due_on": stage.calendar.add(received, 5),
                    "replied_on": stage.calendar.add(received, 1) if number == 0 else None,
                    "subject": f"关于{subject}的反映",
                },
                by=clerk,
            )

"""A collection gathered for its page and its minutes: a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from taole.core.clock import local
from taole.notices.workflow import NOTICE_STATE_LABELS
from taole.notifications.lines import Audience
from taole.notifications.queries import list_people
from taole.organisation.models import User
from taole.organisation.queries import name_of_clerks_office
from taole.organisation.rules import GRASSROOTS
from taole.rounds.minutes import BroughtLine, Minutes, UnitLine
from taole.rounds.models import AskAnswer, CollectionRound, RoundAsk
from taole.rounds.queries import HISTORY, counts_of, history, list_asks
from taole.rounds.rules import MOST_REMINDERS, Mark, RoundCounts

ANSWER_WORDS = {AskAnswer.CONTENT: "有内容", AskAnswer.NOTHING: "本期无内容", None: "没回"}


@dataclass(frozen=True)
class Sheet:
    """A round with its asks, its counts, and of each unit the people and the last rounds."""

    round: CollectionRound
    asks: Sequence[RoundAsk]
    counts: RoundCounts
    marks: Mapping[UUID, Sequence[Mark]]
    people: Mapping[UUID, Sequence[User]]

    @property
    def missing(self) -> list[RoundAsk]:
        return [ask for ask in self.asks if ask.answer is None]

    @property
    def answered(self) -> list[RoundAsk]:
        return [ask for ask in self.asks if ask.answer is not None]

    @property
    def to_remind(self) -> list[RoundAsk]:
        """Those who may still be reminded: the others are to be called."""
        return [ask for ask in self.missing if len(ask.reminders) < MOST_REMINDERS]

    def contact(self, ask: RoundAsk) -> str:
        people = self.people.get(ask.unit_id, ())
        return people[0].name if people else ""

    def phone(self, ask: RoundAsk) -> str:
        """The contact's number, else the unit's."""
        people = self.people.get(ask.unit_id, ())
        return next((each.phone for each in people if each.phone), "") or ask.unit.phone


def sheet_of(round_: CollectionRound, on: date) -> Sheet:
    asks = list_asks(round_)
    villages = [ask.unit_id for ask in asks if ask.unit.kind in GRASSROOTS]
    offices = [ask.unit_id for ask in asks if ask.unit.kind not in GRASSROOTS]
    people = list_people(villages, Audience.SECRETARY, on) if villages else {}
    if offices:
        clerks = list_people([round_.township_id], Audience.CLERK, on).get(round_.township_id, [])
        people |= dict.fromkeys(offices, clerks)
        people |= list_people(offices, Audience.CONTRIBUTOR, on)
    return Sheet(round_, asks, counts_of(asks), _marks(round_, asks), people)


def _marks(round_: CollectionRound, asks: Sequence[RoundAsk]) -> dict[UUID, list[Mark]]:
    """How each unit answered the last rounds; one that is still open is not judged yet."""
    units = [ask.unit_id for ask in asks]
    if round_.closed_at is not None:
        return history(units, round_)
    return {unit: marks[:-1] for unit, marks in history(units, round_, HISTORY + 1).items()}


def minutes_of(sheet: Sheet, on: date) -> Minutes:
    round_ = sheet.round
    return Minutes(
        township=round_.township.name,
        office=name_of_clerks_office(round_.township),
        year=round_.year,
        number=round_.number,
        opened_on=local(round_.opened_at).date(),
        due_at=round_.due_at,
        closed_at=round_.closed_at,
        closed_by=round_.closed_by_name,
        note=round_.note,
        counts=sheet.counts,
        units=[_unit_line(sheet, ask) for ask in (*sheet.answered, *sheet.missing)],
        brought=[
            BroughtLine(
                ask.unit.name,
                content.notice.section,
                content.notice.title,
                NOTICE_STATE_LABELS[content.notice.state],
            )
            for ask in sheet.asks
            for content in ask.contents
        ],
        on=on,
    )


def _unit_line(sheet: Sheet, ask: RoundAsk) -> UnitLine:
    remarks = []
    if ask.is_on_behalf:
        remarks.append("代录")
    if ask.answered_at is not None and ask.answered_at > ask.due_at:
        remarks.append("迟")
    if ask.extension_reason:
        remarks.append(f"延到{local(ask.due_at):%-m月%-d日}：{ask.extension_reason}")
    if ask.reason:
        remarks.append(ask.reason)
    return UnitLine(
        unit=ask.unit.name,
        contact=sheet.contact(ask),
        asked=len(ask.lines),
        answer=ANSWER_WORDS[ask.answer],
        items=len(ask.contents),
        answered_at=ask.answered_at,
        reminders=len(ask.reminders),
        remarks="；".join(remarks),
    )

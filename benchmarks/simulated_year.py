"""The simulated year of the tests at scale: reminders and collections under a virtual clock.

    .venv/bin/python benchmarks/simulated_year.py --villages 5 --days 365
    .venv/bin/python benchmarks/simulated_year.py --villages 305 --days 60 --database embedded

Two hosts, kills at random, three days without power, a clock a day back and one a year ahead. What
should have been told is counted apart. Each day's seconds of processor time (without those of a
database server) go to standard output; the exit status is 1 when anything is missed, doubled or
told without being owed. No instance is touched.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from uuid import UUID

import pytest
import time_machine
from databases import database, open_filled
from owed_reminders import JUDGED, owed_reminders
from peopled import Doing, Matter, draw_matters, engage_people, switch_on
from sqlalchemy import func, select

from taole.core.calendar_store import work_calendar
from taole.core.database import db
from taole.core.jobs import Job
from taole.core.models import JobRun
from taole.notifications.digest import send_digests
from taole.notifications.models import Message, Reminder
from taole.organisation.models import User
from taole.organisation.queries import list_townships
from taole.rounds.models import CollectionRound, RoundAsk
from taole.rounds.rules import RoundSetting, opening_day, scheduled_days
from taole.schedule.timetable import BY_NAME

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "schedule"))
from simulated_year import (  # the tests' own
    AFTERNOON,
    SimulatedYear,
    digests_by_person_and_day,
    moment,
)

Told = Counter[tuple[UUID, str, str]]
"""How often (person, subject, step)."""


@dataclass
class Clocked:
    """Seconds of processor time of the jobs, by name and simulated day."""

    seconds: dict[str, dict[date, float]]
    day: date

    def around(self, job: Job) -> Job:
        def run() -> str:
            began = time.process_time()
            try:
                return job.run()
            finally:
                of_days = self.seconds.setdefault(job.name, defaultdict(float))
                of_days[self.day] += time.process_time() - began

        return replace(job, run=run)

    def of(self, name: str, day: date) -> float:
        return self.seconds.get(name, {}).get(day, 0.0)


def main() -> int:
    options = _options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database(options.database))
        app, filled = open_filled(folder / "year", url, options.villages)
        with app.test_request_context("/"):
            faults = _live_and_judge(options.first, options.days)
            db.session.remove()
            db.engine.dispose()
        name = app.config["SQLALCHEMY_DATABASE_URI"].split(":")[0]
        print(f"{name}: {filled.villages:,} villages, {filled.obligations:,} obligations")
    print("\n" + ("\n".join(f"FAULT: {each}" for each in faults) or "told exactly once, all of it"))
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--villages", type=int, default=5, help="5, or 305 and more (default 5)")
    parser.add_argument("--days", type=int, default=60, help="12 or more (default 60)")
    parser.add_argument(
        "--first", type=date.fromisoformat, default=date(2023, 1, 2), help="default 2023-01-02"
    )
    parser.add_argument("--database", default="sqlite", help="embedded, or sqlite (default)")
    options = parser.parse_args()
    if options.days < 12:
        parser.error("--days: 12 or more, so that the outage and both wrong clocks find room")
    return options


def _live_and_judge(first: date, days: int) -> list[str]:
    last = first + timedelta(days=days - 1)
    rounds = RoundSetting(is_on=True, since=first)
    with time_machine.travel(moment(first - timedelta(days=1), AFTERNOON), tick=False):
        engage_people()
        switch_on(first, rounds)
        matters = draw_matters(first, last, seed=7)
    print(f"{len(matters):,} matters, {_count(User):,} people", file=sys.stderr)
    clocked, doing = Clocked({}, first), Doing(matters, seed=11)

    def live(day: date) -> None:
        if clocked.seconds:
            _print_day(clocked)
        clocked.day = day
        doing.live(day)

    dark = days * 3 // 8
    back = max(days * 5 // 8, dark + 4)  # a right day in between, or nothing contradicts the clock
    year = SimulatedYear(
        first,
        last,
        tuple(clocked.around(BY_NAME[name]) for name in ("open-rounds", "send-digests")),
        20230920,
        frozenset(first + timedelta(days=dark + n) for n in range(3)),
        {
            first + timedelta(days=back): timedelta(days=-1),
            first + timedelta(days=max(days * 7 // 8, back + 2)): timedelta(days=365),
        },
        live=live,
    )
    print("day            digest s  rounds s   digests")
    began = time.perf_counter()
    with pytest.MonkeyPatch.context() as patch:
        year.run(patch)
    _print_day(clocked)
    print(f"lived in {time.perf_counter() - began:.0f} s, {year.kills} kills")
    _print_idle(last, clocked)
    return [*_judge_reminders(year, matters), *_judge_bursts(year), *_judge_rounds(year, rounds)]


def _print_day(clocked: Clocked) -> None:
    day = clocked.day
    digests = db.session.scalar(select(func.count()).where(Message.day == day))
    print(
        f"{day}   {clocked.of('send-digests', day):9.2f} {clocked.of('open-rounds', day):9.2f}"
        f" {digests:9,}",
        flush=True,
    )
    db.session.rollback()


def _print_idle(day: date, clocked: Clocked) -> None:
    """The next look at the timetable on a day on which everybody was told already."""
    times = []
    for _ in range(3):
        db.session.remove()
        with time_machine.travel(moment(day, AFTERNOON), tick=False):
            began = time.process_time()
            said = send_digests(moment(day, AFTERNOON))
            times.append(time.process_time() - began)
    busiest = max(clocked.seconds["send-digests"].values())
    print(
        f"digests of a day: median {median(clocked.seconds['send-digests'].values()):.2f} s, "
        f"most {busiest:.2f} s; once more on a day when all went ({said}): {min(times):.2f} s"
    )


def _judge_reminders(year: SimulatedYear, matters: list[Matter]) -> Iterator[str]:
    found = select(Reminder.person_id, Reminder.subject, Reminder.step, func.count())
    grouped = found.group_by(Reminder.person_id, Reminder.subject, Reminder.step)
    told: Told = Counter()
    for person_id, subject, step, count in db.session.execute(grouped):
        told[person_id, subject, step] = count
    owed = set(owed_reminders(year, matters))
    judged = {each for each in told if each[1].partition(":")[0] in JUDGED}
    missed, extra = owed - judged, judged - owed
    doubled = sum(count > 1 for count in told.values())
    print(
        f"reminders: {sum(told.values()):,} told, {len(owed):,} owed, {len(missed)} missed, "
        f"{doubled} doubled, {len(extra)} not owed "
        f"({len(told) - len(judged):,} of sheets and columns, held to be told once)"
    )
    for what, many in (("missed", missed), ("told without being owed", extra)):
        if many:
            yield f"{len(many)} reminders {what}, as {sorted(map(str, many))[0]}"
    if doubled:
        yield f"{doubled} reminders told twice"
    if not told:
        yield "nobody was told anything"


def _judge_bursts(year: SimulatedYear) -> Iterator[str]:
    by_person = digests_by_person_and_day()
    by_day = Counter(day for _person, day in by_person)
    people = len({person for person, _day in by_person})
    busiest = max(by_day, key=lambda day: by_day[day])
    after = max(year.without_power) + timedelta(days=1)
    print(
        f"messages: {sum(by_person.values()):,} to {people:,} people; most on one day "
        f"{by_day[busiest]:,} ({busiest}), when the power was back {by_day[after]:,}"
    )
    if set(by_person.values()) != {1}:
        yield "somebody got two digests on a day"
    for day in by_day.keys() & (year.without_power | year.clock_off.keys()):
        yield f"digests on {day}, when nothing could go"
    unfinished = db.session.scalar(select(func.count()).where(JobRun.ended_at.is_(None)))
    if unfinished:
        yield f"{unfinished} runs that were killed and never taken over"
    failed = db.session.scalars(select(JobRun.error).where(JobRun.error.is_not(None))).all()
    if failed:
        yield f"{len(failed)} runs failed, as {failed[0]}"


def _judge_rounds(year: SimulatedYear, setting: RoundSetting) -> Iterator[str]:
    calendar, until = work_calendar(), max(year.days_told)
    days = scheduled_days(setting, year.first, until)
    wanted = {day for day in days if opening_day(day, calendar) <= until}
    opened: dict[UUID, Counter[date]] = {each.id: Counter() for each in list_townships()}
    for township_id, day in db.session.execute(
        select(CollectionRound.township_id, CollectionRound.scheduled_on)
    ):
        opened[township_id][day] += 1
    missed = sum(len(wanted - kept.keys()) for kept in opened.values())
    doubled = sum(count > 1 for kept in opened.values() for count in kept.values())
    asks = _count(RoundAsk)
    print(
        f"rounds: {sum(map(len, opened.values())):,} opened in {len(opened)} townships, "
        f"{asks:,} asks, {missed} missed, {doubled} doubled"
    )
    if missed or doubled:
        yield f"{missed} rounds missed, {doubled} opened twice"


def _count(model: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


if __name__ == "__main__":
    sys.exit(main())

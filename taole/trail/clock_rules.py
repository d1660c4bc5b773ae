"""Whether the host's clock can be right, judged by what was recorded before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from taole.core.words import N_

TOLERANCE = timedelta(minutes=5)
"""How far the clocks of two hosts may differ."""
LONGEST_REST = timedelta(days=31)
"""A timetable that stood still for longer is taken for a clock that jumped ahead."""


class ClockState(StrEnum):
    RIGHT = N_("时钟正常")
    BEHIND = N_("本机时钟比最新记录还早")
    AHEAD = N_("本机时钟比上次运行晚了一个多月")


@dataclass(frozen=True)
class ClockVerdict:
    """``against``: the recorded moment that the clock contradicts."""

    state: ClockState
    at: datetime
    against: datetime | None = None

    @property
    def is_right(self) -> bool:
        return self.state is ClockState.RIGHT


def judge_clock(
    at: datetime, *, last_tick: datetime | None, newest_record: datetime | None
) -> ClockVerdict:
    """The verdict on a moment: behind what was recorded, or far ahead of the last tick."""
    newest = max((each for each in (last_tick, newest_record) if each), default=None)
    if newest is not None and at < newest - TOLERANCE:
        return ClockVerdict(ClockState.BEHIND, at, newest)
    if last_tick is not None and at > last_tick + LONGEST_REST:
        return ClockVerdict(ClockState.AHEAD, at, last_tick)
    return ClockVerdict(ClockState.RIGHT, at)

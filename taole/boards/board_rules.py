"""What a photograph of a board tells of a village's notices: pure, given the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from taole.boards.codes import code_in, host_of
from taole.notices.workflow import IN_REVIEW, NoticeState

Box = Sequence[Sequence[float]]
OLDEST_PHOTOGRAPH = timedelta(days=31)
"""A camera whose clock stands in another year is not believed."""


class Seen(StrEnum):
    """What a sheet on the photograph is to the village."""

    GOES_UP = auto()  # approved, and not yet logged on the board
    HANGS = auto()
    IS_OVER = auto()  # hangs, though its notice period is over
    NOT_PASSED = auto()  # hangs, though the reviews are not done
    COMES_DOWN = auto()  # ended, withdrawn or corrected: the paper should be gone
    ELSEWHERE = auto()  # another village's
    FOREIGN = auto()  # a code that is not of this system
    NO_CODE = auto()  # a sheet without a code that could be read


CONFIRMABLE = frozenset({Seen.GOES_UP, Seen.HANGS, Seen.IS_OVER})
UP = frozenset({NoticeState.POSTED, NoticeState.ENDED, *IN_REVIEW})
"""The states in which paper may hang by the log; ENDED until somebody says it came down."""

UNKNOWN = frozenset({Seen.ELSEWHERE, Seen.FOREIGN, Seen.NO_CODE})


@dataclass(frozen=True)
class BoardNotice:
    """A notice as the rules of the board see it. ``posting_id``: where it hangs on the board."""

    id: UUID
    code: str
    unit_id: UUID
    state: NoticeState
    posting_id: UUID | None = None
    posted_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class Sighting:
    """One sheet on the photograph, with its number on it; ``key`` names it in a form."""

    number: int
    key: str
    kind: Seen
    box: Box
    code: str = ""
    host: str = ""


def day_of(told: date | None, camera: date | None, today: date) -> date:
    """The day of a photograph: as said, else as the camera wrote, else today; never the future."""
    if told is not None:
        return min(told, today)
    if camera is not None and today - OLDEST_PHOTOGRAPH <= camera <= today:
        return camera
    return today


def kept_sightings(codes: Iterable[tuple[str, Box]], sheets: Sequence[Box]) -> list[dict[str, Any]]:
    """What is stored of a photograph: ``{"code", "host", "box"}`` for each sheet, in reading order.

    A foreign code keeps its host only: what else it carries is nobody's business here. A sheet of
    paper on which no code was read has neither.
    """
    free = list(sheets)
    kept: list[dict[str, Any]] = []
    known: set[str] = set()
    for text, corners in codes:
        code = code_in(text)
        sheet = next((each for each in free if _covers(each, corners)), None)
        if sheet is not None:
            free.remove(sheet)
        if code and code in known:
            continue
        known.add(code)
        box = sheet or (_around(corners) if code else corners)
        kept.append({"code": code, "host": "" if code else host_of(text), "box": box, "read": True})
    kept += [{"code": "", "host": "", "box": sheet, "read": False} for sheet in free]
    return sorted(kept, key=lambda each: _reading_order(each["box"]))


def sightings(
    seen: Sequence[Mapping[str, Any]],
    notices: Mapping[str, BoardNotice],
    *,
    unit_id: UUID,
    on: date,
) -> list[Sighting]:
    """Each sheet of a photograph with what it is to this village on the photograph's day."""
    return [
        Sighting(
            number,
            str(number),
            _kind(each, notices.get(each["code"]), unit_id, on),
            each["box"],
            code=each["code"],
            host=each.get("host", ""),
        )
        for number, each in enumerate(seen, start=1)
    ]


def _kind(each: Mapping[str, Any], notice: BoardNotice | None, unit_id: UUID, on: date) -> Seen:
    if not each.get("read", True):
        return Seen.NO_CODE
    if notice is None:
        return Seen.FOREIGN
    if notice.unit_id != unit_id:
        return Seen.ELSEWHERE
    if notice.posting_id is not None and notice.state in UP:
        is_over = notice.until_on is not None and notice.until_on < on
        is_over = is_over or notice.state is NoticeState.ENDED
        return Seen.IS_OVER if is_over else Seen.HANGS
    if notice.state in (NoticeState.APPROVED, NoticeState.POSTED):
        return Seen.GOES_UP
    if notice.state in (NoticeState.ENDED, NoticeState.WITHDRAWN, NoticeState.CORRECTED):
        return Seen.COMES_DOWN
    return Seen.NOT_PASSED


def not_seen(
    should_hang: Iterable[BoardNotice], seen: Sequence[Mapping[str, Any]]
) -> list[BoardNotice]:
    """What should hang on the board and is not on the photograph."""
    codes = {each["code"] for each in seen}
    return [each for each in should_hang if each.code not in codes]


def _covers(sheet: Box, corners: Box) -> bool:
    """Whether the middle of a code lies on a sheet (its corners round the clock)."""
    x = sum(point[0] for point in corners) / len(corners)
    y = sum(point[1] for point in corners) / len(corners)
    sides = zip(sheet, (*sheet[1:], sheet[0]), strict=True)
    turns = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for (ax, ay), (bx, by) in sides]
    return all(turn >= 0 for turn in turns) or all(turn <= 0 for turn in turns)


def _around(code: Box) -> list[list[float]]:
    """About where the sheet of this house lies around its code: 30 mm at its foot on the left."""
    (ax, ay), (bx, by), _far, (dx, dy) = code
    right, down = (bx - ax, by - ay), (dx - ax, dy - ay)

    def at(across: float, below: float) -> list[float]:
        x = ax + across * right[0] + below * down[0]
        y = ay + across * right[1] + below * down[1]
        return [min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)]

    return [at(-0.6, -8.4), at(6.3, -8.4), at(6.3, 1.4), at(-0.6, 1.4)]


def _reading_order(box: Box) -> tuple[int, float]:
    """Row by row from the top, in each row from the left; rows are an eighth of the picture."""
    middle = sum(point[1] for point in box) / len(box)
    return int(middle * 8), min(point[0] for point in box)

"""One photograph's page put together: what was recognised, what is unknown, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from taole.boards.board_rules import (
    CONFIRMABLE,
    UNKNOWN,
    Sighting,
    not_seen,
    sightings,
)
from taole.boards.models import BoardPhotograph
from taole.boards.queries import (
    as_board_notice,
    list_by_codes,
    list_should_hang,
)
from taole.notices.laying_out import board_posting
from taole.notices.models import Notice, Posting


@dataclass(frozen=True)
class Recognised:
    """A sheet of this village with its notice."""

    sighting: Sighting
    notice: Notice
    posting: Posting | None
    is_ticked: bool

    @property
    def may_confirm(self) -> bool:
        return self.sighting.kind in CONFIRMABLE


@dataclass(frozen=True)
class Missing:
    """A notice that should hang and was not seen; it may be ticked by hand."""

    notice: Notice
    posting: Posting | None
    is_ticked: bool


@dataclass(frozen=True)
class BoardPage:
    """The three parts of the page, and all sheets for the picture."""

    on: date
    sheets: Sequence[Sighting]
    recognised: Sequence[Recognised]
    unknown: Sequence[Sighting]
    skipped: int
    missing: Sequence[Missing]

    @property
    def to_confirm(self) -> int:
        ticked = [each for each in self.recognised if each.may_confirm and each.is_ticked]
        return len(ticked) + sum(each.is_ticked for each in self.missing)


def arrange(photograph: BoardPhotograph, ticked: Sequence[str] | None = None) -> BoardPage:
    """The page of a photograph; ``ticked``: codes ticked before, all recognised if None.

    What another village's code names stays there: only that it is another village's is said.
    """
    unit, on = photograph.unit, photograph.taken_on
    found = list_by_codes({each["code"] for each in photograph.seen if each["code"]})
    told = sightings(
        photograph.seen,
        {code: as_board_notice(notice) for code, notice in found.items()},
        unit_id=unit.id,
        on=on,
    )
    should = {each.public_code: each for each in list_should_hang(unit, on)}
    gone = not_seen([as_board_notice(each) for each in should.values()], photograph.seen)
    return BoardPage(
        on=on,
        sheets=told,
        recognised=[
            Recognised(
                each,
                found[each.code],
                board_posting(found[each.code]),
                ticked is None or each.code in ticked,
            )
            for each in told
            if each.kind not in UNKNOWN
        ],
        unknown=[
            each for each in told if each.kind in UNKNOWN and each.key not in photograph.skipped
        ],
        skipped=sum(1 for each in told if each.kind in UNKNOWN and each.key in photograph.skipped),
        missing=[
            Missing(
                should[each.code],
                board_posting(should[each.code]),
                ticked is not None and each.code in ticked,
            )
            for each in gone
        ],
    )

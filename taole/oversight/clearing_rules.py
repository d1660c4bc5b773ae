"""What has to leave the website at the monthly clearing (每月清理): pure, given the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence

SHORTEST_LIMIT, LONGEST_LIMIT = 30, 3660


class Why(StrEnum):
    WITHDRAWN = auto()
    CORRECTED = auto()
    ENDED = auto()
    STALE = auto()


WHY_LABELS = {
    Why.WITHDRAWN: N_("公示已撤回"),
    Why.CORRECTED: N_("已有更正"),
    Why.ENDED: N_("公示期已过"),
    Why.STALE: N_("内容过时"),
}


@dataclass(frozen=True)
class Hanging:
    """What is up: from which day, until which (None: no end was told), and what became of it.

    ``is_page``: a standing page, which is changed, never cleared for its age.
    """

    posted_on: date
    until_on: date | None = None
    is_withdrawn: bool = False
    is_corrected: bool = False
    is_page: bool = False


def why_to_clear(hanging: Hanging, on: date, *, stale_after: int | None) -> Why | None:
    """Why something should come down on a day; None when it may stay.

    ``stale_after``: the township's own limit in days, None when it has none. Personal data must
    not hang longer than its purpose needs (个人信息保护法 arts 19, 47).
    """
    if hanging.is_withdrawn:
        return Why.WITHDRAWN
    if hanging.is_corrected:
        return Why.CORRECTED
    if hanging.until_on is not None and hanging.until_on < on:
        return Why.ENDED
    age = (on - hanging.posted_on).days
    if stale_after is not None and not hanging.is_page and age > stale_after:
        return Why.STALE
    return None


def in_words(why: Why, hanging: Hanging, on: date) -> Sentence:
    """The reason with its days."""
    match why:
        case Why.WITHDRAWN:
            return sentence(N_("公示已经撤回，网上还没有登记撤下。"))
        case Why.CORRECTED:
            return sentence(N_("已经有更正后的一版，这一版还没有登记撤下。"))
        case Why.ENDED:
            until = hanging.until_on or on
            return sentence(
                N_("公示到 %(until)s，已过%(days)s天。"),
                until=until.isoformat(),
                days=(on - until).days,
            )
        case Why.STALE:
            return sentence(
                N_("%(posted)s 发布，已经%(days)s天。"),
                posted=hanging.posted_on.isoformat(),
                days=(on - hanging.posted_on).days,
            )


def checked_limit(days: int | None) -> int | None:
    """The township's limit as it may be; Refused when it would clear what was just published."""
    if days is None or SHORTEST_LIMIT <= days <= LONGEST_LIMIT:
        return days
    raise Refused(
        sentence(
            N_("过时的天数写成了%(days)s：请填%(least)s到%(most)s之间的天数，或者不填。"),
            days=days,
            least=SHORTEST_LIMIT,
            most=LONGEST_LIMIT,
        )
    )

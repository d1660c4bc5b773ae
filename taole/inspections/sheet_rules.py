"""What is said of a sheet that hangs wrongly, or does not hang: one sentence everywhere."""

from __future__ import annotations

from datetime import date

from taole.core.words import N_, Sentence, sentence
from taole.inspections.rules import named_day
from taole.notices.showing_rules import Showing, ShowingProblem


def sheet_statement(
    unit: str, title: str, problem: ShowingProblem, showing: Showing, on: date
) -> Sentence:
    """东园村临时救助公示没有现场照片，10月13日贴出，应于次日前上传，超期43天."""
    named, last = titled(unit, title), showing.last_day or showing.posted_on
    match problem:
        case ShowingProblem.TAKEN_DOWN_EARLY:
            owed, down = showing.owed_until or last, showing.taken_down_on or on
            return sentence(
                N_("%(title)s提前撤下，应挂到%(owed)s，%(down)s就撤下，少挂%(days)s天"),
                title=named,
                owed=named_day(owed, on.year),
                down=named_day(down, on.year),
                days=(owed - down).days,
            )
        case ShowingProblem.TOO_SHORT:
            return sentence(
                N_("%(title)s公示期不足，只写到%(until)s，不能早于%(owed)s"),
                title=named,
                until=named_day(showing.until_on or last, on.year),
                owed=named_day(showing.owed_until or last, on.year),
            )
        case ShowingProblem.NO_PHOTOGRAPH:
            return sentence(
                N_("%(title)s没有现场照片，%(posted)s贴出，应于次日前上传，超期%(days)s天"),
                title=named,
                posted=named_day(showing.posted_on, on.year),
                days=(on - showing.posted_on).days - 1,
            )
        case ShowingProblem.STILL_UP | ShowingProblem.COMES_DOWN:
            return sentence(
                N_("%(title)s到期没有撤下，应于%(last)s撤下，超期%(days)s天"),
                title=named,
                last=named_day(last, on.year),
                days=(on - last).days,
            )


def personal_data_statement(unit: str, title: str) -> Sentence:
    """东园村低保公示里有个人信息，还没有遮盖."""
    return sentence(N_("%(title)s里有个人信息，还没有遮盖"), title=titled(unit, title))


def titled(unit: str, title: str) -> str:
    """The title with its unit before it, once."""
    return title if title.startswith(unit) else f"{unit}{title}"

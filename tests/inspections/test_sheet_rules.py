"""What is said of a sheet that hangs wrongly: one sentence for the finding and the check sheet."""

from datetime import date

import pytest

from taole.catalogue.channels import Channel
from taole.inspections.sheet_rules import sheet_statement, titled
from taole.notices.showing_rules import Showing, ShowingProblem

ON = date(2023, 9, 20)
SHOWING = Showing(
    Channel.BOARD,
    date(2023, 9, 1),
    until_on=date(2023, 9, 6),
    owed_until=date(2023, 9, 10),
    taken_down_on=date(2023, 9, 8),
)


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            ShowingProblem.TAKEN_DOWN_EARLY,
            "东园村低保公示提前撤下，应挂到9月10日，9月8日就撤下，少挂2天",
        ),
        (ShowingProblem.TOO_SHORT, "东园村低保公示公示期不足，只写到9月6日，不能早于9月10日"),
        (
            ShowingProblem.NO_PHOTOGRAPH,
            "东园村低保公示没有现场照片，9月1日贴出，应于次日前上传，超期18天",
        ),
        (ShowingProblem.STILL_UP, "东园村低保公示到期没有撤下，应于9月10日撤下，超期10天"),
    ],
)
def test_each_trouble_has_its_sentence_with_days(problem, said):
    assert str(sheet_statement("东园村", "低保公示", problem, SHOWING, ON)) == said


def test_a_title_that_names_its_village_is_not_given_it_twice():
    assert titled("东园村", "东园村低保公示") == "东园村低保公示"

"""A year's findings by village, by kind and by quarter; and whether they grow fewer."""

from taole.inspections.statistics_rules import Cell, Tally, Trend, by_kind, by_unit


def cells() -> list[Cell]:
    return [
        Cell("东园村", "late", 1, Tally(3, 3, 2)),
        Cell("东园村", "late", 2, Tally(1, 1, 1)),
        Cell("东园村", "typos", 2, Tally(1)),
        Cell("王家庄村", "late", 2, Tally(2, 0, 0, 1, 1)),
    ]


def test_a_village_has_its_quarters_and_its_year():
    east, wang = by_unit(cells())
    assert (east.name, [each.found for each in east.quarters]) == ("东园村", [3, 2, 0, 0])
    assert east.total == Tally(5, 4, 3)
    assert east.total.open == 1
    assert wang.total.recurred == 1


def test_the_most_frequent_kind_comes_first():
    assert [(line.name, line.total.found) for line in by_kind(cells())] == [
        ("late", 6),
        ("typos", 1),
    ]


def test_a_quarter_is_compared_with_the_one_before():
    east, wang = by_unit(cells())
    assert east.trend(1) is None
    assert east.trend(2) is Trend.FEWER
    assert wang.trend(2) is Trend.MORE
    assert east.trend(4) is None
    assert by_unit([Cell("东园村", "", each, Tally(2)) for each in (1, 2)])[0].trend(2) is (
        Trend.SAME
    )


def test_the_share_mended_on_time_is_of_those_closed():
    assert Tally(5, 4, 3).on_time_share == 0.75
    assert Tally(5).on_time_share is None


def test_two_villages_of_one_name_have_a_line_each():
    east = Cell("东园村", "late", 1, Tally(1), "county/taole/dongyuan/")
    far = Cell("东园村", "late", 1, Tally(2), "county/hongyazi/dongyuan/")
    assert [(line.name, line.total.found) for line in by_unit([east, far])] == [
        ("东园村", 1),
        ("东园村", 2),
    ]

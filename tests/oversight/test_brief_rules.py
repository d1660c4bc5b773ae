"""The leader's minute: one sentence, three numbers, the villages with most first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.errors import Refused
from taole.core.words import sentence
from taole.obligations.rules import Completeness
from taole.oversight.appraisal_rules import VillageYear, Weights, points_of
from taole.oversight.brief_rules import (
    Brief,
    Decision,
    MissingMatter,
    PublishedNotice,
    headline,
    missing_lines,
    published_line,
    said_of,
    trends_of,
    week_before,
    week_of,
)

WEDNESDAY = date(2023, 9, 20)


def missing(village, *items):
    return [MissingMatter(village, item, "2023年8月", date(2023, 9, 15), "/") for item in items]


def brief(**parts):
    every = {"missing": [], "decisions": [], "published": [], "trends": []}
    return Brief("陶乐镇", *week_of(WEDNESDAY), **{**every, **parts})


def test_the_week_shown_ends_on_the_day_and_mondays_brief_tells_of_the_week_before():
    assert week_of(WEDNESDAY) == (date(2023, 9, 14), WEDNESDAY)
    assert week_before(WEDNESDAY) == (date(2023, 9, 11), date(2023, 9, 17))
    assert week_before(date(2023, 9, 18)) == (date(2023, 9, 11), date(2023, 9, 17))


def test_the_sentence_names_the_village_with_most_gaps():
    gaps = missing("王家庄村", "低保") + missing("马太沟村", "残补", "高龄")
    assert str(headline(brief(missing=gaps))) == "3 项该公示的还没公示，最多的是马太沟村（2 项）"


def test_with_no_gap_the_sentence_tells_what_waits_or_that_all_is_well():
    waiting = [Decision(sentence("东园村《低保》等终审"), WEDNESDAY, "/")]
    assert str(headline(brief(decisions=waiting))) == "该公示的都公示了，有 1 件等您定"
    assert str(headline(brief())) == "该公示的都公示了，没有等您定的事"


def test_a_village_with_five_gaps_names_three_and_counts_all():
    gaps = missing("马太沟村", "低保", "残补", "高龄", "临救", "特困")
    (line,) = missing_lines(brief(missing=gaps))
    assert line == "马太沟村缺5项：低保、残补、高龄等"


def test_what_was_published_is_counted_by_section():
    every = [
        PublishedNotice("东园村", "低保", "社会保障", WEDNESDAY, "/"),
        PublishedNotice("东园村", "收支", "财务管理", WEDNESDAY, "/"),
        PublishedNotice("王家庄村", "低保", "社会保障", WEDNESDAY, "/"),
    ]
    assert published_line(brief(published=every)) == "本周公示3条：社会保障2条、财务管理1条"
    assert published_line(brief()) == "本周没有新公示"


def test_the_three_numbers_tell_the_change_since_last_week():
    weeks = [Completeness(20, 18, 15), Completeness(20, 19, 15)]
    said = [said_of(trend) for trend in trends_of(weeks, [2, 1])]
    assert said == [
        "完整率95%（比上周升5个百分点）",
        "按时率79%（比上周降4个百分点）",
        "缺1项（比上周少1项）",
    ]
    assert said_of(trends_of([Completeness()], [0])[0]) == "完整率–"


def village(**counts):
    return VillageYear("1", "640221106201", "东园村", **counts)


def test_a_village_that_did_all_has_a_hundred_points_and_one_without_duties_has_none():
    whole = village(
        counts=Completeness(due=10, answered=10, on_time=10),
        findings_due=2,
        mended_in_time=2,
        asked=3,
        answered_in_time=3,
    )
    assert points_of(whole, Weights()) == 100
    assert points_of(village(), Weights()) is None


def test_what_was_never_due_leaves_its_points_to_the_rest():
    half = village(counts=Completeness(due=10, answered=5, on_time=5))
    assert points_of(half, Weights()) == round((40 * 0.5 + 30) * 100 / 70, 1)


@pytest.mark.parametrize("parts", [(50, 50, 50, 0), (-10, 60, 40, 10), (25, 25, 25, 24)])
def test_weights_that_are_no_hundred_are_refused(parts):
    with pytest.raises(Refused, match="加起来要等于 100"):
        Weights(*parts)


@given(
    st.integers(0, 50).flatmap(lambda due: st.tuples(st.just(due), st.integers(0, due))),
    st.integers(0, 9).flatmap(lambda due: st.tuples(st.just(due), st.integers(0, due))),
)
def test_points_lie_between_nothing_and_a_hundred(owed, mended):
    due, answered = owed
    points = points_of(
        village(
            counts=Completeness(due=due, answered=answered, on_time=answered // 2),
            findings_due=mended[0],
            mended_in_time=mended[1],
        ),
        Weights(),
    )
    assert points is None or 0 <= points <= 100

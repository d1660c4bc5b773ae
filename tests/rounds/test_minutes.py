"""What is said of a collection in one sentence, in a chat and in its minutes."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from taole.core.workdays import WorkCalendar
from taole.rounds.coming_rules import list_coming
from taole.rounds.copying import group_text
from taole.rounds.headline_rules import headline, history_words
from taole.rounds.minutes import BroughtLine, Minutes, UnitLine, minutes_as_excel, minutes_as_word
from taole.rounds.rules import Mark, RoundCounts, RoundSetting

DUE = date(2023, 9, 22)
DUE_AT = datetime(2023, 9, 22, 9, 0, tzinfo=UTC)
OFFICE = "陶乐镇综合办公室"
LINK = "https://cwgk.example/asks"
COUNTS = RoundCounts(asked=11, content=5, nothing=2, items=17, by_section={"社会保障": 17})


@pytest.mark.parametrize(
    ("on", "is_closed", "said"),
    [
        (DUE - timedelta(2), False, "11家已回7家，还有4家没回，剩2天"),
        (DUE, False, "11家已回7家，还有4家没回，今天到期"),
        (DUE + timedelta(1), False, "11家已回7家，还有4家没回，超1天"),
        (DUE + timedelta(1), True, "11家回了7家，4家没回，已关闭"),
    ],
)
def test_the_headline_says_who_is_missing_and_how_long_there_is(on, is_closed, said):
    assert str(headline(COUNTS, DUE, on, is_closed=is_closed)) == said


def test_when_all_answered_or_nobody_was_asked_the_headline_says_just_that():
    assert str(headline(RoundCounts(5, 3, 2), DUE, DUE, is_closed=False)) == "5家都回了"
    assert "没有发出" in str(headline(RoundCounts(), DUE, DUE, is_closed=True))


def test_the_last_rounds_are_told_in_words_too():
    marks = [Mark.ON_TIME] * 6 + [Mark.LATE, Mark.MISSING]
    assert str(history_words(marks)) == "近8期：按时6，迟1，没回1"


@given(st.integers(1, 200), st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_the_text_for_the_group_is_short_however_many_are_missing(count, name):
    missing = [(f"{name}{n}", n, DUE_AT) for n in range(count)]
    said = group_text(19, missing, due_at=DUE_AT, on=DUE, office=OFFICE, link=LINK)
    assert len(said) < 500
    assert said.endswith(LINK)


def test_a_unit_with_more_time_keeps_its_own_days_in_the_text():
    missing = [("马太沟村", 2, DUE_AT), ("庙庙湖村", 1, DUE_AT + timedelta(days=5))]
    on = DUE - timedelta(2)
    said = group_text(19, missing, due_at=DUE_AT, on=on, office=OFFICE, link=LINK)
    assert "马太沟村 2项（剩2天）" in said
    assert "庙庙湖村 1项（剩7天）" in said


def test_when_all_answered_the_text_thanks_and_asks_nobody():
    said = group_text(19, [], due_at=DUE_AT, on=DUE, office=OFFICE, link=LINK)
    assert "都已回复" in said
    assert LINK not in said


def test_the_coming_rounds_are_moved_off_the_holidays_and_due_before_them():
    calendar = WorkCalendar.from_library()
    twentieth, *_others = list_coming(RoundSetting(), date(2023, 9, 20), calendar)
    assert (twentieth.number, twentieth.opens_on) == (20, date(2023, 9, 25))
    assert twentieth.due_on == date(2023, 9, 28), "the day before Mid-Autumn and National Day"
    (moved,) = list_coming(
        RoundSetting(weekday=1, every_weeks=1, due_after=4), date(2023, 9, 27), calendar, 1
    )
    assert (moved.scheduled_on, moved.opens_on) == (date(2023, 10, 3), date(2023, 10, 7))
    assert moved.is_moved


def test_of_a_year_without_its_holidays_the_coming_rounds_say_so():
    calendar = WorkCalendar({}, frozenset({2026}))
    coming = list_coming(RoundSetting(), date(2026, 12, 1), calendar)
    assert [each.is_known for each in coming] == [each.due_on.year == 2026 for each in coming]
    assert not coming[-1].is_known


def minutes(**changed):
    told = {
        "township": "陶乐镇",
        "office": OFFICE,
        "year": 2023,
        "number": 19,
        "opened_on": date(2023, 9, 11),
        "due_at": DUE_AT,
        "closed_at": DUE_AT + timedelta(hours=1),
        "closed_by": "李某",
        "note": "",
        "counts": RoundCounts(3, 1, 1, 2, {"社会保障": 2}),
        "units": [
            UnitLine("东园村", "陈某", 3, "有内容", 2, DUE_AT, 0),
            UnitLine("民生服务中心", "钱某", 1, "本期无内容", 0, DUE_AT, 1, "=1+1"),
            UnitLine("马太沟村", "孙某", 2, "没回", 0, None, 2),
        ],
        "brought": [BroughtLine("东园村", "社会保障", "2023年8月低保名单", "等初审")] * 2,
        "on": DUE,
    }
    return Minutes(**told | changed)


def test_minutes_name_the_counts_the_missing_and_who_closed():
    told = minutes()
    assert told.paragraphs == [
        "2023年9月11日发出，9月22日（周五）17:00截止。"
        "问了3家，回了2家（有内容1家、本期无内容1家），没回1家。",
        "报来2条：社会保障2条。",
        "没有回复的：马太沟村。",
    ]
    assert told.signed == "陶乐镇综合办公室　李某　2023年9月22日关闭"
    assert "还没有关闭" in minutes(closed_at=None).signed


def test_what_came_for_the_website_is_counted_as_such_in_the_minutes():
    counts = RoundCounts(3, 1, 1, 2, {"": 1, "社会保障": 1})
    told = minutes(counts=counts, brought=[BroughtLine("综合办公室", "", "社会救助信息", "公示中")])
    assert "报来2条：网站栏目1条、社会保障1条。" in told.paragraphs
    cells = {
        cell.value
        for row in load_workbook(io.BytesIO(minutes_as_excel(told)))["报来的内容"].iter_rows()
        for cell in row
    }
    assert "网站栏目" in cells


def test_minutes_of_a_round_that_asked_nobody_say_why():
    nobody = minutes(counts=RoundCounts(), units=[], brought=[], note="没有要公示的。")
    assert nobody.paragraphs == ["2023年9月11日发出，9月22日（周五）17:00截止。没有要公示的。"]
    assert not Document(io.BytesIO(minutes_as_word(nobody))).tables


def test_word_and_excel_say_what_the_page_says():
    told = minutes()
    paper = Document(io.BytesIO(minutes_as_word(told)))
    rows = [tuple(cell.text for cell in row.cells) for row in paper.tables[0].rows][1:]
    assert rows == told.rows
    book = load_workbook(io.BytesIO(minutes_as_excel(told)))
    assert book.sheetnames == ["回复情况", "报来的内容"]
    cells = [cell for row in book["回复情况"].iter_rows() for cell in row]
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells), "a text"
    assert minutes_as_word(told) == minutes_as_word(told), "the same bytes"

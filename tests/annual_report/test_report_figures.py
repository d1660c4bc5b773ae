"""The report's figures: every number of the form has a query, and the query lists its records."""

from __future__ import annotations

from datetime import date

import pytest
from report_factory import NUMBERS

from taole.annual_report.actions import write_passages
from taole.annual_report.cells import find_cell_figure
from taole.annual_report.official_format import FORMAT
from taole.annual_report.queries import (
    build_report,
    measure_all,
    report_scope,
)
from taole.annual_report.records import find_places, select_records
from taole.annual_report.tables import APPLICANTS, PATHS, RESULTS, TOTAL
from taole.core.clock import noon
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.figures import REGISTRY, evaluate, list_records
from taole.information_requests.models import InformationRequest
from taole.information_requests.rules import ApplicantKind, Decision, RequestChannel
from taole.registers.models import KeyTask, ReviewCase, Training
from taole.registers.rules import CasePath, CaseResult, TaskState, TrainingRole

YEAR = 2023
PAIRS = [("公开不够及时。", "每两周征集一次。"), ("内容不够规范。", "统一用模板。")]


def ask(town, received_on, *, decision=None, decided_on=None, applicant=ApplicantKind.NATURAL):
    db.session.add(
        InformationRequest(
            township_id=town.township.id,
            received_on=received_on,
            channel=RequestChannel.WEBSITE,
            applicant_kind=applicant,
            subject="土地征收补偿标准",
            due_on=received_on,
            decision=decision,
            decided_on=decided_on,
            entered_at=noon(received_on),
        )
    )


def sue(town, path, received_on, *, result=None, concluded_on=None):
    db.session.add(
        ReviewCase(
            township_id=town.township.id,
            path=path,
            received_on=received_on,
            result=result,
            concluded_on=concluded_on,
            subject="不服答复",
        )
    )


def test_every_number_of_the_report_is_a_declared_figure(app):
    assert [key for key in FORMAT.figures if key not in REGISTRY] == []
    assert len(FORMAT.figures) == 77


def test_figures_have_the_units_of_the_report(app):
    units = {key: unit for key, (_, unit) in NUMBERS.items()}
    assert {key: REGISTRY[key].unit for key in units} == units


def test_a_year_without_records_is_measured_in_the_order_of_the_form(town):
    measured = measure_all(town.township, YEAR)
    assert list(measured) == list(FORMAT.figures)
    assert measured["H1"].value == YEAR
    assert measured["H3"].value == "2023-01-01"
    assert measured["P1-web"].value == 0
    assert measured["P1-web"].records == ()
    assert measured["T3-cells"].value == measured["T4-cells"].value == 0


def test_a_counted_figure_lists_as_many_records_as_it_counts(town):
    db.session.add(
        Training(
            township_id=town.township.id,
            role=TrainingRole.HELD,
            held_on=date(2023, 6, 1),
            topic="政府信息公开暨村务公开培训",
        )
    )
    db.session.flush()
    measured = measure_all(town.township, YEAR)
    for key in ("P1-training-host", "P6-training-host"):
        assert measured[key].value == len(measured[key].records) == 1
    scope = report_scope(town.township, 2022)
    assert evaluate(REGISTRY["P1-training-host"], scope) == 0


def test_each_cell_of_table_three_lists_the_requests_it_counts(town):
    ask(town, date(2022, 12, 20), decision=Decision.GRANTED, decided_on=date(2023, 1, 9))
    ask(town, date(2022, 3, 1), decision=Decision.PARTIAL, decided_on=date(2022, 12, 31))
    ask(town, date(2023, 5, 4), decision=Decision.DENIED_PROCESS, decided_on=date(2023, 5, 30))
    ask(
        town,
        date(2023, 12, 31),
        decision=Decision.GRANTED,
        decided_on=date(2024, 1, 1),
        applicant=ApplicantKind.LEGAL,
    )
    ask(town, date(2024, 1, 1))
    db.session.flush()
    table = build_report(town.township, YEAR).tables.three
    scope = report_scope(town.township, YEAR)
    for row in FORMAT.rows:
        for column in (*APPLICANTS, TOTAL):
            figure = find_cell_figure(f"T3:{row.code}:{column}")
            assert figure is not None
            listed = len(list_records(figure, scope))
            assert listed == evaluate(figure, scope) == table.number(row.code, column), figure.key
    assert table.number("R1", TOTAL) == 2
    assert table.number("R2", TOTAL) == table.number("R4", TOTAL) == 1


def test_each_cell_of_table_four_lists_the_cases_it_counts(town):
    sue(town, CasePath.REVIEW, date(2022, 11, 1))
    sue(
        town,
        CasePath.REVIEW,
        date(2023, 2, 1),
        result=CaseResult.UPHELD,
        concluded_on=date(2023, 4, 1),
    )
    sue(
        town,
        CasePath.DIRECT,
        date(2023, 8, 1),
        result=CaseResult.CORRECTED,
        concluded_on=date(2024, 1, 5),
    )
    sue(
        town,
        CasePath.AFTER_REVIEW,
        date(2022, 8, 1),
        result=CaseResult.OTHER,
        concluded_on=date(2022, 12, 31),
    )
    db.session.flush()
    table = build_report(town.township, YEAR).tables.four
    scope = report_scope(town.township, YEAR)
    for path in PATHS:
        for result in (*RESULTS, TOTAL):
            figure = find_cell_figure(f"T4:{path}:{result}")
            assert figure is not None
            listed = len(list_records(figure, scope))
            assert listed == evaluate(figure, scope) == table.number(path, result), figure.key
    assert table.number("review", "pending") == table.number("direct", "pending") == 1


@pytest.mark.parametrize("key", ["T3", "T3:R9:natural", "T3:R1:alien", "T4:review:lost", "T5:a:b"])
def test_what_the_form_does_not_have_is_no_cell(key):
    assert find_cell_figure(key) is None


def test_problems_and_measures_are_counted_and_told_in_pairs(town):
    write_passages(town.township, YEAR, PAIRS, by=town.li)
    measured = measure_all(town.township, YEAR)
    assert measured["P5-problems"].value == measured["P5-measures"].value == 2
    report = build_report(town.township, YEAR)
    told = [paragraph.text for paragraph in report.paragraphs() if paragraph.item_of == "problems"]
    assert told == ["一是公开不够及时。", "二是内容不够规范。"]


def test_writing_again_replaces_the_passages_of_that_year_only(town):
    write_passages(town.township, 2022, PAIRS, by=town.li)
    write_passages(town.township, YEAR, PAIRS, by=town.li)
    write_passages(town.township, YEAR, [("一是缺人手。", "二是增派一人。"), ("", " ")], by=town.li)
    scope = report_scope(town.township, YEAR)
    listed = list_records(REGISTRY["P5-problems"], scope)
    assert [one.label for one in listed] == ["缺人手。"]
    assert evaluate(REGISTRY["P5-measures"], report_scope(town.township, 2022)) == 2


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("公开不够及时。", ""), "第1条写了问题，请补写改进情况。"),
        (("", "每两周征集一次。"), "第1条写了改进情况，请补写问题。"),
        (("无。", "继续努力。"), "第1条不能写“无”，请写具体情况。"),
        (("共{{P1-wbe}}条不及时。", "改进。"), "模板里的数字“P1-wbe”不认识"),
    ],
)
def test_a_pair_that_cannot_stand_is_refused_with_its_number(town, pair, said):
    with pytest.raises(Refused) as refusal:
        write_passages(town.township, YEAR, [pair], by=town.li)
    assert said in str(refusal.value)


def test_key_tasks_tell_their_progress_or_the_draft_of_their_title(town):
    for number, (title, progress) in enumerate(
        [("依法办理公开申请", ""), ("按时公开财政信息", "已公开。"), ("另一件事", "写坏了{{X9}}")],
        start=1,
    ):
        db.session.add(
            KeyTask(
                township_id=town.township.id,
                year=YEAR,
                number=number,
                title=title,
                state=TaskState.DONE,
                progress=progress,
            )
        )
    db.session.flush()
    report = build_report(town.township, YEAR)
    told = [one.text for one in report.paragraphs() if one.item_of == "key_tasks"]
    assert told[0].startswith("一是依法办理公开申请。全年政府网站未收到")
    assert told[1:] == ["二是已公开。", "三是写坏了｛｛X9｝｝"]
    assert report.number("P6-items") == 3


def test_records_of_a_figure_are_listed_by_day(town):
    for day in (date(2023, 9, 1), date(2023, 3, 1)):
        db.session.add(
            Training(
                township_id=town.township.id,
                role=TrainingRole.ATTENDED,
                held_on=day,
                topic="业务培训",
            )
        )
    db.session.flush()
    scope = report_scope(town.township, YEAR)
    selected = select_records(REGISTRY["P6-training-attend"], scope)
    assert selected is not None
    rows = list(db.session.execute(selected))
    assert [row[2] for row in rows] == [date(2023, 3, 1), date(2023, 9, 1)]
    assert find_places(row[0] for row in rows) == {}
    assert select_records(REGISTRY["H1"], scope) is None

"""Papers that were issued: numbered without gaps, kept as they were, submitted once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from paper_scene import a_year, an_order, words_in

from taole.attachments.queries import read_bytes
from taole.core.clock import noon, today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.figures import Scope
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.inspections.mending import start_mending
from taole.organisation.queries import find_user, get_unit
from taole.rectification_papers.figures import FIGURES
from taole.rectification_papers.issuing import issue_paper, submit_paper, submit_report
from taole.rectification_papers.queries import get_paper, list_paper_files
from taole.rectification_papers.workflow import PaperKind
from tests.inspections.at_once import at_once
from tests.inspections.finding_factory import a_finding

AT = noon(date(2023, 11, 1))


@pytest.fixture
def year(town):
    with transaction():
        a_year(town)
    return town


def issued(town, kind, unit=None, *, at=AT, **given):
    with transaction():
        return issue_paper(an_order(kind, unit or town.township, **given), by=town.li, at=at)


def test_papers_are_numbered_by_year_and_kind_without_gaps(year):
    told = [
        issued(year, PaperKind.CHECKLIST),
        issued(year, PaperKind.CHECKLIST, year.villages[0]),
        issued(year, PaperKind.LEDGER),
        issued(year, PaperKind.CHECKLIST),
        issued(year, PaperKind.CHECKLIST, at=noon(date(2024, 1, 8))),
    ]
    assert [(each.year, each.number) for each in told] == [
        (2023, 1), (2023, 2), (2023, 1), (2023, 3), (2024, 1),
    ]  # fmt: skip


def test_a_refused_paper_takes_no_number(year):
    with pytest.raises(Refused):
        issued(year, PaperKind.NOTICE)
    assert issued(year, PaperKind.NOTICE, year.villages[0]).number == 1


def test_each_township_has_numbers_of_its_own(year):
    issued(year, PaperKind.CHECKLIST)
    assert issued(year, PaperKind.CHECKLIST, year.neighbour).number == 1


def test_a_paper_is_kept_with_its_number_in_three_files(year):
    paper = issued(year, PaperKind.CHECKLIST)
    assert paper.title == "陶乐镇村务公开问题整改清单"
    files = list_paper_files([paper.id])[paper.id]
    assert {suffix: kept.filename for suffix, kept in files.items()} == {
        suffix: f"陶乐镇村务公开问题整改清单（2023年第1号）.{suffix}"
        for suffix in ("docx", "xlsx", "pdf")
    }
    said = words_in(read_bytes(files["docx"]))
    assert "2023年第1号" in said
    assert "联系电话：0952-8011132" in said


def test_a_later_change_of_the_finding_does_not_change_the_paper(year):
    paper = issued(year, PaperKind.CHECKLIST)
    before = {
        suffix: read_bytes(kept) for suffix, kept in list_paper_files([paper.id])[paper.id].items()
    }
    content = dict(paper.content)
    with transaction():
        finding = a_finding(year.villages[0], year.li, statement="又一个问题")
        start_mending(finding, by=year.chen)
    after = list_paper_files([paper.id])[paper.id]
    assert {suffix: read_bytes(kept) for suffix, kept in after.items()} == before
    db.session.refresh(paper)
    assert paper.content == content
    assert "又一个问题" not in words_in(before["docx"])


@pytest.mark.parametrize(
    ("kind", "of", "given", "said"),
    [
        (PaperKind.NOTICE, "township", {}, "一次发给一个村"),
        (PaperKind.REPORT, "village", {}, "整改报告是全乡镇的"),
        (PaperKind.REPORT, "township", {"recipient": " "}, "报给谁"),
        (
            PaperKind.LEDGER,
            "township",
            {"found_from": date(2023, 9, 2), "found_until": date(2023, 9, 1)},
            "对调",
        ),
        (PaperKind.LEDGER, "township", {"found_from": date(2024, 9, 2)}, "还没有到"),
        (PaperKind.LEDGER, "county", {}, "不属于任何乡镇"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(year, kind, of, given, said):
    unit = {"township": year.township, "village": year.villages[0], "county": year.county}[of]
    with pytest.raises(Refused, match=said):
        issued(year, kind, unit, **given)


def test_a_paper_is_submitted_once_and_not_before_it_was_issued(year):
    paper = issued(year, PaperKind.REPORT)

    def submit(on, recipient="县政务公开办"):
        with transaction():
            submit_paper(paper, on=on, recipient=recipient, by=year.li)

    with pytest.raises(Refused, match="早于印发日期"):
        submit(date(2023, 10, 31))
    with pytest.raises(Refused, match="还没有到"):
        submit(today() + timedelta(days=1))
    with pytest.raises(Refused, match="报送对象"):
        submit(date(2023, 11, 3), " ")
    submit(date(2023, 11, 3))
    with pytest.raises(Refused, match="2023年11月3日报县政务公开办"):
        submit(date(2023, 11, 4), "县政府办公室")
    assert (paper.submitted_on, paper.recipient) == (date(2023, 11, 3), "县政务公开办")


def test_only_a_report_that_was_submitted_counts_as_one(year):
    figure = next(each for each in FIGURES if each.key == "P1-rectify-report")
    scope = Scope(year.township.id, year.township.path, date(2023, 1, 1), date(2023, 12, 31))

    def counted():
        return len(db.session.execute(figure.records(scope)).all())

    report, ledger = issued(year, PaperKind.REPORT), issued(year, PaperKind.LEDGER)
    assert counted() == 0
    with transaction():
        submit_paper(report, on=date(2023, 12, 20), recipient="县政务公开办", by=year.li)
        submit_paper(ledger, on=date(2023, 12, 20), recipient="县政务公开办", by=year.li)
    assert counted() == 1
    with transaction():
        submit_report(
            year.township,
            submitted_on=date(2023, 12, 21),
            recipient="县政府办公室",
            title="别处写的报告",
            by=year.li,
        )
    assert counted() == 2


def test_an_id_given_with_the_form_is_the_papers(year):
    known = new_id()
    with transaction():
        paper = issue_paper(an_order(PaperKind.LEDGER, year.township), by=year.li, id=known, at=AT)
    assert paper.id == known


def test_papers_issued_at_once_get_different_numbers(app, town):
    codes = [village.code for village in town.villages[:3]]

    def issuing(code):
        return lambda: (
            issue_paper(an_order(PaperKind.LEDGER, get_unit(code)), by=find_user("li")).number
        )

    assert sorted(at_once(app, *(issuing(code) for code in codes))) == [1, 2, 3]


def test_of_two_days_noted_at_once_one_counts(app, town):
    paper_id = issued(town, PaperKind.REPORT).id

    def noting(day):
        return lambda: (
            submit_paper(
                get_paper(paper_id), on=day, recipient="县政务公开办", by=find_user("li")
            ).submitted_on
        )

    days = [date(2023, 11, 3), date(2023, 11, 4)]
    outcomes = at_once(app, *(noting(day) for day in days))
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1

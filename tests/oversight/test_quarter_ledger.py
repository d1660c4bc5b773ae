"""The quarter's ledger: everything from records, the same as on the pages, handed in once."""

import io
from datetime import date

import pytest
import time_machine
from cast import build_town
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from taole.core.clock import noon
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.periods import parse_period
from taole.core.transactions import transaction
from taole.obligations.completeness_queries import Grouping, completeness
from taole.obligations.rules import Answer
from taole.oversight.circular import draft_circular
from taole.oversight.quarter_ledger import find_submission, submit_ledger
from taole.oversight.quarter_tables import tables_of
from taole.registers.models import LedgerSubmission
from taole.rounds.models import AskAnswer, CollectionRound, RoundAsk
from tests.inspections.finding_factory import a_finding, an_item, an_obligation, closed

Q3 = parse_period("2023Q3")
ON = date(2023, 9, 20)
PAGE = "/quarter/640221106?quarter=2023Q3&on=2023-09-20"
one_engine = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def autumn(app):
    """东园村 posted in time, 施家台子村 late, 王家庄村 not; one round; two findings, one mended."""
    with time_machine.travel("2023-09-20T02:00:00Z", tick=False):
        with transaction():
            town = build_town()
            item, due_on = an_item(), date(2023, 8, 20)
            an_obligation(
                town.villages[0], item, due_on=due_on, answer=Answer.NOTICE, answered_on=due_on
            )
            an_obligation(
                town.villages[1],
                item,
                due_on=due_on,
                answer=Answer.NOTICE,
                answered_on=date(2023, 8, 25),
            )
            an_obligation(town.villages[2], item, due_on=due_on)
            a_finding(town.villages[0], by=town.li)
            closed(
                a_finding(town.villages[1], by=town.li, statement="公示栏玻璃破损"),
                proved_by=town.liu,
                by=town.li,
                on=date(2023, 9, 14),
            )
            a_round(town)
        yield town


def a_round(town):
    held = CollectionRound(
        township_id=town.township.id,
        year=2023,
        number=17,
        scheduled_on=date(2023, 8, 14),
        opens_on=date(2023, 8, 14),
        due_at=noon(date(2023, 8, 18)),
        opened_at=noon(date(2023, 8, 14)),
    )
    db.session.add(held)
    db.session.flush()
    for village, answer in zip(
        town.villages, (AskAnswer.CONTENT, AskAnswer.NOTHING, None), strict=False
    ):
        db.session.add(
            RoundAsk(
                township_id=town.township.id,
                round_id=held.id,
                unit_id=village.id,
                due_at=held.due_at,
                answer=answer,
                answered_at=noon(date(2023, 8, 15)) if answer else None,
            )
        )


def test_the_tables_agree_with_what_the_pages_count(autumn):
    numbers, villages, rounds, findings, tasks = tables_of(autumn.township, Q3, ON)
    counts = completeness(autumn.township.path, start=Q3.start, end=ON, on=ON, by=Grouping.UNIT)
    assert [(row[0], row[2], row[3], row[4], row[5]) for row in villages.rows] == [
        (
            each.label,
            each.counts.due,
            each.counts.answered,
            each.counts.on_time,
            each.counts.missing,
        )
        for each in counts
    ]
    shown = {row[0]: row[2:] for row in villages.rows}
    assert shown["东园村"] == (1, 1, 1, 0, "100%", "100%")
    assert shown["施家台子村"][:4] == (1, 1, 0, 0)
    assert shown["王家庄村"][:4] == (1, 0, 0, 1)
    assert rounds.rows == [("第17期", date(2023, 8, 14), 3, 2, 1, 1)]
    assert sorted((row[1], row[4]) for row in findings.rows) == [
        ("东园村", "整改中"),
        ("施家台子村", "已销号"),
    ]
    assert list(tasks.rows) == []
    assert all(isinstance(row[1], int | float) for row in numbers.rows)
    missing = [each for each in draft_circular(autumn.township, Q3, ON).problems if each.unit]
    assert "王家庄村2023年第三季度各项收入" in str([str(each.said) for each in missing])


def test_page_workbook_and_paper_tell_the_same(autumn, sign_in):
    li = sign_in("li")
    page = li.get(PAGE).get_data(as_text=True)
    book = load_workbook(io.BytesIO(li.get(PAGE.replace("?", "/ledger.xlsx?")).data))
    assert book.sheetnames == ["工作数字", "各村公示", "每两周征集", "问题和整改", "工作要点"]
    paper = Document(io.BytesIO(li.get(PAGE.replace("?", "/ledger.docx?")).data))
    said = "\n".join(each.text for each in paper.paragraphs)
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    assert "陶乐镇2023年第三季度村务公开工作台账" in said
    assert "本年没有记工作要点" in said
    for told in ("公示栏玻璃破损", "施家台子村", "第17期"):
        assert told in page
        assert told in cells
        assert told in {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


def test_a_quarter_is_handed_in_once(autumn, sign_in):
    li = sign_in("li")
    typed = {"recipient": "县政务公开办", "submitted_on": "2023-09-20"}
    address = "/quarter/640221106/submit?quarter=2023Q3"
    assert li.post(address, data={**typed, "recipient": ""}).status_code == 422
    assert find_submission(autumn.township, Q3) is None
    before = draft_circular(autumn.township, Q3, ON)
    assert "2023年第三季度工作台账没有报送" in [str(each.said) for each in before.problems]
    assert li.post(address, data=typed).status_code == 302
    again = li.post(address, data={**typed, "recipient": "再报一次"})
    assert again.status_code == 422
    assert "已经报送过了" in again.get_data(as_text=True)
    held = db.session.scalars(select(LedgerSubmission)).all()
    assert [(each.year, each.quarter, each.recipient) for each in held] == [
        (2023, 3, "县政务公开办")
    ]
    after = draft_circular(autumn.township, Q3, ON)
    assert "工作台账没有报送" not in str([str(each.said) for each in after.problems])
    assert "县政务公开办" in li.get(PAGE).get_data(as_text=True)


@one_engine
def test_the_next_quarter_is_its_own(autumn):
    handed = {"recipient": "县政务公开办", "on": ON, "by": autumn.li, "at": noon(ON)}
    with transaction():
        submit_ledger(autumn.township, Q3.previous(), **handed)
        submit_ledger(autumn.township, Q3, **handed)
    with pytest.raises(Refused):
        submit_ledger(autumn.township, Q3, **handed)


@one_engine
def test_a_leader_reads_it_and_hands_nothing_in(autumn, sign_in):
    zhao = sign_in("zhao")
    assert zhao.get(PAGE).status_code == 200
    typed = {"recipient": "县政务公开办", "submitted_on": "2023-09-20"}
    assert zhao.post("/quarter/640221106/submit?quarter=2023Q3", data=typed).status_code in (
        403,
        404,
    )
    assert find_submission(autumn.township, Q3) is None

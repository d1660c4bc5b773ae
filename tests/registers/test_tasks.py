"""工作要点台账: a word each quarter, what is behind, and what goes on into the next year."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from cast import build_town
from hypothesis import given
from hypothesis import strategies as st

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.registers.actions import correct, enter
from taole.registers.models import KeyTask
from taole.registers.queries import list_tasks_with_quarters
from taole.registers.rules import TaskState
from taole.registers.task_rules import (
    QUARTERS,
    TaskFacts,
    is_overdue,
    ledger_of,
    quarters_begun,
    quarters_to_tell,
)
from taole.registers.tasks import carry_over, tell_progress

AUTUMN = date(2023, 9, 20)
OPEN, DONE = TaskState.OPEN, TaskState.DONE


def facts(state=OPEN, due_on=None, told=None):
    return TaskFacts(uuid4(), state, due_on, told or {})


def test_in_september_three_quarters_have_begun_and_none_of_the_next_year():
    assert quarters_begun(2023, AUTUMN) == (1, 2, 3)
    assert quarters_begun(2022, AUTUMN) == QUARTERS
    assert quarters_begun(2024, AUTUMN) == ()


def test_a_task_done_in_june_owes_no_word_in_september():
    assert quarters_to_tell(facts(DONE, told={1: OPEN, 2: DONE}), 2023, AUTUMN) == ()
    assert quarters_to_tell(facts(told={1: OPEN}), 2023, AUTUMN) == (2, 3)
    assert quarters_to_tell(facts(DONE), 2023, AUTUMN) == ()


def test_a_task_is_overdue_from_the_day_after_its_due_day():
    assert not is_overdue(facts(due_on=AUTUMN), AUTUMN)
    assert is_overdue(facts(due_on=date(2023, 9, 19)), AUTUMN)
    assert not is_overdue(facts(DONE, due_on=date(2023, 9, 19)), AUTUMN)


@given(
    st.lists(
        st.builds(
            facts,
            state=st.sampled_from(list(TaskState)),
            told=st.dictionaries(st.sampled_from(QUARTERS), st.sampled_from(list(TaskState))),
        )
    ),
    st.dates(date(2022, 1, 1), date(2024, 12, 31)),
)
def test_no_count_of_the_ledger_is_more_than_its_tasks(tasks, on):
    ledger = ledger_of(tasks, 2023, on)
    assert ledger.total == len(tasks)
    assert ledger.done + ledger.overdue <= ledger.total
    assert ledger.untold <= ledger.total
    assert (ledger.quarter is None) == (on.year < 2023)


@pytest.fixture
def autumn(app):
    with time_machine.travel("2023-09-20T02:00:00Z", tick=False):
        with transaction():
            town = build_town()
        yield town


def a_task(town, number=1, **values):
    return enter(
        "key_tasks",
        town.township,
        {
            "title": f"第{number}条要点",
            "year": 2023,
            "number": number,
            "state": "推进中",
            "owner": "民生服务中心",
            **values,
        },
        by=town.li,
    )


def test_the_owner_written_in_full_is_the_unit_that_a_collection_asks(autumn):
    task = a_task(autumn)
    assert task.owner_unit is autumn.service_centre
    correct(task, {"owner": "民生中心的钱某"}, by=autumn.li)
    assert task.owner_unit_id is None


def test_the_word_of_the_latest_quarter_is_what_the_report_reads(autumn):
    task = a_task(autumn)
    tell_progress(task, 2, state=OPEN, text="已印发统一模板", by=autumn.li)
    tell_progress(task, 1, state=OPEN, text="已制定方案", by=autumn.li)
    assert (task.progress, task.state) == ("已印发统一模板", OPEN)
    tell_progress(task, 3, state=DONE, text="五个村都用上了", by=autumn.li)
    tell_progress(task, 3, state=DONE, text="五个村、两个社区都用上了", by=autumn.li)
    db.session.flush()
    db.session.expire_all()
    assert task.progress == "五个村、两个社区都用上了"
    assert [each.quarter for each in task.quarters] == [1, 2, 3]


@pytest.mark.parametrize(
    ("quarter", "text", "said"),
    [(4, "提前写", "第4季度还没有开始"), (3, "  ", "请写一句"), (3, "长" * 1001, "最多 1000 个字")],
)
def test_a_quarter_to_come_or_an_empty_word_is_refused(autumn, quarter, text, said):
    with pytest.raises(Refused) as refusal:
        tell_progress(a_task(autumn), quarter, state=OPEN, text=text, by=autumn.li)
    assert said in str(refusal.value)


def test_unfinished_tasks_go_on_after_the_next_years_own_and_only_once(autumn):
    first, second = a_task(autumn, 1), a_task(autumn, 2)
    a_task(autumn, 7, year=2024)
    carried = carry_over(autumn.township, [first, second], by=autumn.li)
    assert [(each.year, each.number) for each in carried] == [(2024, 8), (2024, 9)]
    assert carried[0].owner_unit is autumn.service_centre
    with pytest.raises(Refused, match="已经转到下一年"):
        carry_over(autumn.township, [first], by=autumn.li)
    done = a_task(autumn, 3, state="已完成")
    with pytest.raises(Refused, match="已经完成"):
        carry_over(autumn.township, [done], by=autumn.li)
    with pytest.raises(Refused, match="请勾选"):
        carry_over(autumn.township, [], by=autumn.li)


def test_the_clerk_keeps_the_ledger_on_its_pages(autumn, sign_in):
    with transaction():
        task = a_task(autumn, due_on=date(2023, 9, 1))
        a_task(autumn, 2, title="第二条要点")
    clerk = sign_in("li")
    address = f"/tasks/{task.id}"
    assert (
        clerk.post(address, data={"quarter": "4", "state": "推进中", "text": "早"}).status_code
        == 422
    )
    assert "第3季度" in clerk.get(address).get_data(as_text=True)
    sent = {"quarter": "3", "state": "已完成", "text": "全部落实"}
    assert clerk.post(address, data=sent).status_code == 302
    said = clerk.get("/tasks?year=2023").get_data(as_text=True)
    assert "2023年 2 条要点，1 条已完成；第3季度还有 1 条没记进展" in said
    back = clerk.get("/tasks/look-back?year=2024").get_data(as_text=True)
    assert "2023年 2 条要点，1 条没有完成" in back
    second = db.session.query(KeyTask).filter_by(number=2).one()
    assert clerk.post("/tasks/look-back?year=2024", data={"task": ["x"]}).status_code == 422
    assert clerk.post("/tasks/look-back?year=2024", data={"task": [second.id]}).status_code == 302
    assert [each.title for each in list_tasks_with_quarters(autumn.township.id, 2024)] == [
        "第二条要点"
    ]
    assert "由2023年第2条转来" in clerk.get("/tasks?year=2024").get_data(as_text=True)
    sheet = clerk.get("/tasks/ledger.xlsx?year=2023")
    assert sheet.data[:2] == b"PK"

"""What may be written in a ledger, decided without a database."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.errors import Refused
from taole.registers.fields import FieldKind
from taole.registers.ledgers import REGISTERS, get_register
from taole.registers.rules import (
    CaseResult,
    MessageChannel,
    answer_rate,
    least_per_quarter,
    outcome_in_year,
)

TODAY = date(2023, 9, 20)
MESSAGE: dict[str, Any] = {
    "subject": "村道路灯不亮",
    "channel": MessageChannel.HOTLINE,
    "received_on": date(2023, 3, 1),
    "due_on": date(2023, 3, 8),
    "replied_on": None,
}
YEARS = st.integers(2021, 2025)
DAYS = st.dates(date(2021, 1, 1), date(2025, 12, 31))


def refusal(key: str, values: dict[str, Any]) -> str:
    with pytest.raises(Refused) as refused:
        get_register(key).read(values, TODAY)
    return str(refused.value)


def test_every_ledger_describes_columns_that_its_table_has() -> None:
    for register in REGISTERS.values():
        columns = register.model.__table__.columns.keys()
        named = {register.on, register.title, *(field.name for field in register.fields)}
        named |= {name for name in (register.until, register.order) if name}
        assert named <= set(columns), register.key


def test_every_column_of_a_ledger_can_be_filled_in() -> None:
    house = {"id", "entered_at", "township_id", "entered_by_id"}
    house |= {"owner_unit_id", "carried_from_id"}  # found by the owner's name, set by carrying
    for register in REGISTERS.values():
        columns = set(register.model.__table__.columns.keys()) - house
        assert columns == {field.name for field in register.fields}, register.key


def test_a_field_that_may_stay_empty_is_stored_as_its_column_allows() -> None:
    for register in REGISTERS.values():
        for field in register.fields:
            column = register.model.__table__.columns[field.name]
            if not field.required and field.empty is None:
                assert column.nullable, (register.key, field.name)
            if field.kind is FieldKind.TEXT:
                assert field.limit == column.type.length, (register.key, field.name)


def test_a_complete_message_is_read_as_it_is_stored() -> None:
    read = get_register("public_messages").read({**MESSAGE, "channel": "12345"}, TODAY)
    assert read["channel"] is MessageChannel.HOTLINE
    assert read["replied_on"] is None


def test_a_message_without_a_subject_is_refused_by_name() -> None:
    assert "请填写“反映的事”" in refusal("public_messages", {**MESSAGE, "subject": "  "})


def test_a_reply_before_the_message_came_is_refused() -> None:
    said = refusal("public_messages", {**MESSAGE, "replied_on": date(2023, 2, 28)})
    assert said == "“答复日期”（2023-02-28）不能早于“收到日期”（2023-03-01），请核对"


def test_a_reply_on_the_day_the_message_came_is_accepted() -> None:
    read = get_register("public_messages").read({**MESSAGE, "replied_on": date(2023, 3, 1)}, TODAY)
    assert read["replied_on"] == read["received_on"] == date(2023, 3, 1)


def test_a_deadline_before_the_message_came_is_refused() -> None:
    assert "答复期限" in refusal("public_messages", {**MESSAGE, "due_on": date(2023, 2, 1)})


def test_a_message_that_will_come_tomorrow_is_refused_but_its_deadline_may_lie_ahead() -> None:
    ahead = {"received_on": TODAY + timedelta(days=1), "due_on": TODAY + timedelta(days=9)}
    said = refusal("public_messages", {**MESSAGE, **ahead})
    assert "“收到日期”写的是 2023-09-21，这一天还没到" in said
    assert "答复期限" not in said


def test_every_fault_of_a_row_is_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        get_register("public_messages").read({"channel": "电报", "colour": "红"}, TODAY)
    assert len(refused.value.sentences) == 5


def test_a_document_repealed_on_the_day_it_was_issued_is_refused() -> None:
    day = date(2023, 5, 1)
    values = {"title": "办法", "kind": "行政规范性文件", "issued_on": day, "repealed_on": day}
    assert "要晚于“制发日期”" in refusal("normative_documents", values)


def test_a_concluded_case_needs_a_result() -> None:
    values = {
        "subject": "对答复不服",
        "path": "行政复议",
        "received_on": date(2023, 4, 1),
        "concluded_on": date(2023, 5, 1),
    }
    assert "“审结日期”和“结果”要一起填" in refusal("review_cases", values)
    assert "审结日期" in refusal(
        "review_cases",
        {**values, "concluded_on": date(2023, 3, 1), "result": CaseResult.UPHELD},
    )


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Decimal("-0.01"), "不能小于 0"),
        (Decimal("1.005"), "只写到分"),
        (Decimal("NaN"), "请填金额"),
        (Decimal("1e13"), "请填金额"),
        ("110", "请填金额"),
    ],
)
def test_an_amount_is_not_negative_and_goes_to_the_cent(amount: Any, said: str) -> None:
    values = {"kind": "信息处理费", "amount": amount, "received_on": date(2023, 1, 5)}
    assert said in refusal("fee_receipts", values)


@given(answered=st.integers(0, 500), unanswered=st.integers(0, 500))
def test_only_when_every_message_is_answered_the_rate_is_100(
    answered: int, unanswered: int
) -> None:
    rate = answer_rate(answered, answered + unanswered)
    if answered + unanswered == 0:
        assert rate is None
    else:
        assert rate is not None
        assert 0 <= rate <= 100
        assert (rate == 100) == (unanswered == 0)
        assert (rate == 0) == (answered == 0)


def test_a_quarter_without_a_submission_brings_the_least_count_to_nothing() -> None:
    year = (date(2023, 1, 1), date(2023, 12, 31))
    days = [date(2023, 3, 31), date(2023, 4, 1), date(2023, 9, 30), date(2023, 12, 31)]
    assert least_per_quarter(days, *year) == 1
    assert least_per_quarter(days[:3], *year) == 0
    assert least_per_quarter([*days, *days], *year) == 2


@given(days=st.lists(DAYS), year=YEARS)
def test_four_times_the_least_count_is_never_more_than_the_year_has(
    days: list[date], year: int
) -> None:
    within = [day for day in days if day.year == year]
    assert 4 * least_per_quarter(within, date(year, 1, 1), date(year, 12, 31)) <= len(within)


@given(received=DAYS, lasted=st.none() | st.integers(0, 900), year=YEARS)
def test_a_case_is_concluded_in_one_year_at_most_and_pending_in_all_before(
    received: date, lasted: int | None, year: int
) -> None:
    concluded = None if lasted is None else received + timedelta(days=lasted)
    result = None if concluded is None else CaseResult.CORRECTED
    outcome = outcome_in_year(received, concluded, result, year)
    if year < received.year or (concluded is not None and concluded.year < year):
        assert outcome is None
    elif concluded is not None and concluded.year == year:
        assert outcome == "corrected"
    else:
        assert outcome == "pending"

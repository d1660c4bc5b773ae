"""Whatever a person does to an exported ledger: exactly that is changed, and nothing else."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from taole.rectification_lists.ledger_changes import Known, compare
from taole.rectification_lists.ledger_columns import CHANGEABLE, COLUMNS, read_number
from taole.rectification_lists.ledger_reading import Exported, LedgerRow, ReadLedger

KEYS = [column.key for column in COLUMNS]
NUMBERS = [f"2023-{number}" for number in range(1, 6)]
words = st.text("东园村公示栏补写电话 12", max_size=6).map(lambda text: " ".join(text.split()))
edits = st.dictionaries(
    st.tuples(st.sampled_from(NUMBERS), st.sampled_from(CHANGEABLE)), words, max_size=8
)


def a_row(number):
    return {key: f"{key} {number}" for key in KEYS} | {"number": number, "unit": "东园村"}


EXPORTED = {number: a_row(number) for number in NUMBERS}


def sent(rows, order=None):
    record = {number: Exported(f"id {number}", texts) for number, texts in EXPORTED.items()}
    listed = [
        LedgerRow(at, rows[number])
        for at, number in enumerate(NUMBERS if order is None else order, 4)
    ]
    return ReadLedger(listed, record, "640221106")


def house(rows):
    return {number: Known(f"id {number}", "东园村", texts) for number, texts in rows.items()}


def with_edits(edited):
    rows = {number: dict(texts) for number, texts in EXPORTED.items()}
    for (number, key), text in edited.items():
        rows[number][key] = text
    return rows


def really(edited):
    return {place: text for place, text in edited.items() if text != EXPORTED[place[0]][place[1]]}


@given(edits, edits, st.permutations(NUMBERS), st.integers(0, 5))
def test_exactly_the_persons_edits_are_changed_in_whatever_order_the_rows_come(
    mine, theirs, order, kept
):
    shown = order[:kept]
    compared = compare(sent(with_edits(mine), shown), house(with_edits(theirs)))
    mine = {place: text for place, text in really(mine).items() if place[0] in shown}
    theirs = really(theirs)
    both = {place for place in mine if place in theirs and mine[place] != theirs[place]}
    same = {place for place in mine if theirs.get(place) == mine[place]}
    changed = {(each.number, each.key): each.after for each in compared.changes}
    assert changed == {place: text for place, text in mine.items() if place not in both | same}
    assert {(each.number, each.key) for each in compared.conflicts} == both
    assert not compared.faults
    assert not compared.fresh
    for each in compared.changes:
        assert each.before == EXPORTED[each.number][each.key]
        assert each.finding_id == f"id {each.number}"


@given(st.sampled_from(NUMBERS), st.sampled_from(sorted(set(KEYS) - set(CHANGEABLE) - {"number"})))
def test_a_locked_cell_that_was_touched_is_a_fault_and_no_change(number, key):
    rows = with_edits({})
    rows[number][key] = "别的"
    compared = compare(sent(rows), house(EXPORTED))
    assert len(compared.faults) == 1
    assert not compared.changes


def test_a_number_is_read_however_it_is_written():
    from datetime import date

    assert read_number("2023-18") == (2023, 18)
    assert read_number("2023 － 18") == (2023, 18)
    assert read_number("2023年第18号") == (2023, 18)
    assert read_number(date(2023, 4, 1)) == (2023, 4), "a spreadsheet took 2023-4 for April"
    assert read_number(date(2023, 4, 2)) is None
    assert read_number("十八") is None


def test_a_record_of_another_finding_under_the_same_number_is_refused():
    strange = {number: replace(each, id="other") for number, each in house(EXPORTED).items()}
    compared = compare(sent(with_edits({})), strange)
    assert len(compared.faults) == len(NUMBERS)

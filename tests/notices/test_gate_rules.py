"""Where masked values stand, and where they went when a notice was changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.catalogue.unified_template import UnifiedTemplate
from taole.notices.gate_following import follow
from taole.notices.gate_rules import (
    Slot,
    Spot,
    Words,
    allowed,
    hidden,
    look,
    name_place,
    place_of,
    put,
)
from taole.privacy.findings import PLAIN, USUAL_PATTERNS, Kind
from tests.notices.number_factory import identity, masked_identity

NUMBERS = st.integers(0, 999).map(identity)
WORDS = st.sampled_from(["张某某", "100", "", "七月", "见附表"])


def found(words: Words, **known):
    return look(words, PLAIN, USUAL_PATTERNS, fingerprint=lambda raw: raw[::-1], **known)


def test_a_value_is_masked_where_it_stands_and_put_back_there():
    words = Words(body=f"户主{identity(1)}")
    (one,) = found(words)
    assert one.spot == Spot(Slot("body"), 2, masked_identity(1), identity(1)[::-1])
    assert hidden(words, [one]).body == f"户主{masked_identity(1)}"
    assert put(hidden(words, [one]), [(one.spot, one.raw)]).body == words.body


def test_a_finding_never_tells_its_value_by_accident():
    assert identity(1) not in repr(found(Words(body=identity(1))))


@given(
    title=NUMBERS | WORDS,
    body=NUMBERS | WORDS,
    head=st.dictionaries(st.sampled_from(["说明", "期间"]), NUMBERS | WORDS),
    rows=st.lists(st.lists(NUMBERS | WORDS, min_size=2, max_size=2), max_size=5),
)
def test_masking_then_putting_back_changes_nothing(title, body, head, rows):
    words = Words(title, body, head, ["姓名", "备注"], rows)
    findings = found(words)
    masked = hidden(words, findings)
    assert not [each for each in masked.texts().values() if len(each) == 18 and "*" not in each]
    assert not found(masked, known=[each.spot for each in findings])
    assert not found(words, dismissed=frozenset(each.spot.fingerprint for each in findings))
    assert put(masked, [(each.spot, each.raw) for each in findings]).texts() == words.texts()


@given(
    numbers=st.lists(NUMBERS, min_size=1, max_size=6),
    order=st.randoms(use_true_random=False),
    kept=st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_rows_moved_and_deleted_take_their_values_along(numbers, order, kept):
    """Each row's own words tell it; the masked values may all look alike."""
    rows = [[f"第{at}户", number] for at, number in enumerate(numbers)]
    words = Words(columns=["户", "备注"], rows=rows)
    findings = found(words)
    before = hidden(words, findings)
    now = [row for row, stays in zip(before.rows, kept, strict=False) if stays]
    order.shuffle(now)
    after = Words(columns=["户", "备注"], rows=now)
    moved = follow({each.raw + str(each.spot.slot): each.spot for each in findings}, before, after)
    assert len(moved) == len(now)
    raws = {each.raw + str(each.spot.slot): each.raw for each in findings}
    restored = put(after, [(spot, raws[key]) for key, spot in moved.items()])
    originals = {row[0]: row[1] for row in rows}
    assert all(originals[row[0]] == row[1] for row in restored.rows)


def spot(place: str, start: int, masked: str, value: str, *, row: int = 0, cell: int = 0) -> Spot:
    return Spot(Slot(place, row, cell), start, masked, value)


def test_words_written_before_or_after_move_a_value():
    held = {1: spot("body", 2, "138****0001", "a")}
    old = Words(body="电话138****0001")
    before = follow(held, old, Words(body="李某某电话138****0001"))
    assert before[1].start == 5
    after = follow(held, old, Words(body="电话138****0001，李某某"))
    assert after[1].start == 2
    both = follow(held, old, Words(body="李某某电话138****0001，转告"))
    assert both[1].start == 5
    assert follow(held, old, Words(body="没有电话")) == {}


def test_where_two_look_alike_and_cannot_be_told_apart_neither_is_put_back():
    held = {1: spot("body", 0, "张*", "a"), 2: spot("body", 3, "张*", "b")}
    old = Words(body="张*、张*")
    assert follow(held, old, Words(body="甲张*乙")) == {}
    first = follow(held, old, Words(body="张*乙"))
    assert first.keys() <= {1}
    same = {1: spot("body", 0, "张*", "a"), 2: spot("body", 3, "张*", "a")}
    assert len(follow(same, old, Words(body="甲张*乙"))) == 1


def test_a_column_that_is_renamed_or_left_out_takes_its_values_with_it():
    held = {1: spot("cell:备注", 0, "138****0001", "a", cell=1)}
    old = Words(columns=["姓名", "备注"], rows=[["张某某", "138****0001"]])
    assert follow(held, old, Words(columns=["姓名"], rows=[["张某某"]])) == {}
    turned = Words(columns=["备注", "姓名"], rows=[["138****0001", "张某某"]])
    assert follow(held, old, turned)[1].slot == Slot("cell:备注", 0, 0)
    longer = Words(columns=["备注"], rows=[[""], ["138****0001"]])
    assert follow(held, old, longer)[1].slot == Slot("cell:备注", 1, 0)


def test_a_row_changed_in_place_keeps_its_value():
    held = {1: spot("cell:备注", 0, "138****0001", "a", row=1, cell=1)}
    rows = [["张某某", ""], ["李某某", "138****0001"]]
    changed = [["张某某", "新"], ["李某某二", "138****0001"]]
    old, new = (Words(columns=["姓名", "备注"], rows=each) for each in (rows, changed))
    assert follow(held, old, new)[1].slot.row == 1


def test_of_two_columns_with_one_name_each_keeps_its_own():
    words = Words(columns=["备注", "备注"], rows=[[identity(1), identity(2)]])
    findings = found(words)
    assert [each.spot.slot.cell for each in findings] == [0, 1]
    masked = hidden(words, findings)
    held = {each.raw: each.spot for each in findings}
    assert follow(held, masked, masked) == held


def test_a_row_shorter_than_the_head_is_no_trouble():
    words = Words(columns=["姓名", "备注"], rows=[["张某某"], [identity(1), "", "多一格"]])
    assert [each.spot.slot for each in found(words)] == [Slot("cell:姓名", 1, 0)]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("title", "标题里有手机号"),
        ("body", "正文里有手机号"),
        ("head:经办人", "“经办人”里有手机号"),
        ("cell:备注", "第3行“备注”里有手机号"),
        ("columns", "表头第2栏里有手机号"),
    ],
)
def test_places_are_named_as_people_see_them(place, said):
    assert str(name_place(place, 3, Kind.MOBILE.value, "2")) == said


def test_a_place_is_named_without_the_number_in_a_columns_name():
    assert place_of("cell:", f"电话{identity(1)}") == place_of("cell:", f"电话{masked_identity(1)}")
    assert len(place_of("cell:", "长" * 200)) == 80


@pytest.mark.parametrize(
    ("must_not", "forbids"),
    [
        ("任何儿童姓名", True),
        ("学生姓名（不满十四周岁）", True),
        ("育龄妇女名单", True),
        ("身份证号", False),
        ("病情", False),
    ],
)
def test_what_a_matter_forbids_decides_whether_names_are_found(must_not, forbids):
    assert allowed(UnifiedTemplate(must_not=(must_not,)), []).names_forbidden is forbids


def test_the_phones_that_must_be_printed_are_read_as_they_are_written():
    phones = ["0952-8011132、0952 8011133", "", "13800001234（值班）"]
    expected = {"09528011132", "09528011133", "13800001234"}
    assert allowed(UnifiedTemplate(), phones).allowed_phones == expected

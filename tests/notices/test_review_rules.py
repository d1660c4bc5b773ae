"""The table of the three reviews, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.access.permissions import Permission
from taole.core.errors import Refused
from taole.notices.differences import Text, differences
from taole.notices.marking import find_place, places_of
from taole.notices.rules import Judged, next_state, overtaken_words, possible_steps
from taole.notices.workflow import (
    ALL_STEPS,
    IN_REVIEW,
    MOVES,
    REVIEW_STATES,
    STEP_OF_STATE,
    NoticeState,
    ReviewStep,
    Step,
    Verdict,
    next_review,
)

plans = st.lists(st.sampled_from(ReviewStep), min_size=1, unique=True)
acts = st.lists(
    st.tuples(st.sampled_from(Step), st.booleans(), st.sampled_from(["", "  ", "缺栏"])),
    max_size=30,
)


@given(acts, plans)
def test_nothing_is_approved_before_each_of_its_reviews_was_passed_in_turn(
    taken: list[tuple[Step, bool, str]], plan: list[ReviewStep]
) -> None:
    state, is_up = NoticeState.DRAFT, False
    passed: list[ReviewStep] = []
    for step, is_author, reason in taken:
        before = state
        try:
            state = next_state(
                step, state, steps=plan, is_author=is_author, is_up=is_up, reason=reason
            )
        except Refused:
            assert state is before
            continue
        assert before in MOVES[step].sources
        if step is Step.SUBMIT:
            passed = []
        if step is Step.APPROVE:
            assert not is_author
            passed.append(STEP_OF_STATE[before])
        if step in (Step.RETURN, Step.WITHDRAW, Step.CORRECT):
            assert reason.strip()
        is_up = is_up or step in (Step.POST, Step.POST_AHEAD)
        if state is NoticeState.APPROVED or step is Step.END:
            assert passed == [each for each in ALL_STEPS if each in plan]
        if state in IN_REVIEW:
            assert STEP_OF_STATE[state] in plan


@given(plans)
def test_the_reviews_come_in_their_order_and_none_comes_twice(plan: list[ReviewStep]) -> None:
    state, seen = next_review(NoticeState.DRAFT, plan), []
    while state is not NoticeState.APPROVED:
        seen.append(STEP_OF_STATE[state])
        state = next_review(state, plan)
    assert seen == sorted(set(plan), key=ALL_STEPS.index)


@given(st.sampled_from(NoticeState), st.booleans(), st.booleans())
def test_a_page_offers_exactly_the_steps_that_would_be_done(
    state: NoticeState, is_author: bool, is_up: bool
) -> None:
    offered = possible_steps(
        state, lambda _held: True, is_author=is_author, is_up=is_up, is_urgent=True
    )
    for step in set(Step) - {Step.SUPERSEDE, Step.FALL}:
        try:
            next_state(step, state, is_author=is_author, is_up=is_up, reason="因为")
        except Refused:
            assert step not in offered
        else:
            assert step in offered


@given(st.sampled_from(NoticeState))
def test_what_a_correction_does_to_the_old_notice_nobody_does_by_hand(state: NoticeState) -> None:
    offered = possible_steps(state, lambda _held: True, is_author=False, is_up=True)
    assert not offered & {Step.SUPERSEDE, Step.FALL}


@pytest.mark.parametrize("step", ReviewStep)
def test_who_holds_one_review_is_offered_that_one_only(step: ReviewStep) -> None:
    held = {
        ReviewStep.FIRST: Permission.REVIEW_FIRST,
        ReviewStep.SECOND: Permission.REVIEW_SECOND,
        ReviewStep.FINAL: Permission.REVIEW_FINAL,
    }[step]
    for state in IN_REVIEW:
        offered = possible_steps(state, lambda asked: asked is held, is_author=False)
        assert (Step.APPROVE in offered) is (state is REVIEW_STATES[step])


def test_only_what_is_urgent_goes_up_ahead_of_its_review() -> None:
    state = NoticeState.FIRST_REVIEW
    usual = possible_steps(state, lambda _held: True, is_author=True)
    urgent = possible_steps(state, lambda _held: True, is_author=True, is_urgent=True)
    assert urgent - usual == {Step.POST_AHEAD}


def test_an_author_is_told_to_let_another_judge() -> None:
    with pytest.raises(Refused, match="不能自己审"):
        next_state(Step.APPROVE, NoticeState.FIRST_REVIEW, is_author=True)


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        (Judged("周某", Verdict.PASSED), "周某刚刚作了初审：通过。您的意见没有存。"),
        (Judged("周某", Verdict.RETURNED, is_mine=True), "您已经作过初审：退回，不用再按。"),
        (None, "这件公示现在是“草稿”，不用再作初审。"),
    ],
)
def test_who_comes_second_is_told_in_one_sentence_what_happened(
    judged: Judged | None, said: str
) -> None:
    assert str(overtaken_words(ReviewStep.FIRST, NoticeState.DRAFT, judged)) == said


def test_a_mark_leads_to_the_field_that_mends_it() -> None:
    head, columns = ["发放月份"], ["姓名", "金额"]
    anchors = {place.key: place.anchor for place in places_of(head, columns)}
    assert anchors == {
        "title": "title",
        "period": "period_key",
        "head:发放月份": "head-0",
        "cell:姓名": "cell-0-0",
        "cell:金额": "cell-0-1",
        "body": "body",
        "files": "files",
    }
    assert find_place("row:3", head, columns).anchor == "row-2"
    assert str(find_place("row:3", head, columns).words) == "表格第3行"
    assert find_place("cell:面积", head, columns).anchor == ""
    assert str(find_place("", head, columns).words) == "整件公示"


def test_who_was_overtaken_sees_what_the_other_saved_and_where() -> None:
    columns = ["姓名", "金额"]
    saved = Text("标题甲", "如下。", {"月份": "8月"}, columns, [["张某某", "90"], ["李某某", "80"]])
    typed = Text("标题乙", "如下。\n", {"月份": "9月"}, columns, [["张某某", "95"]])
    told = [(str(place), words) for place, words in differences(saved, typed)]
    assert told == [
        ("标题", "标题甲"),
        ("“月份”", "8月"),
        ("第1行“金额”", "90"),
        ("第2行“姓名”", "李某某"),
        ("第2行“金额”", "80"),
    ]
    assert differences(saved, saved) == []

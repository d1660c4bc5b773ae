"""The three reviews (三审三校): who judges what, in which order, and what the trail keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taole.core.clock import noon, today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.notices.actions import (
    Mark,
    admit,
    approve,
    post,
    recall,
    revise,
    send_back,
    set_reviews,
    submit,
    write,
)
from taole.notices.holding import Overtaken
from taole.notices.models import Notice
from taole.notices.queries import count_waiting_for, waiting_for
from taole.notices.review_queries import list_verdicts
from taole.notices.workflow import NoticeState, ReviewStep, Verdict
from taole.obligations.models import Obligation
from taole.trail.queries import list_lines_of
from tests.notices.notice_factory import BOARD, Catalogue, pass_reviews
from tests.notices.number_factory import identity, masked_identity

FIRST, SECOND, FINAL = ReviewStep


def handed_in(town: Any, catalogue: Catalogue, place: int = 0, **values: Any) -> Notice:
    told = {"period_key": "2023-08", "title": "高龄津贴公示", "body": "如下。", **values}
    author = told.pop("by", (town.chen, town.liu)[place])
    notice = write(town.villages[place], catalogue["SB-08"], by=author, **told)
    submit(notice, by=author)
    return notice


def waiting(person: Any) -> list[str]:
    return [each.title for each in db.session.scalars(waiting_for(person.grants, person.id))]


def test_a_notice_passes_the_village_the_office_and_the_leader(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    notice = handed_in(town, catalogue)
    states = [notice.state]
    for person in (town.zhou, town.li, town.zhao):
        approve(notice, by=person, comment="已核对")
        states.append(notice.state)
    assert states == [
        NoticeState.FIRST_REVIEW,
        NoticeState.SECOND_REVIEW,
        NoticeState.FINAL_REVIEW,
        NoticeState.APPROVED,
    ]
    told = [(each.step, each.verdict, each.by_name) for each in list_verdicts(notice)]
    assert told == [
        (FIRST, Verdict.PASSED, "周某"),
        (SECOND, Verdict.PASSED, "李某"),
        (FINAL, Verdict.PASSED, "赵某"),
    ]
    assert owed.review_since is None


def test_every_step_stands_in_the_trail_with_before_and_after(
    town: Any, catalogue: Catalogue
) -> None:
    notice = handed_in(town, catalogue)
    approve(notice, by=town.zhou, comment="名单已逐户核对")
    marks = [Mark("cell:金额", "第2行多算了")]
    send_back(notice, reason="合计不对", by=town.li, marks=marks)
    submit(notice, by=town.chen)
    recall(notice, by=town.chen)
    lines = [(line.verb, line.before, line.after) for line in list_lines_of(notice.id)[1:]]
    number = notice.number
    assert lines == [
        (
            "submit_notice",
            {"state": "draft"},
            {"state": "first_review", "round": 1, "number": number},
        ),
        (
            "approve_notice",
            {"state": "first_review"},
            {"state": "second_review", "step": "first", "reason": "名单已逐户核对"},
        ),
        (
            "return_notice",
            {"state": "second_review"},
            {
                "state": "returned",
                "step": "second",
                "reason": "合计不对",
                "marks": [{"where": "cell:金额", "what": "第2行多算了"}],
            },
        ),
        (
            "submit_notice",
            {"state": "returned"},
            {"state": "first_review", "round": 2, "number": number},
        ),
        ("recall_notice", {"state": "first_review"}, {"state": "draft"}),
    ]


def test_what_came_back_passes_all_its_reviews_again_and_keeps_its_number(
    town: Any, catalogue: Catalogue
) -> None:
    notice = handed_in(town, catalogue)
    number = notice.number
    approve(notice, by=town.zhou)
    send_back(notice, reason="缺栏目", by=town.li)
    revise(notice, version=notice.version, by=town.chen, title="高龄津贴公示（改）")
    submit(notice, by=town.chen)
    assert notice.state is NoticeState.FIRST_REVIEW
    pass_reviews(town, notice)
    assert notice.state is NoticeState.APPROVED
    assert (notice.review_round, notice.number) == (2, number)
    assert len(list_verdicts(notice)) == 5


def test_the_village_takes_it_back_only_before_anybody_judged_it(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    notice = handed_in(town, catalogue)
    recall(notice, by=town.chen)
    assert (notice.state, owed.review_since) == (NoticeState.DRAFT, None)
    submit(notice, by=town.chen)
    approve(notice, by=town.zhou)
    with pytest.raises(Refused, match="已经有人审过"):
        recall(notice, by=town.chen)


def test_a_button_pressed_twice_gives_one_verdict_and_says_so(
    town: Any, catalogue: Catalogue
) -> None:
    notice = handed_in(town, catalogue)
    seen = notice.version
    approve(notice, by=town.zhou, step=FIRST, version=seen)
    with pytest.raises(Overtaken, match="您已经作过初审：通过"):
        approve(notice, by=town.zhou, step=FIRST, version=seen)
    with pytest.raises(Overtaken, match="周某刚刚作了初审：通过"):
        send_back(notice, reason="缺栏目", by=town.zhao, step=FIRST, version=seen)
    assert len(list_verdicts(notice)) == 1


def test_what_changed_since_the_page_was_opened_is_looked_at_again(
    town: Any, catalogue: Catalogue
) -> None:
    notice = handed_in(town, catalogue)
    seen = notice.version
    recall(notice, by=town.chen)
    with pytest.raises(Overtaken, match="现在是“草稿”"):
        approve(notice, by=town.zhou, step=FIRST, version=seen)
    revise(notice, version=notice.version, by=town.chen, title="高龄津贴公示（改）")
    submit(notice, by=town.chen)
    with pytest.raises(Overtaken, match="有了变化"):
        approve(notice, by=town.zhou, step=FIRST, version=seen)


def test_each_sees_only_what_they_can_judge_now(town: Any, catalogue: Catalogue) -> None:
    for place, title in ((0, "东园村的公示"), (1, "施家台子村的公示")):
        handed_in(town, catalogue, place, title=title)
    assert waiting(town.zhou) == ["东园村的公示"]
    assert waiting(town.li) == waiting(town.zhao) == waiting(town.chen) == []
    first = db.session.scalars(waiting_for(town.zhou.grants, town.zhou.id)).one()
    approve(first, by=town.zhou)
    assert waiting(town.zhou) == []
    assert waiting(town.li) == waiting(town.zhao) == ["东园村的公示"]
    assert count_waiting_for(town.li.grants, town.li.id) == 1
    assert count_waiting_for(town.chen.grants, town.chen.id) == 0


def test_nobody_is_shown_what_they_wrote_or_changed(town: Any, catalogue: Catalogue) -> None:
    by_clerk = handed_in(town, catalogue, title="李某代写的", by=town.li)
    changed = write(
        town.villages[0], catalogue["SB-08"], period_key="2023-08", title="陈某写的", by=town.chen
    )
    revise(changed, version=changed.version, by=town.li, title="李某改过的")
    submit(changed, by=town.chen)
    for notice in (by_clerk, changed):
        approve(notice, by=town.zhou)
    assert waiting(town.li) == []
    assert waiting(town.zhao) == ["李某代写的", "李某改过的"]


@pytest.fixture
def relief(town: Any, catalogue: Catalogue) -> None:
    """救灾 may go up first: the town says so for SB-08."""
    with transaction():
        set_reviews(
            town.township,
            steps=list(ReviewStep),
            item_code="SB-08",
            is_urgent=True,
            from_on=date(2023, 1, 1),
            by=town.li,
        )


def test_what_is_urgent_goes_up_first_and_is_flagged_until_it_was_judged(
    town: Any, catalogue: Catalogue, relief: None, owed: Obligation
) -> None:
    handed_in(town, catalogue, title="先提交的公示")
    notice = handed_in(town, catalogue, title="救灾款发放公示")
    post(notice, channel=BOARD, posted_on=today(), by=town.chen)
    assert notice.state is NoticeState.FIRST_REVIEW
    assert notice.review_by_on is not None
    assert notice.review_by_on > today()
    assert waiting(town.zhou) == ["救灾款发放公示", "先提交的公示"]
    pass_reviews(town, notice, most=2)
    assert notice.review_by_on is not None
    approve(notice, by=town.zhao)
    assert (notice.state, notice.review_by_on) == (NoticeState.POSTED, None)


def test_what_is_not_urgent_waits_for_its_reviews(town: Any, catalogue: Catalogue) -> None:
    notice = handed_in(town, catalogue)
    with pytest.raises(Refused, match="还没有审完"):
        post(notice, channel=BOARD, posted_on=today(), by=town.chen)


def test_who_put_it_up_ahead_of_its_review_does_not_judge_it(
    town: Any, catalogue: Catalogue, relief: None
) -> None:
    notice = handed_in(town, catalogue)
    post(notice, channel=BOARD, posted_on=today(), by=town.li)
    approve(notice, by=town.zhou)
    assert waiting(town.li) == []
    with pytest.raises(Refused, match="不能自己审"):
        approve(notice, by=town.li)
    approve(notice, by=town.zhao)


def test_what_hangs_is_never_changed_silently(
    town: Any, catalogue: Catalogue, relief: None
) -> None:
    notice = handed_in(town, catalogue, body="一户五百元。")
    post(notice, channel=BOARD, posted_on=today(), by=town.chen)
    with pytest.raises(Refused, match="不能“撤回修改”"):
        recall(notice, by=town.chen)
    send_back(notice, reason="金额写错", by=town.zhou)
    revise(notice, version=notice.version, by=town.chen, body="一户六百元。")
    revise(notice, version=notice.version, by=town.chen, body="一户六百五十元。")
    assert (notice.revision, notice.correction_reason) == (2, "金额写错")
    submit(notice, by=town.chen)
    pass_reviews(town, notice)
    assert notice.state is NoticeState.POSTED


def test_a_notice_keeps_the_reviews_for_which_it_was_handed_in(
    town: Any, catalogue: Catalogue
) -> None:
    notice = handed_in(town, catalogue)
    set_reviews(town.township, steps=[FINAL], from_on=today(), by=town.li)
    approve(notice, by=town.zhou)
    assert notice.state is NoticeState.SECOND_REVIEW
    later = handed_in(town, catalogue, title="另一件")
    assert later.state is NoticeState.FINAL_REVIEW


def test_an_old_ledgers_notice_was_reviewed_outside_and_waits_for_nobody(
    town: Any, catalogue: Catalogue
) -> None:
    notice = handed_in(town, catalogue)
    admit(notice, by=town.li, at=noon(date(2023, 9, 7)))
    assert notice.state is NoticeState.APPROVED
    assert waiting(town.zhou) == []


def test_an_identity_number_in_a_reviewers_words_is_kept_masked(
    town: Any, catalogue: Catalogue
) -> None:
    notice = handed_in(town, catalogue)
    marks = [Mark("body", f"{identity()}要遮盖")]
    send_back(notice, reason=f"第1行写了{identity()}，请改", by=town.zhou, marks=marks)
    stored = [notice.return_reason, str(list_verdicts(notice)[0].marks)]
    stored += [str(line.after) for line in list_lines_of(notice.id)]
    assert not any(identity() in each for each in stored)
    assert masked_identity() in notice.return_reason

"""Writing, judging, posting and withdrawing notices."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from taole.catalogue.models import ItemOverride
from taole.core.clock import noon, today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notices.actions import (
    approve,
    post,
    revise,
    send_back,
    submit,
    take_down,
    withdraw,
    write,
)
from taole.notices.holding import Overtaken
from taole.notices.models import Notice, NoticeKind
from taole.notices.queries import get_notice
from taole.notices.workflow import NoticeState
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer, Standing, standing
from taole.trail.queries import find_breaks, list_lines_of
from tests.notices.notice_factory import (
    APP,
    BOARD,
    KIOSK,
    Catalogue,
    Channel,
    approved,
    owe,
    pass_reviews,
)

DAY = date(2023, 9, 7)


def draft(town: Any, catalogue: Catalogue, **values: Any) -> Notice:
    told = {"period_key": "2023-08", "title": "高龄津贴公示", "by": town.chen, **values}
    return write(town.villages[0], catalogue["SB-08"], **told)


def test_a_notice_ties_itself_to_what_its_period_leaves_open(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    notice = draft(town, catalogue)
    assert [each.obligation for each in notice.answers] == [owed]
    assert notice.state is NoticeState.DRAFT
    assert [line.verb for line in list_lines_of(notice.id)] == ["write_notice"]


def test_a_notice_written_before_the_period_opened_finds_its_obligation_when_submitted(
    town: Any, catalogue: Catalogue
) -> None:
    notice = draft(town, catalogue)
    assert notice.answers == []
    obligation = owe(town.villages[0], catalogue["SB-08"], "2023-08", DAY)
    submit(notice, by=town.chen)
    assert obligation.review_since == notice.submitted_at


def test_a_notice_cannot_answer_for_another_village(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    with pytest.raises(Refused, match="不能替别的村"):
        write(
            town.villages[1],
            catalogue["SB-08"],
            period_key="2023-08",
            title="高龄津贴公示",
            obligations=[owed],
            by=town.liu,
        )


def test_a_notice_in_review_shows_so_until_it_is_due(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    notice = draft(town, catalogue)
    submit(notice, by=town.chen)
    assert standing(owed.facts, DAY) is Standing.IN_REVIEW
    assert standing(owed.facts, date(2023, 9, 21)) is Standing.MISSING
    send_back(notice, reason="缺栏目", by=town.zhou)
    assert standing(owed.facts, DAY) is Standing.WAITING
    assert notice.return_reason == "缺栏目"
    submit(notice, by=town.chen)
    pass_reviews(town, notice)
    assert notice.return_reason == ""
    assert standing(owed.facts, DAY) is Standing.WAITING


def test_the_last_compulsory_channel_answers_the_obligation_as_of_its_day(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    post(notice, channel=BOARD, posted_on=DAY, by=town.chen)
    assert owed.answer is None
    late = date(2023, 9, 22)
    post(notice, channel=APP, posted_on=late, by=town.chen)
    assert (owed.answer, owed.answered_on, owed.answer_id) == (Answer.NOTICE, late, notice.id)
    assert standing(owed.facts, late) is Standing.LATE
    assert notice.first_posted_on == DAY


def test_a_township_may_ask_for_one_channel_only(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    with transaction():
        db.session.add(
            ItemOverride(
                township_id=town.township.id,
                item_code="SB-08",
                from_on=date(2023, 1, 1),
                compulsory_channels=[KIOSK],
                reason="公示栏在修",
            )
        )
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    post(notice, channel=KIOSK, posted_on=DAY, by=town.chen)
    assert owed.answered_on == DAY


def test_one_notice_answers_several_obligations(town: Any, catalogue: Catalogue) -> None:
    unit = town.villages[0]
    with transaction():
        owes = [owe(unit, catalogue["CW-01"], key, DAY) for key in ("2023Q1", "2023Q2")]
    notice = approved(town, unit, catalogue["CW-01"], period_key="2023Q2", obligations=owes)
    for channel in (BOARD, APP):
        post(notice, channel=channel, posted_on=DAY, by=town.chen)
    assert {each.answered_on for each in owes} == {DAY}


def test_nothing_goes_up_before_it_was_approved(town: Any, catalogue: Catalogue) -> None:
    notice = draft(town, catalogue)
    with pytest.raises(Refused, match="草稿"):
        post(notice, channel=BOARD, posted_on=DAY, by=town.chen)


def test_nothing_is_posted_tomorrow(town: Any, catalogue: Catalogue) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    with pytest.raises(Refused, match="还没到"):
        post(notice, channel=BOARD, posted_on=today() + timedelta(days=1), by=town.chen)


def test_the_end_of_showing_comes_from_the_notice_period(town: Any, catalogue: Catalogue) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    posting = post(notice, channel=BOARD, posted_on=date(2023, 9, 20), by=town.chen)
    assert posting.until_on == date(2023, 9, 27)


def test_what_is_posted_again_is_kept_but_never_counted(town: Any, catalogue: Catalogue) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    first = post(notice, channel=BOARD, posted_on=DAY, by=town.chen)
    again = post(notice, channel=BOARD, posted_on=date(2023, 9, 30), by=town.chen)
    other = post(notice, channel=KIOSK, posted_on=DAY, by=town.chen)
    assert (first.repeats_id, again.repeats_id, other.repeats_id) == (None, first.id, None)


def test_a_posting_entered_more_than_seven_days_later_is_marked(
    town: Any, catalogue: Catalogue
) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    week = post(
        notice, channel=BOARD, posted_on=DAY, by=town.chen, at=noon(DAY + timedelta(days=7))
    )
    more = post(notice, channel=APP, posted_on=DAY, by=town.chen, at=noon(DAY + timedelta(days=8)))
    assert (week.is_late_entry, more.is_late_entry) == (False, True)


def test_a_website_posting_needs_a_column_unless_the_matter_is_one(
    town: Any, catalogue: Catalogue
) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    with pytest.raises(Refused, match="选栏目"):
        post(notice, channel=Channel.WEBSITE, posted_on=DAY, by=town.li)
    article = approved(town, town.office, catalogue["WZ-01"], by=town.li)
    assert post(article, channel=Channel.WEBSITE, posted_on=DAY, by=town.li).column_code == "WZ-01"


def test_the_change_of_a_standing_page_is_a_page_update(town: Any, catalogue: Catalogue) -> None:
    notice = approved(town, town.office, catalogue["WZ-13"], by=town.li)
    assert notice.kind is NoticeKind.PAGE_UPDATE
    assert notice.answers == []


def test_an_author_never_lets_their_own_notice_pass(town: Any, catalogue: Catalogue) -> None:
    notice = draft(town, catalogue, by=town.li)
    submit(notice, by=town.li)
    with pytest.raises(Refused, match="不能自己审"):
        approve(notice, by=town.li)
    with pytest.raises(Refused, match="不能自己审"):
        send_back(notice, reason="缺栏目", by=town.li)
    approve(notice, by=town.zhou)
    assert notice.state is NoticeState.SECOND_REVIEW


def test_who_revised_a_notice_does_not_judge_it_either(town: Any, catalogue: Catalogue) -> None:
    notice = draft(town, catalogue)
    revise(notice, version=notice.version, by=town.li, title="高龄津贴发放公示")
    submit(notice, by=town.chen)
    with pytest.raises(Refused, match="不能自己审"):
        approve(notice, by=town.li)
    assert notice.state is NoticeState.FIRST_REVIEW


def test_who_saves_an_older_version_is_told_and_changes_nothing(
    town: Any, catalogue: Catalogue
) -> None:
    notice = draft(town, catalogue)
    seen = notice.version
    revise(notice, version=seen, by=town.chen, rows=[["张某某", "90"]], columns=["姓名", "金额"])
    with pytest.raises(Overtaken, match="陈某刚刚改过"):
        revise(notice, version=seen, by=town.chen, title="别的标题")
    assert notice.title == "高龄津贴公示"
    assert notice.rows == [["张某某", "90"]]


def test_what_is_submitted_is_not_revised(town: Any, catalogue: Catalogue) -> None:
    notice = draft(town, catalogue)
    submit(notice, by=town.chen)
    with pytest.raises(Refused, match="只有草稿"):
        revise(notice, version=notice.version, by=town.chen, title="别的标题")


def test_a_draft_moved_to_another_period_answers_that_one(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    september = owe(town.villages[0], catalogue["SB-08"], "2023-09", date(2023, 10, 20))
    notice = draft(town, catalogue)
    assert [each.obligation for each in notice.answers] == [owed]
    revise(notice, version=notice.version, by=town.chen, period_key="2023-09")
    db.session.expire_all()
    assert [each.obligation for each in get_notice(notice.id).answers] == [september]


def test_the_same_form_sent_twice_makes_one_notice(town: Any, catalogue: Catalogue) -> None:
    token = new_id()
    first = draft(town, catalogue, notice_id=token)
    assert draft(town, catalogue, notice_id=token, title="第二次") is first
    assert len(db.session.scalars(select(Notice)).all()) == 1
    with pytest.raises(Refused, match="重新开始"):
        draft(town, catalogue, notice_id=token, by=town.li)


@pytest.mark.parametrize("title", ["", "  \n", "长" * 201])
def test_a_notice_without_a_fit_title_is_refused(
    town: Any, catalogue: Catalogue, title: str
) -> None:
    with pytest.raises(Refused, match="标题"):
        draft(town, catalogue, title=title)


def test_a_withdrawn_notice_answers_nothing_any_more(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    for channel in (BOARD, APP):
        post(notice, channel=channel, posted_on=DAY, by=town.chen)
    with pytest.raises(Refused, match="要写原因"):
        withdraw(notice, reason=" ", by=town.li)
    at = datetime(2023, 9, 20, 2, tzinfo=UTC)
    withdraw(notice, reason="名单有误", by=town.li, at=at)
    assert (owed.answer, owed.answered_on, owed.answer_id) == (None, None, None)
    assert {each.taken_down_on for each in notice.postings} == {date(2023, 9, 20)}
    assert notice.state is NoticeState.WITHDRAWN


def test_the_last_posting_that_comes_down_ends_the_notice(town: Any, catalogue: Catalogue) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    board, app = (
        post(notice, channel=channel, posted_on=DAY, by=town.chen) for channel in (BOARD, APP)
    )
    with pytest.raises(Refused, match="早于公示起"):
        take_down(board, on=DAY - timedelta(days=1), by=town.chen)
    take_down(board, on=date(2023, 9, 20), by=town.chen)
    assert notice.state is NoticeState.POSTED
    with pytest.raises(Refused, match="已经撤下"):
        take_down(board, on=date(2023, 9, 21), by=town.chen)
    take_down(app, on=date(2023, 9, 21), by=town.chen)
    assert notice.state is NoticeState.ENDED


def test_everything_leaves_a_line_and_the_chain_holds(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    with transaction():
        notice = approved(town, town.villages[0], catalogue["SB-08"])
        posting = post(notice, channel=BOARD, posted_on=DAY, by=town.chen)
        take_down(posting, on=date(2023, 9, 20), by=town.chen)
    assert [line.verb for line in list_lines_of(notice.id)] == [
        "write_notice",
        "submit_notice",
        "approve_notice",
        "approve_notice",
        "approve_notice",
        "post_notice",
        "take_down",
    ]
    assert find_breaks() == {}

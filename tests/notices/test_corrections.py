"""Corrections (更正) and withdrawals: public with their reason, and one matter stays one matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.figures import Scope, measure
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notices.actions import correct, post, revise, submit, withdraw
from taole.notices.models import Notice, Posting
from taole.notices.workflow import NoticeState
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer
from taole.trail.queries import list_lines_of
from tests.notices.notice_factory import (
    APP,
    BOARD,
    Catalogue,
    Channel,
    approved,
    pass_reviews,
)

SignIn = Callable[[str], FlaskClient]
DAY, LATER = date(2023, 9, 7), date(2023, 9, 18)
FIGURES = ("P6-board", "P6-board-social", "P1-screen", "P1-web", "P1-newmedia")


def up(town: Any, catalogue: Catalogue, *channels: Channel) -> Notice:
    """东园村's allowances of August, on these channels since 7 September."""
    notice = approved(
        town,
        town.villages[0],
        catalogue["SB-08"],
        columns=["姓名", "金额"],
        rows=[["张某某", "90"]],
    )
    with transaction():
        for channel in channels:
            post(
                notice,
                channel=channel,
                posted_on=DAY,
                by=town.chen,
                column_code="WZ-06" if channel is Channel.WEBSITE else "",
            )
    return notice


def corrected(town: Any, notice: Notice, *channels: Channel) -> Notice:
    """The notice corrected by 陈某, passed by the three, and up on these channels."""
    with transaction():
        correction = correct(notice, reason="张某某的金额写错", by=town.chen)
        revise(correction, version=correction.version, by=town.chen, rows=[["张某某", "95"]])
        submit(correction, by=town.chen)
        pass_reviews(town, correction)
        for channel in channels:
            post(
                correction,
                channel=channel,
                posted_on=LATER,
                by=town.chen,
                column_code="WZ-06" if channel is Channel.WEBSITE else "",
            )
    return correction


def counts(town: Any) -> dict[str, Any]:
    scope = Scope(town.township.id, town.township.path, date(2023, 1, 1), date(2023, 12, 31))
    return {key: measure(key, scope).value for key in FIGURES}


def test_a_correction_takes_the_place_of_the_old_one_which_stays_readable(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    old = up(town, catalogue, BOARD, APP)
    correction = corrected(town, old, BOARD)
    assert (correction.state, correction.revision) == (NoticeState.POSTED, 2)
    assert correction.rows == [["张某某", "95"]]
    assert (old.state, old.rows) == (NoticeState.CORRECTED, [["张某某", "90"]])
    assert {each.taken_down_on for each in old.postings} == {LATER}
    assert (owed.answer, owed.answered_on, owed.answer_id) == (Answer.NOTICE, DAY, old.id)
    assert list_lines_of(old.id)[-1].verb == "supersede_notice"
    assert list_lines_of(correction.id)[0].after["reason"] == "张某某的金额写错"


def test_until_it_hangs_the_old_one_holds(town: Any, catalogue: Catalogue) -> None:
    old = up(town, catalogue, BOARD)
    correction = corrected(town, old)
    assert (old.state, correction.state) == (NoticeState.POSTED, NoticeState.APPROVED)


def test_a_corrected_matter_counts_once_and_its_postings_are_repeats(
    town: Any, catalogue: Catalogue
) -> None:
    old = up(town, catalogue, BOARD, APP, Channel.WEBSITE)
    before = counts(town)
    assert before == {
        "P6-board": 1,
        "P6-board-social": 1,
        "P1-screen": 1,
        "P1-web": 1,
        "P1-newmedia": 0,
    }
    second = corrected(town, old, BOARD, APP, Channel.WEBSITE)
    assert counts(town) == before
    third = corrected(town, second, BOARD, APP, Channel.WEBSITE)
    assert counts(town) == before
    assert third.revision == 3
    with transaction():
        post(third, channel=Channel.WECHAT, account="陶乐镇", posted_on=LATER, by=town.li)
    assert counts(town) == before | {"P1-newmedia": 1}


def test_the_channel_that_the_old_one_lacked_answers_through_the_correction(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    old = up(town, catalogue, BOARD)
    assert owed.answer is None
    corrected(town, old, APP)
    assert (owed.answer, owed.answered_on) == (Answer.NOTICE, LATER)


def test_a_withdrawn_correction_takes_its_matter_along(
    town: Any, catalogue: Catalogue, owed: Obligation
) -> None:
    old = up(town, catalogue, BOARD, APP)
    correction = corrected(town, old, BOARD)
    withdraw(correction, reason="名单有争议", by=town.li)
    assert {old.state, correction.state} == {NoticeState.WITHDRAWN}
    assert (owed.answer, owed.answer_id) == (None, None)
    assert set(counts(town).values()) == {0}


def test_a_correction_given_up_leaves_the_old_one_hanging(town: Any, catalogue: Catalogue) -> None:
    old = up(town, catalogue, BOARD)
    correction = corrected(town, old)
    withdraw(correction, reason="原来的没有错", by=town.li)
    assert old.state is NoticeState.POSTED
    assert correct(old, reason="这次真的错了", by=town.chen).revision == 2


def test_one_correction_at_a_time_and_never_without_a_reason(
    town: Any, catalogue: Catalogue
) -> None:
    old = up(town, catalogue, BOARD)
    with pytest.raises(Refused, match="要写原因"):
        correct(old, reason=" ", by=town.chen)
    token = new_id()
    first = correct(old, reason="金额写错", by=town.chen, notice_id=token)
    assert correct(old, reason="金额写错", by=town.chen, notice_id=token) is first
    with pytest.raises(Refused, match="已经有一份更正在办"):
        correct(old, reason="又错", by=town.chen)


def test_what_does_not_hang_is_changed_not_corrected(town: Any, catalogue: Catalogue) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    with pytest.raises(Refused, match="不能“更正”"):
        correct(notice, reason="金额写错", by=town.chen)


def test_the_pages_of_both_name_each_other(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    old = up(town, catalogue, BOARD)
    client = sign_in("chen")
    page = client.get(f"/notices/{old.id}").get_data(as_text=True)
    assert f"/notices/{old.id}/correct" in page
    token = str(new_id())
    empty = client.post(f"/notices/{old.id}/correct", data={"token": token, "reason": ""})
    assert empty.status_code == 422
    assert token in empty.get_data(as_text=True)
    data = {"token": token, "reason": "张某某的金额写错"}
    begun = [client.post(f"/notices/{old.id}/correct", data=data).location for _ in range(2)]
    assert begun == [f"/notices/{token}/edit"] * 2
    correction = db.session.scalars(select(Notice).where(Notice.corrects_id == old.id)).one()
    again = client.get(f"/notices/{old.id}/correct")
    assert again.location == f"/notices/{correction.id}"
    with transaction():
        submit(correction, by=town.chen)
        pass_reviews(town, correction)
        post(correction, channel=BOARD, posted_on=LATER, by=town.chen)
    told = client.get(f"/notices/{old.id}").get_data(as_text=True)
    assert "已更正" in told
    assert "张某某的金额写错" in told
    assert f"/notices/{correction.id}" in told
    assert f"/notices/{old.id}/correct" not in told
    there = client.get(f"/notices/{correction.id}").get_data(as_text=True)
    assert "更正（第 2 版）" in there
    assert f'href="/notices/{old.id}"' in there


def test_the_reason_of_a_withdrawal_is_shown_to_everybody_around(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    notice = up(town, catalogue, BOARD)
    answer = sign_in("li").post(f"/notices/{notice.id}/withdraw", data={"reason": "名单有误"})
    assert answer.status_code == 302
    for account in ("chen", "wu"):
        page = sign_in(account).get(f"/notices/{notice.id}").get_data(as_text=True)
        assert "撤回的原因" in page
        assert "名单有误" in page


def test_the_ledger_of_the_year_tells_a_correction_as_a_repeat(
    town: Any, catalogue: Catalogue
) -> None:
    old = up(town, catalogue, BOARD)
    corrected(town, old, BOARD)
    postings = db.session.scalars(select(Posting).order_by(Posting.posted_on)).all()
    assert [each.repeats_id for each in postings] == [None, postings[0].id]

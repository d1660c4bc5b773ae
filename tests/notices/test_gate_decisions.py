"""What people decide about a masked number holds: once, for that number, and after a correction."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from gate_factory import COLUMNS, decided, revised, written
from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from taole.catalogue.channels import Channel
from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notices.actions import correct, post, submit
from taole.notices.gate_decisions import look_at_original, set_masking, settle
from taole.notices.gate_seals import get_seal, list_masked, list_open
from taole.notices.models import SealedState, SealedText
from taole.notices.reviewing import admit
from taole.privacy.findings import Kind
from taole.trail.models import TrailLine
from tests.notices.number_factory import identity, masked_identity


def test_what_is_no_identity_number_stands_there_again_and_is_not_asked_again(town, catalogue):
    notice = written(
        town,
        catalogue["SB-08"],
        body=f"{identity(1)}，{identity(2)}。",
        columns=COLUMNS,
        rows=[["张某某", "1", identity(1)]],
    )
    sealed = next(each for each in list_open(notice) if each.place == "body")
    decided(sealed, town.chen, is_none=True)
    assert notice.body == f"{identity(1)}，{masked_identity(2)}。"
    assert notice.rows[0][2] == identity(1), "the same value is none anywhere in the notice"
    assert (sealed.state, sealed.decided_by_name) == (SealedState.DISMISSED, "陈某")
    revised(notice, town.chen, body=f"又改：{identity(1)}，{masked_identity(2)}。")
    assert identity(1) in notice.body
    assert [each.masked for each in list_open(notice)] == [masked_identity(2)]
    lines = str([line.after for line in db.session.scalars(select(TrailLine))])
    assert identity(1) not in lines, "the trail never tells it"
    other = written(town, catalogue["QN-01"], body=identity(1))
    assert other.body == masked_identity(1), "it was said of that notice only"


def test_what_was_masked_for_good_is_asked_again_when_it_is_typed_again(town, catalogue):
    notice = written(town, catalogue["SB-08"], body=identity(1))
    sealed = list_open(notice)[0]
    decided(sealed, town.chen, is_none=False)
    with pytest.raises(Refused, match="刚刚处理过"), transaction():
        settle(sealed, is_none=True, by=town.li)
    revised(notice, town.chen, body=f"{masked_identity(1)}，即{identity(1)}")
    decided(list_open(notice)[0], town.chen, is_none=True)
    assert notice.body == f"{identity(1)}，即{identity(1)}"
    assert sealed.state is SealedState.DISMISSED


def test_of_two_who_decide_at_once_one_decides(app, town, catalogue):
    notice = written(town, catalogue["SB-08"], body=identity(1))
    seal_id, chen, li = list_open(notice)[0].id, town.chen, town.li
    db.session.remove()
    at_once = Barrier(2)

    def decide(is_none: bool) -> str:
        with app.app_context():
            at_once.wait()
            try:
                with transaction():
                    settle(get_seal(seal_id), is_none=is_none, by=li if is_none else chen)
            except Refused:
                return "told"
            return "decided"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, (True, False))) == ["decided", "told"]
    sealed = get_seal(seal_id)
    lines = select(TrailLine).where(TrailLine.verb.in_(("mask_finding", "dismiss_finding")))
    (line,) = db.session.scalars(lines).all()
    assert line.actor_name == sealed.decided_by_name
    is_shown = sealed.notice.body == identity(1)
    assert is_shown is (sealed.state is SealedState.DISMISSED)


def test_a_correction_keeps_the_originals_and_what_was_decided(town, catalogue):
    notice = written(town, catalogue["SB-08"], body=f"{identity(1)}、{identity(2)}")
    first, second = list_open(notice)
    decided(first, town.chen, is_none=False)
    decided(second, town.chen, is_none=True)
    with transaction():
        submit(notice, by=town.chen)
        admit(notice, by=town.zhao)
        post(notice, channel=Channel.BOARD, posted_on=date(2023, 9, 1), by=town.chen)
        correction = correct(notice, reason="金额写错", by=town.chen)
    assert correction.body == f"{masked_identity(1)}、{identity(2)}"
    assert not list_open(correction)
    kept = list_masked(correction)[0]
    assert kept.id != first.id
    with transaction():
        assert look_at_original(kept, by=town.chen) == identity(1)


def test_a_notice_that_was_handed_in_is_not_unmasked(town, catalogue):
    notice = written(town, catalogue["SB-08"], body=identity(1))
    sealed = list_open(notice)[0]
    decided(sealed, town.chen, is_none=False)
    with transaction():
        submit(notice, by=town.chen)
    with pytest.raises(Refused, match="已经提交"), transaction():
        settle(sealed, is_none=True, by=town.chen)
    assert notice.body == masked_identity(1)


def test_pressing_twice_decides_once_and_of_two_people_one_decides(town, catalogue):
    notice = written(town, catalogue["SB-08"], body=f"{identity(1)}、{identity(2)}")
    first, second = list_open(notice)
    for _press in range(2):
        decided(first, town.chen, is_none=True)
    lines = select(TrailLine).where(TrailLine.verb == "dismiss_finding")
    assert len(db.session.scalars(lines).all()) == 1
    with pytest.raises(Refused, match="刚刚处理过"), transaction():
        settle(first, is_none=False, by=town.li)
    with transaction():  # 李某 was faster, while 陈某's page still showed it as open
        others = update(SealedText).where(SealedText.id == second.id)
        db.session.execute(others.values(state=SealedState.DISMISSED))
    with transaction():
        set_committed_value(second, "state", SealedState.OPEN)
        with pytest.raises(Refused, match="刚刚处理过"):
            settle(second, is_none=False, by=town.chen)


def test_a_township_may_hide_more_but_not_less(town, catalogue):
    with transaction():
        set_masking(town.township, {Kind.IDENTITY: (3, 0), Kind.MOBILE: (11, 11)}, by=town.li)
    notice = written(town, catalogue["SB-08"], body=f"户主{identity(1)}，联系人手机：13800001234")
    assert notice.body == f"户主640{'*' * 15}，联系人手机：138****1234"
    line = db.session.scalars(select(TrailLine).where(TrailLine.verb == "set_masking")).one()
    assert line.after["identity-number"] == [3, 0]


def test_a_seal_that_nobody_made_is_not_found(app):
    with pytest.raises(NotFound):
        get_seal(new_id())

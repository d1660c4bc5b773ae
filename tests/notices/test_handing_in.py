"""What is faulty is not handed in, whichever button was pressed."""

from __future__ import annotations

import pytest

from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.notices.actions import submit, write
from taole.notices.workflow import NoticeState


def draft(town, catalogue, **told):
    values = {"period_key": "2023-08", "title": "东园村高龄津贴公示", "by": town.chen, **told}
    with transaction():
        return write(town.villages[0], catalogue["SB-08"], **values)


@pytest.mark.parametrize(
    ("columns", "rows", "said"),
    [
        (["姓名", "金额"], [["张某某", "很多"]], "只写数字"),
        (["姓名", "金额"], [["", "90.00"]], "没填"),
        (["姓名", "金额", "备注"], [["张某某", "90.00", ""]], "没用统一模板"),
    ],
)
def test_a_faulty_sheet_stays_a_draft_and_the_fault_is_named(town, catalogue, columns, rows, said):
    notice = draft(town, catalogue, columns=columns, rows=rows)
    with pytest.raises(Refused, match=said), transaction():
        submit(notice, by=town.chen)
    assert notice.state is NoticeState.DRAFT


def test_the_notices_own_button_hands_in_no_faulty_sheet_either(town, catalogue, sign_in):
    notice = draft(town, catalogue, columns=["姓名", "金额"], rows=[["张某某", "很多"]])
    answer = sign_in("chen").post(f"/notices/{notice.id}/submit")
    assert answer.status_code == 409
    assert "只写数字" in answer.text


def test_the_first_faults_are_named_and_the_others_counted(town, catalogue):
    notice = draft(town, catalogue, columns=["姓名", "金额"], rows=[["张某某", "很多"]] * 5)
    with pytest.raises(Refused) as refusal, transaction():
        submit(notice, by=town.chen)
    assert len(refusal.value.sentences) == 4
    assert str(refusal.value.sentences[-1]) == "另有2处也要改。"


def test_a_notice_from_before_the_templates_is_held_to_none(town, catalogue):
    notice = draft(town, catalogue, columns=["户主"], rows=[["张某某"]])
    with transaction():
        notice.template = {}
        submit(notice, by=town.chen)
    assert notice.state is NoticeState.FIRST_REVIEW

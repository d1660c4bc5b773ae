"""How 陈某 writes a notice on her phone: cells, mistakes, proposals, the last look, handing in."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from sqlalchemy import select

from taole.core.clock import today
from taole.core.database import db
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notices.actions import post, submit, write
from taole.notices.models import Notice
from taole.notices.workflow import NoticeState
from tests.attachments.picture_factory import photograph
from tests.notices.notice_factory import BOARD, approved, pass_reviews

VILLAGE = "/villages/640221106201/notices/new"
IDENTITY = "640221190001010035"


def filled(**values: Any) -> dict[str, Any]:
    return {
        "token": str(new_id()),
        "period_key": "2023-08",
        "title": "东园村2023年8月高龄津贴发放公示",
        "cell-0-0": "张某某",
        "cell-0-1": "90.00",
        "do": "draft",
        **values,
    }


def only_notice() -> Notice:
    db.session.expire_all()
    return db.session.scalars(select(Notice)).one()


@pytest.fixture
def address(owed):
    return f"{VILLAGE}?obligation={owed.id}"


def test_the_form_knows_title_period_and_the_columns_of_the_template(
    town, catalogue, address, sign_in
):
    page = sign_in("chen").get(address).text
    assert "东园村2023年8月高龄津贴发放公示</textarea>" in page
    assert re.findall(r'name="(cell-0-[0-9])"', page) == ["cell-0-0", "cell-0-1"]
    assert len(re.findall('name="cell-', page)) == 6
    assert "下载统一模板" in page


def test_a_draft_is_kept_looked_at_and_handed_in(town, catalogue, address, sign_in):
    chen = sign_in("chen")
    assert chen.post(address, data=filled()).status_code == 302
    notice = only_notice()
    assert (notice.state, notice.rows) == (NoticeState.DRAFT, [["张某某", "90.00"]])
    edit = f"/notices/{notice.id}/edit"
    assert 'value="张某某"' in chen.get(edit).text
    sent = filled(**{"version": str(notice.version), "cell-0-1": "95.00", "do": "check"})
    check = chen.post(edit, data=sent).location
    page = chen.get(check).text
    assert "核对后提交" in page
    assert "没有缺项" in page
    assert "初审" in page
    assert "周某" in page
    sent_page = chen.post(f"/notices/{notice.id}/submit").location
    assert sent_page.endswith("/sent")
    page = chen.get(sent_page).text
    assert "已提交，等初审" in page
    notice = only_notice()
    assert notice.number in page
    assert (notice.state, notice.rows) == (NoticeState.FIRST_REVIEW, [["张某某", "95.00"]])


def test_pressing_twice_saves_once(town, catalogue, address, sign_in):
    chen, data = sign_in("chen"), filled()
    for _time in range(2):
        chen.post(address, data=data)
    assert len(db.session.scalars(select(Notice)).all()) == 1


def test_only_the_cells_on_the_page_are_sent_and_the_others_stay(town, catalogue, address, sign_in):
    chen = sign_in("chen")
    rows = "\n".join(f"张某某\t{at + 1}.00" for at in range(45))
    chen.post(address, data=filled(pasted=f"姓名\t金额\n{rows}", do="paste"))
    notice = only_notice()
    assert len(notice.rows) == 45
    page = chen.get(f"/notices/{notice.id}/edit?first=40").text
    assert re.findall(r'id="row-([0-9]+)"', page)[:2] == ["40", "41"]
    sent = filled(**{"version": str(notice.version), "cell-44-1": "99.00"})
    del sent["cell-0-0"], sent["cell-0-1"]
    chen.post(f"/notices/{notice.id}/edit", data=sent)
    rows = only_notice().rows
    assert (len(rows), rows[44][1], rows[0][1]) == (45, "99.00", "1.00")


def test_a_row_whose_cells_are_emptied_is_gone(town, catalogue, address, sign_in):
    chen = sign_in("chen")
    chen.post(address, data=filled(**{"cell-1-0": "李某某", "cell-1-1": "80.00"}))
    notice = only_notice()
    emptied = filled(**{"version": str(notice.version), "cell-0-0": "", "cell-0-1": ""})
    chen.post(f"/notices/{notice.id}/edit", data=emptied)
    assert only_notice().rows == [["李某某", "80.00"]]


def test_an_amount_in_capital_numerals_is_mended_by_one_button(town, catalogue, address, sign_in):
    chen = sign_in("chen")
    chen.post(address, data=filled(**{"cell-0-1": "贰佰贰拾元", "do": "more"}))
    notice = only_notice()
    page = chen.get(f"/notices/{notice.id}/edit").text
    assert "改成 220.00" in page
    sent = filled(**{"version": str(notice.version), "cell-0-1": "贰佰贰拾元", "take": "0-1"})
    chen.post(f"/notices/{notice.id}/edit", data=sent)
    assert only_notice().rows == [["张某某", "220.00"]]


def test_what_is_missing_is_named_on_the_last_look_and_cannot_be_handed_in(
    town, catalogue, address, sign_in
):
    chen = sign_in("chen")
    chen.post(address, data=filled(**{"cell-0-1": "很多"}))
    page = chen.get(f"/notices/{only_notice().id}/check").text
    assert "处要改" in page
    assert "回去改" in page
    assert "提交审核" not in page


def test_an_identity_number_is_masked_at_once_and_named(town, catalogue, address, sign_in):
    chen = sign_in("chen")
    chen.post(address, data=filled(**{"cell-0-0": f"张某某{IDENTITY}", "do": "more"}))
    notice = only_notice()
    edit = chen.get(f"/notices/{notice.id}/edit").text
    assert IDENTITY not in edit
    assert "640221********0035" in edit
    assert "遮盖这 1 处" in edit
    assert "个人信息 1 处没处理" in chen.get(f"/notices/{notice.id}/check").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "请填写公示的标题"),
        ({"do": "paste", "pasted": ""}, "还没有粘贴内容"),
        ({"do": "upload"}, "还没有选文件"),
        ({"do": "copy"}, "上一期没有公示过这一项"),
        ({"files": ()}, "不是照片或文档"),
    ],
)
def test_a_mistake_is_named_above_the_form_with_all_that_was_typed(
    town, catalogue, address, sign_in, wrong, said
):
    data = filled(**{"body": "请乡亲们监督", "cell-0-0": "李某某", **wrong})
    if "files" in wrong:
        data["files"] = (io.BytesIO(b"#!/bin/sh"), "照片.jpg")
    answer = sign_in("chen").post(address, data=data)
    assert answer.status_code == 422
    assert said in answer.text
    assert "err-sum" in answer.text
    assert data["body"] in answer.text
    assert 'value="李某某"' in answer.text
    assert data["token"] in answer.text
    assert db.session.scalars(select(Notice)).all() == []


def test_of_two_tabs_one_wins_and_the_other_keeps_its_words(town, catalogue, address, sign_in):
    chen = sign_in("chen")
    chen.post(address, data=filled())
    notice = only_notice()
    edit, seen = f"/notices/{notice.id}/edit", str(notice.version)
    assert chen.post(edit, data=filled(version=seen, body="第一个窗口")).status_code == 302
    late = chen.post(
        edit, data=filled(**{"version": seen, "body": "第二个窗口", "cell-0-0": "王某某"})
    )
    assert late.status_code == 422
    assert "第二个窗口" in late.text
    assert 'value="王某某"' in late.text
    assert only_notice().body == "第一个窗口"


def test_last_periods_notice_is_a_start(town, catalogue, address, sign_in):
    with transaction():
        last = write(
            town.villages[0],
            catalogue["SB-08"],
            period_key="2023-07",
            title="七月高龄津贴",
            columns=["姓名", "金额"],
            rows=[["张某某", "90.00"], ["李某某", "95.00"]],
            by=town.chen,
        )
        submit(last, by=town.chen)
        pass_reviews(town, last)
        post(last, channel=BOARD, posted_on=today(), by=town.chen)
    chen = sign_in("chen")
    sent = filled(do="copy")
    del sent["cell-0-0"], sent["cell-0-1"]
    answer = chen.post(address, data=sent)
    assert answer.status_code == 302
    page = chen.get(answer.location).text
    assert "已抄上期 2 行" in page
    assert 'value="李某某"' in page


def test_a_photograph_that_is_still_on_its_way_is_told(town, catalogue, address, sign_in):
    chen, content = sign_in("chen"), photograph(200, 200)
    upload = str(new_id())
    size = str(len(content))
    sent = filled(upload=upload, upload_name="照片.jpg", upload_size=size, upload_for="files")
    chen.post(address, data=sent)
    notice = only_notice()
    assert "没传完" in chen.get(f"/notices/{notice.id}/edit").text
    assert "附件还没传完" in chen.get(f"/notices/{notice.id}/check").text
    piece = chen.put(f"/uploads/{upload}?offset=0", data=content)
    assert piece.json["received"] == len(content)
    assert "没传完" not in chen.get(f"/notices/{notice.id}/edit").text


def test_who_may_not_write_here_never_sees_the_forms(town, catalogue, sign_in):
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    for page in ("edit", "check", "sent", "workbook.xlsx"):
        assert sign_in("liu").get(f"/notices/{notice.id}/{page}").status_code == 404
        assert sign_in("zhou").get(f"/notices/{notice.id}/{page}").status_code == 403

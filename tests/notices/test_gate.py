"""What a notice stores is masked; people decide about it; nothing undecided moves on."""

from __future__ import annotations

from typing import Any

import pytest
from gate_factory import COLUMNS, decided, everything_stored, revised, written
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from taole.attachments.actions import keep_file
from taole.attachments.models import Attachment, ScanState, Upload
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notices.actions import submit
from taole.notices.gate import refuse_unresolved, screen
from taole.notices.gate_decisions import look_at_original, settle, settle_all
from taole.notices.gate_seals import list_masked, list_open, name_seal
from taole.notices.models import SealedState
from taole.trail.models import TrailLine
from taole.trail.queries import find_breaks
from tests.attachments.picture_factory import photograph
from tests.notices.number_factory import identity, masked_identity


def test_an_identity_number_is_stored_masked_and_can_still_be_looked_up(town, catalogue):
    notice = written(
        town,
        catalogue["SB-08"],
        body=f"户主身份证号{identity(1)}。",
        columns=COLUMNS,
        rows=[["张某某", "100", ""], ["李某某", "100", identity(2)]],
    )
    assert notice.body == f"户主身份证号{masked_identity(1)}。"
    assert notice.rows[1][2] == masked_identity(2)
    assert identity(1) not in everything_stored()
    assert identity(2) not in everything_stored()
    first, second = list_open(notice)
    assert str(name_seal(first)) == "正文里有身份证号"
    assert str(name_seal(second)) == "第2行“备注”里有身份证号"
    with transaction():
        assert look_at_original(second, by=town.chen) == identity(2)
    assert identity(2) not in everything_stored(), "the look is recorded without the value"
    looks = select(TrailLine).where(TrailLine.verb == "see_original")
    assert db.session.scalars(looks).one().actor_name == "陈某"
    assert not find_breaks()


def test_title_head_fields_and_names_of_columns_are_screened_too(town, catalogue):
    notice = written(
        town,
        catalogue["SB-08"],
        title=f"关于{identity(1)}的公示",
        head={"经办人": identity(2)},
        columns=["姓名", identity(3)],
        rows=[["张某某", "100"]],
    )
    assert masked_identity(1) in notice.title
    assert notice.head == {"经办人": masked_identity(2)}
    assert notice.columns == ["姓名", masked_identity(3)]
    assert {str(name_seal(each)) for each in list_open(notice)} == {
        "标题里有身份证号",
        "“经办人”里有身份证号",
        "表头第2栏里有身份证号",
    }
    for serial in (1, 2, 3):
        assert identity(serial) not in everything_stored()
    for each in list_open(notice):
        decided(each, town.chen, is_none=True)
    assert identity(1) in notice.title
    assert notice.head == {"经办人": identity(2)}
    assert notice.columns == ["姓名", identity(3)]


def test_a_number_split_over_two_cells_is_masked_in_both_and_comes_back_whole(town, catalogue):
    number = identity(1)
    notice = written(
        town,
        catalogue["SB-08"],
        columns=["姓名", "身份证号前", "身份证号后"],
        rows=[["张某某", number[:10], number[10:]]],
    )
    assert number not in "".join(notice.rows[0])
    assert number[10:] not in notice.rows[0]
    for each in list_open(notice):
        decided(each, town.chen, is_none=True)
    assert notice.rows[0][1:] == [number[:10], number[10:]]
    revised(notice, town.chen, body="补一句。")
    assert notice.rows[0][1:] == [number[:10], number[10:]]


def test_an_open_finding_stops_the_notice_and_is_named(town, catalogue):
    notice = written(
        town,
        catalogue["SB-08"],
        columns=COLUMNS,
        rows=[[f"第{at}户", "100", identity(at)] for at in range(1, 6)],
    )
    with pytest.raises(Refused) as refusal, transaction():
        submit(notice, by=town.chen)
    said = [str(each) for each in refusal.value.sentences]
    assert said[0] == "第1行“备注”里有身份证号：请先遮盖，或者说明不是。"
    assert said[-1] == "另有2处也要处理。"
    with transaction():
        assert settle_all(notice, by=town.chen) == 5
        assert settle_all(notice, by=town.chen) == 0
    assert not list_open(notice)
    assert len(list_masked(notice)) == 5
    with transaction():
        submit(notice, by=town.chen)
    assert masked_identity(1) == notice.rows[0][2]


def test_a_finding_whose_words_were_deleted_is_gone_and_stops_nothing(town, catalogue):
    notice = written(town, catalogue["SB-08"], body=f"户主{identity(1)}")
    sealed = list_open(notice)[0]
    revised(notice, town.chen, body="户主张某某")
    assert sealed.state is SealedState.GONE
    with transaction():
        submit(notice, by=town.chen)
    with pytest.raises(Refused, match="已经提交"), transaction():
        settle(sealed, is_none=True, by=town.chen)


def test_rows_put_in_between_do_not_mix_people_up(town, catalogue):
    """Two people whose masked numbers look alike: each original goes back to its own row."""
    notice = written(
        town,
        catalogue["SB-08"],
        columns=COLUMNS,
        rows=[["张某某", "1", "13800001234"], ["李某某", "2", "13811111234"]],
    )
    shown = [row[2] for row in notice.rows]
    assert shown == ["138****1234", "138****1234"]
    second = list_open(notice)[1]
    rows = [["王某某", "3", ""], *notice.rows]
    revised(notice, town.chen, rows=rows)
    assert second.row == 2
    assert str(name_seal(second)) == "第3行“备注”里有手机号"
    decided(second, town.chen, is_none=True)
    assert [row[2] for row in notice.rows] == ["", "138****1234", "13811111234"]
    revised(notice, town.chen, rows=[["李某某", "2", "13811111234"]])
    assert notice.rows == [["李某某", "2", "13811111234"]]


def test_phones_of_village_and_township_must_be_printed_others_must_not(town, catalogue):
    notice = written(
        town, catalogue["SB-08"], body="监督电话：0952-8011132；联系人手机：13800001234。"
    )
    assert "0952-8011132" in notice.body
    assert "13800001234" not in notice.body


def test_where_a_matter_forbids_names_they_are_found(town, catalogue):
    own = {"columns": [{"name": "姓名"}, {"name": "备注"}], "must_not": ["欠费户姓名"]}
    notice = written(town, catalogue["SB-08"], columns=["姓名", "备注"], rows=[["张建国", ""]])
    assert notice.rows == [["张建国", ""]], "an allowance may name its people"
    with transaction():
        notice.template = own
        screen(notice)
    assert notice.rows == [["张**", ""]]
    assert str(name_seal(list_open(notice)[0])) == "第1行“姓名”里有姓名"


def test_files_stop_the_notice_until_they_are_looked_through(town, catalogue):
    notice = written(town, catalogue["SB-08"], body="见附件。")
    village = town.villages[0]
    with transaction():
        file = keep_file(village, photograph(40, 30), "名单.jpg", by=town.chen, owner_id=notice.id)
        file.scan_state = ScanState.WAITING
    refuse_unresolved(notice, waits_for_files=False)
    for state, said in (
        (ScanState.WAITING, "还在检查"),
        (ScanState.FOUND, "“名单.jpg”里有个人信息"),
        (ScanState.FAILED, "没能检查"),
    ):
        with transaction():
            file.scan_state = state
        with pytest.raises(Refused, match=said):
            refuse_unresolved(notice)
    with transaction():
        file.scan_state = ScanState.CLEARED
    refuse_unresolved(notice)
    with transaction():
        half = Upload(
            id=new_id(),
            township_id=village.township_id,
            unit=village,
            owner_id=notice.id,
            filename="公示栏.jpg",
            size=10,
            received=4,
            started_at=now(),
        )
        db.session.add(half)
    with pytest.raises(Refused, match="还没传完"):
        refuse_unresolved(notice, waits_for_files=False)
    assert db.session.scalars(select(Attachment)).one().id == file.id


DRESSES = (
    lambda number: number,
    lambda number: " ".join((number[:6], number[6:14], number[14:])),
    lambda number: number.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    lambda number: f"号{number}（本人）",
)


def test_no_number_typed_anywhere_is_stored(town, catalogue):
    @settings(max_examples=15, deadline=None)
    @given(
        number=st.integers(0, 999).map(identity),
        dress=st.sampled_from(DRESSES),
        place=st.sampled_from(["title", "body", "head", "cell", "column"]),
    )
    def holds(number: str, dress: Any, place: str) -> None:
        dressed = dress(number)
        told: dict[str, Any] = {"columns": COLUMNS, "rows": [["张某某", "1", "无"]]}
        match place:
            case "title" | "body":
                told[place] = f"户主{dressed}"
            case "head":
                told["head"] = {"说明": dressed}
            case "cell":
                told["rows"] = [["张某某", "1", dressed]]
            case "column":
                told["columns"] = ["姓名", "金额", dressed]
        notice = written(town, catalogue["SB-08"], **told)
        stored = everything_stored()
        assert number not in stored
        assert dressed not in stored
        assert list_open(notice)

    holds()

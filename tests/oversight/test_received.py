"""The county's real notice, pasted: kept whole or not at all, and held against what we foresaw."""

from datetime import date

import pytest
import time_machine
from cast import build_town
from sqlalchemy import func, select

from taole.core.clock import noon
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.inspections.models import Finding, Inspection
from taole.inspections.workflow import Direction, FindingState, InspectionKind
from taole.oversight import received
from taole.oversight.received import compared, list_circulars, read_received, record_circular
from tests.inspections.finding_factory import an_item, an_obligation

ADDRESS = "/circular/640221106/received"
ISSUED = date(2023, 10, 27)
PASTED = """
一、存在的问题
1.王家庄村2023年第三季度各项收入未公示，限11月10日前整改。
（二）马太沟村公示表没有使用统一模板，缺少监督电话；
3、镇政府网站栏目更新不及时。
"""
TYPED = {
    "body": "县政务公开办",
    "document": "第三季度通报",
    "issued_on": ISSUED.isoformat(),
    "lines": PASTED.replace("一、存在的问题\n", ""),
}
one_engine = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def november(app):
    """陶乐镇 in November; 王家庄村 had not shown what it owed by the end of September."""
    with time_machine.travel("2023-11-01T02:00:00Z", tick=False):
        with transaction():
            town = build_town()
            an_obligation(town.villages[2], an_item(), due_on=date(2023, 9, 20))
        yield town


def held():
    kinds = (Inspection, Finding)
    return tuple(db.session.scalar(select(func.count()).select_from(kind)) for kind in kinds)


def kept(town, lines):
    with transaction():
        return record_circular(
            town.township,
            body="县政务公开办",
            document="第三季度通报",
            issued_on=ISSUED,
            lines=lines,
            by=town.li,
            at=noon(ISSUED),
        )


def test_the_clerk_looks_at_what_was_read_before_it_is_kept(november, sign_in):
    li = sign_in("li")
    shown = li.post(ADDRESS, data=TYPED)
    assert shown.status_code == 200
    assert "缺少监督电话" in shown.get_data(as_text=True)
    assert held() == (0, 0)
    done = li.post(ADDRESS, data={**TYPED, "confirm": "1"})
    assert done.status_code == 302
    assert held() == (1, 3)
    (inspection,) = list_circulars(november.township)
    assert (inspection.kind, inspection.direction) == (
        InspectionKind.CIRCULAR,
        Direction.INBOUND,
    )
    assert next((each.unit.name, each.due_on) for each in inspection.findings) == (
        "王家庄村",
        date(2023, 11, 10),
    )
    assert {each.unit.name for each in inspection.findings} == {"王家庄村", "马太沟村", "陶乐镇"}
    assert {each.state for each in inspection.findings} == {FindingState.OPEN}
    page = li.get(done.headers["Location"]).get_data(as_text=True)
    assert "王家庄村2023年第三季度各项收入应于9月20日前公示，至9月30日未公示，超期10天" in page
    assert "第三季度通报" in li.get("/circular/640221106").get_data(as_text=True)


@one_engine
def test_what_we_foresaw_stands_beside_what_came(november):
    inspection = kept(november, read_received(november.township, TYPED["lines"], ISSUED))
    foreseen = {each.unit: each.foreseen for each in compared(inspection)}
    assert foreseen["王家庄村"].endswith("超期10天")
    assert foreseen["马太沟村"] == "", "nobody counts the telephone on a sheet"


@one_engine
def test_a_notice_of_which_one_line_fails_leaves_nothing(november, monkeypatch):
    lines = read_received(november.township, TYPED["lines"], ISSUED)
    real, calls = received.add_finding, []

    def failing(*args, **kwargs):
        calls.append(args)
        if len(calls) == 3:
            raise Refused("第三条记不下")
        return real(*args, **kwargs)

    monkeypatch.setattr(received, "add_finding", failing)
    with pytest.raises(Refused):
        kept(november, lines)
    assert held() == (0, 0)


@one_engine
def test_a_text_that_says_nothing_is_refused_with_everything_typed_kept(november, sign_in):
    li = sign_in("li")
    answer = li.post(ADDRESS, data={**TYPED, "lines": "无\n1.\n"})
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "没有读到问题：请把通报里点名的问题粘贴进来，一行一个。" in said
    assert "第三季度通报" in said
    assert held() == (0, 0)


@one_engine
def test_only_the_clerk_records_and_an_inspection_of_another_kind_is_no_circular(november, sign_in):
    assert sign_in("chen").post(ADDRESS, data=TYPED).status_code in (403, 404)
    assert held() == (0, 0)
    strange = sign_in("li").get(f"/circulars/{november.township.id}")
    assert strange.status_code == 404

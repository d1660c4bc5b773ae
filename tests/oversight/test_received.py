"""The county's real notice, once it was loaded, held against what we foresaw."""

from datetime import date

import pytest
import time_machine
from cast import build_town

from taole.core.transactions import transaction
from taole.inspections.workflow import Direction, InspectionKind
from taole.oversight.received import compared, list_circulars
from tests.inspections.finding_factory import an_item, an_obligation
from tests.rectification_lists.list_factory import grid, loaded_list

ISSUED = date(2023, 10, 27)
CAME = grid(
    """
    序号 | 存在问题 | 责任单位 | 整改时限
    1 | 2023年第三季度各项收入未公示 | 王家庄村 | 11月10日
    2 | 公示表没有使用统一模板，缺少监督电话 | 马太沟村 | 11月10日
    3 | 镇政府网站栏目更新不及时 | 镇政府 | 11月10日
    """
)
one_engine = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def november(app):
    """陶乐镇 in November; 王家庄村 had not shown what it owed by the end of September."""
    with time_machine.travel("2023-11-01T02:00:00Z", tick=False):
        with transaction():
            town = build_town()
            an_obligation(town.villages[2], an_item(), due_on=date(2023, 9, 20))
            loaded_list(town.township, town.li, CAME, ISSUED)
        yield town


def test_the_clerk_loads_it_and_sees_beside_it_what_the_house_had_foreseen(november, sign_in):
    li = sign_in("li")
    page = li.get("/circular/640221106").get_data(as_text=True)
    assert "/findings/load?township=640221106&amp;kind=circular" in page
    (inspection,) = list_circulars(november.township)
    assert (inspection.kind, inspection.direction) == (InspectionKind.CIRCULAR, Direction.INBOUND)
    page = li.get(f"/circulars/{inspection.id}").get_data(as_text=True)
    assert "王家庄村2023年第三季度各项收入应于9月20日前公示，至9月30日未公示，超期10天" in page


@one_engine
def test_what_we_foresaw_stands_beside_what_came(november):
    (inspection,) = list_circulars(november.township)
    foreseen = {each.unit: each.foreseen for each in compared(inspection)}
    assert foreseen["王家庄村"].endswith("超期10天")
    assert foreseen["马太沟村"] == "", "nobody counts the telephone on a sheet"


@one_engine
def test_an_inspection_of_another_kind_is_no_circular(november, sign_in):
    strange = sign_in("li").get(f"/circulars/{november.township.id}")
    assert strange.status_code == 404

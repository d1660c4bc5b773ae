"""Words that tell of a person: home, health, children, birth, car, name; and words that do not."""

from __future__ import annotations

import pytest

from taole.privacy.findings import Context
from taole.privacy.rules import find, find_in_rows


def found(text: str, context: Context = Context()) -> list[tuple[str, str]]:  # noqa: B008
    return [(hit.kind.value, hit.text) for hit in find(text, context)]


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("张某某家住庙庙湖村3组12号", "庙庙湖村3组12号"),
        ("李某现住阳光小区5号楼2单元301室", "阳光小区5号楼2单元301室"),
        ("家庭住址：平罗县人民路12号", "平罗县人民路12号"),
    ],
)
def test_an_address_to_the_door_is_found(text: str, door: str) -> None:
    assert found(text) == [("home-address", door)]


@pytest.mark.parametrize(
    "text",
    [
        "五堆子村3组",
        "镇政府2号楼301室",
        "地址：陶乐镇人民路12号镇民生服务中心",
        "庙庙湖村3组5号机井维修",
        "重度残疾人护理补贴、大病医疗救助、残疾人两项补贴",
        "补贴对象为残疾等级一级、二级的残疾人",
        "肺癌筛查，高血压患者签约服务128人",
        "留守儿童关爱服务，三年级二班教室维修",
        "留守儿童张某某",
        "会议于2023年9月7日召开，合作社成立于2012年3月5日",
        "宁政发〔2023〕12号",
    ],
)
def test_villages_offices_policies_and_dates_are_let_pass(text: str) -> None:
    assert found(text) == []


def test_illness_beside_a_person_is_found() -> None:
    assert found("王某因肺癌住院") == [("health", "肺癌")]
    assert found("赵某，肢体残疾二级") == [("health", "肢体残疾二级")]


def test_where_the_matter_forbids_health_the_word_is_enough() -> None:
    assert found("因尿毒症救助2000元") == []
    forbidden = Context(forbidden=("健康与残疾细节",))
    assert found("因尿毒症救助2000元", forbidden) == [("health", "尿毒症")]


def test_a_child_is_found_by_role_age_or_class_and_a_grown_one_is_not() -> None:
    assert found("留守儿童王小宝") == [("minor", "王小宝")]
    assert found("王小宝，男，8岁") == [("minor", "王小宝")]
    assert found("李明轩（三年级二班）")[0][0] == "minor"
    assert found("儿子王建国，35岁") == []
    assert found("大学生王建国") == []


def test_names_of_pupils_are_found_in_their_table() -> None:
    hits = find_in_rows(["姓名", "班级"], [["王小宝", "二班"], ["李某某", "二班"]])
    assert [(one.row, one.column, one.hit.kind.value) for one in hits] == [(0, 0, "minor")]


def test_a_birthday_is_found_beside_a_name_and_under_its_column() -> None:
    assert found("吴某，男，1985年3月2日出生") == [("birth-date", "1985年3月2日")]
    assert found("1968-05-12", Context(column="出生日期")) == [("birth-date", "1968-05-12")]
    assert found("2023-09-07", Context(column="发放日期")) == []


def test_a_plate_is_found() -> None:
    assert found("车牌宁B·12345") == [("vehicle-plate", "宁B·12345")]
    assert found("宁AD12345违停") == [("vehicle-plate", "宁AD12345")]


def test_names_are_found_only_where_the_matter_forbids_them() -> None:
    assert found("户主：王建国，刘某某") == []
    assert found("户主：王建国，刘某某", Context(names_forbidden=True)) == [("name", "王建国")]
    columns = {"户主": Context(names_forbidden=True)}
    hits = find_in_rows(["户主", "金额"], [["王建国", "500"], ["马某", "300"]], columns)
    assert [(one.row, one.hit.masked) for one in hits] == [(0, "王**")]

"""Units and people from a file: all of it, or nothing; every fault with file and row."""

import io
import json
from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from taole.access.permissions import Role
from taole.core.database import db
from taole.core.errors import Refused
from taole.organisation.actions import SYSTEM, sign_in
from taole.organisation.commands import COMMANDS
from taole.organisation.loading import load_organisation
from taole.organisation.queries import find_unit, find_user
from taole.organisation.reading import read_organisation
from taole.organisation.rules import UnitKind

YAML = """
units:
  - {code: "640221106201", name: 东园村, kind: village, parent: "640221106", opened: 2022-01-01}
  - {code: "640221106", name: 陶乐镇, kind: 乡镇, parent: "640221"}
  - {code: "640221", name: 平罗县, kind: county}
people:
  - {account: chen, name: 陈某, role: secretary, unit: "640221106201", from: 2022-01-01}
  - {account: li, name: 李某, role: 综合办公室, unit: "640221106", from: 2022-01-01}
  - {account: li, name: 李某, role: reviewer, unit: "640221106", from: 2022年3月1日}
"""


def load(text, filename="单位.yaml"):
    content = text.encode() if isinstance(text, str) else text
    return load_organisation(read_organisation(content, filename), by=SYSTEM)


def a_workbook(units, people):
    book = Workbook()
    for sheet, rows in ((book.active, units), (book.create_sheet("人"), people)):
        for row in rows:
            sheet.append(row)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def test_a_yaml_file_founds_units_and_gives_roles_whatever_their_order(app):
    loaded = load(YAML)
    assert (loaded.units, loaded.people, loaded.roles) == (3, 2, 3)
    village = find_unit("640221106201")
    assert village.path == "640221/640221106/640221106201/"
    assert village.opened_on == date(2022, 1, 1)
    assert find_unit("640221106").kind is UnitKind.TOWNSHIP
    assert [held.role for held in find_user("li").memberships] == [Role.CLERK, Role.REVIEWER]


def test_the_first_password_opens_the_account_and_must_be_changed(app):
    from taole.core.clock import now

    account = load(YAML).accounts[0]
    assert (account.account, account.name) == ("chen", "陈某")
    assert sign_in("chen", account.password, at=now()).must_change_password


def test_loading_the_same_file_again_adds_nothing(app):
    load(YAML)
    again = load(YAML)
    assert (again.units, again.people, again.roles, again.known) == (0, 0, 0, 6)


def test_a_workbook_with_two_sheets_says_the_same(app):
    content = a_workbook(
        [
            ["单位名册"],
            ["名称", "编码", "类型", "上级编码", "设立日期"],
            ["陶乐镇", 640221106, "乡镇", None, None],
            ["东园村", "640221106201", "行政村", 640221106, date(2022, 1, 1)],
        ],
        [
            ["账号", "姓名", "岗位", "单位编码", "起", "止"],
            ["chen", "陈某", "村务公开专干", "640221106201", date(2022, 1, 1), None],
        ],
    )
    loaded = load(content, "名册.xlsx")
    assert (loaded.units, loaded.roles) == (2, 1)
    assert find_unit("640221106201").opened_on == date(2022, 1, 1)


def test_every_fault_names_file_and_row(app):
    content = a_workbook(
        [
            ["编码", "名称", "类型", "上级编码", "设立日期"],
            ["640221106", "陶乐镇", "乡镇", None, None],
            ["64022110", "短码村", "行政村", "640221106", None],
            ["640221106202", "施家台子村", "行政村", "640221999", None],
            ["640221106203", "王家庄村", "庄子", "640221106", None],
            ["640221106204", None, "行政村", "640221106", None],
            ["640221106205", "庙庙湖村", "行政村", "640221106", "去年"],
        ],
        [
            ["账号", "姓名", "岗位", "单位编码", "起"],
            ["chen", "陈某", "专家", "640221106", "2022-01-01"],
            ["liu", "刘某", "村务公开专干", "640221106299", "2022-01-01"],
            ["wang", "王某", "村务公开专干", "640221106", None],
        ],
    )
    with pytest.raises(Refused) as refusal:
        load(content, "名册.xlsx")
    said = [str(each) for each in refusal.value.sentences]
    assert len(said) == 8
    assert all("文件“名册.xlsx/" in each for each in said)
    for row, about in ((3, "区划代码"), (4, "640221999"), (5, "庄子"), (6, "名称"), (7, "去年")):
        assert any(f"Sheet”第{row}行" in each and about in each for each in said), (row, said)
    for row, about in ((2, "专家"), (3, "640221106299"), (4, "起")):
        assert any(f"人”第{row}行" in each and about in each for each in said), (row, said)


def test_a_unit_or_account_that_says_something_else_is_a_fault(app):
    load(YAML)
    with pytest.raises(Refused, match="已有“东园村”"):
        load(YAML.replace("东园村", "西园村"))
    with pytest.raises(Refused, match="账号“chen”是陈某的"):
        load(YAML.replace("陈某", "刘某"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("units: [", "第1行附近"),
        ("- 1", "应只有 units 和 people"),
        ("unitz: []", "应只有 units 和 people"),
        ("units: 3", "应是一个列表"),
        ("units: [1]", "应是一个列表"),
        ("units: &a []\npeople: *a", "第2行附近"),
        ("units:\n  - {code: 1, nam: x}", "第2行：不认识“nam”"),
        ("units: []", "没有单位，也没有人员"),
        ("units: " + "[" * 5000, "YAML"),
        ("# " + "x" * 5_300_000, "超过 5 MB"),
    ],
)
def test_what_is_no_such_file_is_one_sentence(app, text, said):
    with pytest.raises(Refused, match="文件") as refusal:
        load(text)
    assert said in str(refusal.value)
    assert len(refusal.value.sentences) == 1


def test_a_unit_that_is_its_own_parent_is_refused_not_walked_for_ever(app):
    loop = """
units:
  - {code: "640221106", name: 甲, kind: township, parent: "640221"}
  - {code: "640221", name: 乙, kind: county, parent: "640221106"}
"""
    with pytest.raises(Refused, match="没有这个单位"):
        load(loop)


@pytest.fixture
def run(app, tmp_path):
    def command(text, *words):
        db.session.rollback()
        file = tmp_path / "单位.yaml"
        file.write_text(text, "utf-8")
        return CliRunner().invoke(COMMANDS[0], [str(file), *words], obj=lambda: app)

    return command


def test_the_command_prints_first_passwords_once(run):
    said = json.loads(run(YAML, "--json").stdout)
    assert said["loaded"]
    assert (said["units"], said["people"], said["roles"], said["faults"]) == (3, 2, 3, [])
    assert {each["account"] for each in said["accounts"]} == {"chen", "li"}
    again = json.loads(run(YAML, "--json").stdout)
    assert again["accounts"] == []


def test_the_command_tells_people_what_it_did(run):
    said = run(YAML)
    assert said.exit_code == 0
    assert "新单位 3 个，新岗位 3 个" in said.stdout
    assert "chen  陈某" in said.stdout


def test_a_dry_run_founds_nothing_and_gives_no_passwords(run):
    said = json.loads(run(YAML, "--dry-run", "--json").stdout)
    assert (said["loaded"], said["units"], said["accounts"]) == (False, 3, [])
    db.session.rollback()
    assert find_unit("640221") is None


def test_a_file_with_one_bad_row_leaves_nothing(run):
    bad = YAML.replace("role: secretary", "role: king")
    said = run(bad, "--json")
    assert said.exit_code == 1
    assert "第7行" in json.loads(said.stdout)["faults"][0]
    spoken = run(bad)
    assert (spoken.exit_code, spoken.stdout) == (1, "")
    assert "king" in spoken.stderr
    db.session.rollback()
    assert find_unit("640221") is None


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (
            '{account: b, name: 张某, role: secretary, unit: "640221106", from: 2022-01-01}',
            "不能设在",
        ),
        (
            '{account: b, name: 张某, role: clerk, unit: "640221106201", from: 2022-01-01}',
            "不能设在",
        ),
        ('{account: 陈, name: 张某, role: clerk, unit: "640221106", from: 2022-01-01}', "只用字母"),
        (
            '{account: b c, name: 张某, role: clerk, unit: "640221106", from: 2022-01-01}',
            "只用字母",
        ),
        (
            '{account: b, name: 张某, role: clerk, unit: "640221106", from: 2022-02-30}',
            "2022-02-30",
        ),
    ],
)
def test_a_person_who_does_not_fit_is_told_with_the_row(app, person, said):
    with pytest.raises(Refused) as refusal:
        load(f"{YAML}  - {person}\n")
    (fault,) = refusal.value.sentences
    assert "第10行" in str(fault)
    assert said in str(fault)

"""``taole catalogue load``, ``list`` and ``diff``."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import taole.catalogue
from taole.catalogue.commands import COMMANDS
from taole.catalogue.queries import find_adopted, list_editions
from taole.core.clock import today
from taole.core.database import db
from taole.core.transactions import transaction
from taole.organisation.actions import SYSTEM, found_unit
from taole.organisation.rules import UnitKind

DATA = Path(taole.catalogue.__file__).parent / "data"
PROPOSED = DATA / "catalogue-proposed.yaml"


@pytest.fixture
def run(app):
    group = click.Group("catalogue", commands={each.name: each for each in COMMANDS})

    def command(*words):
        db.session.rollback()
        return CliRunner().invoke(group, [str(word) for word in words], obj=lambda: app)

    return command


def test_loading_on_an_instance_of_one_township_adopts_it(run, app):
    with transaction():
        found_unit(kind=UnitKind.TOWNSHIP, code="640221106", name="陶乐镇", parent=None, by=SYSTEM)
    done = run("load", PROPOSED, "--from", "2022-01-01", "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["loaded"], said["items"]) == (0, True, 70)
    assert said["faults"] == said["questions"] == []
    listed = json.loads(run("list", "--json").stdout)
    assert listed[0]["id"] == said["edition"]["id"]
    assert listed[0]["adopted_by"] == [
        {"township": "640221106", "name": "陶乐镇", "from": "2022-01-01", "until": None}
    ]
    assert "建议稿" in run("list").stdout


def test_among_several_townships_only_the_named_one_adopts(run, town):
    run("load", PROPOSED)
    assert find_adopted(town.township.id, today()) is None
    done = run("load", PROPOSED, "--adopt", "640221106")
    assert "陶乐镇从" in done.stdout
    assert find_adopted(town.township.id, today()) is not None
    assert find_adopted(town.neighbour.id, today()) is None
    assert run("load", PROPOSED, "--adopt", "640221106201").exit_code == 2
    assert run("load", PROPOSED, "--adopt", "640221106", "--no-adopt").exit_code == 2


def test_a_dry_run_loads_nothing(run, town):
    done = run("load", PROPOSED, "--dry-run")
    assert done.exit_code == 0
    assert "没有载入，只是检查" in done.stdout
    assert list_editions() == []


def test_a_workbook_with_a_question_is_not_loaded_and_says_row_and_item(run, town, tmp_path):
    file = tmp_path / "目录.csv"
    file.write_text("编码,一级事项,公开事项,公开时限\nX-1,财务管理,收支,及时公开\n", "utf-8")
    done = run("load", file, "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["loaded"]) == (1, False)
    question = said["questions"][0]
    assert (question["file"], question["row"], question["item"]) == ("目录.csv", 2, "收支")
    assert "及时公开" in question["message"]
    spoken = run("load", file)
    assert spoken.exit_code == 1
    assert "第2行" in spoken.stderr
    assert list_editions() == []


def test_a_loop_of_aliases_is_a_fatal_fault(run, town, tmp_path):
    file = tmp_path / "loop.yaml"
    text = PROPOSED.read_text("utf-8")
    file.write_text(
        text.replace("    - 自治管理\n", "    - 自治管理\n    自治管理:\n    - 组织机构建设\n"),
        "utf-8",
    )
    said = json.loads(run("load", file, "--json").stdout)
    assert not said["loaded"]
    assert any(fault["fatal"] and "圈" in fault["message"] for fault in said["faults"])


def test_a_file_that_is_no_catalogue_is_one_sentence(run, town, tmp_path):
    file = tmp_path / "目录.xlsx"
    file.write_bytes(b"%PDF-1.4")
    done = run("load", file, "--json")
    assert done.exit_code == 1
    assert len(json.loads(done.stdout)["faults"]) == 1
    spoken = run("load", file)
    assert (spoken.exit_code, spoken.stdout) == (1, "")
    assert "目录.xlsx" in spoken.stderr
    assert run("load", tmp_path / "gone.yaml").exit_code == 2


def test_two_files_or_an_edition_and_a_file_are_compared(run, town, tmp_path):
    file = tmp_path / "new.yaml"
    text = PROPOSED.read_text("utf-8").replace("- code: CW-13\n", "- code: CW-99\n")
    file.write_text(text.replace("农村最低生活保障对象初审公示", "低保初审公示"), "utf-8")
    said = json.loads(run("diff", PROPOSED, file, "--json").stdout)
    assert [each["code"] for each in said["added"]] == ["CW-99"]
    assert [each["code"] for each in said["retired"]] == ["CW-13"]
    assert said["changed"][0]["fields"][0]["after"] == "低保初审公示"
    loaded = json.loads(run("load", PROPOSED, "--json").stdout)["edition"]
    assert "没有差别" in run("diff", loaded["id"], PROPOSED).stdout
    by_name = run("diff", loaded["name"], file).stdout
    assert "+ CW-99" in by_name
    assert "公开事项：农村最低生活保障对象初审公示 → 低保初审公示" in by_name
    assert run("diff", "没有", file).exit_code == 2


def test_an_empty_instance_lists_nothing_and_says_how_to_load(run):
    assert "还没有载入目录" in run("list").stdout

"""``taole report make``: files, JSON, and what is said when it cannot be."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner, Result

from taole.annual_report.actions import write_passages
from taole.annual_report.commands import make
from taole.annual_report.official_format import FORMAT
from taole.core.database import db
from taole.core.figures import REGISTRY
from taole.core.transactions import transaction
from taole.organisation.actions import SYSTEM
from taole.registers.models import Training
from taole.registers.rules import TrainingRole

UNIT = ("--unit", "640221106")
FILE = "平罗县陶乐镇2023年政府信息公开工作年度报告"


@pytest.fixture
def run(app: Any) -> Callable[..., Result]:
    def typed(*arguments: str) -> Result:
        return CliRunner().invoke(make, list(arguments), obj=lambda: app)

    return typed


def test_json_gives_every_number_with_its_unit_and_records(town, run):
    with transaction():
        training = Training(
            township_id=town.township.id,
            role=TrainingRole.HELD,
            held_on=date(2023, 6, 1),
            topic="村务公开培训",
        )
        db.session.add(training)
    answer = run("2023", *UNIT, "--json")
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert list(told) == list(FORMAT.figures)
    assert told["P1-training-host"] == {"value": 1, "unit": "次", "records": [str(training.id)]}
    assert told["H1"] == {"value": 2023, "unit": "年", "records": []}
    assert told["H4"]["value"] == "2023-12-31"
    assert told["T2-fee"] == {"value": 0, "unit": "万元", "records": []}


def test_an_incomplete_year_is_written_and_its_faults_are_told(town, run, tmp_path):
    answer = run("2023", *UNIT, "--out", str(tmp_path / "reports"))
    assert answer.exit_code == 1
    assert sorted(file.name for file in (tmp_path / "reports").iterdir()) == [
        f"{FILE}.docx",
        f"{FILE}.html",
    ]
    assert f"{FILE}.docx" in answer.stdout
    assert "P5-EMPTY [error]" in answer.stderr
    assert "P5-EMPTY" not in answer.stdout


def test_a_report_with_remarks_only_ends_well(town, run, tmp_path, monkeypatch):
    monkeypatch.setattr("taole.annual_report.commands.has_errors", lambda _checks: False)
    answer = run("2023", *UNIT, "--out", str(tmp_path), "--format", "html")
    assert answer.exit_code == 0
    assert [file.name for file in tmp_path.iterdir()] == [f"{FILE}.html"]


def test_the_only_township_need_not_be_named(app, run):
    from taole.organisation.actions import found_unit
    from taole.organisation.rules import UnitKind

    with transaction():
        found_unit(kind=UnitKind.TOWNSHIP, code="640221106", name="陶乐镇", parent=None, by=SYSTEM)
    answer = run("2023", "--json")
    assert answer.exit_code == 0, answer.output


def test_of_two_townships_one_must_be_named(town, run):
    answer = run("2023", "--json")
    assert answer.exit_code == 1
    assert "--unit" in answer.stderr
    assert answer.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2007", *UNIT, "--json"), "没有2007年的年度报告"),
        (("2024", *UNIT, "--json"), "2008年到2023年之间"),
        (("2023", "--unit", "640221106201", "--json"), "不是乡镇"),
        (("2023", "--unit", "1", "--json"), "编码1不是乡镇"),
    ],
)
def test_what_cannot_be_reported_is_refused_in_one_sentence(town, run, arguments, said):
    with time_machine.travel("2023-12-31 12:00 +0800", tick=False):
        answer = run(*arguments)
    assert answer.exit_code == 1
    assert said in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("2023", *UNIT),
        ("2023", *UNIT, "--out", "here", "--format", "pdf"),
        ("lastyear", *UNIT, "--json"),
    ],
)
def test_wrong_use_ends_with_two(town, run, arguments):
    assert run(*arguments).exit_code == 2


def test_a_folder_that_is_a_file_is_refused(town, run, tmp_path):
    (tmp_path / "taken").write_text("")
    answer = run("2023", *UNIT, "--out", str(tmp_path / "taken" / "inside"))
    assert answer.exit_code == 1
    assert "请换一个文件夹" in answer.stderr


def test_the_json_writes_nothing(town, run):
    with transaction():
        write_passages(town.township, 2023, [("慢。", "快些。")], by=town.li)
    before = run("2023", *UNIT, "--json").stdout
    assert run("2023", *UNIT, "--json").stdout == before
    assert REGISTRY["P5-problems"].unit == "条"

"""``taole notices import``: exit status, JSON, and what is said on the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from taole.core.database import db
from taole.imports.commands import COMMANDS
from tests.imports.ledger_factory import as_csv, counts, line

pytestmark = pytest.mark.usefixtures("items")
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    group = click.Group("notices", commands={str(each.name): each for each in COMMANDS})

    def command(*words: Any) -> Result:
        db.session.rollback()
        return CliRunner().invoke(group, ["import", *map(str, words)], obj=lambda: app)

    return command


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "台账.csv"
    file.write_bytes(as_csv([line(), line(村="王家庄村")]))
    return file


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    file = tmp_path / "台账.csv"
    file.write_bytes(as_csv([line(), line(村="东圆村"), line(公示起="", 标题="甲")]))
    return file


def test_a_good_ledger_is_saved_and_counted(town: Any, run: Run, good: Path) -> None:
    done = run(good, "--unit", "640221106", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {"rows": 2, "created": 2, "errors": []}
    assert counts()[:2] == (2, 4)


def test_a_dry_run_says_the_same_and_saves_nothing(town: Any, run: Run, good: Path) -> None:
    before = counts()
    done = run(good, "--dry-run", "--json")
    assert (done.exit_code, json.loads(done.stdout)["created"]) == (0, 2)
    assert counts() == before
    assert "这次没有存" in run(good, "--dry-run").stdout


def test_errors_are_listed_and_nothing_is_saved(town: Any, run: Run, faulty: Path) -> None:
    before = counts()
    done = run(faulty, "--json")
    said = json.loads(done.stdout)
    assert done.exit_code == 1
    assert (said["rows"], said["created"]) == (3, 0)
    assert [(each["row"], each["column"]) for each in said["errors"]] == [(3, "村"), (4, "公示起")]
    assert "东园村" in said["errors"][0]["message"]
    assert counts() == before


def test_on_the_terminal_each_error_is_a_line(town: Any, run: Run, faulty: Path) -> None:
    done = run(faulty)
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    assert any(each.startswith("第3行“村”：") for each in lines)
    assert any(each.startswith("第4行“公示起”：") for each in lines)
    assert "一行也没有导入" in lines[-1]


def test_a_village_outside_the_named_unit_is_an_error(town: Any, run: Run, good: Path) -> None:
    done = run(good, "--unit", "640221106201", "--json")
    assert [each["row"] for each in json.loads(done.stdout)["errors"]] == [3]


def test_a_file_that_is_no_ledger_is_one_error_without_a_row(
    town: Any, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(b"not a workbook \x00\x01")
    done = run(file, "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["rows"], len(said["errors"])) == (1, 0, 1)
    assert said["errors"][0]["row"] is None
    spoken = run(file)
    assert spoken.exit_code == 1
    assert "台账.xlsx" in spoken.stderr


def test_wrong_use_is_status_2_and_help_explains_the_columns(
    town: Any, run: Run, good: Path
) -> None:
    assert run(good, "--unit", "999").exit_code == 2
    assert run("没有这个文件.csv").exit_code == 2
    helped = run("--help")
    assert helped.exit_code == 0
    assert "目录编码" in helped.stdout

"""Every command: its help, its exit status, what it prints for a program, how it says no."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
import openpyxl
import pytest
from cast import run_taole
from click.testing import CliRunner
from docx import Document

import taole.app.cli
from taole.obligations.completeness_queries import Grouping
from taole.schedule.timetable import TIMETABLE
from tests.imports.ledger_factory import as_csv, as_xlsx, line

TOWNSHIP, VILLAGE = "640221106", "640221106201"
CATALOGUE = Path(taole.app.cli.__file__).parents[1] / "catalogue/data/catalogue-proposed.yaml"
COUNTS = {
    *("due", "answered", "on_time", "late", "missing", "excused", "nothing"),
    *("completeness", "timeliness"),
}
YEAR = ("--from", "2023-01-01", "--to", "2023-12-31", "--on", "2024-01-31")


def _commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name), command


ALL = dict(_commands(taole.app.cli.main))


def test_an_operator_finds_these_commands_and_no_others():
    assert {" ".join(path) for path in ALL} == {
        *("demo", "serve", "doctor", "completeness", "checklist", "database upgrade"),
        *("catalogue load", "catalogue list", "catalogue diff", "organisation load"),
        *("obligations open", "notices import", "report make", "workdays add"),
        *("schedule run", "schedule once", "schedule list", "schedule confirm-clock"),
        *("privacy scan", "privacy mask"),
    }


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_explains_itself_when_asked_for_help(path):
    done = CliRunner().invoke(taole.app.cli.main, [*path, "--help"])
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Usage: main {' '.join(path)}")
    assert ALL[path].help
    for parameter in ALL[path].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{' '.join(path)} {parameter.opts[0]} says nothing"


@pytest.mark.parametrize("grouping", [each.value for each in Grouping])
def test_a_program_reads_completeness_by_every_grouping(run, grouping):
    done = run("completeness", "--unit", TOWNSHIP, *YEAR, "--by", grouping, "--json")
    told = json.loads(done.stdout)
    assert list(told) == ["unit", "from", "to", "on", "rows", "total"]
    assert told["unit"] == TOWNSHIP
    assert (told["from"], told["to"], told["on"]) == ("2023-01-01", "2023-12-31", "2024-01-31")
    for row in told["rows"]:
        assert set(row) == {"key", "label", *COUNTS}
    assert set(told["total"]) == COUNTS
    for name in ("due", "answered", "on_time", "late", "missing"):
        assert sum(row[name] for row in told["rows"]) == told["total"][name]
    for counts in [*told["rows"], told["total"]]:
        assert counts["due"] == counts["answered"] + counts["missing"]
        assert counts["answered"] == counts["on_time"] + counts["late"]
        assert counts["completeness"] is None or 0 <= counts["completeness"] <= 1


def test_nothing_due_is_no_rate(run):
    done = run(
        *("completeness", "--unit", TOWNSHIP, "--from", "2000-01-01", "--to", "2000-12-31"),
        "--json",
    )
    total = json.loads(done.stdout)["total"]
    assert total["due"] == 0
    assert total["completeness"] is None
    assert total["timeliness"] is None


def test_a_dry_run_of_a_ledger_for_a_program(run, scene, tmp_path):
    file = tmp_path / "台账.xlsx"
    file.write_bytes(as_xlsx([line(公开事项="", 标题="补登一"), line(公开事项="", 标题="补登二")]))
    before = scene.version
    done = run("notices", "import", file, "--dry-run", "--json")
    assert json.loads(done.stdout) == {"rows": 2, "created": 2, "errors": []}
    faulty = file.with_suffix(".csv")
    faulty.write_bytes(as_csv([line(公开事项="", 标题="补登一"), line(村="东圆村", 公开事项="")]))
    done = run("notices", "import", faulty, "--json", status=1)
    told = json.loads(done.stdout)
    assert (told["rows"], told["created"]) == (2, 0)
    assert [set(error) for error in told["errors"]] == [{"row", "column", "message"}]
    assert (told["errors"][0]["row"], told["errors"][0]["column"]) == (3, "村")
    assert scene.version == before


def test_a_program_reads_the_figures_of_the_report(run):
    told = json.loads(run("report", "make", 2023, "--json").stdout)
    assert len(told) == 77
    assert all(list(one) == ["value", "unit", "records"] for one in told.values())
    named = json.loads(run("report", "make", 2023, "--unit", TOWNSHIP, "--json").stdout)
    assert named == told


def test_the_report_is_written_as_a_word_file_and_a_page(run, tmp_path):
    done = run("report", "make", 2023, "--out", tmp_path / "甲" / "乙", "--format", "docx,html")
    files = [Path(written) for written in done.stdout.split()]
    assert [file.suffix for file in files] == [".docx", ".html"]
    assert all(file.is_file() and file.parent == tmp_path / "甲" / "乙" for file in files)


def test_working_days_are_counted_forwards_and_backwards(run):
    assert run("workdays", "add", "2023-09-28", 1).stdout == "2023-10-07\n"
    assert run("workdays", "add", "2023-10-07", "-1").stdout == "2023-09-28\n"
    assert json.loads(run("workdays", "add", "2023-09-28", 10, "--json").stdout) == {
        "date": "2023-09-28",
        "days": 10,
        "result": "2023-10-18",
    }


def test_a_dry_run_of_a_catalogue_for_a_program(run, scene):
    before = scene.version
    told = json.loads(run("catalogue", "load", CATALOGUE, "--dry-run", "--json").stdout)
    assert set(told) == {"edition", "items", "faults", "questions", "loaded", "effects"}
    assert told["items"] == 70
    assert told["loaded"] is False
    assert scene.version == before


def test_catalogues_are_listed_and_two_of_them_compared(run):
    listed = json.loads(run("catalogue", "list", "--json").stdout)
    assert {each["kind"] for each in listed} == {"village", "website"}
    village = next(each for each in listed if each["kind"] == "village")
    assert village["items"] == 70
    assert village["adopted_by"][0]["township"] == TOWNSHIP
    told = json.loads(run("catalogue", "diff", village["id"], CATALOGUE, "--json").stdout)
    assert told == {"added": [], "retired": [], "changed": []}


def test_opening_obligations_twice_for_a_program(run, scene):
    through = "2027-03-31"
    words = ("obligations", "open", "--through", through, "--json")
    first = json.loads(run(*words).stdout)
    assert set(first) == {"through", "townships", "created", "warnings"}
    assert (first["through"], first["townships"]) == (through, 1)
    before = scene.version
    assert json.loads(run(*words).stdout)["created"] == 0
    assert scene.version == before


def test_every_job_runs_when_it_is_asked_for_and_is_then_listed(run):
    for job in TIMETABLE:
        run("schedule", "once", job.name)
    listed = json.loads(run("schedule", "list", "--json").stdout)
    assert [row["name"] for row in listed] == [job.name for job in TIMETABLE]
    for row in listed:
        assert set(row) == {"name", "label", "next", "last", "took", "result", "error"}
        assert row["last"] is not None
        assert row["error"] is None
    assert len(run("schedule", "list").stdout.splitlines()) == len(TIMETABLE)


def test_the_doctor_finds_the_demonstration_well(run):
    signs = json.loads(run("doctor", "--json").stdout)
    assert all(set(sign) == {"name", "level", "said"} for sign in signs)
    assert {sign["level"] for sign in signs} <= {"ok", "warning"}
    assert "操作记录" in {sign["name"] for sign in signs}


def test_the_checklist_is_written_for_word_and_for_excel(run, tmp_path):
    for ending in ("docx", "xlsx"):
        file = tmp_path / f"清单.{ending}"
        done = run(
            *("checklist", "--unit", TOWNSHIP, "--on", "2023-11-01", "--out", file, "--json")
        )
        told = json.loads(done.stdout)
        assert set(told) == {"unit", "on", "rows", "out"}
        assert told["rows"] > 0
        content = BytesIO(file.read_bytes())
        if ending == "docx":
            assert len(Document(content).tables[0].rows) == told["rows"] + 1
        else:
            assert openpyxl.load_workbook(content).active.max_row > told["rows"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["清单.docx", "清单.xlsx"]


def test_an_organisation_is_checked_and_loaded(run, scene, tmp_path):
    file = tmp_path / "单位.yaml"
    file.write_text(
        "units:\n  - {code: '640221106206', name: 沙湖村, kind: village, parent: '640221106'}\n"
    )
    before = scene.version
    told = json.loads(run("organisation", "load", file, "--dry-run", "--json").stdout)
    assert (told["units"], told["loaded"], told["faults"]) == (1, False, [])
    assert scene.version == before


def test_a_real_process_ends_with_the_status_and_without_a_traceback(demo_instance, tmp_path):
    """What the tests above see inside one process, seen from outside."""
    added = run_taole("workdays", "add", "2023-09-28", 1, "--json", instance=demo_instance)
    assert json.loads(added.stdout)["result"] == "2023-10-07"
    refused = run_taole(
        "completeness", "--unit", "640221999", *YEAR, instance=demo_instance, status=1
    )
    assert refused.stderr == "没有编码为 640221999 的单位，请核对。\n"
    assert refused.stdout == ""
    wrong = run_taole("completeness", instance=demo_instance, status=2)
    assert "Traceback" not in wrong.stderr

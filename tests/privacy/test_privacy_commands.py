"""``taole privacy``: what an operator types, and what a program reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from taole.app.cli import main
from tests.privacy import file_factory as make

NUMBER = make.identity(7)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["privacy", *map(str, arguments)])


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(make.workbook([["姓名", "证件号"], ["张某某", NUMBER]]))
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "公示.txt"
    path.write_text("东园村2023年第三季度公示", encoding="utf-8")
    return path


def test_scan_tells_a_program_where_without_the_value(listed: Path, sound: Path) -> None:
    done = run("scan", listed, sound, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == [
        {
            "file": str(listed),
            "where": "工作表“名单”B2",
            "kind": "identity-number",
            "masked": "640221********0078",
            "confidence": 0.99,
            "suggestion": "公示不需要身份证号：遮盖出生日期各位，或删去这一列。",
        }
    ]
    assert NUMBER not in done.output


def test_scan_tells_a_person_in_a_line(listed: Path) -> None:
    done = run("scan", listed)
    assert done.exit_code == 1
    assert "名单.xlsx：工作表“名单”B2：身份证号 640221********0078" in done.stdout


def test_scan_of_sound_files_ends_well(sound: Path) -> None:
    done = run("scan", sound, "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_scanned(
    listed: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(listed.read_bytes()[:1000])
    done = run("scan", tmp_path / "没有.docx", broken, tmp_path, listed, "--json")
    assert done.exit_code == 1
    assert len(json.loads(done.stdout)) == 1
    assert "没有.docx" in done.stderr
    assert "“坏.xlsx”已损坏" in done.stderr
    assert "Traceback" not in done.output


def test_a_number_in_a_file_name_is_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / f"{NUMBER}的申请.txt"
    path.write_text("东园村", encoding="utf-8")
    for done in (run("scan", path, "--json"), run("scan", path), run("scan", f"{path}x")):
        assert done.exit_code == 1
        assert NUMBER not in done.output


def test_wrong_use_ends_with_two(listed: Path, tmp_path: Path) -> None:
    assert run("scan").exit_code == 2
    assert run("mask", listed).exit_code == 2
    assert run("mask", listed, tmp_path / "名单.pdf").exit_code == 2
    assert run("mask", listed, listed).exit_code == 2
    assert NUMBER in make.everything_in(listed.read_bytes())


def test_mask_writes_a_clean_file_and_leaves_the_original(listed: Path, tmp_path: Path) -> None:
    before = listed.read_bytes()
    target = tmp_path / "公示用.xlsx"
    assert run("mask", listed, target).exit_code == 0
    assert listed.read_bytes() == before
    assert run("scan", target).exit_code == 0


def test_an_old_workbook_is_masked_into_a_new_one(tmp_path: Path) -> None:
    source = tmp_path / "名单.xls"
    source.write_bytes(make.old_workbook([["证件号"], [NUMBER]]))
    assert run("mask", source, tmp_path / "新.xls").exit_code == 2
    assert run("mask", source, tmp_path / "新.xlsx").exit_code == 0
    assert run("scan", tmp_path / "新.xlsx").exit_code == 0


def test_what_cannot_be_masked_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    source = tmp_path / "名单.xlsx"
    source.write_bytes(make.workbook([["x"]])[:1000])
    done = run("mask", source, tmp_path / "新.xlsx")
    assert done.exit_code == 1
    assert "已损坏" in done.stderr
    assert not (tmp_path / "新.xlsx").exists()


def test_many_files_show_how_far_it_is(sound: Path) -> None:
    done = run("scan", *[sound] * 4)
    assert "[4/4]" in done.stderr
    assert "[4/4]" not in done.stdout

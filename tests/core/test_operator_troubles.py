"""What an operator is told when the surroundings are wrong: one sentence, never a traceback."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from cast import run_taole

from taole.settings import SettingFault, Settings


def told(*arguments: object, instance: Path, status: int = 1, url: str = "") -> str:
    said = run_taole(*arguments, instance=instance, status=status, url=url).stderr
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("TAOLE_PORT", "abc"),
        ("TAOLE_PORT", "70000"),
        ("TAOLE_SESSION_HOURS", "-1"),
        ("TAOLE_UPLOAD_MEGABYTES", "0"),
        ("TAOLE_DATABASE_URL", "mysql://a/b"),
        ("TAOLE_DATABASE_URL", "陶乐"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path, name, written):
    with pytest.raises(SettingFault, match=name):
        Settings.from_environment({"TAOLE_INSTANCE": str(tmp_path), name: written})


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path):
    said = told(
        "doctor", instance=tmp_path / "one", url="postgresql://clerk:verysecret@127.0.0.1:1/taole"
    )
    assert "TAOLE_DATABASE_URL" in said
    assert "verysecret" not in said


def test_a_file_in_the_place_of_the_instance_or_the_database_is_said(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"not a database" * 500)
    assert str(file) in told("doctor", instance=file)
    (tmp_path / "two").mkdir()
    file.rename(tmp_path / "two" / "taole.sqlite3")
    assert "数据库不能用" in told("doctor", instance=tmp_path / "two")


def test_a_paper_that_cannot_be_written_is_said(demo_instance):
    said = told(
        "checklist", "--unit", "640221106", "--out", "/proc/list.docx", instance=demo_instance
    )
    assert "不能读写" in said


def test_a_second_server_on_a_port_says_so_and_a_stopped_one_ends_cleanly(tmp_path):
    port = _free_port()
    command = [sys.executable, "-m", "taole", "serve", "--port", str(port)]
    environment = {**os.environ, "TAOLE_INSTANCE": str(tmp_path), "TAOLE_DATABASE_URL": ""}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/sign-in")
            second = subprocess.run(command, env=environment, capture_output=True, text=True)
            assert second.returncode == 1
            assert f"127.0.0.1:{port}" in second.stderr
            assert second.stdout == ""
        finally:
            server.send_signal(signal.SIGTERM)
        _, said = server.communicate(timeout=20)
    assert (server.returncode, said) == (0, "")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(address)


def test_a_database_of_a_later_version_is_left_alone(tmp_path):
    run_taole("doctor", instance=tmp_path)
    with closing(sqlite3.connect(tmp_path / "taole.sqlite3")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    for command in (["doctor"], ["database", "upgrade"]):
        assert "9999" in told(*command, instance=tmp_path)

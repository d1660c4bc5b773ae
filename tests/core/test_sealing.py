"""What is sealed can be read with the instance's key only."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from taole.core.errors import Refused
from taole.core.sealing import fingerprint_key, seal, unseal
from taole.settings import SettingFault, Settings


@pytest.fixture
def house(tmp_path: Path) -> Flask:
    return _house(TAOLE_INSTANCE=str(tmp_path))


def _house(**environment: str) -> Flask:
    app = Flask("sealing")
    app.config["SETTINGS"] = Settings.from_environment(environment)
    return app


def test_what_was_sealed_comes_back_and_the_token_does_not_tell_it(house):
    with house.app_context():
        token = seal("张某某 身份证号")
        assert unseal(token) == "张某某 身份证号"
        assert "张某某" not in token
        assert seal("张某某 身份证号") != token, "the same value is not recognised in a dump"


def test_the_key_is_made_once_and_readable_by_its_owner_only(house, tmp_path):
    file = tmp_path / "data_key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with house.app_context():
        token = seal("户主")
    with _house(TAOLE_INSTANCE=str(tmp_path)).app_context():
        assert unseal(token) == "户主"
    assert not list(tmp_path.glob(".data_key-*")), "no draft of the key is left"


def test_two_processes_that_start_at_once_have_one_key(tmp_path):
    def start(_number: int) -> str:
        return Settings.from_environment({"TAOLE_INSTANCE": str(tmp_path)}).data_key

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(start, range(24)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 32


def test_another_key_opens_nothing_and_says_which_file_is_missing(house, tmp_path):
    with house.app_context():
        token = seal("户主")
    (tmp_path / "data_key").unlink()
    with (
        _house(TAOLE_INSTANCE=str(tmp_path)).app_context(),
        pytest.raises(Refused, match="data_key"),
    ):
        unseal(token)


def test_a_changed_token_is_refused(house):
    with house.app_context(), pytest.raises(Refused):
        unseal(seal("户主")[:-8] + "AAAAAAA=")


def test_the_operator_may_give_the_key_and_a_short_one_is_refused(tmp_path):
    given = {"TAOLE_INSTANCE": str(tmp_path / "a"), "TAOLE_DATA_KEY": "k" * 40}
    with _house(**given).app_context():
        token, key = seal("户主"), fingerprint_key()
    assert not (tmp_path / "a" / "data_key").exists()
    with _house(**given | {"TAOLE_INSTANCE": str(tmp_path / "b")}).app_context():
        assert unseal(token) == "户主"
        assert fingerprint_key() == key
    with pytest.raises(SettingFault, match="TAOLE_DATA_KEY"):
        Settings.from_environment(given | {"TAOLE_DATA_KEY": "short"})

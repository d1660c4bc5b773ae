"""Commands typed on a copy of the demonstration, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cast import copy_instance, settings_for
from click.testing import CliRunner, Result

import taole.app.cli
from taole.app.factory import create_app
from tests.app.demo_scene import Scene

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def scene(demo_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A copy of the demonstration on which the commands of this module work."""
    instance = copy_instance(demo_instance, tmp_path_factory.mktemp("commands") / "instance")
    app = create_app(settings_for(instance))
    made = Scene(app, instance / "taole.sqlite3")
    yield made
    made.close()


@pytest.fixture
def run(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type a command and see how it ends; what is not an exit is a broken command."""
    monkeypatch.setattr(taole.app.cli, "_instance", lambda **_wishes: scene.app)

    def typed(*words: object, status: int = 0) -> Result:
        done = CliRunner().invoke(taole.app.cli.main, [str(word) for word in words])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == status, done.output
        return done

    return typed

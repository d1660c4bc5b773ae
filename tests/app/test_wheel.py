"""The wheel carries everything: installed elsewhere, it makes its tables and draws a page."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DRAW = """
import taole
from pathlib import Path
from taole.app.factory import create_app
from taole.app.schema import prepare_schema
from taole.paths import resource_folder
home = Path(taole.__file__).parent
assert home.is_relative_to(Path({place!r})), home
assert resource_folder("templates").is_relative_to(home)
assert resource_folder("migrations").is_relative_to(home)
app = create_app()
prepare_schema(app)
answer = app.test_client().get("/sign-in")
assert answer.status_code == 200, answer.status
assert "登录" in answer.get_data(as_text=True)
style = app.test_client().get("/static/app.css")
assert style.status_code == 200
"""


def test_a_wheel_installed_elsewhere_makes_its_tables_and_draws_the_sign_in_page(tmp_path):
    wheels, place, instance = tmp_path / "wheels", tmp_path / "place", tmp_path / "instance"
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", wheels, ROOT)
    (wheel,) = wheels.glob("taole-*.whl")
    _run(
        *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"),
        *("--target", place, wheel),
    )
    script = DRAW.format(place=str(place))
    environment = {"PYTHONPATH": str(place), "TAOLE_INSTANCE": str(instance)}
    _run(sys.executable, "-c", script, cwd=tmp_path, env=environment)
    assert (instance / "taole.sqlite3").exists()


def _run(*command, cwd=None, env=None):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]

"""Made once more, at the turn of a year, the demonstration is the same year."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from cast import run_taole
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.demonstration.figures_of_2023 import FIGURES

MAKE = """
import time_machine
from datetime import UTC, datetime
from taole.app.factory import create_app
from taole.app.schema import prepare_schema
from taole.demonstration.commands import make
app = create_app()
prepare_schema(app)
with time_machine.travel(datetime(2026, 12, 30, 4, tzinfo=UTC)):
    make(app)
"""
"""In a process of its own: its lines are not counted, which would double its time."""
STORY = """
SELECT u.code, n.title, n.first_posted_on, n.state
FROM notice n JOIN unit u ON u.id = n.unit_id
WHERE n.first_posted_on BETWEEN '2023-01-01' AND '2023-12-31'
"""


@pytest.fixture(scope="module")
def empty_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an empty database: PostgreSQL where every test is to meet both engines."""
    if os.environ.get("TAOLE_TEST_ENGINES") != "both":
        return f"sqlite:///{tmp_path_factory.mktemp('another') / 'taole.sqlite3'}"
    postgres_url: str = request.getfixturevalue("postgres_url")
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE demonstration"))
    admin.dispose()
    url = make_url(postgres_url).set(database="demonstration")
    return url.render_as_string(hide_password=False)


@pytest.mark.slow
def test_another_build_tells_the_same_year_also_where_next_years_holidays_are_unknown(
    demo_instance: Path, empty_database: str, tmp_path: Path
):
    place = {
        "TAOLE_INSTANCE": str(tmp_path),
        "TAOLE_DATABASE_URL": empty_database,
        "TAOLE_PASSWORD_COST": "1",
    }
    made = subprocess.run(
        [sys.executable, "-c", MAKE], env=os.environ | place, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr[-2000:]
    report = json.loads(
        run_taole("report", "make", 2023, "--json", instance=tmp_path, url=empty_database).stdout
    )
    assert {key: report[key]["value"] for key in FIGURES} == FIGURES
    assert len(set(report["P6-board"]["records"])) == 427

    engine = create_engine(empty_database)
    with engine.connect() as connection:
        there = sorted(tuple(map(str, row)) for row in connection.execute(text(STORY)))
    engine.dispose()
    with closing(sqlite3.connect(demo_instance / "taole.sqlite3")) as reader:
        here = sorted(tuple(map(str, row)) for row in reader.execute(STORY))
    assert there == here

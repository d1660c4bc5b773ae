"""A process that is killed loses no write that it has acknowledged."""

import os
import signal
import sqlite3
import subprocess
import sys

WRITER = """
import sys
from taole.app.factory import create_app
from taole.app.schema import prepare_schema
from taole.core.settings_store import keep_setting
from taole.core.transactions import transaction
app = create_app()
prepare_schema(app)
with app.app_context():
    number = 0
    while True:
        number += 1
        with transaction():
            keep_setting(f"kept-{number}", {"number": number})
        print(number, flush=True)
"""


def test_a_killed_process_loses_no_acknowledged_write(tmp_path):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER],
        env={**os.environ, "TAOLE_INSTANCE": str(tmp_path), "TAOLE_DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        text=True,
    )
    acknowledged = [int(writer.stdout.readline()) for _ in range(40)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += [int(line) for line in writer.stdout if line.strip()]
    writer.wait()
    writer.stdout.close()
    with sqlite3.connect(tmp_path / "taole.sqlite3") as database:
        kept = {key for (key,) in database.execute("SELECT key FROM setting")}
        whole = database.execute("PRAGMA integrity_check").fetchone()
    database.close()
    assert whole == ("ok",)
    assert {f"kept-{number}" for number in acknowledged} <= kept
    assert len(kept) <= len(acknowledged) + 1

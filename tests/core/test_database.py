"""How the databases are opened, and what a request leaves behind."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from taole.core.clock import now
from taole.core.database import db
from taole.core.models import Setting
from taole.core.settings_store import find_setting, keep_setting
from taole.core.transactions import transaction
from taole.organisation.models import Unit
from taole.organisation.queries import list_townships


def test_sqlite_is_opened_so_that_no_acknowledged_write_is_lost(app):
    if db.engine.dialect.name != "sqlite":
        return
    found = {
        name: db.session.execute(text(f"PRAGMA {name}")).scalar()
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_moment_without_a_time_zone_is_refused_and_one_with_it_comes_back_in_utc(app):
    with transaction():
        keep_setting("at", {"moment": now().isoformat()})
    assert find_setting("at")["moment"].endswith("+00:00")


def test_a_foreign_key_holds_on_both_databases(app):
    with pytest.raises(DatabaseError), transaction():
        db.session.add(Setting(key="x", value={}, township_id=UUID(int=7)))


def test_a_transaction_that_fails_leaves_nothing(app):
    with pytest.raises(RuntimeError):
        _break_down_half_way()
    assert find_setting("half") is None


def _break_down_half_way():
    with transaction():
        keep_setting("half", {"done": True})
        raise RuntimeError


def test_a_path_range_is_the_subtree_and_nothing_beside_it(town):
    within = {unit.code for unit in list_townships(town.county.path)}
    assert within == {"640221106", "640221203"}
    assert [unit.code for unit in list_townships(town.township.path)] == ["640221106"]
    assert list_townships(town.villages[0].path) == []
    assert isinstance(town.county, Unit)


def test_a_page_that_is_only_looked_at_leaves_nothing(app, town, sign_in):
    client = sign_in("chen")
    before = db.session.scalar(text("SELECT count(*) FROM trail_line"))
    client.get("/password")
    assert db.session.scalar(text("SELECT count(*) FROM trail_line")) == before

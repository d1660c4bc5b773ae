"""A database that somebody else holds or that is gone: one page, quickly, and nothing lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from cast import PASSWORD
from sqlalchemy import event

from taole.core.database import db, engine_options
from taole.schedule.commands import keep_time


@pytest.fixture
def app(sqlite_house):
    """SQLite alone: PostgreSQL has no lock for the whole database."""
    sqlite_house.renew()
    with sqlite_house.app.app_context():
        yield sqlite_house.app
        db.session.remove()


@pytest.fixture
def impatient(app):
    """Where a writer waits a twentieth of a second for another."""

    def hurry(connection, *_):
        connection.execute("PRAGMA busy_timeout=50")

    event.listen(db.engine, "checkout", hurry)
    yield app
    event.remove(db.engine, "checkout", hurry)


@pytest.fixture
def writer(impatient):
    with closing(sqlite3.connect(db.engine.url.database, isolation_level=None)) as other:
        yield other


def test_a_page_says_that_the_system_is_busy_while_another_writes(town, sign_in, writer):
    client = sign_in("chen")
    writer.execute("BEGIN IMMEDIATE")
    answer = client.post("/villages/640221106201/events/new", data={"title": "低保"})
    assert answer.status_code == 503
    assert "系统正忙，刚才这一步没有保存" in answer.get_data(as_text=True)
    assert client.get("/villages/640221106201/").status_code == 200
    writer.execute("ROLLBACK")
    assert client.post("/sign-out").status_code == 302


def test_nobody_can_sign_in_while_another_writes_and_is_told_so(town, impatient, writer):
    writer.execute("BEGIN IMMEDIATE")
    sent = {"username": "chen", "password": PASSWORD}
    assert impatient.test_client().post("/sign-in", data=sent).status_code == 503
    writer.execute("ROLLBACK")


def test_the_timetable_waits_for_a_busy_database_without_a_traceback(impatient, writer, caplog):
    writer.execute("BEGIN IMMEDIATE")
    keep_time(impatient)
    writer.execute("ROLLBACK")
    assert caplog.records == []


@pytest.mark.parametrize("url", ["sqlite://", "postgresql+psycopg://somewhere/taole"])
def test_an_error_of_the_database_does_not_tell_the_values(url):
    assert engine_options(url)["hide_parameters"] is True

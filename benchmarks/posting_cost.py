"""Logging a posting through the real page: what a secretary's request asks of the database."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from statistics import median
from uuid import UUID

from filling import ON, PASSWORD, approve_notices
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import event

from taole.catalogue.channels import Channel
from taole.core.database import db

MOST_QUERIES = 15
CASES = {
    "first channel": ((Channel.BOARD,), False),
    "last channel, answers": ((Channel.VILLAGE_APP,), False),
    "first channel, photograph": ((Channel.BOARD,), True),
    "last channel, answers, photograph": ((Channel.VILLAGE_APP,), True),
    "both channels, answers, two photographs": ((Channel.BOARD, Channel.VILLAGE_APP), True),
    "only channel, answers, photograph": ((Channel.BOARD,), True),
}
"""Case → the channels in one form, and whether with a photograph each; posted in this order.

The first four go on two notices, the others on one each.
"""


@dataclass
class Cost:
    """The requests of one case: their milliseconds, and the statements of the longest one."""

    is_single: bool
    times: list[float] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(self.times)

    @property
    def queries(self) -> int:
        """Without the begin and the end of the transaction."""
        return sum(
            each not in ("COMMIT", "ROLLBACK") and not each.startswith("BEGIN")
            for each in self.statements
        )

    @property
    def kinds(self) -> str:
        counted = Counter(_kind(each) for each in self.statements)
        return ", ".join(f"{count} {kind}" for kind, count in counted.items())


def measure_posting(app: Flask, rounds: int) -> dict[str, Cost]:
    """Each case ``rounds`` times, signed in as the secretary, on notices made for it.

    BEGIN and COMMIT are shown and are no queries; the page shown afterwards is another request.
    """
    with app.app_context():
        usual = iter(approve_notices(3 * rounds, {Channel.BOARD, Channel.VILLAGE_APP}))
        with_one = iter(approve_notices(rounds, {Channel.BOARD}))
        db.session.remove()
    client = signed_in(app, "chen")
    costs = {name: Cost(len(channels) == 1) for name, (channels, _photograph) in CASES.items()}
    photograph = _photograph()
    for _ in range(rounds):
        first, second, third, only = next(usual), next(usual), next(usual), next(with_one)
        shown = (first, first, second, second, third, only)
        for notice, (name, (channels, has_photograph)) in zip(shown, CASES.items(), strict=True):
            files = [photograph] * len(channels) if has_photograph else []
            _post(app, client, notice, channels, files, costs[name])
    return costs


def signed_in(app: Flask, account: str) -> FlaskClient:
    client = app.test_client()
    answer = client.post("/sign-in", data={"username": account, "password": PASSWORD})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return client


def _post(
    app: Flask,
    client: FlaskClient,
    notice: UUID,
    channels: tuple[Channel, ...],
    photographs: list[bytes],
    cost: Cost,
) -> None:
    form: dict[str, object] = {
        "channels": [channel.value for channel in channels],
        "posted_on": ON.isoformat(),
    }
    for number, (channel, content) in enumerate(zip(channels, photographs, strict=False)):
        # other bytes each time: a known photograph would not be written again
        content += bytes(notice.bytes) + bytes([number])
        form[f"photo_{channel.name}"] = (BytesIO(content), "board.jpg")
    with statements_of(app) as said:
        began = time.perf_counter()
        answer = client.post(
            f"/notices/{notice}/post", data=form, content_type="multipart/form-data"
        )
        cost.times.append((time.perf_counter() - began) * 1000)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    cost.statements = max(cost.statements, said, key=len)


@contextmanager
def statements_of(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile, with begin and end of transactions."""
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    def begin(_connection: object) -> None:
        if engine.dialect.name != "sqlite":  # there it is a statement of its own
            said.append("BEGIN")

    def commit(_connection: object) -> None:
        said.append("COMMIT")

    def rollback(_connection: object) -> None:
        said.append("ROLLBACK")

    with app.app_context():
        engine = db.engine
    listeners = {
        "before_cursor_execute": hear,
        "begin": begin,
        "commit": commit,
        "rollback": rollback,
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    try:
        yield said
    finally:
        for name, listener in listeners.items():
            event.remove(engine, name, listener)


def _kind(statement: str) -> str:
    """SELECT notice, INSERT posting, COMMIT: a statement's verb and first table."""
    words = statement.split()
    for before in ("FROM", "INTO", "UPDATE"):
        if before in words[:-1]:
            return f"{words[0]} {words[words.index(before) + 1].strip('(')}"
    return words[0] if words[0] != "BEGIN" else "BEGIN"


def _photograph() -> bytes:
    """A phone's picture, 1200 × 900."""
    out = BytesIO()
    picture = Image.effect_noise((1200, 900), 40).convert("RGB")
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()

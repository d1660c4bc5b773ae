"""A mail server and a receiver of webhooks, both real and on this machine."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


@dataclass
class PostOffice:
    """Takes mail on port ``port``; ``answers`` by recipient is what it says instead of 250."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    mails: list[EmailMessage] = field(default_factory=list)
    silent: bool = False

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, to: str, _options: Any
    ) -> str:
        if to in self.answers:
            return self.answers[to]
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.silent:
            time.sleep(1.5)
        self.mails.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 kept"


@contextmanager
def post_office(password: str = "") -> Iterator[PostOffice]:
    """A mail server; with a password it takes mail only from taole@example.invalid."""
    office = PostOffice()

    def log_in(_server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password == password.encode()
        return AuthResult(success=good, handled=False)

    asked: dict[str, Any] = (
        {"authenticator": log_in, "auth_required": True, "auth_require_tls": False}
        if password
        else {}
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        office.port = probe.getsockname()[1]
    controller = Controller(
        office, hostname="127.0.0.1", port=office.port, ready_timeout=10, **asked
    )
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


@dataclass
class Receiver:
    """Takes posts; ``answer`` says what it answers to each (status, headers, body)."""

    port: int = 0
    got: list[tuple[str, Any]] = field(default_factory=list)
    answer: Callable[[int], tuple[int, dict[str, str], Any]] = lambda _n: (200, {}, {"errcode": 0})
    hang: float = 0.0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def receiver() -> Iterator[Receiver]:
    """An HTTP server that remembers what it got."""
    taken = Receiver()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with lock:
                taken.got.append((self.path, json.loads(body)))
                status, headers, said = taken.answer(len(taken.got))
            if taken.hang:
                time.sleep(taken.hang)
            if status == 0:
                self.connection.close()
                return
            content = json.dumps(said).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: Any) -> None:
            return

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_arguments: Any) -> None:
            """Who gave up waiting has hung up."""

    server = Quiet(("127.0.0.1", 0), Handler)
    taken.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield taken
    finally:
        server.shutdown()
        server.server_close()

"""The house as served, and browsers before it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cast import PASSWORD
from playwright.sync_api import Browser, BrowserContext, Page

HEIGHTS = {320: 640, 390: 844, 720: 450, 1440: 900}
PHONE, DESK = 390, 1440
ZOOMED = 720
"""A desk at 200 %: half as many pixels of the stylesheet."""
SECONDS_TO_START = 30
SECONDS_TO_END = 60
"""A job of the timetable that has begun is finished before the house closes."""
REFUSAL = "the server responded with a status of 4"
"""Chromium reports every page answered with 4xx; that a form was refused is no error of a page."""


@dataclass
class Site:
    """The house as served: its address, its instance, and what went wrong in browsers before it."""

    url: str
    instance: Path
    browser: Browser
    pictures: Path
    errors: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def visit(
        self, account: str = "", width: int = PHONE, *, javascript: bool = True, language: str = ""
    ) -> Page:
        """A browser of its own for one of the cast, signed in (or nobody), on the first page."""
        context = self.browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=javascript,
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        if language:
            context.add_cookies([{"name": "language", "value": language, "url": self.url}])
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        page.goto(self.url + "/sign-in")
        if account:
            page.get_by_label("账号" if language != "en" else "Account").fill(account)
            page.get_by_label("密码" if language != "en" else "Password").fill(PASSWORD)
            page.get_by_role("button", name="登录" if language != "en" else "Sign in").click()
            page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    def _hear(self, message: Any) -> None:
        if message.type == "error" and REFUSAL not in message.text:
            self.errors.append(f"{message.location.get('url', '')}: {message.text}")

    def picture(self, page: Page, name: str) -> None:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=self.pictures / f"{name}-{width}.png", full_page=True)

    def leave(self) -> None:
        while self.contexts:
            self.contexts.pop().close()


@contextmanager
def serving(instance: Path, log: Path) -> Iterator[str]:
    port = _free_port()
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "taole", "serve", "--port", str(port)],
            env={
                **os.environ,
                "TAOLE_INSTANCE": str(instance),
                "TAOLE_DATABASE_URL": "",
                "TAOLE_PASSWORD_COST": "1",
            },
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(url, server, log)
            yield url
        finally:
            server.terminate()
            server.wait(SECONDS_TO_END)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(url + "/sign-in", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("taole serve did not start: " + log.read_text()[-2000:])

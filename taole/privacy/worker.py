"""Giving files to the child process and killing it when it takes too long.

One child for a process that asks, one file at a time: the reader of photographs needs a gigabyte
and a second and a half to load, so the child stays for the next file until it has been idle for a
while. After a crash, a timeout or a refused file a new one is started.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from typing import Any

from taole.privacy.child import read_frame, write_frame
from taole.privacy.file_refusals import took_too_much

PATIENCE_SECONDS = 240
IDLE_SECONDS = 120
_MOST_FILES = 500


class Worker:
    """The child process of this process; starts when first asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._idle: threading.Timer | None = None

    def ask(
        self, header: dict[str, Any], content: bytes, patience: float = PATIENCE_SECONDS
    ) -> tuple[dict[str, Any], bytes]:
        """The child's answer; raises Refused when it died or took longer than ``patience``."""
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            process = self._running()
            alarm = threading.Timer(patience, process.kill)
            alarm.daemon = True
            alarm.start()
            try:
                said, made = _exchange(process, header, content)
            except (OSError, EOFError, ValueError) as error:
                self._stop()
                raise took_too_much(header["filename"]) from error
            finally:
                alarm.cancel()
            if "refused" in said or self._files >= _MOST_FILES:
                self._stop()
            else:
                self._stop_when_idle()
            return said, made

    def close(self) -> None:
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            self._files = 0
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-m", "taole.privacy.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        self._files += 1
        return self._process

    def _stop_when_idle(self) -> None:
        self._idle = threading.Timer(IDLE_SECONDS, self.close)
        self._idle.daemon = True
        self._idle.start()

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _exchange(
    process: subprocess.Popen[bytes], header: dict[str, Any], content: bytes
) -> tuple[dict[str, Any], bytes]:
    assert process.stdin is not None
    assert process.stdout is not None
    write_frame(process.stdin, json.dumps(header).encode())
    write_frame(process.stdin, content)
    process.stdin.flush()
    said, made = read_frame(process.stdout), read_frame(process.stdout)
    if said is None or made is None:
        raise EOFError
    return json.loads(said), made


_worker = Worker()


def the_worker() -> Worker:
    """This process's worker; a forked process gets one of its own."""
    return _worker


def _after_fork() -> None:
    global _worker
    _worker = Worker()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
atexit.register(lambda: _worker.close())

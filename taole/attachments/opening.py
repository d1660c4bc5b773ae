"""Opening what people send: the decoders work in a process that can be ended (``file_process``).

Nothing here asks the database: it may take a second, and is done before a lock is held.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Any

from taole.attachments import file_process
from taole.attachments.rules import (
    PHOTOGRAPHS,
    FileKind,
    bomb,
    broken,
    kind_in_container,
    kind_of,
    pixel_bomb,
    torn_photograph,
    with_entities,
)

_PATIENCE_SECONDS = 45
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each may take a gigabyte; more files than this wait for their turn."""


@dataclass(frozen=True)
class Opened:
    """What a file is, and what people are given in its place.

    ``content``: for a photograph the redrawn JPEG, else the file as it came. ``look``: the
    photograph's perceptual hash ("" for a flat picture or none). ``taken``: the camera's own time
    as it wrote it ("2023:09:05 10:11:12"), or "".
    """

    kind: FileKind
    content: bytes
    look: str = ""
    taken: str = ""


def open_file(content: bytes, filename: str) -> Opened:
    """Look into a whole file; Refused in one sentence for an empty, broken or hostile one."""
    kind = kind_of(content, filename)
    if kind in PHOTOGRAPHS:
        found, picture = _ask("picture", content)
        if "fault" in found:
            raise pixel_bomb(filename) if found["fault"] == "bomb" else torn_photograph(filename)
        return Opened(FileKind.JPEG, picture, str(found["look"]), str(found["taken"]))
    if kind is FileKind.CONTAINER:
        found, _ = _ask("container", content)
        match found.get("fault"):
            case "bomb":
                raise bomb(filename)
            case "entities":
                raise with_entities(filename)
            case str():
                raise broken(filename)
        return Opened(kind_in_container(found["parts"], filename), content)
    return Opened(kind, content)


def likeness_of(one: bytes, other: bytes) -> float | None:
    """How well two redrawn photographs agree (0 to 1); None when they cannot be compared."""
    found, _ = _ask("pair", len(one).to_bytes(4, "big") + one + other)
    return float(found["likeness"]) if "likeness" in found else None


def _ask(what: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    """A process that crashes, or runs out of memory or time, has met a hostile file."""
    with _AT_ONCE:
        try:
            run = subprocess.run(  # noqa: S603 - our own interpreter and our own file
                [sys.executable, "-I", file_process.__file__, what],
                input=content,
                capture_output=True,
                timeout=_PATIENCE_SECONDS,
                check=True,
            )
        except subprocess.SubprocessError:
            return {"fault": "bomb"}, b""
    told, _, picture = run.stdout.partition(b"\n")
    found: dict[str, Any] = json.loads(told)
    return found, picture

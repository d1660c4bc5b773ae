"""The process that parses strangers' files: ``python -I -m taole.privacy.child``.

A frame is four bytes of length and as many bytes. A job is two frames on standard input: a JSON
header ``{"verb": "scan" | "mask", "filename", "context", "keep", "key"}`` and the file. The answer
is two frames on standard output: a JSON object ``{"hits": [...]}``, ``{"masked": true}``,
``{"refused": [[msgid, params], ...]}``, and the masked file or nothing. Memory is bounded for the
whole process, processor time for each job; whoever asked kills the process when time is up.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
from typing import IO, Any

from taole.core.errors import Refused
from taole.core.words import Sentence
from taole.privacy.file_refusals import damaged, took_too_much
from taole.privacy.findings import Context, Kind, MaskPatterns
from taole.privacy.found import Guard
from taole.privacy.inspecting import inspect
from taole.privacy.masking_files import masked_file
from taole.privacy.rules import fingerprint

MOST_MEMORY = 4 * 1024**3
"""Of addresses: the reader of photographs alone maps about three gigabytes."""

MOST_SECONDS = 300
MOST_FRAME = 256 * 1024 * 1024


def read_frame(stream: IO[bytes]) -> bytes | None:
    """One frame, None at the end of the stream; raises EOFError in the middle of one."""
    head = stream.read(4)
    if not head:
        return None
    size = int.from_bytes(head, "big")
    content = stream.read(size)
    if len(head) != 4 or len(content) != size or size > MOST_FRAME:
        raise EOFError
    return content


def write_frame(stream: IO[bytes], content: bytes) -> None:
    stream.write(len(content).to_bytes(4, "big"))
    stream.write(content)


def guard_from(header: dict[str, Any]) -> Guard:
    """What the other side put into the header of a job (see ``worker.header_of``)."""
    known = header["context"]
    return Guard(
        Context(
            known["column"],
            known["names_forbidden"],
            frozenset(known["allowed_phones"]),
            tuple(known["forbidden"]),
        ),
        MaskPatterns({Kind(kind): (front, back) for kind, front, back in header["keep"]}),
    )


def answer(header: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """What a job comes to: (JSON object, bytes)."""
    guard, filename = guard_from(header), header["filename"]
    try:
        if header["verb"] == "mask":
            return {"masked": True}, masked_file(content, filename, guard)
        key = bytes.fromhex(header["key"])
        hits = [
            {
                "where": found.place,
                "kind": found.kind.value,
                "masked": found.masked,
                "confidence": found.confidence,
                "suggestion": spoken(found.suggestion),
                "fingerprint": fingerprint(found.value, key),
            }
            for found in inspect(content, filename, guard)
        ]
        return {"hits": hits}, b""
    except Refused as refusal:
        return {"refused": [spoken(said) for said in refusal.sentences]}, b""
    except (MemoryError, RecursionError):
        return {"refused": [spoken(said) for said in took_too_much(filename).sentences]}, b""
    except Exception:
        # a parser's own failure on a stranger's file: the file is what is wrong with it
        return {"refused": [spoken(said) for said in damaged(filename).sentences]}, b""


def spoken(said: Sentence | str) -> list[object]:
    if isinstance(said, Sentence):
        return [said.msgid, dict(said.params)]
    return [said, {}]


def limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time() -> None:
    """So many more seconds of processor time from now on."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + MOST_SECONDS
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def main() -> None:
    """Answer jobs; whatever libraries print goes nowhere."""
    limit_memory()
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    # a large table is a million small objects without circles: looking for circles costs half
    gc.disable()
    while (header := read_frame(jobs)) is not None:
        content = read_frame(jobs) or b""
        limit_time()
        said, made = answer(json.loads(header), content)
        write_frame(answers, json.dumps(said).encode())
        write_frame(answers, made)
        answers.flush()
        gc.collect()


if __name__ == "__main__":
    main()

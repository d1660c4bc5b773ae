"""How a line is sealed: each hash covers the line and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

FIRST = "0" * 64


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them: days and moments in ISO form, ids and states as text."""
    return {key: _plain(value) for key, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return plain(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    return value


def seal(previous: str, content: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the previous hash and the line's content in canonical JSON."""
    text = json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def first_break(lines: Iterable[tuple[int, str, str, Mapping[str, Any]]]) -> int | None:
    """The number of the first line (number, previous hash, hash, content) that does not hold."""
    previous, expected = FIRST, 1
    for number, said_previous, said_hash, content in lines:
        if number != expected or said_previous != previous or said_hash != seal(previous, content):
            return expected
        previous, expected = said_hash, expected + 1
    return None

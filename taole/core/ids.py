"""Ids made by the application: time-ordered (UUIDv7), so that no database hands them out."""

from __future__ import annotations

import secrets
from uuid import UUID

from uuid_utils.compat import uuid7

_CLEAR_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_CODE_LENGTH = 10


def new_id() -> UUID:
    return uuid7()


def new_public_code() -> str:
    """Ten signs that nobody guesses and nobody misreads: what a QR code on the wall carries."""
    return "".join(secrets.choice(_CLEAR_SIGNS) for _ in range(_CODE_LENGTH))

"""Passwords as argon2 keeps them; the cost is a setting, so that tests need not wait."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app


def hash_password(password: str) -> str:
    return _hasher(_cost()).hash(password)


def matches(hashed: str | None, password: str) -> bool:
    """Whether the password is the hashed one; takes as long when there is no such user (None)."""
    try:
        return _hasher(_cost()).verify(hashed or _decoy(_cost()), password) and hashed is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def _cost() -> int:
    cost: int = current_app.config["SETTINGS"].password_cost
    return cost


@cache
def _hasher(cost: int) -> PasswordHasher:
    return PasswordHasher(time_cost=cost) if cost > 1 else PasswordHasher(1, 64, 1)


@cache
def _decoy(cost: int) -> str:
    return _hasher(cost).hash("nobody")

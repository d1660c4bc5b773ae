"""Sealing what few may read: encrypted with the instance's key, which is not in the database.

Who has the database alone (a backup, a dump sent for help) reads nothing of it. The key is
``TAOLE_DATA_KEY`` or the file ``data_key`` of the instance folder.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app

from taole.core.errors import Refused
from taole.core.words import N_


def seal(text: str) -> str:
    """The text as a token (Fernet: AES-128-CBC with HMAC-SHA-256) that ``unseal`` alone reads."""
    return _box(_key()).encrypt(text.encode()).decode("ascii")


def unseal(token: str) -> str:
    """The text of a token; Refused when it was sealed with another key or changed since."""
    try:
        return _box(_key()).decrypt(token.encode("ascii")).decode()
    except InvalidToken:
        raise Refused(
            N_("原文打不开：数据密钥不是当初的那一个。请管理员恢复实例目录里的 data_key 文件。")
        ) from None


def fingerprint_key() -> bytes:
    """The key under which a value is recognised again without being told (HMAC), 32 bytes."""
    return _derived(_key(), b"fingerprint")


def _key() -> str:
    key: str = current_app.config["SETTINGS"].data_key
    return key


@lru_cache(maxsize=8)
def _box(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(key, b"seal")))


def _derived(key: str, use: bytes) -> bytes:
    return hmac.new(key.encode(), use, hashlib.sha256).digest()

"""An identity or card number that somebody searched for does not stay in the page's address.

Addresses are kept by browsers, by proxies in their logs and in the next page's ``Referer``.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask, redirect, request

from taole.core.transactions import SAFE_METHODS
from taole.privacy.masking import STAR
from taole.privacy.rules import has_secret, mask_secrets


def mask_addresses(app: Flask) -> None:
    """Send a page asked for with such a number on to the same page with the number masked."""

    @app.before_request
    def _mask() -> Any:
        if request.method not in SAFE_METHODS or not request.query_string:
            return None
        sent = list(request.args.items(multi=True))
        if not any(_is_secret(name) or _is_secret(value) for name, value in sent):
            return None
        masked = [(_masked(name), _masked(value)) for name, value in sent]
        return redirect(f"?{urlencode(masked)}")


def _masked(text: str) -> str:
    """The text without its numbers; wholly hidden where masking leaves one (it never leads on)."""
    if not _is_secret(text):
        return text
    masked = mask_secrets(text)
    return STAR * len(text) if has_secret(masked) else masked


def _is_secret(text: str) -> bool:
    return has_secret(text) and not _is_id(text)


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False

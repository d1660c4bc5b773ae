"""Columns for what people write freely: identity and card numbers are masked before they are kept.

No page, export or backup can show what was never stored (个人信息保护法 art 51).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Dialect, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from taole.privacy.findings import Kind
from taole.privacy.rules import find, has_secret, mask_secrets, masked


class ScreenedText(TypeDecorator[str]):
    """Text of at most ``length`` signs (of any length without); stored as String or Text."""

    impl = String
    cache_ok = True

    def __init__(self, length: int | None = None) -> None:
        super().__init__(length)
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:  # noqa: ARG002
        return Text() if self.length is None else String(self.length)

    def process_bind_param(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> str | None:
        return value if value is None else mask_secrets(value)


class ScreenedLink(ScreenedText):
    """A link: of the numbers in it only an identity number is masked, all else finds its page."""

    cache_ok = True

    def process_bind_param(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> str | None:
        if not value or not has_secret(value):
            return value
        return masked(value, [hit for hit in find(value) if hit.kind is Kind.IDENTITY])


class ScreenedJson(TypeDecorator[Any]):
    """JSON of which every text, names of values included, is masked."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return mask_all(value)


def mask_all(value: Any) -> Any:
    """Plain JSON with identity and card numbers masked in every text that it holds."""
    if isinstance(value, str):
        return mask_secrets(value)
    if isinstance(value, Mapping):
        return {mask_secrets(str(name)): mask_all(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [mask_all(each) for each in value]
    return value

"""The words of a notice as the gate reads and keeps them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect

from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.database import db
from taole.notices.gate_rules import Words, allowed
from taole.notices.models import Notice
from taole.organisation.models import Unit
from taole.privacy.findings import Context
from taole.privacy.rules import mask_secrets


def words_of(notice: Notice) -> Words:
    """What the notice says now, flushed or not; names of head fields never hold numbers."""
    return _as_words(
        notice.title, notice.body, notice.head or {}, notice.columns or [], notice.rows or []
    )


def words_before(notice: Notice) -> Words:
    """What the notice said before the changes that are still to be flushed."""
    return _as_words(
        *(_value_before(notice, name) for name in ("title", "body", "head", "columns", "rows"))
    )


def _value_before(notice: Notice, name: str) -> Any:
    replaced = inspect(notice).attrs[name].history.deleted
    return replaced[0] if replaced else getattr(notice, name)


def _as_words(title: str, body: str, head: Any, columns: Any, rows: Any) -> Words:
    return Words(
        title,
        body,
        {mask_secrets(str(name)): _text(value) for name, value in head.items()},
        [_text(name) for name in columns],
        [[_text(cell) for cell in row] for row in rows],
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def store_words(notice: Notice, words: Words) -> None:
    """Keep the words, touching only what they change."""
    for name, value in (
        ("title", words.title),
        ("body", words.body),
        ("head", dict(words.head)),
        ("columns", list(words.columns)),
        ("rows", [list(row) for row in words.rows]),
    ):
        if getattr(notice, name) != value:
            setattr(notice, name, value)


def context_of(notice: Notice) -> Context:
    """What the matter of a notice allows, and the phones of its unit and township."""
    township = db.session.get(Unit, notice.township_id)
    phones = [unit.phone or "" for unit in (notice.unit, township) if unit is not None]
    return allowed(UnifiedTemplate.from_mapping(notice.template or {}), phones)

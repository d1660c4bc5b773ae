"""What loading a file would do: its faults, its questions and its difference to what holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from taole.catalogue.drafts import CatalogueDraft, Fault, Question, fingerprint
from taole.catalogue.following import preview_adoption
from taole.catalogue.item_values import (
    CatalogueDiff,
    Values,
    compare,
    values_of_draft,
    values_of_item,
)
from taole.catalogue.models import CatalogueItem, CatalogueKind, Edition
from taole.catalogue.queries import find_adopted, find_edition_like, list_items_in_force
from taole.catalogue.reading import read_catalogue
from taole.core.words import Sentence
from taole.organisation.models import Unit


@dataclass(frozen=True)
class Check:
    """A file as read, beside the edition that the township follows on the day, if any.

    ``known`` is the edition that was loaded from a file that says the same; ``effects`` tell
    what adopting it would change in what villages owe.
    """

    draft: CatalogueDraft
    adopted: Edition | None
    diff: CatalogueDiff
    known: Edition | None
    effects: list[Sentence]


def check_file(content: bytes, filename: str, township: Unit, on: date) -> Check:
    """A dry run: nothing is written. Raises Refused when the file is no catalogue."""
    draft = read_catalogue(content, filename)
    kind = CatalogueKind(draft.kind)
    items = list_items_in_force(township.id, on, kind)
    return Check(
        draft,
        find_adopted(township.id, on, kind),
        compare(values_by_code(items), draft_by_code(draft)),
        find_edition_like(fingerprint(draft)),
        effects_of(draft, township, on),
    )


def effects_of(draft: CatalogueDraft, township: Unit, on: date) -> list[Sentence]:
    """What adopting the draft from a day would change in what villages owe."""
    if draft.kind == "website" or not draft.can_be_loaded:
        return []
    adopted = find_adopted(township.id, on)
    is_same = adopted is not None and adopted.fingerprint == fingerprint(draft)
    return [] if is_same else preview_adoption(township, on)


def values_by_code(items: Iterable[CatalogueItem]) -> dict[str, Values]:
    return {item.code: values_of_item(item) for item in items}


def draft_by_code(draft: CatalogueDraft) -> dict[str, Values]:
    return {item.code: values_of_draft(draft, item) for item in draft.items}


def points_of(draft: CatalogueDraft) -> dict[str, list[dict[str, Any]]]:
    """Faults and questions as a program reads them: file, row, item, message, fatal."""
    return {
        "faults": [{**_point(draft, each), "fatal": each.fatal} for each in draft.faults],
        "questions": [_point(draft, each) for each in draft.questions],
    }


def _point(draft: CatalogueDraft, each: Fault | Question) -> dict[str, Any]:
    return {
        "file": draft.filename,
        "row": each.row,
        "item": str(each.where.params.get("item", "")),
        "message": str(each.message),
    }

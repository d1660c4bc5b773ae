"""What an item asks of a village on a day, and how items are found and set out by section."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from taole.catalogue.deadlines import DeadlineRule
from taole.catalogue.drafts import resolve_section
from taole.core.periods import Frequency
from taole.organisation.rules import is_open

if TYPE_CHECKING:
    from taole.catalogue.models import CatalogueItem, Edition, ItemOverride

_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class EffectiveItem:
    """An item as it holds for a unit: the catalogue's values under the township's decisions.

    ``overrides`` are those that hold, the weakest first; empty for the catalogue's own values.
    """

    item: CatalogueItem
    applicable: bool
    frequency: Frequency
    rule: DeadlineRule
    compulsory_channels: tuple[str, ...]
    overrides: tuple[ItemOverride, ...] = ()


def effective_item(
    item: CatalogueItem, overrides: Iterable[ItemOverride], *, unit_id: UUID | None, on: date
) -> EffectiveItem:
    """What ``item`` asks of a unit on a day (of the township at large, if ``unit_id`` is None).

    Of the overrides that hold, one for the village is stronger than one for the township, and of
    two for the same place the later one. Each value that an override leaves empty stays as it was;
    whether the item applies at all is said by the strongest. A quarterly item that a township has
    published monthly falls due by its rule's monthly variant, if no time limit is given.
    """
    holding = sorted(
        (
            each
            for each in overrides
            if each.item_code == item.code
            and each.unit_id in (None, unit_id)
            and is_open(each.from_on, each.until_on, on)
        ),
        key=lambda each: (each.unit_id is not None, each.from_on, each.id),
    )
    applicable, frequency, rule = True, item.frequency, item.rule
    channels = tuple(item.compulsory_channels)
    for each in holding:
        applicable = each.applicable
        frequency = each.frequency or frequency
        if each.deadline is not None:
            rule = DeadlineRule.from_mapping(each.deadline)
        if each.compulsory_channels is not None:
            channels = tuple(each.compulsory_channels)
    if frequency is Frequency.MONTHLY and rule.monthly_variant is not None:
        rule = rule.monthly_variant
    return EffectiveItem(item, applicable, frequency, rule, channels, tuple(holding))


def section_name(written: str, sections: Sequence[str], aliases: Mapping[str, str]) -> str:
    """The section that a name means in an edition, through its aliases; as written if unknown."""
    return resolve_section(written, tuple(sections), aliases) or written


def plain_title(text: str) -> str:
    """A title for comparison: half-width, lower case, without spaces and punctuation."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text).casefold())


@dataclass(frozen=True)
class ListedItem:
    """An item on the catalogue's page; ``exceptions`` counts the villages with their own rule."""

    effective: EffectiveItem
    exceptions: int

    @property
    def item(self) -> CatalogueItem:
        return self.effective.item


@dataclass(frozen=True)
class ListedSection:
    name: str
    rows: tuple[ListedItem, ...]


def set_out(
    edition: Edition, items: Sequence[CatalogueItem], overrides: Sequence[ItemOverride], on: date
) -> list[ListedSection]:
    """The items by section in the edition's order, as they hold in the township on a day."""
    rows: dict[str, list[ListedItem]] = {name: [] for name in edition.sections}
    for item in items:
        villages = {
            each.unit_id
            for each in overrides
            if each.item_code == item.code
            and each.unit_id
            and (not each.until_on or each.until_on > on)
        }
        listed = ListedItem(effective_item(item, overrides, unit_id=None, on=on), len(villages))
        rows.setdefault(item.section, []).append(listed)
    return [ListedSection(name, tuple(found)) for name, found in rows.items() if found]


@dataclass(frozen=True)
class WebsiteColumn:
    """A column of the township's web pages; ``depth`` is 0 for one without a column above."""

    item: CatalogueItem
    depth: int


def as_tree(items: Sequence[CatalogueItem]) -> list[WebsiteColumn]:
    """Website columns, each followed by those below it, in the catalogue's order."""
    codes = {item.code for item in items}
    below: dict[str, list[CatalogueItem]] = {}
    for item in items:
        below.setdefault(item.parent_code if item.parent_code in codes else "", []).append(item)
    found: list[WebsiteColumn] = []

    def walk(parent: str, depth: int) -> None:
        for item in below.get(parent, ()):
            found.append(WebsiteColumn(item, depth))
            walk(item.code, depth + 1)

    walk("", 0)
    return found

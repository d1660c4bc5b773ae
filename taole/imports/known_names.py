"""What a ledger's names can mean: villages by name or code, matters by code or title."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from taole.catalogue.rules import EffectiveItem, effective_item, plain_title
from taole.core.words import N_, Sentence, quoted, sentence
from taole.organisation.rules import is_open

if TYPE_CHECKING:
    from taole.catalogue.models import Adoption, CatalogueItem, ItemOverride
    from taole.organisation.models import Unit

_MOST_GUESSES = 500
"""So many names are compared with the known ones; a file with more is not a ledger of ours."""
_COMMITTEE = re.compile(r"(?:村民委员会|居民委员会|村委会|居委会)$")


class VillageNames:
    """The villages and communities that a ledger may speak of, and the names of all others."""

    def __init__(self, within: Sequence[Unit], townships: Sequence[Unit], others: Iterable[str]):
        places = {unit.id: unit.name for unit in townships}
        self._by_name: dict[str, list[Unit]] = {}
        self._names = [unit.name for unit in within]
        self._others = {plain_title(name) for name in others}
        self._guesses = _Guesses()
        self.places = "、".join([*places.values()][:3]) + ("等" if len(places) > 3 else "")
        for unit in within:
            place = places.get(unit.township_id, "") if unit.township_id else ""
            for name in {unit.code, unit.name, unit.full_name or unit.name, place + unit.name}:
                self._by_name.setdefault(plain_title(name), []).append(unit)

    def find(self, written: str) -> Unit | Sentence:
        """The village that a name or code means, or what to do when it means none or two."""
        found = self._by_name.get(plain_title(written)) or self._of_committee(written)
        if len(found) == 1:
            return found[0]
        if found:
            return sentence(
                N_("有 %(count)s 个村叫“%(name)s”：请改填村的区划代码。"),
                count=len(found),
                name=quoted(written),
            )
        if plain_title(written) in self._others:
            return sentence(
                N_("“%(name)s”不归这里管，不能登记：这份台账只能填%(places)s的村和社区。"),
                name=quoted(written),
                places=self.places,
            )
        return self._guesses.unknown(
            written,
            self._names,
            N_("没有叫“%(name)s”的村：是不是“%(near)s”？请改成系统里的村名。"),
            N_("没有叫“%(name)s”的村：请改成系统里的村名（下载模板第二张表里有）。"),
        )

    def _of_committee(self, written: str) -> list[Unit]:
        bare = _COMMITTEE.sub("", "".join(written.split()))
        return next(
            (
                self._by_name[plain_title(name)]
                for name in (bare, bare + "村", bare + "社区")
                if bare != written and plain_title(name) in self._by_name
            ),
            [],
        )


@dataclass
class ItemNames:
    """The items of the editions that a township adopted, each day those in force on it."""

    items: Sequence[CatalogueItem]
    adoptions: Sequence[Adoption]
    overrides: Sequence[ItemOverride] = ()

    def __post_init__(self) -> None:
        self._by_day: dict[date, dict[str, CatalogueItem | None]] = {}
        self._ever = _index(self.items)
        self._guesses = _Guesses()
        self._effective: dict[tuple[UUID, UUID | None, date], EffectiveItem] = {}

    def find(self, written: str, on: date) -> CatalogueItem | None:
        """The one item of this code or title in force on a day."""
        return self._on(on).get(plain_title(written))

    def was_ever(self, written: str) -> bool:
        return plain_title(written) in self._ever

    def effective(self, item: CatalogueItem, unit_id: UUID | None, on: date) -> EffectiveItem:
        key = (item.id, unit_id, on)
        if key not in self._effective:
            self._effective[key] = effective_item(item, self.overrides, unit_id=unit_id, on=on)
        return self._effective[key]

    def unknown(self, written: str, on: date) -> Sentence:
        """What to say of a code or title that no edition has."""
        listed = [item for item in self._on(on).values() if item is not None] or self.items
        names = {name for item in listed for name in (item.code, item.title)}
        return self._guesses.unknown(
            written,
            names,
            N_("目录里没有“%(name)s”：是不是“%(near)s”？请改成目录里的编码或名称。"),
            N_("目录里没有“%(name)s”：请改成目录里的编码或名称（下载模板第二张表里有）。"),
        )

    def in_force(self, on: date) -> list[CatalogueItem]:
        adopted = [each for each in self.adoptions if is_open(each.from_on, each.until_on, on)]
        if not adopted:
            return []
        edition = max(adopted, key=lambda each: each.from_on).edition_id
        return [
            item
            for item in self.items
            if item.edition_id == edition and is_open(item.effective_from, item.effective_until, on)
        ]

    def _on(self, on: date) -> dict[str, CatalogueItem | None]:
        if on not in self._by_day:
            self._by_day[on] = _index(self.in_force(on))
        return self._by_day[on]


@dataclass(frozen=True)
class TownshipNames:
    """What the rows of one township's villages can mean: matters, and columns of the website."""

    matters: ItemNames
    columns: ItemNames


def _index(items: Iterable[CatalogueItem]) -> dict[str, CatalogueItem | None]:
    """Items by plain code and title; None where two have the same, codes before titles."""
    listed = list(items)
    found: dict[str, CatalogueItem | None] = {}
    for name in ("code", "title", "title_en"):
        level: dict[str, CatalogueItem | None] = {}
        for item in listed:
            written = plain_title(getattr(item, name))
            if written:
                known = level.get(written, item)
                level[written] = item if known is not None and known.code == item.code else None
        found = level | found
    return found


class _Guesses:
    """What a name that nobody knows was perhaps meant to be; each name is looked at once."""

    def __init__(self) -> None:
        self._closest: dict[str, list[str]] = {}

    def unknown(self, written: str, names: Iterable[str], near: str, far: str) -> Sentence:
        if written not in self._closest and len(self._closest) < _MOST_GUESSES:
            self._closest[written] = difflib.get_close_matches(
                written[:60], sorted(set(names)), n=3, cutoff=0.5
            )
        closest = self._closest.get(written)
        if closest:
            return sentence(near, name=quoted(written), near="”“".join(closest))
        return sentence(far, name=quoted(written))

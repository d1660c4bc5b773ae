"""Where masked values stand after a notice was changed: each is found again, or is gone.

A value is never taken for another: where that cannot be told it counts as gone, and what is
shown stays masked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from taole.notices.gate_rules import CELL, Slot, Spot, Words

Key = TypeVar("Key", bound=Hashable)


def follow(held: Mapping[Key, Spot], old: Words, new: Words) -> dict[Key, Spot]:
    """The new spot of each masked value that still stands in the words."""
    before, after = old.texts(), new.texts()
    by_place: dict[str, list[Slot]] = defaultdict(list)
    for slot in after:
        by_place[slot.place].append(slot)
    rows = _kept_rows(old, new)
    found: dict[Key, Spot] = {}
    claimed: dict[Slot, list[Spot]] = defaultdict(list)
    for key, spot in held.items():
        slots = _same_slots(spot.slot, by_place, rows)
        moved = next(_moved(spot, before.get(spot.slot, ""), slots, after), None)
        if moved is not None and not _is_taken(moved, claimed):
            found[key] = moved
            claimed[moved.slot].append(moved)
    left: dict[tuple[str, str], list[tuple[Key, Spot]]] = defaultdict(list)
    for key, spot in held.items():
        if key not in found:
            left[spot.slot.place, spot.masked].append((key, spot))
    for (place, masked), waiting in left.items():
        free = [
            spot
            for slot in by_place[place]
            for spot in _occurrences(slot, masked, after[slot])
            if not _is_taken(spot, claimed)
        ]
        is_one_value = len({spot.fingerprint for _key, spot in waiting}) == 1
        if is_one_value and len(free) <= len(waiting):
            for (key, spot), place_now in zip(waiting, free, strict=False):
                found[key] = Spot(place_now.slot, place_now.start, masked, spot.fingerprint)
                claimed[place_now.slot].append(place_now)
    return found


def _kept_rows(old: Words, new: Words) -> dict[int, int]:
    """For each old row its number now: rows that stayed as they were, then those in between."""
    if list(old.columns) != list(new.columns):
        return {at: at for at in range(len(old.rows))} if len(old.rows) == len(new.rows) else {}
    where: dict[Sequence[str], list[int]] = defaultdict(list)
    for at, row in enumerate(new.rows):
        where[tuple(row)].append(at)
    kept = {}
    for at, row in enumerate(old.rows):
        same = where.get(tuple(row))
        if same:
            kept[at] = same.pop(0)
    if len(old.rows) == len(new.rows):
        taken = set(kept.values())
        for at in range(len(old.rows)):
            if at not in kept and at not in taken:
                kept[at] = at
    return kept


def _same_slots(
    slot: Slot, by_place: Mapping[str, Sequence[Slot]], rows: Mapping[int, int]
) -> list[Slot]:
    """The slots of the new words that may be this one, the likeliest first."""
    named = by_place.get(slot.place, ())
    if slot.place.startswith(CELL):
        row = rows.get(slot.row)
        named = [each for each in named if each.row == row]
    return sorted(named, key=lambda each: each.cell != slot.cell)


def _moved(
    spot: Spot, before: str, slots: Sequence[Slot], after: Mapping[Slot, str]
) -> Iterator[Spot]:
    for slot in slots:
        text = after[slot]
        for start in _starts(before, text, spot):
            if text.startswith(spot.masked, start):
                yield Spot(slot, start, spot.masked, spot.fingerprint)


def _starts(before: str, text: str, spot: Spot) -> Iterator[int]:
    """Where it may begin now: before the first change of the text, or after the last one."""
    if before[: spot.end] == text[: spot.end]:
        yield spot.start
    tail = before[spot.start :]
    if tail and text.endswith(tail):
        yield len(text) - len(tail)


def _occurrences(slot: Slot, masked: str, text: str) -> Iterator[Spot]:
    at = text.find(masked)
    while at >= 0:
        yield Spot(slot, at, masked, "")
        at = text.find(masked, at + len(masked))


def _is_taken(spot: Spot, claimed: Mapping[Slot, Sequence[Spot]]) -> bool:
    return any(each.overlaps(spot.start, spot.end) for each in claimed.get(spot.slot, ()))

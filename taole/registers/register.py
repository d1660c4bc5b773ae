"""What describes a ledger: its fields, what dates an entry, what the report takes from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from taole.registers.fields import Field, Order, read_values
from taole.registers.models import Entry


@dataclass(frozen=True)
class Register:
    """One ledger.

    ``on`` names the field that dates an entry (or holds its year), ``until`` the day on which
    what it tells of ended: such an entry stands in the list of every year that it reaches into.
    ``title`` names the field that names an entry; ``order`` sorts a year's list if ``on`` does
    not. ``due``: the deadline's field and the one that meets it. ``taken``: what the annual
    report takes from it.
    """

    key: str
    label: str
    model: type[Entry]
    fields: tuple[Field, ...]
    on: str
    title: str
    taken: str
    until: str = ""
    order: str = ""
    orders: tuple[Order, ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    due: tuple[str, str] | None = None

    def read(self, values: Mapping[str, Any], today: date) -> dict[str, Any]:
        """All values as they are stored; Refused with every fault."""
        return read_values(
            self.fields, values, today=today, orders=self.orders, together=self.together
        )

    def values_of(self, entry: Entry) -> dict[str, Any]:
        return {field.name: getattr(entry, field.name) for field in self.fields}

    def year_of(self, entry: Entry) -> int:
        value: date | int = getattr(entry, self.on)
        return value.year if isinstance(value, date) else value

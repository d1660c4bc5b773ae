"""What can be written in a ledger's row, and what is wrong with a row as it was filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto
from typing import Any

from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence

CENT = Decimal("0.01")
MOST_YUAN = Decimal("999999999999.99")


class FieldKind(StrEnum):
    TEXT = auto()
    LONG_TEXT = auto()
    DAY = auto()
    COUNT = auto()
    AMOUNT = auto()
    CHOICE = auto()
    YES_NO = auto()


@dataclass(frozen=True)
class Field:
    """One field of a ledger.

    ``limit``: most characters of a text. ``least`` and ``most`` bound a count. ``choices`` of a
    CHOICE. ``is_plan``: a day that may lie ahead (a deadline); all other days have happened.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    limit: int = 200
    least: int = 0
    most: int = 1_000_000
    choices: type[StrEnum] | None = None
    is_plan: bool = False
    hint: str = ""

    @property
    def empty(self) -> Any:
        """What is stored when nothing was written."""
        if self.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
            return ""
        return False if self.kind is FieldKind.YES_NO else None


@dataclass(frozen=True)
class Order:
    """Two days of which the second is not before the first (``strictly``: after it)."""

    earlier: str
    later: str
    strictly: bool = False


def read_values(
    fields: Sequence[Field],
    values: Mapping[str, Any],
    *,
    today: date,
    orders: Sequence[Order] = (),
    together: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The values of all fields, as they are stored: texts trimmed, choices as enum members.

    ``together``: pairs that are both filled in or both empty. Amounts in yuan, at most two
    decimals. Raises Refused with every fault, each naming its field.
    """
    labels = {field.name: sentence(field.label) for field in fields}
    faults: list[Sentence] = [
        sentence(N_("这本台账没有“%(name)s”这一栏"), name=name)
        for name in values
        if name not in labels
    ]
    read: dict[str, Any] = {}
    for field in fields:
        value = _plain(field, values.get(field.name))
        fault = _fault(field, value, today)
        if fault is not None:
            faults.append(fault)
        else:
            read[field.name] = _stored(field, value)
    faults.extend(_order_faults(orders, read, labels))
    faults.extend(_pair_faults(together, read, labels))
    if faults:
        raise Refused(*faults)
    return read


def _plain(field: Field, value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, StrEnum):
        value = value.strip()
    return field.empty if value is None or value == "" else value


def _stored(field: Field, value: Any) -> Any:
    if field.choices is not None and value is not None:
        return field.choices(value)
    if field.kind is FieldKind.AMOUNT and value is not None:
        return Decimal(value).quantize(CENT)
    return value


def _fault(field: Field, value: Any, today: date) -> Sentence | None:
    label = sentence(field.label)
    if value == field.empty and field.kind is not FieldKind.YES_NO:
        return sentence(N_("请填写“%(label)s”"), label=label) if field.required else None
    if field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        if len(str(value)) > field.limit:
            return sentence(
                N_("“%(label)s”最多 %(limit)s 个字，请写短一些"), label=label, limit=field.limit
            )
        return None
    if field.kind is FieldKind.DAY:
        return _day_fault(field, value, today)
    if field.kind is FieldKind.COUNT:
        return _count_fault(field, value)
    if field.kind is FieldKind.AMOUNT:
        return _amount_fault(field, value)
    if field.choices is not None and value not in {member.value for member in field.choices}:
        return sentence(
            N_("“%(label)s”没有“%(value)s”这一项，请从列出的里面选"), label=label, value=value
        )
    return None


def _day_fault(field: Field, value: Any, today: date) -> Sentence | None:
    label = sentence(field.label)
    if not isinstance(value, date):
        return sentence(N_("“%(label)s”请填日期，如 2023-06-30"), label=label)
    if not field.is_plan and value > today:
        return sentence(
            N_("“%(label)s”写的是 %(day)s，这一天还没到，请填已经发生的日期"),
            label=label,
            day=value,
        )
    return None


def _count_fault(field: Field, value: Any) -> Sentence | None:
    if isinstance(value, int) and field.least <= value <= field.most:
        return None
    return sentence(
        N_("“%(label)s”请填 %(least)s 到 %(most)s 之间的整数"),
        label=sentence(field.label),
        least=field.least,
        most=field.most,
    )


def _amount_fault(field: Field, value: Any) -> Sentence | None:
    label = sentence(field.label)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return sentence(N_("“%(label)s”请填金额，如 110.00"), label=label)
    amount = Decimal(value)
    if not amount.is_finite() or amount > MOST_YUAN:
        return sentence(N_("“%(label)s”请填金额，如 110.00"), label=label)
    if amount < 0:
        return sentence(N_("“%(label)s”不能小于 0"), label=label)
    if amount != amount.quantize(CENT):
        return sentence(N_("“%(label)s”只写到分，如 110.00"), label=label)
    return None


def _order_faults(
    orders: Sequence[Order], read: Mapping[str, Any], labels: Mapping[str, Sentence]
) -> Iterator[Sentence]:
    for order in orders:
        earlier, later = read.get(order.earlier), read.get(order.later)
        if earlier is None or later is None:
            continue
        if later < earlier or (order.strictly and later == earlier):
            yield sentence(
                N_("“%(later)s”（%(later_day)s）要晚于“%(earlier)s”（%(earlier_day)s），请核对")
                if order.strictly
                else N_(
                    "“%(later)s”（%(later_day)s）不能早于“%(earlier)s”（%(earlier_day)s），请核对"
                ),
                later=labels[order.later],
                later_day=later,
                earlier=labels[order.earlier],
                earlier_day=earlier,
            )


def _pair_faults(
    together: Sequence[tuple[str, str]], read: Mapping[str, Any], labels: Mapping[str, Sentence]
) -> Iterator[Sentence]:
    for first, second in together:
        if not {first, second} <= read.keys():
            continue
        if (read[first] is None) != (read[second] is None):
            yield sentence(
                N_("“%(first)s”和“%(second)s”要一起填"),
                first=labels[first],
                second=labels[second],
            )

"""Columns by their heads, and by what the heads beside them leave. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from taole.rectification_lists.contents import MOST, is_day, is_number, share
from taole.rectification_lists.fields import Field
from taole.rectification_lists.heads import likely_fields, name_parts, sure_field
from taole.rectification_lists.names import is_head_word
from taole.rectification_lists.tables import Table

_LINK = re.compile("链接|网址|地址")
_SECOND: Mapping[tuple[Field, ...], Field] = {
    (Field.DUE, Field.DONE_ON): Field.DONE_ON,
    (Field.DUE, Field.NOTE): Field.NOTE,
    (Field.UNIT, Field.ITEM): Field.ITEM,
    (Field.EVIDENCE, Field.PROOF_LINK): Field.EVIDENCE,
    (Field.STATEMENT, Field.EVIDENCE): Field.EVIDENCE,
}
"""What a column that may hold two things holds, where another column holds the other."""


def fields_by_name(
    table: Table, is_unit: Callable[[str], bool]
) -> tuple[dict[int, Field], dict[int, tuple[Field, ...]]]:
    """Columns whose head says for certain what they hold, and what the others may hold.

    ``is_unit`` tells whether a text names units of the township.
    """
    fields: dict[int, Field] = {}
    doubts: dict[int, tuple[Field, ...]] = {}
    for at, name in table.names.items():
        sure = sure_field(name)
        if sure is not None:
            fields[at] = sure
        else:
            doubts[at] = likely_fields(name)
    fields |= _told_by_others(table, fields, doubts, is_unit)
    for at in [at for at, found in fields.items() if found is Field.STATEMENT]:
        if share(table, at, is_number) >= MOST:  # 扣分情况 of nothing but points
            fields[at] = Field.LOST if "分" in table.names[at] else Field.UNUSED
    units = [at for at, found in fields.items() if found is Field.UNIT]
    if len(units) > 1:
        told = [at for at in units if share(table, at, is_unit) >= MOST]
        if len(told) == 1:
            fields |= {at: Field.NOTE for at in units if at not in told}
    leads = [at for at, found in fields.items() if found is Field.LEAD]
    is_elsewhere = any(share(table, at, is_unit) >= MOST for at in doubts)
    if Field.UNIT not in fields.values() and len(leads) == 1 and not is_elsewhere:
        fields[leads[0]] = Field.UNIT
    # of several columns that name the matter the last is the narrowest
    for at in [at for at, found in fields.items() if found is Field.ITEM][:-1]:
        fields[at] = Field.ITEM_GROUP
    return fields, {at: possible for at, possible in doubts.items() if at not in fields}


def _told_by_others(
    table: Table,
    fields: Mapping[int, Field],
    doubts: Mapping[int, tuple[Field, ...]],
    is_unit: Callable[[str], bool],
) -> dict[int, Field]:
    """What doubtful columns hold beside those that are known: 完成时间 beside 整改时限."""
    known = set(fields.values())
    beside: dict[tuple[Field, ...], bool] = {
        (Field.DUE, Field.DONE_ON): Field.DUE in known,
        (Field.DUE, Field.NOTE): Field.DUE in known,
        (Field.UNIT, Field.ITEM): Field.UNIT in known and Field.ITEM not in known,
        (Field.EVIDENCE, Field.PROOF_LINK): Field.EVIDENCE not in known
        and any(
            found is Field.PROOF_LINK and _LINK.search(table.names[at])
            for at, found in fields.items()
        ),
        (Field.STATEMENT, Field.EVIDENCE): Field.STATEMENT in known,
    }
    told = {
        at: _SECOND[possible]
        for at, possible in doubts.items()
        if beside.get(possible) and not _says_otherwise(table, at)
    }
    if {Field.UNIT, Field.LEAD}.isdisjoint(known):
        units = [at for at in table.names if share(table, at, is_unit) >= MOST]
        at = units[0] if len(units) == 1 else -1
        is_of_names = at in doubts and table.names[at].endswith("名称")  # 网站名称
        if Field.UNIT in doubts.get(at, ()) or (is_of_names and share(table, at, is_unit) == 1):
            told[at] = Field.UNIT
    return told


def _says_otherwise(table: Table, at: int) -> bool:
    """Whether a column that is only somehow named for days (规范时间) has none."""
    is_of_days = any(map(is_head_word, name_parts(table.names[at])))
    return not is_of_days and bool(table.sample(at)) and share(table, at, is_day) < MOST

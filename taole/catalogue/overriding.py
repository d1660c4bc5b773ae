"""What a township decides about an item, for itself or for one village."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from taole.access.permissions import Actor
from taole.catalogue.deadlines import DeadlineRule, describe
from taole.catalogue.draft_checks import frequency_fits
from taole.catalogue.models import CatalogueItem, ItemOverride
from taole.catalogue.queries import find_item
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.periods import LABELS, Frequency
from taole.core.words import N_, sentence
from taole.organisation.models import Unit
from taole.trail.actions import record


def override_item(
    township: Unit,
    item_code: str,
    *,
    from_on: date,
    by: Actor,
    reason: str,
    unit: Unit | None = None,
    until_on: date | None = None,
    applicable: bool = True,
    frequency: Frequency | None = None,
    deadline: DeadlineRule | None = None,
    compulsory_channels: Sequence[str] | None = None,
) -> ItemOverride:
    """The township decides otherwise about an item, for itself or for one of its villages.

    Refused without a reason, for an item that is not in force that day, for a foreign unit, for a
    time limit that does not fit the frequency, and for channels that the item does not list.
    """
    item = find_item(township.id, item_code, from_on)
    if item is None:
        raise Refused(
            sentence(
                N_("%(day)s采用的目录里没有“%(code)s”：请核对编码和日期"),
                day=from_on,
                code=item_code,
            )
        )
    if not reason.strip():
        raise Refused(N_("请写明理由"))
    if until_on is not None and until_on <= from_on:
        raise Refused(N_("结束日期要晚于开始日期"))
    if unit is not None and unit.township_id != township.id:
        raise Refused(
            sentence(N_("“%(unit)s”不在%(township)s"), unit=unit.name, township=township.name)
        )
    _refuse_unfit(item, frequency, deadline, compulsory_channels)
    override = ItemOverride(
        township_id=township.id,
        item_code=item_code,
        unit_id=unit.id if unit and unit.id != township.id else None,
        from_on=from_on,
        until_on=until_on,
        applicable=applicable,
        frequency=frequency,
        deadline=deadline.to_mapping() if deadline else None,
        compulsory_channels=None if compulsory_channels is None else list(compulsory_channels),
        reason=reason.strip()[:200],
    )
    db.session.add(override)
    db.session.flush()
    record(
        "override_item",
        "item_override",
        override.id,
        by=by,
        township_id=township.id,
        after={
            "code": item_code,
            "unit": unit.code if unit else None,
            "from": from_on,
            "until": until_on,
            "applicable": applicable,
            "frequency": frequency,
            "deadline": override.deadline,
            "compulsory_channels": override.compulsory_channels,
            "reason": override.reason,
        },
    )
    return override


def _refuse_unfit(
    item: CatalogueItem,
    frequency: Frequency | None,
    deadline: DeadlineRule | None,
    channels: Sequence[str] | None,
) -> None:
    rule, chosen = deadline or item.rule, frequency or item.frequency
    monthly = chosen is Frequency.MONTHLY and rule.monthly_variant is not None
    if not monthly and not frequency_fits(chosen, rule):
        raise Refused(
            sentence(
                N_("公开频率是“%(frequency)s”，公开时限却是“%(deadline)s”：两处请改成一致。"),
                frequency=sentence(LABELS[chosen]),
                deadline=describe(rule),
            )
        )
    for channel in channels or ():
        if channel not in item.channels:
            raise Refused(
                sentence(
                    N_("必发渠道“%(channel)s”不在这一项的公开渠道里：请补进公开渠道，或去掉。"),
                    channel=channel,
                )
            )

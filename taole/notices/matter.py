"""What is to be told: an item for a unit, perhaps one obligation of it, as an address names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueItem, CatalogueKind
from taole.catalogue.queries import find_item
from taole.catalogue.templates import template_for
from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.clock import today
from taole.core.errors import NotFound
from taole.core.periods import label, period_containing
from taole.notices.models import Notice
from taole.notices.rules import plain_period, suggested_title
from taole.obligations.models import Obligation
from taole.obligations.queries import get_obligation
from taole.organisation.models import Unit
from taole.organisation.rules import GRASSROOTS

PERIODS_BACK = 6


@dataclass(frozen=True)
class Matter:
    unit: Unit
    item: CatalogueItem
    obligation: Obligation | None
    template: UnifiedTemplate

    @property
    def is_website(self) -> bool:
        return self.unit.kind not in GRASSROOTS

    @property
    def asks_when_formed(self) -> bool:
        """Whether the twenty working days of active disclosure run: an office's, or online."""
        return self.is_website or Channel.WEBSITE in self.item.channels

    @property
    def period_keys(self) -> list[str]:
        """The periods to choose from: the obligation's own, or the latest ones."""
        if self.obligation is not None:
            return [self.obligation.period_key]
        periods = [period_containing(self.item.frequency, today())]
        while len(periods) < PERIODS_BACK:
            periods.append(periods[-1].previous())
        return [each.key for each in periods]

    def title(self, period_key: str) -> str:
        """The title proposed: Chinese in whatever language it is written, as the notice is."""
        event = self.obligation.event if self.obligation else None
        period = plain_period(period_key)
        return suggested_title(
            self.unit.name,
            str(label(period)) if period else period_key,
            event.title if event else self.item.title,
        )


def matter_of(notice: Notice) -> Matter:
    """What a notice that is there already tells, by the template it was begun with."""
    answered = notice.answers[0].obligation if notice.answers else None
    return Matter(notice.unit, notice.item, answered, UnifiedTemplate.from_mapping(notice.template))


def find_matter(unit: Unit, named: Mapping[str, str]) -> Matter:
    """What ``?obligation=`` or ``?item=`` names; NotFound when it is not this unit's."""
    township_id = unit.township_id or unit.id
    if "obligation" in named:
        obligation = get_obligation(_uuid(named["obligation"]))
        if obligation.unit_id != unit.id:
            raise NotFound(obligation.id)
        item = obligation.item
        return Matter(unit, item, obligation, template_for(item, township_id, today()))
    kind = CatalogueKind.VILLAGE if unit.kind in GRASSROOTS else CatalogueKind.WEBSITE
    found = find_item(township_id, named.get("item", ""), today(), kind)
    if found is None:
        raise NotFound(named.get("item", ""))
    return Matter(unit, found, None, template_for(found, township_id, today()))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(text) from error

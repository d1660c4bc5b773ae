"""How many categories the township's catalogue has at the end of a year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from taole.catalogue.models import Adoption, CatalogueItem, CatalogueKind, Edition
from taole.core.clock import now
from taole.core.database import db
from taole.core.figures import Scope, measure
from taole.core.periods import Frequency

if TYPE_CHECKING:
    from cast import Town

SECTIONS = ("社会保障", "强农惠农", "服务管理", "组织机构建设", "财务管理")


def test_a_category_whose_items_were_retired_within_the_year_is_not_counted(town: Town) -> None:
    since = date(2022, 1, 1)
    edition = Edition(
        kind=CatalogueKind.VILLAGE,
        name="村务公开目录",
        in_force_from=since,
        sections=list(SECTIONS),
        aliases={},
        fingerprint="",
        loaded_at=now(),
    )
    edition.items = [
        CatalogueItem(
            code=f"{section}-{number}",
            position=place * 2 + number,
            section=section,
            title=f"{section}事项{number}",
            content=[],
            basis=[],
            frequency=Frequency.QUARTERLY,
            deadline={},
            channels=[],
            compulsory_channels=[],
            personal_data={},
            effective_from=since,
            effective_until=date(2023, 12, 31) if section == "服务管理" else None,
        )
        for place, section in enumerate(SECTIONS)
        for number in (1, 2)
    ]
    db.session.add(edition)
    db.session.flush()
    db.session.add(Adoption(township_id=town.township.id, edition_id=edition.id, from_on=since))
    db.session.flush()

    path = town.township.path
    before = measure(
        "P5-categories", Scope(town.township.id, path, date(2022, 1, 1), date(2022, 12, 31))
    )
    after = measure(
        "P5-categories", Scope(town.township.id, path, date(2023, 1, 1), date(2023, 12, 31))
    )
    assert (before.value, [each.label for each in before.records]) == (5, list(SECTIONS))
    assert (after.value, "服务管理" in {each.label for each in after.records}) == (4, False)
    neighbour = Scope(town.neighbour.id, town.neighbour.path, date(2023, 1, 1), date(2023, 12, 31))
    assert measure("P5-categories", neighbour).value == 0

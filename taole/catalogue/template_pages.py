"""How an empty sheet of a unified template looks, for people to see before anything is filled."""

from __future__ import annotations

from dataclasses import dataclass

from taole.catalogue.models import CatalogueItem
from taole.catalogue.template_opening import opening_text
from taole.catalogue.unified_template import Field, UnifiedTemplate

ANY_UNIT, ANY_PERIOD, ANY_NOTICE_PERIOD = "××村", "××××年×月", "公示期自×月×日至×月×日。"


@dataclass(frozen=True)
class EmptySheet:
    """What stands on the empty paper, and the fields that are filled for the office only."""

    opening: str
    head: tuple[Field, ...]
    columns: tuple[Field, ...]
    office_only: tuple[Field, ...]
    has_sum_line: bool
    with_phones: bool


def empty_sheet(template: UnifiedTemplate, item: CatalogueItem) -> EmptySheet:
    opening = opening_text(
        template, unit=ANY_UNIT, period=ANY_PERIOD, matter=item.title, showing=ANY_NOTICE_PERIOD
    )
    columns = tuple(field for field in template.columns if field.may_publish)
    return EmptySheet(
        opening,
        tuple(field for field in template.head if field.may_publish),
        columns,
        tuple(field for field in (*template.head, *template.columns) if not field.may_publish),
        any(field.is_summed for field in columns),
        template.with_phones,
    )

"""The pages' common address book, and which township a page is about."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from taole.access.guard import my_reach
from taole.access.permissions import Permission
from taole.catalogue.item_values import PROVENANCE_LABELS, RISK_LABELS
from taole.catalogue.labels import FILTERS, notice_period_words
from taole.catalogue.unified_template import CELL_KIND_LABELS
from taole.core.errors import NotFound
from taole.organisation.models import Unit
from taole.organisation.queries import list_townships_around

blueprint = Blueprint("catalogue", __name__)
for _name, _filter in FILTERS.items():
    blueprint.add_app_template_filter(_filter, _name)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {
        "notice_period_words": notice_period_words,
        "risk_labels": RISK_LABELS,
        "provenance_labels": PROVENANCE_LABELS,
        "cell_kind_labels": CELL_KIND_LABELS,
    }


def townships(
    permission: Permission = Permission.SEE_CATALOGUE,
) -> tuple[list[Unit], Unit | None]:
    """The townships whose catalogue the person may see, and the one that the address names."""
    listed = list_townships_around(my_reach(permission))
    wanted = request.args.get("township")
    if not wanted:
        return listed, listed[0] if listed else None
    chosen = next((unit for unit in listed if unit.code == wanted), None)
    if chosen is None:
        raise NotFound(wanted)
    return listed, chosen

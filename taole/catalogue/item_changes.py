"""An item's values after a change, checked as when a catalogue is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from taole.catalogue.deadlines import DeadlineRule
from taole.catalogue.draft_checks import check_draft
from taole.catalogue.drafts import CatalogueDraft, ItemDraft
from taole.catalogue.item_values import Values
from taole.catalogue.rules import section_name
from taole.core.errors import Refused

if TYPE_CHECKING:
    from taole.catalogue.models import Edition


def apply_changes(
    edition: Edition, code: str, before: Values, changes: Mapping[str, Any]
) -> Values:
    """``before`` with ``changes``; Refused, with all that is wrong, when they do not fit."""
    after = {**before, **changes}
    rule = after["deadline"]
    if not isinstance(rule, DeadlineRule):
        rule = DeadlineRule.from_mapping(rule)
    after["deadline"] = rule.to_mapping()
    after["section"] = section_name(after["section"], edition.sections, edition.aliases)
    for name in ("content", "basis", "channels", "compulsory_channels"):
        after[name] = [str(each) for each in after[name]]
    checked = check_draft(
        CatalogueDraft(
            name=edition.name,
            kind="website" if edition.kind == "website" else "village",
            is_proposal=edition.is_proposal,
            sections=tuple(edition.sections),
            aliases=dict(edition.aliases),
            items=(_as_draft(code, after, rule),),
        )
    )
    if checked.faults:
        raise Refused(*(fault.message for fault in checked.faults))
    return after


def _as_draft(code: str, values: Values, rule: DeadlineRule) -> ItemDraft:
    return ItemDraft(
        code=code,
        section=values["section"],
        title_zh=values["title"],
        title_en=values["title_en"],
        content=tuple(values["content"]),
        basis=tuple(values["basis"]),
        publisher=values["publisher"],
        frequency=values["frequency"],
        deadline=rule,
        notice_period_days=values["notice_period_days"],
        notice_period_unit=values["notice_period_unit"],
        minimum_board_days=values["minimum_board_days"],
        channels=tuple(values["channels"]),
        compulsory_channels=tuple(values["compulsory_channels"]),
        personal_data=values["personal_data"],
        provenance=values["provenance"],
        note=values["note"],
        row=None,
        update_interval_days=values["update_interval_days"],
        parent="",
    )

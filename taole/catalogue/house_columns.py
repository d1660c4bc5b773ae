"""The columns that the house adds to the official ones, so that nothing is lost in a workbook.

The official catalogues have no column for them; a workbook without them is read as before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from taole.catalogue.deadline_text import read_deadline
from taole.catalogue.deadlines import DeadlineKind, DeadlineRule
from taole.catalogue.drafts import CatalogueDraft, Fault, ItemDraft, in_row_order, place
from taole.catalogue.item_values import PROVENANCE_LABELS, RISK_LABELS
from taole.catalogue.workbook_columns import COLUMNS, REQUIRED, text_of
from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence
from taole.documents.columns import Header, find_header
from taole.documents.workbooks import Row, Sheet

HOUSE_COLUMNS: Mapping[str, str] = {
    "monthly_limit": "按月公开时限",
    "limit_wording": "时限原文",
    "risk": "个人信息风险",
    "may_publish": "可以公开的个人信息",
    "must_not_publish": "不得公开的个人信息",
    "provenance": "拟定依据",
    "sources": "来源",
    "verification": "核实情况",
    "standing_page": "常设页面",
}
_WANTED = {**COLUMNS, **{key: (name,) for key, name in HOUSE_COLUMNS.items()}}
_RISKS = {label: risk for risk, label in RISK_LABELS.items()}
_PROVENANCES = {label: key for key, label in PROVENANCE_LABELS.items()}


def with_house_columns(draft: CatalogueDraft, sheet: Sheet) -> CatalogueDraft:
    """The draft of a sheet, completed by the house's own columns where it has any."""
    try:
        header = find_header(sheet.rows, _WANTED, REQUIRED)
    except Refused:
        return draft
    if not HOUSE_COLUMNS.keys() & header.columns.keys():
        return draft
    rows = {row.number: row for row in sheet.rows}
    faults: list[Fault] = []
    items = [
        _completed(item, rows[item.row], header, draft.filename, faults) if item.row else item
        for item in draft.items
    ]
    return in_row_order(replace(draft, items=tuple(items), faults=(*draft.faults, *faults)))


def _completed(
    item: ItemDraft, row: Row, header: Header, file: str, faults: list[Fault]
) -> ItemDraft:
    said = {key: text_of(header.value(row, key)) for key in HOUSE_COLUMNS if key in header.columns}
    parts: dict[str, Any] = {"deadline": _deadline(item, said, file, faults)}
    if "risk" in said:
        risk = _RISKS.get(said["risk"] or RISK_LABELS["none"])
        if risk is None:
            message = sentence(
                N_("个人信息风险写成了“%(value)s”：应为 %(values)s。"),
                value=said["risk"][:20],
                values="、".join(_RISKS),
            )
            faults.append(_fault(item, message, file))
        parts["personal_data"] = {
            "risk": risk or "none",
            "may_publish_zh": _listed(said.get("may_publish", "")),
            "must_not_publish_zh": _listed(said.get("must_not_publish", "")),
        }
    if "provenance" in said:
        parts["provenance"] = _PROVENANCES.get(said["provenance"], said["provenance"])
    if "sources" in said:
        parts["sources"] = tuple(_listed(said["sources"]))
    if "verification" in said:
        parts["verification"] = said["verification"]
    if "standing_page" in said:
        parts["is_standing_page"] = said["standing_page"] == "是"
    return replace(item, **parts)


def _deadline(
    item: ItemDraft,
    said: Mapping[str, str],
    file: str,
    faults: list[Fault],
) -> DeadlineRule:
    rule = item.deadline
    if "limit_wording" in said:
        rule = replace(rule, text=said["limit_wording"])
    if said.get("monthly_limit"):
        monthly = read_deadline(said["monthly_limit"])
        if isinstance(monthly, DeadlineRule) and monthly.kind is DeadlineKind.MONTH_DAY:
            try:
                return replace(rule, monthly_variant=replace(monthly, text=""))
            except Refused as refusal:
                faults.extend(_fault(item, each, file) for each in refusal.sentences)
                return rule
        message = sentence(
            N_("按月公开时限“%(text)s”看不懂：请写成例如“次月15日前”。"),
            text=said["monthly_limit"][:40],
        )
        faults.append(_fault(item, message, file))
    return rule


def _fault(item: ItemDraft, message: Sentence, file: str) -> Fault:
    return Fault(place(file, item.row, item.title_zh[:40]), message, True, item.row)


def _listed(text: str) -> list[str]:
    return [part for part in text.split("\n") if part]

"""Bringing a ledger's changes in: each checked beforehand, all in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from taole.access.permissions import Actor
from taole.catalogue.models import CatalogueItem
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, Sentence, quoted, sentence
from taole.inspections import rules
from taole.inspections.actions import add_finding
from taole.inspections.amending import amend_finding, refuse_settled
from taole.inspections.models import Finding
from taole.inspections.queries import FindingFilter
from taole.inspections.workflow import FindingState, InspectionKind, Severity
from taole.organisation.models import Unit
from taole.organisation.queries import list_units_of_township
from taole.rectification_lists.ledger_changes import Change, Comparison, Known, by_finding, compare
from taole.rectification_lists.ledger_columns import BY_KEY, number_text
from taole.rectification_lists.ledger_reading import LedgerRow, ReadLedger
from taole.rectification_lists.ledger_sheet import leaders_of, list_for_ledger, texts_of
from taole.rectification_lists.loading import items_by_name, names_of_units
from taole.rectification_lists.values import ItemsByName, kind_of_problem, severity_of

_LONGEST = {"statement": 400, "demand": 400, "measures": 400, "owner_name": 60, "proof_link": 300}


@dataclass(frozen=True)
class Fresh:
    """A row without a number: a problem that can be recorded, if it says whose and what."""

    row: int
    unit_code: str
    unit: str
    statement: str
    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"fresh-{self.row}"


@dataclass
class LedgerPlan:
    """What a ledger would do. Nothing is kept while it has a fault."""

    comparison: Comparison
    fresh: list[Fresh] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def faults(self) -> list[Sentence]:
        return self.comparison.faults


def plan_ledger(township: Unit, ledger: ReadLedger, on: date) -> LedgerPlan:
    """Compare a ledger with the township's findings; each new value is checked.

    Refused for the ledger of another township.
    """
    if ledger.township and ledger.township != township.code:
        raise Refused(
            sentence(N_("这份台账是另一个乡镇的，不是%(place)s的，没有读"), place=township.name)
        )
    findings = list_for_ledger(township, FindingFilter(township.path))
    leaders = leaders_of(township, on)
    by_number = {number_text(each.year, each.number): each for each in findings}
    known = {
        number: Known(str(each.id), each.unit.name, texts_of(each, leaders.get(each.unit_id, "")))
        for number, each in by_number.items()
    }
    plan = LedgerPlan(compare(ledger, known))
    items = items_by_name(township, on)
    for change in plan.comparison.changes:
        checked = _value(change.row, change.key, change.written, items)
        settled = _settled(change, by_number[change.number])
        for fault in (checked if isinstance(checked, Sentence) else None, settled):
            if fault is not None:
                plan.faults.append(fault)
        plan.values[change.name] = checked
    for row in plan.comparison.fresh:
        _plan_fresh(plan, township, row, items)
    return plan


def _settled(change: Change, finding: Finding) -> Sentence | None:
    try:
        refuse_settled(finding, {change.key})
    except Refused as refusal:
        return sentence(
            N_("第%(row)s行“%(column)s”：%(why)s"),
            row=change.row,
            column=change.label,
            why=refusal.sentences[0],
        )
    return None


def _value(row: int, key: str, text: str, items: ItemsByName) -> Any:
    """What a cell's text means for the finding, or a Sentence that says what is wrong."""
    label = BY_KEY[key].label

    def wrong(msgid: str) -> Sentence:
        return sentence(msgid, row=row, column=label, text=quoted(text))

    match key:
        case "severity":
            return severity_of(text) or wrong(
                N_("第%(row)s行“%(column)s”写的是“%(text)s”：请填一般、较重或严重")
            )
        case "problem_kind":
            code = kind_of_problem(text, "") if text else ""
            return (
                code
                if code or not text
                else wrong(
                    N_("第%(row)s行“%(column)s”没有“%(text)s”：请照问题类型的清单填，或者空着")
                )
            )
        case "item":
            item = items.find(text) if text else None
            return (
                item.id
                if item
                else None
                if not text
                else wrong(
                    N_(
                        "第%(row)s行“%(column)s”：施行的目录里没有“%(text)s”，请填目录里的编码或名称"
                    )
                )
            )
        case "proof_link" if rules.link_fault(text):
            return wrong(N_("第%(row)s行“%(column)s”的“%(text)s”不是网址：链接要以 http 开头"))
        case "statement" if not text:
            return wrong(N_("第%(row)s行“%(column)s”不能空着"))
    if len(text) > _LONGEST[key]:
        return sentence(
            N_("第%(row)s行“%(column)s”有 %(length)s 字，最多 %(longest)s 字，请写短一些"),
            row=row,
            column=label,
            length=len(text),
            longest=_LONGEST[key],
        )
    return text


def _plan_fresh(plan: LedgerPlan, township: Unit, row: LedgerRow, items: ItemsByName) -> None:
    units = names_of_units(township)
    found = units.find(row.says("unit"))
    if len(found.codes) != 1 or found.unknown or not row.says("statement"):
        plan.faults.append(
            sentence(
                N_(
                    "第%(row)s行没有编号：新问题要写清楚一个本镇的单位和问题描述；不是问题就删去这一行"
                ),
                row=row.row,
            )
        )
        return
    values = {}
    for key in (
        "statement",
        "demand",
        "measures",
        "owner_name",
        "proof_link",
        "problem_kind",
        "severity",
        "item",
    ):
        text = row.as_written(key)
        checked = _value(row.row, key, text, items) if text else None
        if isinstance(checked, Sentence):
            plan.faults.append(checked)
        values[key] = checked
    code = found.codes[0]
    name = next(unit.name for unit in units.units if unit.code == code)
    plan.fresh.append(Fresh(row.row, code, name, row.says("statement"), values))


def apply_ledger(
    township: Unit,
    plan: LedgerPlan,
    *,
    taken: Sequence[str],
    by: Actor,
    at: datetime | None = None,
) -> tuple[int, int]:
    """Carry a plan out: sure changes, and of differences and new rows those that were ``taken``.

    Gives how many findings were changed and how many recorded. Refused while there is a fault.
    """
    at = at or now()
    if plan.faults:
        raise Refused(*plan.faults)
    wanted = [
        change for change in plan.comparison.changes if change.is_sure or change.name in taken
    ]
    for finding_id, changes in by_finding(wanted).items():
        finding = db.session.get(Finding, UUID(finding_id))
        if finding is None or finding.township_id != township.id:
            raise Refused(N_("别人刚刚处理过这个问题，请刷新页面看最新情况"))
        values = {change.key: _stored(change.key, plan.values[change.name]) for change in changes}
        amend_finding(finding, by=by, **values)
    chosen = [fresh for fresh in plan.fresh if fresh.name in taken]
    units = {unit.code: unit for unit in list_units_of_township(township.id)} if chosen else {}
    for fresh in chosen:
        _record(fresh, units[fresh.unit_code], by, at)
    return len(by_finding(wanted)), len(chosen)


def _record(fresh: Fresh, unit: Unit, by: Actor, at: datetime) -> None:
    values = fresh.values
    _refuse_open(unit, fresh)
    finding = add_finding(
        unit,
        source=InspectionKind.DAILY,
        statement=fresh.statement,
        severity=values["severity"] or Severity.MINOR,
        found_on=local(at).date(),
        item=_stored("item", values["item"]),
        problem_kind=values["problem_kind"] or "",
        demand=values["demand"] or "",
        owner_name=values["owner_name"] or "",
        by=by,
        at=at,
    )
    written = {key: values[key] for key in ("measures", "proof_link") if values[key]}
    if written:
        amend_finding(finding, by=by, **written)


def _refuse_open(unit: Unit, fresh: Fresh) -> None:
    known = db.session.scalar(
        select(Finding)
        .where(
            Finding.unit_id == unit.id,
            Finding.statement == fresh.statement,
            Finding.state != FindingState.CLOSED,
        )
        .limit(1)
    )
    if known is not None:
        raise Refused(
            sentence(
                N_("第%(row)s行的问题已经记过，是 %(number)s 号，请把编号填上或删去这一行"),
                row=fresh.row,
                number=number_text(known.year, known.number),
            )
        )


def _stored(key: str, value: Any) -> Any:
    if key == "item":
        return db.session.get(CatalogueItem, value) if value else None
    return value

"""Changing what is written of a finding; its state, days and verdict have steps of their own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from taole.access.permissions import Actor, Role
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_
from taole.inspections import rules
from taole.inspections.entries import at_most, required
from taole.inspections.models import Finding
from taole.inspections.problem_kinds import require_problem_kind
from taole.inspections.workflow import FindingState
from taole.organisation.queries import find_holder
from taole.trail.actions import record

AMENDABLE = (
    "statement",
    "demand",
    "measures",
    "proof_link",
    "owner_name",
    "basis",
    "problem_kind",
    "severity",
    "item",
)
_PROOF = ("measures", "proof_link")
_LONGEST = {
    "demand": (N_("整改要求"), 400),
    "measures": (N_("整改措施"), 400),
    "owner_name": (N_("责任人"), 60),
    "basis": (N_("依据"), 200),
}


def amend_finding(
    finding: Finding, *, by: Actor, version: int | None = None, **changes: Any
) -> Finding:
    """Change some of ``AMENDABLE``; what is the same as before leaves no line in the trail.

    ``item`` is a matter of the catalogue or None, ``severity`` a Severity, the rest texts.
    ``version`` is the finding's as the person saw it; without it, as it was read. Raises Refused
    for a closed finding, for another's mending while it waits for its re-check, and when somebody
    was quicker.
    """
    unknown = changes.keys() - set(AMENDABLE)
    if unknown:
        raise TypeError(f"no column to amend: {', '.join(sorted(unknown))}")
    values = {name: _checked(name, value) for name, value in changes.items()}
    values = {name: value for name, value in values.items() if value != getattr(finding, name)}
    if not values:
        return finding
    refuse_settled(finding, values)
    before = {name: _told(getattr(finding, name)) for name in values}
    after = {name: _told(value) for name, value in values.items()}
    changed = db.session.scalar(
        update(Finding)
        .where(
            Finding.id == finding.id,
            Finding.version == (finding.version if version is None else version),
            Finding.state == finding.state,
        )
        .values(version=Finding.version + 1, **_columns(finding, values))
        .returning(Finding.id)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(finding)
    if changed is None:
        raise Refused(N_("别人刚刚处理过这个问题，请刷新页面看最新情况"))
    record(
        "amend",
        "finding",
        finding.id,
        by=by,
        township_id=finding.township_id,
        before=before,
        after=after,
    )
    db.session.flush()
    return finding


def refuse_settled(finding: Finding, changed: Any) -> None:
    """Refused where what is to be changed was judged already, or is being judged."""
    if finding.state is FindingState.CLOSED:
        raise Refused(N_("这个问题已经销号，不能再改"))
    if finding.state is FindingState.PROOFED and any(name in changed for name in _PROOF):
        raise Refused(N_("整改情况已经提交复核，要改措施和链接，请先退回"))


def _checked(name: str, value: Any) -> Any:
    match name:
        case "statement":
            return required(value, N_("发现的问题"), 400)
        case "proof_link":
            link = at_most(value, N_("链接"), 300)
            fault = rules.link_fault(link)
            if fault is not None:
                raise Refused(fault)
            return link
        case "problem_kind":
            require_problem_kind(value)
            return value
        case "severity" | "item":
            return value
    return at_most(value, *_LONGEST[name])


def _columns(finding: Finding, values: dict[str, Any]) -> dict[str, Any]:
    """The columns to write; an owner by name is the village's holder if it is their name."""
    columns = dict(values)
    if "item" in columns:
        item = columns.pop("item")
        columns["item_id"] = item.id if item else None
    if "owner_name" in columns:
        holder = find_holder(finding.unit_id, Role.SECRETARY, finding.found_on)
        is_holder = holder is not None and holder.name == columns["owner_name"]
        columns["owner_id"] = holder.id if holder is not None and is_holder else None
    return columns


def _told(value: Any) -> Any:
    return value.code if hasattr(value, "code") else value

"""The steps of rectification, each by the table of moves; two people at once give one verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from taole.access.permissions import Actor
from taole.attachments.models import Attachment
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_
from taole.inspections import rules
from taole.inspections.entries import at_most, required
from taole.inspections.models import Finding
from taole.inspections.workflow import FINDING_MOVES, FindingStep
from taole.organisation.models import User
from taole.trail.actions import record


def start_mending(
    finding: Finding, *, by: Actor, at: datetime | None = None, version: int | None = None
) -> Finding:
    """The unit has taken the problem up."""
    return _move(finding, FindingStep.START, by=by, on=local(at or now()).date(), version=version)


def prove(
    finding: Finding,
    *,
    measures: str,
    by: Actor,
    on: date,
    proof: Attachment | None = None,
    photos: Sequence[Attachment] = (),
    proof_link: str = "",
    mended_by: User | None = None,
    version: int | None = None,
) -> Finding:
    """Say what was done and show it, by a photograph or by the address of a page.

    ``photos``: all that show it; ``proof`` is one of them (the first, unless it is given).
    ``mended_by``: who did it, where the system itself says so; without it, ``by``.
    """
    who = mended_by or by
    proof = proof or next(iter(photos), None)
    measures = required(measures, N_("整改措施"), 400)
    proof_link = at_most(proof_link, N_("链接"), 300)
    fault = rules.link_fault(proof_link)
    if fault is not None:
        raise Refused(fault)
    if on < finding.found_on:
        raise Refused(N_("整改日期早于发现日期，请检查日期"))
    return _move(
        finding,
        FindingStep.PROVE,
        by=by,
        on=on,
        version=version,
        has_proof=proof is not None or bool(proof_link),
        values={
            "measures": measures,
            "proof_id": proof.id if proof else None,
            "proof_link": proof_link,
            "mended_photos": [*finding.mended_photos, *(str(each.id) for each in photos)],
            "proved_on": on,
            "proved_by_id": who.id,
            "proved_by_name": who.name,
        },
    )


def send_back(
    finding: Finding,
    *,
    reason: str,
    by: Actor,
    at: datetime | None = None,
    version: int | None = None,
) -> Finding:
    """The re-check found it not mended: back to the unit, with the reason as the last verdict."""
    return _move(
        finding,
        FindingStep.SEND_BACK,
        by=by,
        on=local(at or now()).date(),
        version=version,
        reason=reason,
        values={"verdict": at_most(reason, N_("理由"), 300)},
    )


def close(
    finding: Finding, *, verdict: str, by: Actor, on: date, version: int | None = None
) -> Finding:
    """销号: somebody other than who proved it has looked and found it mended."""
    if finding.proved_on is not None and on < finding.proved_on:
        raise Refused(N_("销号日期早于整改日期，请检查日期"))
    return _move(
        finding,
        FindingStep.CLOSE,
        by=by,
        on=on,
        version=version,
        has_proof=finding.proof_id is not None or bool(finding.proof_link),
        values={
            "verdict": required(verdict, N_("复核意见"), 300),
            "closed_on": on,
            "closed_by_id": by.id,
            "closed_by_name": by.name,
        },
    )


def _move(
    finding: Finding,
    step: FindingStep,
    *,
    by: Actor,
    on: date,
    version: int | None,
    has_proof: bool = False,
    reason: str = "",
    values: dict[str, Any] | None = None,
) -> Finding:
    """Take one step by the table of moves, unless somebody was quicker.

    ``version`` is the finding's as the person saw it; without it, as it was read.
    """
    before = finding.state
    target = rules.next_state(
        before,
        step,
        has_proof=has_proof,
        reason=reason,
        by_prover=rules.is_same_person(
            by.id, by.name, finding.proved_by_id, finding.proved_by_name
        ),
        by_owner=rules.is_owner(by.id, by.name, finding.owner_id, finding.owner_name),
    )
    moved = db.session.scalar(
        update(Finding)
        .where(
            Finding.id == finding.id,
            Finding.version == (finding.version if version is None else version),
            Finding.state.in_(FINDING_MOVES[step].sources),
        )
        .values(state=target, version=Finding.version + 1, **(values or {}))
        .returning(Finding.id)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(finding)
    if moved is None:
        raise Refused(N_("别人刚刚处理过这个问题，请刷新页面看最新情况"))
    record(
        step.value,
        "finding",
        finding.id,
        by=by,
        township_id=finding.township_id,
        before={"state": before},
        after={"state": target, "on": on, **({"reason": reason.strip()} if reason else {})},
    )
    db.session.flush()
    return finding

"""More time for a finding: asked with a reason, given by the leader's word.

Being on time is counted by the day first given, whatever was granted later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import contains_eager, joinedload

from taole.access.permissions import Actor
from taole.core.database import db, under
from taole.core.errors import NotFound, Refused
from taole.core.ids import new_id
from taole.core.words import N_
from taole.inspections import rules
from taole.inspections.entries import at_most, required
from taole.inspections.models import Finding, FindingExtension
from taole.inspections.workflow import FindingState
from taole.organisation.models import Unit
from taole.trail.actions import record


def ask_extension(
    finding: Finding, *, until_on: date, reason: str, by: Actor, on: date
) -> FindingExtension:
    """Ask for more time. Refused for a closed finding, an earlier day, or a second request."""
    if finding.state in (FindingState.PROOFED, FindingState.CLOSED):
        raise Refused(N_("已经提交复核或销号的问题不用延期"))
    if find_open_extension(finding.id) is not None:
        raise Refused(N_("已经申请过延期，等领导批示"))
    rules.check_extension(finding.found_on, finding.mend_until, until_on, on)
    asked = FindingExtension(
        id=new_id(),
        township_id=finding.township_id,
        finding_id=finding.id,
        finding=finding,
        until_on=until_on,
        reason=required(reason, N_("延期理由"), 300),
        asked_by_id=by.id,
        asked_by_name=by.name,
        asked_on=on,
    )
    db.session.add(asked)
    record(
        "ask_extension",
        "finding",
        finding.id,
        by=by,
        township_id=finding.township_id,
        after={"until_on": until_on, "reason": asked.reason, "on": on},
    )
    db.session.flush()
    return asked


def decide_extension(
    asked: FindingExtension, *, grant: bool, words: str, by: Actor, on: date
) -> FindingExtension:
    """The leader's word; a refusal says why. Two people at once: the first word holds."""
    words = at_most(words, N_("批示"), 300)
    if not grant:
        words = required(words, N_("不同意的理由"), 300)
    if asked.asked_by_id is not None and asked.asked_by_id == by.id:
        raise Refused(N_("延期是您申请的，要请领导批示"))
    decided = db.session.scalar(
        update(FindingExtension)
        .where(FindingExtension.id == asked.id, FindingExtension.is_granted.is_(None))
        .values(is_granted=grant, words=words, decided_by_name=by.name, decided_on=on)
        .returning(FindingExtension.id)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(asked)
    if decided is None:
        raise Refused(N_("别人刚刚批示过这次延期，请刷新页面看最新情况"))
    finding = asked.finding
    before = finding.mend_until
    if grant:
        finding.extended_to = asked.until_on
    record(
        "grant_extension" if grant else "refuse_extension",
        "finding",
        finding.id,
        by=by,
        township_id=finding.township_id,
        before={"mend_until": before},
        after={"mend_until": finding.mend_until, "words": words, "on": on},
    )
    db.session.flush()
    return asked


def get_extension(extension_id: UUID) -> FindingExtension:
    asked = db.session.get(
        FindingExtension,
        extension_id,
        options=[joinedload(FindingExtension.finding).joinedload(Finding.unit)],
    )
    if asked is None:
        raise NotFound(extension_id)
    return asked


def find_open_extension(finding_id: UUID) -> FindingExtension | None:
    """The request that waits for the leader's word."""
    return db.session.scalar(
        select(FindingExtension).where(
            FindingExtension.finding_id == finding_id, FindingExtension.is_granted.is_(None)
        )
    )


def list_open_extensions(paths: Sequence[str] | str) -> list[FindingExtension]:
    """The requests of these subtrees that wait for the leader's word, the oldest first."""
    return list(
        db.session.scalars(
            select(FindingExtension)
            .join(FindingExtension.finding)
            .join(Finding.unit)
            .where(under(Unit.path, paths), FindingExtension.is_granted.is_(None))
            .options(contains_eager(FindingExtension.finding).contains_eager(Finding.unit))
            .order_by(FindingExtension.asked_on, FindingExtension.id)
        )
    )


def list_extensions(finding_id: UUID) -> list[FindingExtension]:
    return list(
        db.session.scalars(
            select(FindingExtension)
            .where(FindingExtension.finding_id == finding_id)
            .order_by(FindingExtension.asked_on, FindingExtension.id)
        )
    )

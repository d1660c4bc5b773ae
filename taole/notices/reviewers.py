"""Who gives which review of a notice, by name where the place is filled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from taole.access.permissions import Role
from taole.notices.models import Notice
from taole.notices.workflow import ReviewStep
from taole.organisation.queries import find_holder
from taole.organisation.rules import GRASSROOTS


def reviewers_of(
    notice: Notice, steps: Sequence[ReviewStep], on: date
) -> list[tuple[ReviewStep, Role, str]]:
    """For each review: which role gives it, and who holds that role on the day ("" if nobody)."""
    found = []
    for step in steps:
        unit_id, role = _place(notice, step)
        holder = find_holder(unit_id, role, on)
        found.append((step, role, holder.name if holder else ""))
    return found


def _place(notice: Notice, step: ReviewStep) -> tuple[UUID, Role]:
    match step:
        case ReviewStep.FIRST:
            is_village = notice.unit.kind in GRASSROOTS
            return notice.unit_id, Role.SUPERVISOR if is_village else Role.REVIEWER
        case ReviewStep.SECOND:
            return notice.township_id, Role.CLERK
        case ReviewStep.FINAL:
            return notice.township_id, Role.LEADER

"""Which reviews an item's notices pass: the township's word, from a day on. Nothing commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from taole.access.permissions import Actor
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.words import N_, sentence
from taole.notices.models import Notice, ReviewSetting
from taole.notices.review_queries import find_review_setting, list_review_settings
from taole.notices.workflow import ALL_STEPS, ReviewStep
from taole.organisation.models import Unit
from taole.trail.actions import record


@dataclass(frozen=True)
class ReviewPlan:
    """The reviews an item asks for, and whether it may go up ahead of them (先公示后审核)."""

    steps: tuple[ReviewStep, ...] = ALL_STEPS
    is_urgent: bool = False


USUAL = ReviewPlan()
"""All three reviews, before anything goes up: where the township set nothing."""


def review_plan(notice: Notice, on: date) -> ReviewPlan:
    return plan_for(notice.township_id, notice.item.code, on)


def plan_for(township_id: UUID, item_code: str, on: date) -> ReviewPlan:
    """What the township set for an item on a day; all three reviews where it set nothing."""
    setting = find_review_setting(township_id, item_code, on)
    return _plan(setting) if setting else USUAL


def plan_among(settings: Iterable[ReviewSetting], item_code: str, on: date) -> ReviewPlan:
    """As ``plan_for``, out of a township's settings, the oldest first."""
    known = [each for each in settings if each.from_on <= on]
    own = [each for each in known if item_code and each.item_code == item_code]
    general = [each for each in known if not each.item_code]
    latest = (own or general)[-1:]
    return _plan(latest[0]) if latest else USUAL


def _plan(setting: ReviewSetting) -> ReviewPlan:
    return ReviewPlan(tuple(ReviewStep(step) for step in setting.steps), setting.is_urgent)


def set_reviews(
    township: Unit,
    *,
    steps: Sequence[ReviewStep],
    from_on: date,
    by: Actor,
    item_code: str = "",
    is_urgent: bool = False,
    at: datetime | None = None,
) -> ReviewSetting:
    """The township settles which reviews an item passes (all items: no code), from a day on.

    What was handed in before keeps the reviews that it was handed in for. Refused when no review
    is left, and when a later day is settled already.
    """
    chosen = [step for step in ALL_STEPS if step in steps]
    if not chosen:
        raise Refused(
            sentence(
                N_("“%(item)s”至少要留一审：请在初审、复审、终审里勾选一到三项。"),
                item=item_code or sentence(N_("其他事项")),
            )
        )
    later = [
        each.from_on
        for each in list_review_settings(township.id)
        if each.item_code == item_code and each.from_on > from_on
    ]
    if later:
        raise Refused(
            sentence(
                N_("%(item)s从%(day)s起已经另有规定：请把日期改到那天或以后。"),
                item=item_code or sentence(N_("其他事项")),
                day=max(later).isoformat(),
            )
        )
    before = plan_for(township.id, item_code, from_on)
    setting = ReviewSetting(
        id=new_id(),
        township_id=township.id,
        item_code=item_code,
        from_on=from_on,
        steps=[str(step) for step in chosen],
        is_urgent=is_urgent,
        set_by_id=by.id,
        set_by_name=by.name,
        set_at=at or now(),
    )
    db.session.add(setting)
    db.session.flush()
    record(
        "set_reviews",
        "review_setting",
        setting.id,
        by=by,
        township_id=township.id,
        before={"steps": [str(step) for step in before.steps], "urgent": before.is_urgent},
        after={"item": item_code, "steps": setting.steps, "urgent": is_urgent, "from": from_on},
    )
    return setting

"""The last look before a notice is handed in, and what comes after."""

from __future__ import annotations

from typing import Any

from flask import render_template

from taole.access.guard import requires
from taole.access.permissions import Permission
from taole.attachments.queries import list_attachments
from taole.catalogue.template_rules import sum_line
from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.clock import today
from taole.notices.blueprint import blueprint
from taole.notices.check_rules import is_ready
from taole.notices.checks import checks_of
from taole.notices.models import Notice
from taole.notices.posting import default_until, required_channels
from taole.notices.queries import get_notice
from taole.notices.review_plans import review_plan
from taole.notices.reviewers import reviewers_of
from taole.obligations.queries import list_open


@blueprint.get("/notices/<uuid:notice_id>/check")
@requires(Permission.WRITE_NOTICE, of=get_notice)
def check(notice: Notice) -> Any:
    told = checks_of(notice, today())
    template = UnifiedTemplate.from_mapping(notice.template)
    plan = review_plan(notice, today())
    return render_template(
        "notices/check.html",
        notice=notice,
        checks=told,
        is_ready=is_ready(told),
        sums=sum_line(template, notice.columns, notice.rows),
        files=list_attachments(notice.id),
        until=default_until(notice.item, today()),
        required=required_channels(notice, today()),
        reviewers=reviewers_of(notice, plan.steps, today()),
        is_urgent=plan.is_urgent,
    )


@blueprint.get("/notices/<uuid:notice_id>/sent")
@requires(Permission.WRITE_NOTICE, of=get_notice)
def sent(notice: Notice) -> Any:
    """Handed in: its number, and what to do next, overdue first."""
    owed = [each for each in list_open(notice.unit, today()) if each.review_since is None]
    return render_template(
        "notices/sent.html",
        notice=notice,
        following=sorted(owed, key=lambda each: each.due_on)[:1],
        left=len(owed),
        reviewers=reviewers_of(notice, review_plan(notice, today()).steps, today()),
        is_urgent=review_plan(notice, today()).is_urgent,
    )

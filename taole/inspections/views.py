"""The list of findings; the other pages hang on beside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.errors import NotFound
from taole.core.pages import paginate
from taole.inspections import (
    amending_views,
    finding_views,
    grace_views,
    inspection_views,
    self_check_views,
    statistics_views,
    story_views,
)
from taole.inspections.blueprint import blueprint, year_asked
from taole.inspections.extending import list_open_extensions
from taole.inspections.models import Finding
from taole.inspections.problem_kinds import problem_kinds
from taole.inspections.queries import (
    FindingFilter,
    count_findings,
    get_finding,
    list_inspectable_units,
    list_years,
    select_findings,
)
from taole.inspections.rules import SEVERITY_RANK
from taole.inspections.sections import my_code, my_sections
from taole.inspections.self_checks import list_open_self_checks
from taole.inspections.story_views import story
from taole.inspections.workflow import (
    FINDING_STATE_LABELS,
    INSPECTION_KIND_LABELS,
    SEVERITY_LABELS,
    FindingState,
    InspectionKind,
    Severity,
)
from taole.obligations.blueprint import at_a_desk
from taole.organisation.queries import list_townships

__all__ = [
    "amending_views",
    "blueprint",
    "finding_views",
    "grace_views",
    "inspection_views",
    "self_check_views",
    "statistics_views",
    "story_views",
]

KEPT = ("unit", "source", "state", "year", "kind", "severity", "overdue")


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return {
        "severity_rank": SEVERITY_RANK,
        "finding_source_labels": INSPECTION_KIND_LABELS,
        "finding_sections": my_sections,
        "may_record_problem": lambda thing: i_may(Permission.RECORD_INSPECTION, thing),
    }


@blueprint.get("/findings")
@requires(Permission.SEE_FINDINGS)
def findings() -> Any:
    paths = my_reach(Permission.SEE_FINDINGS)
    wanted = _wanted(paths)
    chosen = _chosen()
    return render_template(
        "inspections/findings.html" if at_a_desk() else "inspections/findings_of_village.html",
        page=paginate(select_findings(wanted)),
        counts=count_findings(wanted, today()),
        wanted=wanted,
        kept={name: request.args[name] for name in KEPT if request.args.get(name)},
        state_labels=FINDING_STATE_LABELS,
        severity_labels=SEVERITY_LABELS,
        problem_kinds=problem_kinds(),
        self_checks=list_open_self_checks(paths),
        waiting_extensions=list_open_extensions(my_reach(Permission.GRANT_EXTENSION)),
        units=list_inspectable_units(paths),
        years=list_years(paths),
        checklist_code=wanted.unit_code or my_code(),
        may_record=bool(my_reach(Permission.RECORD_INSPECTION)),
        grace_code=_my_township(),
        chosen=chosen,
        **(story(chosen) if chosen else {}),
    )


def _my_township() -> str:
    """The code of the one township whose days of grace this person sets ("" for none or many)."""
    townships = list_townships(my_reach(Permission.SET_REMINDERS))
    return townships[0].code if len(townships) == 1 else ""


def _wanted(paths: tuple[str, ...]) -> FindingFilter:
    return FindingFilter(
        paths,
        unit_code=request.args.get("unit", ""),
        source=request.args.get("source", type=InspectionKind),
        state=request.args.get("state", type=FindingState),
        year=year_asked(),
        problem_kind=request.args.get("kind", ""),
        severity=request.args.get("severity", type=Severity),
        overdue_on=today() if request.args.get("overdue") else None,
    )


def _chosen() -> Finding | None:
    """The finding shown beside the list; NotFound when it is not this person's to see."""
    finding_id = request.args.get("finding", type=UUID)
    if finding_id is None:
        return None
    finding = get_finding(finding_id)
    if not i_may(Permission.SEE_FINDINGS, finding):
        raise NotFound
    return finding

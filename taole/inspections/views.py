"""The list of findings and the story of one; the other pages hang on beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import Permission
from taole.attachments.actions import keep_file
from taole.core.clock import today
from taole.core.errors import NotFound, Refused
from taole.core.pages import paginate
from taole.inspections import checklist_views, finding_views, inspection_views
from taole.inspections.actions import close, prove, send_back, start_mending
from taole.inspections.blueprint import blueprint, year_asked
from taole.inspections.forms import JudgeForm, ProveForm, SeenForm
from taole.inspections.models import Finding
from taole.inspections.queries import (
    FindingFilter,
    count_findings,
    get_finding,
    list_inspectable_units,
    list_photos_of_problem,
    list_steps,
    list_years,
    select_findings,
)
from taole.inspections.rules import SEVERITY_RANK, allowed_steps, is_owner, is_same_person
from taole.inspections.workflow import (
    FINDING_MOVES,
    FINDING_STATE_LABELS,
    INSPECTION_KIND_LABELS,
    FindingState,
    FindingStep,
    InspectionKind,
)
from taole.obligations.blueprint import at_a_desk, layout

__all__ = ["blueprint", "checklist_views", "finding_views", "inspection_views"]

KEPT = ("unit", "source", "state", "year")


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return {"severity_rank": SEVERITY_RANK, "finding_source_labels": INSPECTION_KIND_LABELS}


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
        units=list_inspectable_units(paths),
        years=list_years(paths),
        checklist_code=wanted.unit_code or checklist_views.my_code(),
        may_record=bool(my_reach(Permission.RECORD_INSPECTION)),
        chosen=chosen,
        **(_story(chosen) if chosen else {}),
    )


def _wanted(paths: tuple[str, ...]) -> FindingFilter:
    return FindingFilter(
        paths,
        unit_code=request.args.get("unit", ""),
        source=request.args.get("source", type=InspectionKind),
        state=request.args.get("state", type=FindingState),
        year=year_asked(),
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


@blueprint.get("/findings/<uuid:finding_id>")
@requires(Permission.SEE_FINDINGS, of=get_finding)
def finding(finding: Finding) -> Any:
    return _show(finding)


@blueprint.post("/findings/<uuid:finding_id>/start")
@requires(Permission.MEND_FINDING, of=get_finding)
def start(finding: Finding) -> Any:
    form = SeenForm()
    return _take(
        finding,
        form,
        lambda: start_mending(finding, by=current_user, version=form.seen),
        _("已签收，请在时限前整改"),
    )


@blueprint.post("/findings/<uuid:finding_id>/prove")
@requires(Permission.MEND_FINDING, of=get_finding)
def prove_mending(finding: Finding) -> Any:
    form = ProveForm()
    return _take(finding, form, lambda: _prove(finding, form), _("已提交，等待复核"))


def _prove(finding: Finding, form: ProveForm) -> None:
    upload = form.proof.data
    kept = (
        keep_file(finding.unit, upload, upload.filename, by=current_user, owner_id=finding.id)
        if upload is not None and upload.filename
        else None
    )
    prove(
        finding,
        measures=form.measures.data or "",
        by=current_user,
        on=today(),
        proof=kept,
        proof_link=form.proof_link.data or "",
        version=form.seen,
    )


@blueprint.post("/findings/<uuid:finding_id>/close")
@requires(Permission.RECHECK_FINDING, of=get_finding)
def close_finding(finding: Finding) -> Any:
    form = JudgeForm()
    return _take(
        finding,
        form,
        lambda: close(
            finding,
            verdict=form.verdict.data or "",
            by=current_user,
            on=today(),
            version=form.seen,
        ),
        _("已销号"),
    )


@blueprint.post("/findings/<uuid:finding_id>/send-back")
@requires(Permission.RECHECK_FINDING, of=get_finding)
def send_back_finding(finding: Finding) -> Any:
    form = JudgeForm()
    return _take(
        finding,
        form,
        lambda: send_back(
            finding, reason=form.verdict.data or "", by=current_user, version=form.seen
        ),
        _("已退回，请村里再改"),
    )


def _take(finding: Finding, form: SeenForm, act: Callable[[], object], done: str) -> Any:
    """Take a step and go back to where it was taken, or show the form again with what was said."""
    if form.validate_on_submit():
        try:
            act()
        except Refused as refusal:
            form.say_above(refusal)
        else:
            flash(done, "ok")
            if form.beside.data:
                return redirect(url_for("inspections.findings", finding=finding.id) + "#story")
            return redirect(url_for("inspections.finding", finding_id=finding.id))
    return _show(finding, form), 422


def _show(finding: Finding, form: SeenForm | None = None) -> str:
    if not i_may(Permission.SEE_FINDINGS, finding):
        abort(403)
    return render_template(
        "inspections/finding.html",
        layout=layout(),
        chosen=finding,
        beside=False,
        **_story(finding, form),
    )


def _story(finding: Finding, form: SeenForm | None = None) -> dict[str, Any]:
    """What the story of a finding shows, with the steps that this person may take."""
    me = current_user.id, current_user.name
    mine = is_same_person(*me, finding.proved_by_id, finding.proved_by_name) or is_owner(
        *me, finding.owner_id, finding.owner_name
    )
    steps = {
        step
        for step in allowed_steps(finding.state, is_own=mine)
        if i_may(FINDING_MOVES[step].permission, finding)
    }
    waits_for_another = (
        mine
        and finding.state is FindingState.PROOFED
        and i_may(Permission.RECHECK_FINDING, finding)
    )
    return {
        "allowed": steps,
        "Step": FindingStep,
        "taken": list_steps(finding),
        "photos": list_photos_of_problem(finding),
        "waits_for_another": waits_for_another,
        "prove_form": form if isinstance(form, ProveForm) else ProveForm(formdata=None),
        "judge_form": form if isinstance(form, JudgeForm) else JudgeForm(formdata=None),
        "failed_form": form,
    }

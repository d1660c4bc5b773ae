"""The story of one finding, and the steps of its rectification."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import i_may, requires
from taole.access.permissions import Permission
from taole.attachments.uploads import list_unfinished
from taole.core.clock import now, today
from taole.core.errors import Refused
from taole.inspections.actions import close, prove, send_back, start_mending
from taole.inspections.blueprint import blueprint
from taole.inspections.extending import (
    ask_extension,
    decide_extension,
    get_extension,
    list_extensions,
)
from taole.inspections.finding_views import keep_photos
from taole.inspections.models import Finding, FindingExtension
from taole.inspections.problem_kinds import find_problem_kind
from taole.inspections.queries import (
    get_finding,
    list_photos_of_mending,
    list_photos_of_problem,
    list_recurrences,
    list_steps,
)
from taole.inspections.rules import allowed_steps, is_owner, is_same_person
from taole.inspections.seen import detector_of
from taole.inspections.step_forms import ExtendForm, GrantForm, JudgeForm, ProveForm, SeenForm
from taole.inspections.workflow import FINDING_MOVES, FindingState, FindingStep
from taole.notifications.short_links import short_link
from taole.obligations.blueprint import layout


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
    prove(
        finding,
        measures=form.measures.data or "",
        by=current_user,
        on=today(),
        photos=keep_photos(finding, form.proof.data, now()),
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


@blueprint.post("/findings/<uuid:finding_id>/extension")
@requires(Permission.MEND_FINDING, of=get_finding)
def extend_finding(finding: Finding) -> Any:
    form = ExtendForm()
    return _take(
        finding,
        form,
        lambda: ask_extension(
            finding,
            until_on=form.until_on.data or today(),
            reason=form.reason.data or "",
            by=current_user,
            on=today(),
        ),
        _("已申请延期，等领导批示"),
    )


@blueprint.post("/findings/extensions/<uuid:extension_id>/grant")
@requires(Permission.GRANT_EXTENSION, of=get_extension)
def grant_extension(extension: FindingExtension) -> Any:
    return _decide(extension, grant=True)


@blueprint.post("/findings/extensions/<uuid:extension_id>/refuse")
@requires(Permission.GRANT_EXTENSION, of=get_extension)
def refuse_extension(extension: FindingExtension) -> Any:
    return _decide(extension, grant=False)


def _decide(extension: FindingExtension, *, grant: bool) -> Any:
    form = GrantForm()
    return _take(
        extension.finding,
        form,
        lambda: decide_extension(
            extension, grant=grant, words=form.words.data or "", by=current_user, on=today()
        ),
        _("已同意延期") if grant else _("没有同意延期"),
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
        **story(finding, form),
    )


def story(finding: Finding, form: SeenForm | None = None) -> dict[str, Any]:
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
        "mended_photos": list_photos_of_mending(finding),
        "waits_for_another": waits_for_another,
        "kind": find_problem_kind(finding.problem_kind),
        "recurrences": list_recurrences(finding),
        "extensions": list_extensions(finding.id),
        "may_extend": i_may(Permission.MEND_FINDING, finding)
        and finding.state in (FindingState.OPEN, FindingState.MENDING),
        "may_amend": i_may(Permission.RECORD_INSPECTION, finding)
        and finding.state is not FindingState.CLOSED,
        "may_grant": i_may(Permission.GRANT_EXTENSION, finding),
        "extend_form": form if isinstance(form, ExtendForm) else ExtendForm(formdata=None),
        "grant_form": form if isinstance(form, GrantForm) else GrantForm(formdata=None),
        "unfinished": list_unfinished(finding.id),
        "prove_form": form if isinstance(form, ProveForm) else _prove_form(finding, steps),
        "judge_form": form if isinstance(form, JudgeForm) else JudgeForm(formdata=None),
        "failed_form": form,
    }


def _prove_form(finding: Finding, steps: set[FindingStep]) -> ProveForm:
    """With what is known of the mending: what a list brought, or what the system sees itself."""
    known = {"measures": finding.measures, "proof_link": finding.proof_link}
    detector = detector_of(finding.subject) if FindingStep.PROVE in steps else None
    if detector is not None and not finding.proof_link:
        seen = detector.mended([finding.subject], today()).get(finding.subject)
        if seen is not None:
            known["proof_link"] = seen.link or short_link(seen.page)
    return ProveForm(formdata=None, data=known)

"""Signing in and out, the password, and the language."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from taole.access.guard import public, requires
from taole.access.permissions import Permission
from taole.core.clock import now
from taole.core.errors import Refused
from taole.core.pages import say
from taole.organisation.actions import change_password, sign_in
from taole.organisation.forms import PasswordForm, SignInForm

blueprint = Blueprint("organisation", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in_page() -> Any:
    if current_user.is_authenticated:
        return redirect(url_for("dashboard.home"))
    form = SignInForm()
    if form.validate_on_submit():
        try:
            user = sign_in((form.username.data or "").strip(), form.password.data or "", at=now())
        except Refused as refusal:
            # answered with 200, so that the failure counted towards the lock-out is kept
            form.password.errors = [say(said) for said in refusal.sentences]
        else:
            session.clear()
            session.permanent = True
            login_user(user)
            return redirect(_safe_next() or url_for("dashboard.home"))
    return render_template("organisation/sign_in.html", form=form)


@blueprint.post("/sign-out")
@requires(Permission.BE_SIGNED_IN)
def sign_out() -> Any:
    logout_user()
    session.clear()
    return redirect(url_for("organisation.sign_in_page"))


@blueprint.route("/password", methods=["GET", "POST"])
@requires(Permission.BE_SIGNED_IN)
def password() -> Any:
    form = PasswordForm()
    if form.validate_on_submit():
        user = current_user._get_current_object()
        try:
            change_password(user, form.old.data or "", form.new.data or "", by=user)
        except Refused as refusal:
            form.new.errors = [say(said) for said in refusal.sentences]
            return render_template("organisation/password.html", form=form), 422
        login_user(user)
        flash(_("密码已改好"), "ok")
        return redirect(url_for("dashboard.home"))
    return render_template("organisation/password.html", form=form)


@blueprint.post("/language")
@public
def language() -> Any:
    """Switch between Chinese and English; kept in a cookie of this browser."""
    chosen = "en" if request.form.get("to") == "en" else "zh"
    answer = redirect(_safe_next() or url_for("dashboard.home"))
    answer.set_cookie(
        "language", chosen, max_age=365 * 86400, samesite="Lax", secure=request.is_secure
    )
    return answer


def _safe_next() -> str | None:
    """A place inside this site to go on to, never another host."""
    target = request.values.get("next", "")
    inside = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if inside and "\\" not in target else None

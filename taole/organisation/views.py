"""Signing in and out, the password, and the language; the pages of people hang on beside."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from taole.access.guard import me, public, requires
from taole.access.permissions import ROLE_LABELS, Permission
from taole.core.clock import now
from taole.core.errors import Refused
from taole.core.pages import say, say_all
from taole.organisation import people_views, trail_views, unit_views
from taole.organisation.actions import change_password, end_sessions, sign_in
from taole.organisation.blueprint import blueprint
from taole.organisation.forms import PasswordForm, SignInForm
from taole.organisation.queries import find_only_township
from taole.organisation.rules import contact_line

__all__ = ["blueprint", "people_views", "trail_views", "unit_views"]


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
            form.password.errors = say_all(refusal)
        else:
            session.clear()
            session.permanent = True
            login_user(user)
            return redirect(_safe_next() or url_for("dashboard.home"))
    township = find_only_township()
    return render_template(
        "organisation/sign_in.html",
        form=form,
        site_name=_("%(place)s 村务公开", place=township.name) if township else "",
        contact=say(contact_line(township.full_name, township.phone)) if township else "",
    )


@blueprint.post("/sign-out")
@requires(Permission.BE_SIGNED_IN)
def sign_out() -> Any:
    end_sessions(me())
    logout_user()
    session.clear()
    return redirect(url_for("organisation.sign_in_page"))


@blueprint.route("/password", methods=["GET", "POST"])
@requires(Permission.BE_SIGNED_IN)
def password() -> Any:
    form = PasswordForm()
    if form.validate_on_submit():
        user = me()
        try:
            change_password(user, form.old.data or "", form.new.data or "", by=user)
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            login_user(user)
            flash(_("密码已改好"), "ok")
            return redirect(url_for("dashboard.home"))
    page = render_template("organisation/password.html", form=form, role_labels=ROLE_LABELS)
    return page, 422 if form.errors else 200


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
    inside = target.startswith("/") and not target.startswith("//")
    # browsers drop tabs and line breaks, and read a backslash as a slash
    return target if inside and target.isprintable() and "\\" not in target else None

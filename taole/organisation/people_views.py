"""Pages of people: who holds what, newcomers, stand-ins, leaving, a new first password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from taole.access.guard import i_may, my_reach, requires
from taole.access.permissions import ROLE_LABELS, Permission, Role
from taole.core.clock import today
from taole.core.errors import NotFound, Refused
from taole.core.pages import paginate, say_all
from taole.organisation.actions import reset_password
from taole.organisation.blueprint import blueprint
from taole.organisation.forms import LastDayForm, NewcomerForm, RoleForm, StandInForm, choice
from taole.organisation.models import Membership, User
from taole.organisation.queries import (
    get_membership,
    get_unit,
    get_user,
    list_holdings,
    list_people,
    list_stand_ins,
    list_units_under,
    select_units,
)
from taole.organisation.rules import UNIT_KIND_LABELS, common_path
from taole.organisation.staffing import appoint, dismiss, end_role, engage, stand_in
from taole.trail.queries import list_lines_of
from taole.trail.words import tell_all

MANAGE = Permission.MANAGE_PEOPLE


@dataclass(frozen=True)
class Colleague:
    """A person, and the place at which the guard looks for them."""

    user: User
    path: str


@dataclass(frozen=True)
class Post:
    """A role of a person that is to be changed; placed as widely as the person is."""

    held: Membership
    path: str


def seen(user_id: UUID) -> Colleague:
    """Somebody with a role, past or present, anywhere within the reader's reach."""
    user, mine = get_user(user_id), my_reach(Permission.SEE_PEOPLE)
    paths = [held.path for held in user.memberships]
    inside = [path for path in paths if path.startswith(mine)]
    return Colleague(user, inside[0] if inside else common_path(paths))


def managed(user_id: UUID) -> Colleague:
    """Somebody whose every present and coming role lies within one reach, or it is a 404."""
    user, day = get_user(user_id), today()
    kept = [held.path for held in user.memberships if not (held.until_on and held.until_on <= day)]
    return Colleague(user, common_path(kept or [held.path for held in user.memberships]))


def managed_post(user_id: UUID, held_id: UUID) -> Post:
    held = get_membership(held_id)
    if held.user_id != user_id:
        raise NotFound(held_id)
    return Post(held, held.path)


@blueprint.get("/people")
@requires(Permission.SEE_PEOPLE)
def people() -> Any:
    page = paginate(select_units(my_reach(Permission.SEE_PEOPLE)))
    holdings = list_holdings(page.rows)
    return render_template(
        "organisation/people.html",
        page=page,
        holdings={unit.id: [h for h in holdings if h.unit_id == unit.id] for unit in page.rows},
        role_labels=ROLE_LABELS,
        kind_labels=UNIT_KIND_LABELS,
        may_manage=bool(my_reach(MANAGE)),
        may_see_trail=bool(my_reach(Permission.SEE_TRAIL)),
        may_set_reviews=bool(my_reach(Permission.SET_REVIEWS)),
    )


@blueprint.route("/people/new", methods=["GET", "POST"])
@requires(MANAGE)
def newcomer() -> Any:
    form = NewcomerForm()
    _offer_units(form)
    if request.method == "GET":
        form.from_on.data = today()
        form.unit.data = request.args.get("unit", "")
    elif form.validate_on_submit():
        try:
            user, password = engage(
                form.username.data or "",
                (form.name.data or "").strip(),
                Role(form.role.data),
                get_unit(form.unit.data),
                from_on=form.from_on.data or today(),
                until_on=form.until_on.data,
                phone=form.phone.data or "",
                by=current_user,
            )
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            return _told_once(user, password)
    page = render_template("organisation/newcomer.html", form=form)
    return page, 422 if form.errors else 200


@blueprint.get("/people/<uuid:user_id>")
@requires(Permission.SEE_PEOPLE, of=seen)
def person(who: Colleague) -> Any:
    return _person_page(who.user)


@blueprint.post("/people/<uuid:user_id>/roles")
@requires(MANAGE, of=managed)
def give(who: Colleague) -> Any:
    form = RoleForm()
    _offer_units(form)
    return _act(
        who.user,
        form,
        lambda: appoint(
            who.user,
            Role(form.role.data),
            get_unit(form.unit.data),
            from_on=form.from_on.data or today(),
            until_on=form.until_on.data,
            by=current_user,
        ),
    )


@blueprint.post("/people/<uuid:user_id>/stand-ins")
@requires(MANAGE, of=managed)
def name_stand_in(who: Colleague) -> Any:
    form = StandInForm()
    _offer_stand_ins(form, who.user)
    return _act(
        who.user,
        form,
        lambda: stand_in(
            get_membership(UUID(form.post.data)),
            get_user(UUID(form.colleague.data)),
            from_on=form.from_on.data or today(),
            until_on=form.until_on.data or today(),
            by=current_user,
        ),
    )


@blueprint.post("/people/<uuid:user_id>/roles/<uuid:held_id>/end")
@requires(MANAGE, of=managed_post)
def end(post: Post) -> Any:
    form = LastDayForm()
    user = post.held.user
    on = form.on
    return _act(user, form, lambda: end_role(post.held, on=on.data or today(), by=current_user))


@blueprint.post("/people/<uuid:user_id>/retire")
@requires(MANAGE, of=managed)
def retire_person(who: Colleague) -> Any:
    form = LastDayForm()
    on, day = form.on, today()
    return _act(
        who.user,
        form,
        lambda: dismiss(who.user, on=on.data or day, by=current_user, today=day),
    )


@blueprint.post("/people/<uuid:user_id>/password")
@requires(MANAGE, of=managed)
def new_first_password(who: Colleague) -> Any:
    if who.user.retired_on is not None:
        raise Refused(_("已经离岗的人不用重设密码"))
    return _told_once(who.user, reset_password(who.user, by=current_user))


def _told_once(user: User, password: str) -> Any:
    """Answered at once and not after a redirect: the password is kept nowhere to be shown again."""
    return render_template("organisation/first_password.html", user=user, password=password)


def _act(user: User, form: Any, act: Callable[[], object]) -> Any:
    if form.validate_on_submit():
        try:
            act()
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("已办好"), "ok")
            return redirect(url_for("organisation.person", user_id=user.id))
    return _person_page(user, form), 422


def _person_page(user: User, wrong: Any = None) -> str:
    day = today()
    manageable = i_may(MANAGE, managed(user.id)) and user.retired_on is None
    forms: dict[type[Any], Any] = {}
    if manageable:
        forms = {RoleForm: RoleForm(None), StandInForm: StandInForm(None)}
        forms[LastDayForm] = LastDayForm(None, on=day)
        for form in (forms[RoleForm], forms[StandInForm]):
            form.from_on.data = day
        if wrong is not None:
            forms[type(wrong)] = wrong
        _offer_units(forms[RoleForm])
        _offer_stand_ins(forms[StandInForm], user)
    lines = list_lines_of(user.id) if my_reach(Permission.SEE_TRAIL) else []
    return render_template(
        "organisation/person.html",
        user=user,
        role_labels=ROLE_LABELS,
        stand_ins=list_stand_ins(user.id),
        manageable=manageable,
        is_self=user.id == current_user.id,
        role_form=forms.get(RoleForm),
        stand_in_form=forms.get(StandInForm),
        last_day_form=forms.get(LastDayForm),
        wrong=wrong,
        told=tell_all(reversed(lines)),
    )


def _offer_units(form: Any) -> None:
    form.unit.choices = [
        choice(unit.code, unit.name) for unit in list_units_under(my_reach(MANAGE))
    ]


def _offer_stand_ins(form: Any, user: User) -> None:
    form.post.choices = [
        choice(str(held.id), f"{held.unit.name} {_(ROLE_LABELS[held.role])}")
        for held in user.current
        if held.stands_in_for_id is None
    ]
    form.colleague.choices = [
        choice(str(other.id), other.name)
        for other in list_people(my_reach(MANAGE))
        if other.id != user.id and other.retired_on is None
    ]

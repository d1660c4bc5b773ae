"""The one guard: every page says who may enter, or the application does not start."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app
from flask_login import current_user

from taole.access.permissions import Grant, Permission, Placed, may, reach, sees
from taole.core.errors import NotFound

View = Callable[..., Any]


def public(view: View) -> View:
    """A page for everybody, signed in or not."""
    view.__dict__["entry"] = "public"
    return view


def requires(
    permission: Permission, of: Callable[..., Placed] | None = None
) -> Callable[[View], View]:
    """A page for those who hold ``permission``.

    With ``of``, the loader gets the address's arguments and returns the object, which the view
    receives in their place: outside the person's reach it is a 404, without the permission a 403.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            grants = my_grants()
            if of is None:
                # who has lost the last role may still change a password and sign out
                if permission is not Permission.BE_SIGNED_IN and not reach(grants, permission):
                    abort(403)
                return view(**arguments)
            thing = of(**arguments)
            if not sees(grants, thing.path):
                raise NotFound
            if not may(grants, permission, thing.path):
                abort(403)
            return view(thing)

        guarded.__dict__["entry"] = permission
        guarded.__dict__["loads"] = of is not None
        return guarded

    return wrap


def me() -> Any:
    """The signed-in person themselves, to be named as the one who acts."""
    return current_user._get_current_object()


def my_grants() -> tuple[Grant, ...]:
    grants: tuple[Grant, ...] = current_user.grants if current_user.is_authenticated else ()
    return grants


def my_reach(permission: Permission) -> tuple[str, ...]:
    return reach(my_grants(), permission)


def i_may(permission: Permission, thing: Placed) -> bool:
    """For templates and views that offer an act only to those who may do it."""
    return may(my_grants(), permission, thing.path)


def refuse_unguarded(app: Flask) -> None:
    """Raise at the start if any page does not say who may enter."""
    naked = sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "entry")
    )
    if naked:
        raise RuntimeError("unguarded pages: " + ", ".join(naked))

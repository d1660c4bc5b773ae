"""The guard: no page without saying who may enter, no stranger's object, no forbidden act."""

from __future__ import annotations

import pytest
from cast import PASSWORD, settings_for
from flask import Flask

from taole.access.guard import public, refuse_unguarded, requires
from taole.access.permissions import Permission
from taole.app.factory import create_app


def test_an_application_with_an_unguarded_page_does_not_start(tmp_path):
    app = create_app(settings_for(tmp_path))
    app.add_url_rule("/secret-door", "secret_door", lambda: "open")
    with pytest.raises(RuntimeError, match="secret_door"):
        refuse_unguarded(app)


def test_a_page_that_is_public_or_asks_for_a_permission_is_let_through():
    app = Flask("small", static_folder=None)
    app.add_url_rule("/", "front", public(lambda: "for all"))
    app.add_url_rule("/desk", "desk", requires(Permission.SEE_OVERVIEW)(lambda: "for some"))
    refuse_unguarded(app)


def test_every_page_of_the_house_says_who_may_enter(sqlite_house):
    views = sqlite_house.app.view_functions
    assert {name for name, view in views.items() if view.__dict__["entry"] == "public"} >= {
        "static",
        "organisation.sign_in_page",
        "organisation.language",
    }


def test_whoever_has_not_signed_in_is_shown_the_door(town, app):
    answer = app.test_client().get("/people")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=")


def test_a_foreign_village_does_not_exist(town, sign_in):
    secretary = sign_in("chen")
    assert secretary.get("/villages/640221106201/").status_code == 200
    assert secretary.get("/villages/640221106202/").status_code == 404
    assert secretary.get("/villages/640221203201/").status_code == 404


def test_a_village_that_does_not_exist_answers_like_a_foreign_one(town, sign_in):
    assert sign_in("chen").get("/villages/640221999999/").status_code == 404


def test_a_forbidden_act_on_ones_own_place_is_refused(town, sign_in):
    clerk = sign_in("li")
    assert clerk.get(f"/people/{town.chen.id}").status_code == 200
    assert clerk.post(f"/people/{town.chen.id}/retire").status_code == 403


def test_a_page_of_the_township_is_forbidden_to_a_secretary(town, sign_in):
    assert sign_in("chen").get("/people").status_code == 403


def test_a_role_that_ended_opens_nothing_any_more(town, app):
    client = app.test_client()
    client.post("/sign-in", data={"username": "feng", "password": PASSWORD})
    assert client.get("/villages/640221106201/").status_code == 302

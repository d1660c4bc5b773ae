"""The permission law: who may do what, and how far a role reaches down the tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.access.permissions import (
    HOLDERS,
    ROLE_LABELS,
    Grant,
    Permission,
    Role,
    may,
    reach,
    sees,
)

COUNTY = "640000/640200/640221/"
TOWN = f"{COUNTY}640221106/"
DONGYUAN = f"{TOWN}640221106201/"
SHIJIA = f"{TOWN}640221106202/"
NEIGHBOUR = f"{COUNTY}640221203/"

SECRETARY = (Grant(Role.SECRETARY, DONGYUAN),)
CLERK = (Grant(Role.CLERK, TOWN),)
INSPECTOR = (Grant(Role.INSPECTOR, COUNTY),)

paths = st.sampled_from([COUNTY, TOWN, DONGYUAN, SHIJIA, NEIGHBOUR])
grants = st.lists(st.builds(Grant, st.sampled_from(list(Role)), paths), max_size=4)


def test_every_permission_says_who_holds_it():
    assert set(HOLDERS) == set(Permission)
    assert all(HOLDERS.values())


def test_every_role_has_a_name_and_may_at_least_be_signed_in():
    assert set(ROLE_LABELS) == set(Role)
    assert HOLDERS[Permission.BE_SIGNED_IN] == set(Role)


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.WRITE_NOTICE, {Role.SECRETARY, Role.CONTRIBUTOR, Role.CLERK}),
        (Permission.REVIEW_NOTICE, {Role.SUPERVISOR, Role.CLERK, Role.REVIEWER, Role.LEADER}),
        (Permission.REVIEW_FIRST, {Role.SUPERVISOR, Role.REVIEWER}),
        (Permission.REVIEW_SECOND, {Role.CLERK, Role.REVIEWER, Role.LEADER}),
        (Permission.REVIEW_FINAL, {Role.LEADER}),
        (Permission.SET_REVIEWS, {Role.CLERK, Role.ADMINISTRATOR}),
        (Permission.EXCUSE, {Role.CLERK, Role.LEADER}),
        (Permission.RECHECK_FINDING, {Role.CLERK, Role.LEADER, Role.INSPECTOR}),
        (Permission.MANAGE_PEOPLE, {Role.ADMINISTRATOR}),
        (Permission.SEE_TRAIL, {Role.CLERK, Role.LEADER, Role.ADMINISTRATOR}),
    ],
)
def test_the_table_says_who_may(permission, roles):
    assert HOLDERS[permission] == roles


def test_who_mends_a_finding_alone_cannot_close_it():
    both = HOLDERS[Permission.MEND_FINDING] & HOLDERS[Permission.RECHECK_FINDING]
    assert both == {Role.CLERK}


def test_who_gives_one_of_the_reviews_may_open_what_is_to_be_reviewed():
    for review in (Permission.REVIEW_FIRST, Permission.REVIEW_SECOND, Permission.REVIEW_FINAL):
        assert HOLDERS[review] <= HOLDERS[Permission.REVIEW_NOTICE]


def test_an_administrator_publishes_and_decides_nothing():
    for permission in (
        Permission.WRITE_NOTICE,
        Permission.REVIEW_NOTICE,
        Permission.POST_NOTICE,
        Permission.EXCUSE,
        Permission.RECHECK_FINDING,
    ):
        assert Role.ADMINISTRATOR not in HOLDERS[permission]


def test_a_secretary_writes_for_her_own_village_only():
    assert may(SECRETARY, Permission.WRITE_NOTICE, DONGYUAN)
    assert not may(SECRETARY, Permission.WRITE_NOTICE, SHIJIA)
    assert not may(SECRETARY, Permission.WRITE_NOTICE, TOWN)


def test_the_neighbouring_village_does_not_exist_for_a_secretary():
    assert sees(SECRETARY, DONGYUAN)
    assert not sees(SECRETARY, SHIJIA)


def test_a_clerk_reaches_every_village_of_the_township_and_no_other():
    assert may(CLERK, Permission.REVIEW_NOTICE, SHIJIA)
    assert not sees(CLERK, NEIGHBOUR)


def test_the_countys_inspector_rechecks_everywhere_but_writes_nowhere():
    assert may(INSPECTOR, Permission.RECHECK_FINDING, DONGYUAN)
    assert not may(INSPECTOR, Permission.WRITE_NOTICE, DONGYUAN)


def test_a_code_that_merely_begins_alike_is_another_place():
    assert not sees((Grant(Role.CLERK, f"{COUNTY}640221/"),), f"{COUNTY}640221106/")


def test_the_reach_names_the_widest_subtrees_only():
    held = (Grant(Role.CLERK, TOWN), Grant(Role.SECRETARY, DONGYUAN))
    assert reach(held, Permission.WRITE_NOTICE) == (TOWN,)
    assert reach(held, Permission.MANAGE_PEOPLE) == ()


@given(grants, st.sampled_from(list(Permission)), paths)
def test_who_may_do_something_at_a_place_also_sees_it(held, permission, path):
    if may(held, permission, path):
        assert sees(held, path)


@given(grants, st.sampled_from(list(Permission)), paths)
def test_the_reach_covers_exactly_where_one_may(held, permission, path):
    covered = any(path.startswith(start) for start in reach(held, permission))
    assert covered == may(held, permission, path)


@given(grants, st.sampled_from(list(Permission)))
def test_no_part_of_the_reach_lies_in_another(held, permission):
    found = reach(held, permission)
    assert not [(a, b) for a in found for b in found if a != b and a.startswith(b)]

"""Short links: the same for the same page, only to pages of the house."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.core.errors import NotFound
from taole.notifications.short_links import PAGES, path_of, shortened

one_engine = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@given(st.sampled_from(sorted(PAGES.values())), st.uuids())
def test_a_short_link_opens_the_page_it_was_made_of(page, page_id):
    short = shortened(f"/{page}/{page_id}")
    assert len(short) < 30
    assert path_of(short.removeprefix("/s/")) == f"/{page}/{page_id}"


@given(st.text(max_size=30))
def test_a_code_leads_into_the_house_or_nowhere(code):
    try:
        path = path_of(code)
    except NotFound:
        return
    page, page_id = path[1:].split("/")
    assert page in PAGES.values()
    assert str(UUID(page_id)) == page_id


@one_engine
def test_who_follows_a_short_link_has_to_sign_in_first(app, town):
    client = app.test_client()
    path = f"/obligations/{uuid4()}"
    answer = client.get(shortened(path))
    assert (answer.status_code, answer.location) == (302, path)
    assert "/sign-in" in client.get(path).location


@one_engine
@pytest.mark.parametrize("code", ["x", "o123", "o" + "z" * 22, "https:example.invalid"])
def test_a_code_that_means_nothing_is_not_found(app, town, code):
    assert app.test_client().get(f"/s/{code}").status_code == 404

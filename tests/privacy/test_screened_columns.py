"""Free text is masked on its way into the database, whoever writes it."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from taole.core.database import db
from taole.core.transactions import transaction
from taole.organisation.models import Unit
from taole.privacy.findings import USUAL_PATTERNS, Kind
from taole.privacy.patterns import patterns_from
from taole.privacy.screened import ScreenedJson, ScreenedLink, ScreenedText, mask_all
from tests.notices.number_factory import identity, masked_identity


def test_a_note_about_a_village_never_holds_an_identity_number(town):
    village = town.villages[0]
    with transaction():
        village.note = f"联系人{identity(1)}"
    stored = db.session.execute(text("SELECT note FROM unit WHERE note <> ''")).scalar_one()
    assert stored == f"联系人{masked_identity(1)}"
    found = select(Unit.code).where(Unit.note == f"联系人{identity(1)}")
    assert db.session.scalar(found) == village.code, "asked for raw, it is looked for masked"


def test_a_column_is_stored_as_it_was_before(app):
    bind = db.engine.dialect
    assert str(ScreenedText(40).compile(bind)) == "VARCHAR(40)"
    assert str(ScreenedText().compile(bind)) == "TEXT"


def test_in_a_link_only_an_identity_number_is_masked(app):
    dialect = db.engine.dialect
    bound = ScreenedLink(300).process_bind_param
    page = "https://example.invalid/6222021234567890123.html"
    assert bound(page, dialect) == page
    assert bound(f"https://example.invalid/?id={identity(1)}", dialect) == (
        f"https://example.invalid/?id={masked_identity(1)}"
    )
    assert bound("", dialect) == ""
    assert bound(None, dialect) is None
    assert ScreenedText().process_bind_param(None, dialect) is None


def test_json_is_masked_in_its_names_and_all_the_way_down(app):
    given = {identity(1): [{"what": identity(2), "row": 3}, None, ("x", identity(3))]}
    expected = {
        masked_identity(1): [
            {"what": masked_identity(2), "row": 3},
            None,
            ["x", masked_identity(3)],
        ]
    }
    assert mask_all(given) == expected
    assert ScreenedJson().process_bind_param(given, db.engine.dialect) == expected


@pytest.mark.parametrize(
    ("kept", "sides"),
    [
        ({}, (6, 4)),
        ({"identity-number": [3, 0]}, (3, 0)),
        ({"identity-number": [60, 40]}, (6, 4)),
        ({"identity-number": [-1, "x"]}, (6, 4)),
        ({"identity-number": "all"}, (6, 4)),
        ({"identity-number": [1, 2, 3]}, (6, 4)),
    ],
)
def test_whatever_is_set_no_more_than_usual_is_shown(kept, sides):
    patterns = patterns_from(kept)
    assert patterns.keep[Kind.IDENTITY] == sides
    assert patterns.keep.keys() == USUAL_PATTERNS.keep.keys()

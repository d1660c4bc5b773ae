"""The trail: every act leaves a line, no line can be changed, and a broken chain is found."""

from __future__ import annotations

from datetime import date

import pytest
from cast import TOWNSHIP
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.organisation.actions import close_unit, found_unit
from taole.organisation.queries import get_unit
from taole.organisation.rules import UnitKind
from taole.trail.actions import record
from taole.trail.models import TrailLine
from taole.trail.queries import find_breaks, list_lines_of
from taole.trail.rules import FIRST, first_break, seal
from tests.notices.number_factory import identity, masked_identity


def _chain(contents):
    previous, lines = FIRST, []
    for number, content in enumerate(contents, start=1):
        sealed = seal(previous, content)
        lines.append((number, previous, sealed, content))
        previous = sealed
    return lines


def _chain_of(township):
    found = select(TrailLine).where(TrailLine.township_id == township.id)
    return db.session.scalars(found.order_by(TrailLine.number)).all()


contents = st.lists(
    st.dictionaries(st.sampled_from(["verb", "name", "after"]), st.text(max_size=8)),
    min_size=1,
    max_size=6,
)


@given(contents)
def test_an_untouched_chain_holds(written):
    assert first_break(_chain(written)) is None


@given(contents, st.data())
def test_a_changed_line_is_found_where_it_is(written, data):
    lines = _chain(written)
    at = data.draw(st.integers(0, len(lines) - 1))
    number, previous, sealed, content = lines[at]
    lines[at] = (number, previous, sealed, {**content, "verb": "something else entirely"})
    assert first_break(lines) == number


@given(contents, st.data())
def test_a_line_removed_from_the_middle_is_found(written, data):
    lines = _chain(written)
    at = data.draw(st.integers(0, len(lines) - 1))
    shortened = lines[:at] + lines[at + 1 :]
    expected = None if at == len(lines) - 1 else at + 1
    assert first_break(shortened) == expected


def test_a_closed_village_leaves_its_line_with_before_and_after(town):
    with transaction():
        close_unit(get_unit("640221106205"), on=date(2023, 7, 1), by=town.zheng)
    line = list_lines_of(town.villages[4].id)[-1]
    assert (line.verb, line.actor_name) == ("close_unit", "郑某")
    assert line.before == {"closed_on": None}
    assert line.after == {"closed_on": "2023-07-01"}


def test_an_act_that_was_undone_leaves_no_line(town):
    before = len(_chain_of(town.township))

    def close_one_village_and_found_another_wrongly():
        with transaction():
            close_unit(town.villages[0], on=date(2023, 7, 1), by=town.zheng)
            found_unit(kind=UnitKind.VILLAGE, code="1", name="某村", parent=None, by=town.zheng)

    with pytest.raises(Refused):
        close_one_village_and_found_another_wrongly()
    assert len(_chain_of(town.township)) == before


def test_the_chain_of_every_township_holds(town):
    assert find_breaks() == {}


@pytest.mark.parametrize(
    "act", ["UPDATE trail_line SET actor_name = '赵某'", "DELETE FROM trail_line"]
)
def test_no_line_can_be_changed_or_removed(town, act):
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(text(act))
    assert find_breaks() == {}


def test_whoever_gets_round_the_database_and_changes_a_line_is_found(town):
    _without_the_seal()
    line = _chain_of(town.township)[3]
    with transaction():
        db.session.execute(
            text("UPDATE trail_line SET actor_name = '某人' WHERE number = :n AND hash = :h"),
            {"n": line.number, "h": line.hash},
        )
    db.session.expire_all()
    assert find_breaks() == {town.township.id: line.number}


def test_whoever_gets_round_the_database_and_removes_the_last_line_is_found(town):
    _without_the_seal()
    last = _chain_of(town.township)[-1]
    with transaction():
        db.session.execute(text("DELETE FROM trail_line WHERE hash = :h"), {"h": last.hash})
    assert find_breaks() == {town.township.id: last.number}


def test_each_township_has_a_chain_of_its_own(town):
    numbers = {line.number for line in _chain_of(town.neighbour)}
    assert numbers == {1, 2}
    assert get_unit(TOWNSHIP).id != town.neighbour.id


def _without_the_seal():
    """What only the owner of the database could do."""
    with transaction():
        if db.engine.dialect.name == "sqlite":
            db.session.execute(text("DROP TRIGGER trail_line_no_update"))
            db.session.execute(text("DROP TRIGGER trail_line_no_delete"))
        else:
            db.session.execute(text("DROP TRIGGER trail_line_append_only ON trail_line"))
    assert db.session.query(TrailLine).count() > 0


def test_a_line_never_tells_an_identity_or_card_number(app, town):
    with transaction():
        record(
            "found_unit",
            "unit",
            town.villages[0].id,
            by=town.chen,
            township_id=town.township.id,
            before={"note": f"户主{identity(1)}"},
            after={"rows": [["张某某", identity(2)]], identity(3): 1, "金额": 110.5},
        )
    line = list_lines_of(town.villages[0].id)[-1]
    assert line.before == {"note": f"户主{masked_identity(1)}"}
    assert line.after == {
        "rows": [["张某某", masked_identity(2)]],
        masked_identity(3): 1,
        "金额": 110.5,
    }
    assert not find_breaks(), "the chain covers what is stored"

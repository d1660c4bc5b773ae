"""How the lines of a check sheet are tied to the catalogue, as a person says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from taole.access.permissions import Actor
from taole.catalogue.queries import list_item_terms
from taole.check_sheets.models import CheckLine, CheckLineTie
from taole.check_sheets.workflow import RELATION_LABELS, Relation
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.trail.actions import record


def change_ties(line: CheckLine, ties: Mapping[str, Relation], *, by: Actor, on: date) -> None:
    """Tie a line to these items and no others. Refused for an item that the township has not."""
    known = {each.code for each in list_item_terms(line.township_id, on)}
    before = {tie.item_code: tie.relation for tie in line.ties}
    unknown = next((code for code in ties if code not in known and code not in before), None)
    if unknown is not None:
        raise Refused(sentence(N_("目录里没有“%(code)s”这一项，请从清单里选"), code=unknown))
    if dict(ties) == before:
        return
    for tie in list(line.ties):
        if tie.item_code not in ties:
            db.session.delete(tie)
            line.ties.remove(tie)
        else:
            tie.relation = ties[tie.item_code]
    for code, relation in ties.items():
        if code not in before:
            line.ties.append(
                CheckLineTie(item_code=code, township_id=line.township_id, relation=relation)
            )
    record(
        "tie_check_line",
        "check_line",
        line.id,
        by=by,
        township_id=line.township_id,
        before={"ties": before},
        after={"ties": dict(ties), "line": line.title},
    )
    db.session.flush()


def relation_named(written: str) -> Relation | None:
    """The relation of a form's value; None for anything else."""
    return next((each for each in RELATION_LABELS if each.value == written), None)

"""What can be done with catalogues. Nothing here commits; a past period keeps its own rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from taole.access.permissions import Actor
from taole.catalogue.drafts import CatalogueDraft, Fault, Question, fingerprint
from taole.catalogue.following import FOLLOWERS
from taole.catalogue.item_changes import apply_changes
from taole.catalogue.item_values import FIELD_LABELS, compare, values_of_draft, values_of_item
from taole.catalogue.models import Adoption, CatalogueItem, CatalogueKind, Edition
from taole.catalogue.overriding import override_item
from taole.catalogue.queries import find_edition_like, list_adoptions
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.organisation.models import Unit
from taole.organisation.rules import is_open
from taole.trail.actions import record

__all__ = [
    "adopt",
    "load_edition",
    "override_item",
    "refuse_wrong_day",
    "replace_item",
    "retire_item",
]


def load_edition(
    draft: CatalogueDraft,
    *,
    in_force_from: date,
    by: Actor,
    source: str = "",
) -> Edition:
    """A new edition from a file's draft, or the known one if the same was loaded before.

    Refused with every fatal fault and open question, each naming file and row: nothing is
    half-loaded.
    """
    if not draft.can_be_loaded:
        open_points: list[Fault | Question] = [each for each in draft.faults if each.fatal]
        raise Refused(
            *(
                sentence(N_("%(where)s：%(message)s"), where=each.where, message=each.message)
                for each in [*open_points, *draft.questions]
            )
        )
    known = find_edition_like(fingerprint(draft))
    if known is not None:
        return known
    edition = Edition(
        kind=CatalogueKind(draft.kind),
        name=draft.name[:120],
        source=source or draft.source,
        is_proposal=draft.is_proposal,
        in_force_from=in_force_from,
        sections=list(draft.sections),
        aliases=dict(draft.aliases),
        fingerprint=fingerprint(draft),
        loaded_at=now(),
    )
    edition.items = [
        CatalogueItem(
            code=item.code,
            position=position,
            effective_from=in_force_from,
            **values_of_draft(draft, item),
        )
        for position, item in enumerate(draft.items, 1)
    ]
    db.session.add(edition)
    db.session.flush()
    record(
        "load_edition",
        "edition",
        edition.id,
        by=by,
        township_id=None,
        after={
            "name": edition.name,
            "kind": edition.kind,
            "items": len(edition.items),
            "in_force_from": in_force_from,
            "file": draft.filename,
            "fingerprint": edition.fingerprint,
        },
    )
    return edition


def adopt(
    township: Unit, edition: Edition, *, from_on: date, by: Actor, until_on: date | None = None
) -> Adoption:
    """A township follows an edition from a day; the edition it followed before ends there.

    What villages owe from that day follows (see ``following``); what began before stays.
    Adopting again what holds already changes nothing. Refused before the edition is in force, and
    on or before the day of a later adoption: a past period keeps the catalogue it had.
    """
    if until_on is not None and until_on <= from_on:
        raise Refused(N_("停用日期要晚于采用日期"))
    if from_on < edition.in_force_from:
        raise Refused(
            sentence(
                N_("“%(name)s”从%(day)s起施行，采用日期不能更早"),
                name=edition.name,
                day=edition.in_force_from,
            )
        )
    same_kind = [each for each in list_adoptions(township.id) if each.edition.kind is edition.kind]
    for earlier in same_kind:
        if earlier.edition_id == edition.id and is_open(earlier.from_on, earlier.until_on, from_on):
            return earlier
    before = {}
    for earlier in same_kind:
        if earlier.from_on >= from_on:
            raise Refused(
                sentence(
                    N_("%(township)s从%(day)s起已经采用“%(name)s”：请选更晚的日期"),
                    township=township.name,
                    day=earlier.from_on,
                    name=earlier.edition.name,
                )
            )
        if is_open(earlier.from_on, earlier.until_on, from_on):
            before = {"edition": earlier.edition.name, "until": earlier.until_on}
            earlier.until_on = from_on
    adoption = Adoption(township=township, edition=edition, from_on=from_on, until_on=until_on)
    db.session.add(adoption)
    db.session.flush()
    record(
        "adopt_edition",
        "adoption",
        adoption.id,
        by=by,
        township_id=township.id,
        before=before,
        after={"edition": edition.name, "from": from_on, "until": until_on},
    )
    for each in FOLLOWERS:
        each.follow(township, edition, from_on, by)
    return adoption


def replace_item(
    item: CatalogueItem, *, from_on: date, by: Actor, at: datetime | None = None, **changes: Any
) -> CatalogueItem:
    """The item as it will be from a day: this row ends there, and a new one of its code begins.

    ``changes`` are values by the names of ``FIELD_LABELS`` (``deadline`` as a rule or a mapping).
    Refused for a day that has passed, an item that ends already, values that do not fit each other
    (as when a catalogue is loaded), and if nothing changes.
    """
    refuse_wrong_day(item, from_on, at)
    unknown = sorted(changes.keys() - FIELD_LABELS.keys())
    if unknown:
        raise TypeError(f"not values of an item: {unknown}")
    before = values_of_item(item)
    after = apply_changes(item.edition, item.code, before, changes)
    changed = compare({item.code: before}, {item.code: after}).changed
    if not changed:
        raise Refused(sentence(N_("“%(title)s”没有任何改动"), title=item.title))
    replacement = CatalogueItem(
        edition=item.edition,
        code=item.code,
        position=item.position,
        effective_from=from_on,
        replaces_id=item.id,
        **after,
    )
    item.effective_until = from_on
    db.session.add(replacement)
    db.session.flush()
    names = [each.field for each in changed[0].fields]
    record(
        "replace_item",
        "catalogue_item",
        replacement.id,
        by=by,
        township_id=_only_adopter(item.edition),
        before={"code": item.code, "id": item.id, **{name: before[name] for name in names}},
        after={"from": from_on, **{name: after[name] for name in names}},
    )
    return replacement


def retire_item(
    item: CatalogueItem, *, from_on: date, by: Actor, at: datetime | None = None
) -> None:
    """From a day the item is owed no more; what was due before stays as it is."""
    refuse_wrong_day(item, from_on, at)
    item.effective_until = from_on
    db.session.flush()
    record(
        "retire_item",
        "catalogue_item",
        item.id,
        by=by,
        township_id=_only_adopter(item.edition),
        before={"code": item.code, "effective_until": None},
        after={"effective_until": from_on},
    )


def refuse_wrong_day(item: CatalogueItem, from_on: date, at: datetime | None = None) -> None:
    """Refused for a day that has passed, and for an item that ends or was changed already."""
    if item.effective_until is not None:
        raise Refused(
            sentence(
                N_("“%(title)s”从%(day)s起已经停用或改过：请打开最新的一版"),
                title=item.title,
                day=item.effective_until,
            )
        )
    earliest = max(local(at or now()).date(), item.effective_from)
    if from_on < earliest or from_on == item.effective_from:
        raise Refused(
            sentence(
                N_("生效日期写成了%(day)s：应在%(earliest)s之后，过去的公示不受影响"),
                day=from_on,
                earliest=earliest,
            )
        )


def _only_adopter(edition: Edition) -> UUID | None:
    """Whose trail tells of a change: the township's, when the edition is its own alone."""
    adopters = {each.township_id for each in list_adoptions() if each.edition_id == edition.id}
    return adopters.pop() if len(adopters) == 1 else None

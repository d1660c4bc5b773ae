"""Which unified template holds for an item: the township's own, the shipped one, or a derived one.

Nothing here commits.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from taole.access.permissions import Actor
from taole.catalogue.models import CatalogueItem, ItemTemplate
from taole.catalogue.template_changes import differences, template_faults
from taole.catalogue.template_file import read_shipped, read_shipped_contents
from taole.catalogue.template_guess import derived_template
from taole.catalogue.template_queries import find_own_template, list_own_templates
from taole.catalogue.unified_template import Field, UnifiedTemplate
from taole.core.clock import local, now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence
from taole.organisation.models import Unit
from taole.trail.actions import record

__all__ = [
    "check_template",
    "find_own_template",
    "keep_template",
    "list_own_templates",
    "must_not_publish",
    "own_template",
    "shipped_template",
    "template_for",
    "tidy_template",
]

LONGEST_REASON = 200


def template_for(item: CatalogueItem, township_id: UUID, on: date) -> UnifiedTemplate:
    """The template by which a township's notices of an item are written on a day."""
    own = find_own_template(township_id, item.code, on)
    return own_template(own, item) if own else shipped_template(item)


def own_template(own: ItemTemplate, item: CatalogueItem) -> UnifiedTemplate:
    """A township's own template; what must not be published is always the catalogue's word."""
    template = UnifiedTemplate.from_mapping(own.definition)
    return replace(template, must_not=must_not_publish(item))


def shipped_template(item: CatalogueItem) -> UnifiedTemplate:
    """The template that came with the system, if the item is the one it was made for.

    That is an item of the shipped catalogue, by code and 公开内容; another's template is derived
    from its own 公开内容.
    """
    must_not = must_not_publish(item)
    shipped = read_shipped().get(item.code)
    if shipped is not None and read_shipped_contents()[item.code] == tuple(item.content):
        return replace(shipped, must_not=must_not)
    return derived_template(item.content, must_not)


def must_not_publish(item: CatalogueItem) -> tuple[str, ...]:
    """What the catalogue says must not be published of a matter (不得公开)."""
    return tuple(map(str, (item.personal_data or {}).get("must_not_publish_zh") or ()))


def keep_template(
    township: Unit,
    item: CatalogueItem,
    template: UnifiedTemplate,
    *,
    from_on: date,
    by: Actor,
    reason: str,
    at: datetime | None = None,
) -> ItemTemplate:
    """The township's own template for an item from a day; notices written before keep theirs.

    Refused for a day that has passed, without a reason, if nothing changes, and for all that
    ``template_faults`` finds: empty and doubled names, sums over words, too many columns, fields
    that must not be published.
    """
    changed = check_template(township, item, template, from_on=from_on, reason=reason, at=at)
    tidy, before = tidy_template(template), template_for(item, township.id, from_on)
    own = ItemTemplate(
        township_id=township.id,
        item_code=item.code,
        from_on=from_on,
        definition=replace(tidy, must_not=()).to_mapping(),
        reason=" ".join(reason.split()),
        made_by_id=by.id,
        made_by_name=by.name,
        made_at=at or now(),
    )
    db.session.add(own)
    db.session.flush()
    record(
        "keep_template",
        "item_template",
        own.id,
        by=by,
        township_id=township.id,
        before={"code": item.code, **_told(before)},
        after={
            "title": item.title,
            "code": item.code,
            "from": from_on,
            "reason": own.reason,
            "changes": [str(each) for each in changed],
            **_told(tidy),
        },
    )
    return own


def check_template(
    township: Unit,
    item: CatalogueItem,
    template: UnifiedTemplate,
    *,
    from_on: date,
    reason: str,
    at: datetime | None = None,
) -> list[Sentence]:
    """What keeping a template would change, a sentence each; raises what ``keep_template`` does."""
    tidy = tidy_template(template)
    changed = differences(template_for(item, township.id, from_on), tidy)
    refusals = [
        *_refusals(from_on, reason, local(at or now()).date()),
        *template_faults(tidy, must_not_publish(item)),
    ]
    if not changed:
        refusals.append(sentence(N_("模板没有任何改动")))
    if refusals:
        raise Refused(*refusals)
    return changed


def _refusals(from_on: date, reason: str, today: date) -> list[Sentence]:
    refusals = []
    if from_on < today:
        refusals.append(
            sentence(N_("生效日期写成了%(day)s：不能在今天以前，已经写的公示不变"), day=from_on)
        )
    if not reason.strip():
        refusals.append(sentence(N_("请写明为什么改模板")))
    elif len(reason) > LONGEST_REASON:
        refusals.append(sentence(N_("理由太长：最多%(most)s个字"), most=LONGEST_REASON))
    return refusals


def tidy_template(template: UnifiedTemplate) -> UnifiedTemplate:
    """As typed, without spaces where none belong."""
    return replace(
        template,
        opening=" ".join(template.opening.split()),
        head=tuple(map(_tidy, template.head)),
        columns=tuple(map(_tidy, template.columns)),
    )


def _tidy(field: Field) -> Field:
    return replace(
        field,
        name="".join(field.name.split()),
        unit="".join(field.unit.split()),
        hint=" ".join(field.hint.split()),
    )


def _told(template: UnifiedTemplate) -> dict[str, object]:
    return {
        "opening": template.opening,
        "head": [field.label for field in template.head],
        "columns": [field.label for field in template.columns],
    }

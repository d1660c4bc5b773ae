"""Changing or retiring an item of the catalogue: what it touches first, then the change."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import me, my_reach, requires
from taole.access.permissions import Permission
from taole.catalogue.actions import refuse_wrong_day
from taole.catalogue.deadline_text import read_deadline
from taole.catalogue.deadlines import describe
from taole.catalogue.models import CatalogueItem
from taole.catalogue.queries import get_item
from taole.core.errors import NotFound, Refused
from taole.core.pages import say_all
from taole.core.words import Sentence
from taole.obligations.actions import change_item, preview_item_change, retire_item
from taole.obligations.blueprint import blueprint
from taole.obligations.forms import ItemChangeForm
from taole.obligations.item_changes import list_adopters


@blueprint.route("/catalogue/items/<uuid:item_id>/change", methods=["GET", "POST"])
@requires(Permission.CHANGE_CATALOGUE)
def item_change(item_id: UUID) -> Any:
    item = _my_item(item_id)
    preview = None
    form = ItemChangeForm(
        data={
            "title": item.title,
            "frequency": item.frequency.value,
            "deadline_text": _deadline_text(item),
        }
    )
    if form.validate_on_submit() and form.from_on.data:
        try:
            changes = _changes(item, form)
            if "confirm" in request.form:
                return _change(item, form.what.data, form.from_on.data, changes)
            refuse_wrong_day(item, form.from_on.data)
            preview = preview_item_change(item, form.from_on.data)
        except Refused as refusal:
            form.form_errors = say_all(refusal)
    status = 422 if form.errors else 200
    page = render_template("obligations/item_change.html", item=item, form=form, preview=preview)
    return page, status


def _my_item(item_id: UUID) -> CatalogueItem:
    """An item of an edition that only townships within the person's reach follow.

    404 for a stranger's; Refused where others follow the same edition.
    """
    item = get_item(item_id)
    reach = my_reach(Permission.CHANGE_CATALOGUE)
    inside = [
        any(unit.path.startswith(path) for path in reach) for unit in list_adopters(item.edition_id)
    ]
    if not any(inside):
        raise NotFound(item_id)
    if not all(inside):
        raise Refused(_("别的乡镇也在用这个目录，不能改目录本身：请为本镇单独调整这一项"))
    return item


def _deadline_text(item: CatalogueItem) -> str:
    return str(describe(item.rule))


def _changes(item: CatalogueItem, form: ItemChangeForm) -> dict[str, Any]:
    """What was typed differently from what holds; Refused when the time limit is not understood."""
    if form.what.data == "retire":
        return {}
    changes: dict[str, Any] = {}
    title = (form.title.data or "").strip()
    if title != item.title:
        changes["title"] = title
    if form.chosen_frequency is not item.frequency:
        changes["frequency"] = form.chosen_frequency
    written = (form.deadline_text.data or "").strip()
    if written and written != _deadline_text(item):
        rule = read_deadline(written)
        if isinstance(rule, Sentence):
            raise Refused(rule)
        changes["deadline"] = rule
    if not changes:
        raise Refused(_("没有任何改动：请先改名称、频率或时限"))
    return changes


def _change(item: CatalogueItem, what: str, from_on: date, changes: dict[str, Any]) -> Any:
    if what == "retire":
        retire_item(item, from_on=from_on, by=me())
        flash(_("已停用，以前的周期不变"), "ok")
    else:
        change_item(item, from_on=from_on, by=me(), **changes)
        flash(_("已改好，以前的周期不变"), "ok")
    return redirect(url_for("catalogue.index"))

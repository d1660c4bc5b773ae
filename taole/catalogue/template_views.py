"""The township's own unified template of a matter: looked at, changed as data, kept from a day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import me, requires
from taole.access.permissions import Permission
from taole.catalogue.blueprint import blueprint, townships
from taole.catalogue.models import CatalogueItem, ItemTemplate
from taole.catalogue.queries import get_item, list_adoptions
from taole.catalogue.template_forms import TemplateForm, values_of
from taole.catalogue.template_pages import empty_sheet
from taole.catalogue.template_queries import list_own_templates
from taole.catalogue.templates import (
    check_template,
    keep_template,
    own_template,
    shipped_template,
    template_for,
    tidy_template,
)
from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.clock import today
from taole.core.errors import NotFound, Refused
from taole.core.pages import day_full, say_all
from taole.core.words import Sentence
from taole.organisation.models import Unit

SHIPPED = "shipped"


@blueprint.route("/catalogue/items/<uuid:item_id>/template", methods=["GET", "POST"])
@requires(Permission.CHANGE_CATALOGUE)
def template(item_id: UUID) -> Any:
    item, township = _mine(item_id)
    versions = list_own_templates(township.id, item.code)
    latest = str(versions[0].id) if versions else ""
    shown = _start(item, township, versions)
    form = TemplateForm(data={**values_of(shown), "from_on": today(), "base": latest})
    changes: list[Sentence] = []
    is_moved = form.is_submitted() and "do" in request.form
    if is_moved:
        form = TemplateForm(formdata=None, data=form.moved(request.form["do"]))
    elif form.validate_on_submit() and form.from_on.data:
        try:
            _refuse_overtaking(form, latest)
            from_on, reason, typed = form.from_on.data, form.reason.data or "", form.template
            if "keep" in request.form:
                keep_template(township, item, typed, from_on=from_on, by=me(), reason=reason)
                return _kept(item, township, form)
            changes = check_template(township, item, typed, from_on=from_on, reason=reason)
        except Refused as refusal:
            form.form_errors = say_all(refusal)
    page = render_template(
        "catalogue/template.html",
        item=item,
        township=township,
        form=form,
        changes=changes,
        versions=versions,
        sheet=empty_sheet(replace(tidy_template(form.template), must_not=shown.must_not), item),
        must_not=shown.must_not,
    )
    return page, 422 if form.errors else 200


def _mine(item_id: UUID) -> tuple[CatalogueItem, Unit]:
    """An item of an edition that the township follows or followed; 404 for every other."""
    township = townships(Permission.CHANGE_CATALOGUE)[1]
    item = get_item(item_id)
    if township is None or item.edition_id not in {
        each.edition_id for each in list_adoptions(township.id)
    }:
        raise NotFound(item_id)
    return item, township


def _start(item: CatalogueItem, township: Unit, versions: list[ItemTemplate]) -> UnifiedTemplate:
    """The template that the form begins with: the one in force, or the one ``?start=`` names."""
    wanted = request.args.get("start", "")
    if wanted == SHIPPED:
        return shipped_template(item)
    if wanted:
        chosen = next((each for each in versions if str(each.id) == wanted), None)
        if chosen is None:
            raise NotFound(wanted)
        return own_template(chosen, item)
    return template_for(item, township.id, today())


def _refuse_overtaking(form: TemplateForm, latest: str) -> None:
    if (form.base.data or "") != latest:
        form.base.data = latest
        raise Refused(
            _("您打开以后别人存过这个模板：请看下面“各个版本”，没有问题就再按一次，会按您填的存。")
        )


def _kept(item: CatalogueItem, township: Unit, form: TemplateForm) -> Any:
    flash(_("已存好，从%(day)s起写的公示用新模板", day=day_full(form.from_on.data)), "ok")
    return redirect(url_for("catalogue.item", item_id=item.id, township=township.code))

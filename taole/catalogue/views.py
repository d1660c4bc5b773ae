"""The catalogue that a township follows, one item of it, and loading another."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import i_may, me, my_reach, requires
from taole.access.permissions import Permission
from taole.catalogue import template_views
from taole.catalogue.actions import adopt, load_edition
from taole.catalogue.blueprint import blueprint, townships
from taole.catalogue.catalogue_sheet import catalogue_workbook
from taole.catalogue.forms import LoadForm
from taole.catalogue.item_values import say_value, split_note
from taole.catalogue.kept_file import pack
from taole.catalogue.loading import Check, check_file
from taole.catalogue.models import CatalogueItem, CatalogueKind
from taole.catalogue.queries import (
    find_adoption,
    get_item,
    list_adoptions,
    list_items_in_force,
    list_overrides,
    list_versions,
)
from taole.catalogue.rules import as_tree, set_out
from taole.catalogue.template_pages import empty_sheet
from taole.catalogue.templates import shipped_template, template_for
from taole.core.clock import today
from taole.core.errors import NotFound, Refused
from taole.core.pages import day_full, file_answer, say, say_all
from taole.organisation.models import Unit
from taole.organisation.queries import list_townships_around, list_units_of_township

__all__ = ["blueprint", "template_views"]


@blueprint.get("/catalogue")
@requires(Permission.SEE_CATALOGUE)
def index() -> Any:
    listed, township = townships()
    adoption = find_adoption(township.id, today()) if township else None
    sections = []
    if township and adoption:
        items = list_items_in_force(township.id, today())
        sections = set_out(adoption.edition, items, list_overrides(township.id), today())
    return render_template(
        "catalogue/index.html",
        townships=listed,
        township=township,
        adoption=adoption,
        sections=sections,
        adoptions=list_adoptions(township.id) if township else [],
        may_change=bool(township and i_may(Permission.CHANGE_CATALOGUE, township)),
    )


@blueprint.get("/catalogue/website")
@requires(Permission.SEE_CATALOGUE)
def website() -> Any:
    listed, township = townships()
    adoption = find_adoption(township.id, today(), CatalogueKind.WEBSITE) if township else None
    items = (
        list_items_in_force(township.id, today(), CatalogueKind.WEBSITE)
        if township and adoption
        else []
    )
    return render_template(
        "catalogue/website.html",
        townships=listed,
        township=township,
        adoption=adoption,
        columns=as_tree(items),
        may_change=bool(township and i_may(Permission.CHANGE_CATALOGUE, township)),
    )


@blueprint.get("/catalogue/download")
@requires(Permission.SEE_CATALOGUE)
def download() -> Any:
    township = townships()[1]
    adoption = find_adoption(township.id, today()) if township else None
    if township is None or adoption is None:
        raise NotFound("catalogue")
    content = catalogue_workbook(adoption.edition, list_items_in_force(township.id, today()))
    return file_answer(content, f"{adoption.edition.name}.xlsx")


@blueprint.get("/catalogue/items/<uuid:item_id>")
@requires(Permission.SEE_CATALOGUE)
def item(item_id: UUID) -> Any:
    found = get_item(item_id)
    township = townships()[1]
    overrides = list_overrides(township.id) if township else []
    said = split_note(found.note)
    publications = dict(
        line.split(" ", 1) for line in found.edition.source.splitlines() if " " in line
    )
    return render_template(
        "catalogue/item.html",
        item=found,
        township=township,
        said=said,
        sources=[(key, publications.get(key, "")) for key in said.sources],
        versions=list_versions(found),
        overrides=[each for each in overrides if each.item_code == found.code],
        units={unit.id: unit for unit in list_units_of_township(township.id)} if township else {},
        change_url=_change_url(found, township),
        sheet=empty_sheet(
            template_for(found, township.id, today()) if township else shipped_template(found),
            found,
        ),
        template_url=_template_url(found, township),
    )


def _change_url(found: CatalogueItem, township: Unit | None) -> str | None:
    """Where a clerk changes or retires the item and sees how many slots that moves."""
    ends = found.effective_until is not None
    if ends or township is None or not i_may(Permission.CHANGE_CATALOGUE, township):
        return None
    return url_for("obligations.item_change", item_id=found.id)


def _template_url(found: CatalogueItem, township: Unit | None) -> str | None:
    """Where a clerk makes the township's own template."""
    if township is None or not i_may(Permission.CHANGE_CATALOGUE, township):
        return None
    return url_for("catalogue.template", item_id=found.id, township=township.code)


@blueprint.route("/catalogue/load", methods=["GET", "POST"])
@requires(Permission.CHANGE_CATALOGUE)
def load() -> Any:
    around = list_townships_around(my_reach(Permission.CHANGE_CATALOGUE))
    form = LoadForm(from_on=today())
    form.township.choices = [(unit.code, unit.name) for unit in around]
    if not form.is_submitted():
        return _load_page(form)
    chosen = form.chosen_file()
    if not form.validate() or chosen is None:
        if chosen is None:
            form.file.errors = [*form.file.errors, _("请选择目录文件")]
        return _load_page(form, status=422)
    form.kept.data, form.filename.data = pack(chosen[0]), chosen[1]
    township = next(unit for unit in around if unit.code == form.township.data)
    begins = form.from_on.data or today()
    check = None
    try:
        check = check_file(*chosen, township, begins)
        if "load" in request.form and check.draft.can_be_loaded:
            return _load(check, township, begins)
    except Refused as refusal:
        form.form_errors = say_all(refusal)
        return _load_page(form, check, 422)
    return _load_page(form, check, 200 if check.draft.can_be_loaded else 422)


def _load(check: Check, township: Unit, begins: date) -> Any:
    by = me()
    if check.adopted is not None and begins < today():
        raise Refused(_("已经有目录在用，采用日期不能在今天以前：过去的周期不变。请选今天或以后"))
    edition = load_edition(check.draft, in_force_from=begins, by=by)
    adopt(township, edition, from_on=begins, by=by)
    flash(
        _(
            "已载入“%(name)s”，%(township)s从%(day)s起采用",
            name=edition.name,
            township=township.name,
            day=day_full(begins),
        ),
        "ok",
    )
    is_website = edition.kind is CatalogueKind.WEBSITE
    page = "catalogue.website" if is_website else "catalogue.index"
    return redirect(url_for(page, township=township.code))


def _load_page(form: LoadForm, check: Check | None = None, status: int = 200) -> Any:
    return render_template(
        "catalogue/load.html", form=form, check=check, say_value=_value_in_words
    ), status


def _value_in_words(field: str, value: Any) -> str:
    said = say_value(field, value)
    return said if isinstance(said, str) else say(said)

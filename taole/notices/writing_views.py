"""Writing a notice: choosing the matter, filling in, changing what was returned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import me, my_grants, requires
from taole.access.permissions import Permission
from taole.attachments.actions import keep_file
from taole.attachments.queries import list_attachments
from taole.catalogue.models import CatalogueItem, CatalogueKind
from taole.catalogue.queries import find_item, list_items_in_force
from taole.core.clock import today
from taole.core.errors import NotFound, Refused
from taole.core.ids import new_id
from taole.core.pages import say, say_all
from taole.core.periods import label, period_containing
from taole.notices.actions import revise, submit, write
from taole.notices.blueprint import blueprint, period_words
from taole.notices.forms import NoticeForm, choices, typed_rows
from taole.notices.models import Notice
from taole.notices.queries import find_notice, get_notice, list_unfinished
from taole.notices.rules import content_fault, plain_period, suggested_title
from taole.notices.sheets import Sheet, as_pasted, columns_of
from taole.obligations.models import Obligation
from taole.obligations.queries import get_obligation, list_open
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit
from taole.organisation.rules import GRASSROOTS

BLANK_ROWS = 3
LONGEST_GRID = 30
PERIODS_BACK = 6


@dataclass(frozen=True)
class Matter:
    """What is to be told: an item for a unit, perhaps one obligation of it."""

    unit: Unit
    item: CatalogueItem
    obligation: Obligation | None = None

    @property
    def periods(self) -> list[tuple[str, str]]:
        """The periods to choose from (key, words): the obligation's own, or the latest ones."""
        if self.obligation is not None:
            key = self.obligation.period_key
            return [(key, period_words(key))]
        periods = [period_containing(self.item.frequency, today())]
        while len(periods) < PERIODS_BACK:
            periods.append(periods[-1].previous())
        return [(each.key, say(label(each))) for each in periods]

    def title(self, period_key: str) -> str:
        """The title proposed: Chinese in whatever language it is written, as the notice is."""
        event = self.obligation.event if self.obligation else None
        period = plain_period(period_key)
        return suggested_title(
            self.unit.name,
            str(label(period)) if period else period_key,
            event.title if event else self.item.title,
        )


@blueprint.route("/villages/<code>/notices/new", methods=["GET", "POST"])
@requires(Permission.WRITE_NOTICE, of=get_unit)
def new(unit: Unit) -> Any:
    if "item" not in request.args and "obligation" not in request.args:
        return _choose(unit)
    matter = _matter(unit)
    form = NoticeForm()
    form.period_key.choices = choices(matter.periods)
    if request.method == "GET":
        chosen = request.args.get("period", "")
        known = {key for key, _words in matter.periods}
        form.period_key.data = chosen if chosen in known else matter.periods[0][0]
        form.token.data = str(new_id())
        form.title.data = matter.title(form.period_key.data)
        return _fill_in(matter, form, Sheet(columns_of(matter.item.content)))
    known_notice = find_notice(form.notice_id)
    if known_notice is not None:
        return redirect(url_for("notices.show", notice_id=known_notice.id))
    return _save(matter, form, None)


def _choose(unit: Unit) -> Any:
    """The matters to tell: overdue, then due, then all of the catalogue."""
    wanted = request.args.get("q", "").strip()
    kind = CatalogueKind.VILLAGE if unit.kind in GRASSROOTS else CatalogueKind.WEBSITE
    items = [
        item
        for item in list_items_in_force(unit.township_id or unit.id, today(), kind)
        if _names(item, wanted)
    ]
    due = [
        each
        for each in list_open(unit, today())
        if each.review_since is None and _names(each.item, wanted)
    ]
    return render_template(
        "notices/choose.html",
        unit=unit,
        wanted=wanted,
        overdue=[each for each in due if each.due_on < today()],
        coming=[each for each in due if each.due_on >= today()],
        sections=_by_section(items),
        count=len(items),
        unfinished=list_unfinished(unit),
    )


def _names(item: CatalogueItem, wanted: str) -> bool:
    """Whether the words searched for stand in the item's Chinese or English title."""
    return wanted.casefold() in f"{item.title}\n{item.title_en}".casefold()


def _by_section(items: list[CatalogueItem]) -> list[tuple[str, list[CatalogueItem]]]:
    """The items under their sections, both in the catalogue's order."""
    sections: dict[str, list[CatalogueItem]] = {}
    for item in items:
        sections.setdefault(item.section, []).append(item)
    return list(sections.items())


def _matter(unit: Unit) -> Matter:
    """What the address names; NotFound when it is not this unit's."""
    if "obligation" in request.args:
        obligation = get_obligation(request.args.get("obligation", type=UUID) or new_id())
        if obligation.unit_id != unit.id:
            raise NotFound(obligation.id)
        return Matter(unit, obligation.item, obligation)
    kind = CatalogueKind.VILLAGE if unit.kind in GRASSROOTS else CatalogueKind.WEBSITE
    item = find_item(unit.township_id or unit.id, request.args["item"], today(), kind)
    if item is None:
        raise NotFound(request.args["item"])
    return Matter(unit, item)


@blueprint.route("/notices/<uuid:notice_id>/edit", methods=["GET", "POST"])
@requires(Permission.WRITE_NOTICE, of=get_notice)
def edit(notice: Notice) -> Any:
    matter = Matter(notice.unit, notice.item)
    form = NoticeForm(obj=notice)
    own = (notice.period_key, period_words(notice.period_key))
    form.period_key.choices = choices([own, *(each for each in matter.periods if each != own)])
    if request.method == "GET":
        form.files.data = None
        table = Sheet(tuple(notice.columns), tuple(tuple(map(str, row)) for row in notice.rows))
        return _fill_in(matter, form, _ready(table, matter), notice)
    return _save(matter, form, notice)


def _save(matter: Matter, form: NoticeForm, notice: Notice | None) -> Any:
    """Draft, or hand in; whatever is wrong stands above the form with all that was typed."""
    typed = Sheet(
        tuple(request.form.getlist("column")),
        tuple(map(tuple, typed_rows(request.form, len(request.form.getlist("column"))))),
    )
    wish = request.form.get("do", "draft")
    if wish == "more":
        return _fill_in(matter, form, typed, notice, more=BLANK_ROWS)
    if not form.validate():
        return _fill_in(matter, form, typed, notice), 422
    try:
        saved = _keep(matter, form, notice)
        if wish == "submit":
            _hand_in(saved)
    except Refused as refusal:
        form.form_errors = say_all(refusal)
        return _fill_in(matter, form, typed, notice), 422
    flash(_("已提交，等审核") if wish == "submit" else _("草稿已存好，还没有提交"), "ok")
    return redirect(url_for("notices.show", notice_id=saved.id))


def _keep(matter: Matter, form: NoticeForm, notice: Notice | None) -> Notice:
    table = form.table(request.form)
    told = {
        "period_key": form.period_key.data,
        "title": form.title.data or "",
        "body": (form.body.data or "").strip(),
        "columns": list(table.columns),
        "rows": [list(row) for row in table.rows],
        "fiscal_year": form.fiscal_year.data,
    }
    if notice is not None:
        saved = revise(notice, version=int(form.version.data or 0), by=me(), **told)
    else:
        saved = write(
            matter.unit,
            matter.item,
            **told,
            obligations=[matter.obligation] if matter.obligation else None,
            on_behalf=all(grant.path != matter.unit.path for grant in my_grants()),
            notice_id=form.notice_id,
            by=me(),
        )
    for upload in form.uploads:
        keep_file(matter.unit, upload, upload.filename or "", by=me(), owner_id=saved.id)
    return saved


def _hand_in(notice: Notice) -> None:
    fault = content_fault(notice.body, notice.rows, has_files=bool(list_attachments(notice.id)))
    if fault is not None:
        raise Refused(fault)
    submit(notice, by=me())


def _fill_in(
    matter: Matter, form: NoticeForm, table: Sheet, notice: Notice | None = None, more: int = 0
) -> Any:
    rows = [list(row) for row in table.rows]
    is_long = len(rows) > LONGEST_GRID
    if is_long and not form.pasted.data:
        form.pasted.data = as_pasted(table)
    blank = max(BLANK_ROWS - len(rows), more, 1)
    return render_template(
        "notices/fill_in.html",
        matter=matter,
        form=form,
        notice=notice,
        columns=table.columns,
        rows=[] if is_long else [*rows, *([""] * len(table.columns) for _ in range(blank))],
        is_long=is_long,
        is_website=matter.unit.kind not in GRASSROOTS,
        files=list_attachments(notice.id) if notice else [],
    )


def _ready(table: Sheet, matter: Matter) -> Sheet:
    return table if table.columns else Sheet(columns_of(matter.item.content))

"""Writing a notice: choosing the matter, filling in its template, changing what came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from taole.access.guard import me, my_grants, requires
from taole.access.permissions import Permission
from taole.attachments.actions import keep_file
from taole.attachments.queries import list_attachments
from taole.attachments.uploads import begin, list_unfinished
from taole.catalogue.models import CatalogueItem, CatalogueKind
from taole.catalogue.queries import list_items_in_force
from taole.catalogue.template_rules import check_filled, sum_line
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.pages import say_all
from taole.core.words import Sentence
from taole.notices.actions import revise, write
from taole.notices.blueprint import blueprint, period_words
from taole.notices.checks import find_previous
from taole.notices.differences import Text, differences
from taole.notices.filling_views import copy_into, read_paste_into, read_workbook_into
from taole.notices.forms import NoticeForm, choices, promised
from taole.notices.gate_seals import list_open
from taole.notices.grid import SHOWN, head_sent, merge, page_of
from taole.notices.holding import Overtaken
from taole.notices.matter import Matter, find_matter, matter_of
from taole.notices.models import Notice
from taole.notices.queries import find_notice, get_notice
from taole.notices.queries import list_unfinished as list_at_work
from taole.obligations.queries import list_open as list_owed
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit
from taole.organisation.rules import GRASSROOTS

BLANK_ROWS = 3


@blueprint.route("/villages/<code>/notices/new", methods=["GET", "POST"])
@requires(Permission.WRITE_NOTICE, of=get_unit)
def new(unit: Unit) -> Any:
    if "item" not in request.args and "obligation" not in request.args:
        return _choose(unit)
    matter = find_matter(unit, request.args)
    form = NoticeForm()
    form.period_key.choices = choices((key, period_words(key)) for key in matter.period_keys)
    if request.method == "GET":
        chosen = request.args.get("period", "")
        form.period_key.data = chosen if chosen in matter.period_keys else matter.period_keys[0]
        form.token.data = str(new_id())
        form.title.data = matter.title(form.period_key.data)
        return _fill_in(matter, form)
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
        for each in list_owed(unit, today())
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
        unfinished=list_at_work(unit),
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


@blueprint.route("/notices/<uuid:notice_id>/edit", methods=["GET", "POST"])
@requires(Permission.WRITE_NOTICE, of=get_notice)
def edit(notice: Notice) -> Any:
    matter = matter_of(notice)
    form = NoticeForm(obj=notice)
    keys = dict.fromkeys((notice.period_key, *matter.period_keys))
    form.period_key.choices = choices((key, period_words(key)) for key in keys)
    if request.method == "GET":
        form.files.data = form.workbook.data = None
        return _fill_in(matter, form, notice)
    return _save(matter, form, notice)


def _save(matter: Matter, form: NoticeForm, notice: Notice | None) -> Any:
    """Keep the draft and go on; whatever is wrong stands above the form with all that was typed."""
    if not form.validate():
        return _fill_in(matter, form, notice, request.form), 422
    try:
        return _go_on(_keep(matter, form, notice), form)
    except Refused as refusal:
        form.form_errors = say_all(refusal)
        theirs = []
        if isinstance(refusal, Overtaken) and notice is not None:
            form.version.data = str(notice.version)
            theirs = differences(_text(notice), _typed(matter, form, notice))
        return _fill_in(matter, form, notice, request.form, theirs), 422


def _text(notice: Notice) -> Text:
    return Text(notice.title, notice.body, notice.head, notice.columns, notice.rows)


def _typed(matter: Matter, form: NoticeForm, notice: Notice) -> Text:
    return Text(
        form.title.data or "",
        form.body.data or "",
        head_sent(matter.template, request.form),
        notice.columns,
        _rows(matter, notice, request.form),
    )


def _keep(matter: Matter, form: NoticeForm, notice: Notice | None) -> Notice:
    told = {
        "period_key": form.period_key.data,
        "title": form.title.data or "",
        "head": head_sent(matter.template, request.form),
        "body": (form.body.data or "").strip(),
        "columns": list(_columns(matter, notice)),
        "rows": _rows(matter, notice, request.form),
        "fiscal_year": form.fiscal_year.data,
    }
    if matter.asks_when_formed:
        told["formed_on"] = form.formed_on.data
    if notice is not None:
        saved = revise(notice, version=form.seen, by=me(), **told)
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
    for upload_id, filename, size in promised(request.form, "files"):
        begin(
            matter.unit,
            upload_id,
            filename=filename,
            size=size,
            owner_id=saved.id,
            purpose="attachment",
            by=me(),
        )
    return saved


def _columns(matter: Matter, notice: Notice | None) -> tuple[str, ...]:
    return tuple(notice.columns) if notice and notice.columns else matter.template.column_names


def _rows(
    matter: Matter, notice: Notice | None, sent: MultiDict[str, str] | None
) -> list[list[str]]:
    """The rows as kept, with what was typed; ``take`` puts the proposal of one fault in."""
    columns = _columns(matter, notice)
    rows = merge(notice.rows if notice else [], len(columns), sent.items() if sent else ())
    wanted = sent.get("take", "") if sent else ""
    for fault in check_filled(matter.template, head={}, columns=columns, rows=rows):
        if fault.proposal and fault.row is not None and fault.column in columns:
            column = columns.index(fault.column)
            if wanted == f"{fault.row}-{column}":
                rows[fault.row][column] = fault.proposal
    return rows


def _go_on(saved: Notice, form: NoticeForm) -> Any:
    wish = "take" if "take" in request.form else request.form.get("do", "draft")
    match wish:
        case "upload":
            return read_workbook_into(saved, form.workbook.data)
        case "paste":
            return read_paste_into(saved, form.pasted.data or "")
        case "copy":
            return copy_into(saved)
        case "check":
            return redirect(url_for("notices.check", notice_id=saved.id))
        case "more" | "take":
            return redirect(url_for("notices.edit", notice_id=saved.id, more=BLANK_ROWS))
    flash(_("草稿已存好，还没有提交"), "ok")
    return redirect(url_for("notices.show", notice_id=saved.id))


def _fill_in(
    matter: Matter,
    form: NoticeForm,
    notice: Notice | None = None,
    sent: MultiDict[str, str] | None = None,
    theirs: Sequence[tuple[Sentence, str]] = (),
) -> Any:
    columns = _columns(matter, notice)
    rows = _rows(matter, notice, sent)
    faults = check_filled(matter.template, head={}, columns=columns, rows=rows)
    more = request.args.get("more", 0, type=int)
    grid = page_of(
        rows,
        columns,
        faults,
        first=request.args.get("first", 0, type=int),
        blank=max(BLANK_ROWS - len(rows), min(more, SHOWN), 1) if columns else 0,
    )
    head = head_sent(matter.template, sent) if sent else (notice.head if notice else {})
    return render_template(
        "notices/fill_in.html",
        matter=matter,
        form=form,
        notice=notice,
        columns=[matter.template.field(name) or name for name in columns],
        grid=grid,
        theirs=theirs,
        head=head,
        sums=sum_line(matter.template, columns, rows),
        previous=find_previous(notice) if notice else None,
        seals=list_open(notice) if notice else [],
        files=list_attachments(notice.id) if notice else [],
        coming=list_unfinished(notice.id) if notice else [],
        review=notice.reviews[-1] if notice and notice.reviews else None,
    )

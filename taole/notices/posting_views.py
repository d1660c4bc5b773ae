"""Logging where a notice went up, and that it came down."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import me, my_reach, requires
from taole.access.permissions import Permission
from taole.attachments.actions import keep_file
from taole.attachments.models import Attachment
from taole.attachments.uploads import begin
from taole.catalogue.channels import Channel
from taole.catalogue.labels import item_title
from taole.catalogue.models import CatalogueItem, CatalogueKind
from taole.catalogue.queries import find_item, list_items_in_force
from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.ids import new_id
from taole.core.pages import say_all
from taole.core.words import N_
from taole.notices.actions import add_proof, post, see_up, take_down
from taole.notices.blueprint import blueprint
from taole.notices.counting import NEW_MEDIA, VILLAGE_AFFAIRS
from taole.notices.forms import (
    PROOF,
    PostForm,
    ProofForm,
    SeenForm,
    TakeDownForm,
    choices,
    promised,
)
from taole.notices.models import Notice, Posting
from taole.notices.notice_views import notice_page
from taole.notices.posting import default_until, refuse_unready, required_channels
from taole.notices.queries import get_notice, get_posting
from taole.notices.showing_queries import list_sheets_in_trouble
from taole.notices.showing_rules import PAPER, PROBLEM_LABELS, in_words, period_fault
from taole.obligations.blueprint import layout


@blueprint.route("/notices/<uuid:notice_id>/post", methods=["GET", "POST"])
@requires(Permission.POST_NOTICE, of=get_notice)
def post_notice(notice: Notice) -> Any:
    refuse_unready(notice, today())
    form = PostForm()
    if request.method == "GET":
        return _channels(notice, _prefilled(notice))
    form.column_code.choices = choices([(form.column_code.data or "", "")])
    if not form.validate():
        return _channels(notice, form), 422
    try:
        _log(notice, form)
    except Refused as refusal:
        form.form_errors = say_all(refusal)
        return _channels(notice, form), 422
    flash(_("已登记 %(count)s 个渠道的公示", count=len(form.chosen())), "ok")
    return redirect(url_for("notices.show", notice_id=notice.id))


def _log(notice: Notice, form: PostForm) -> None:
    if not form.chosen():
        raise Refused(N_("还没有选渠道：请勾选公示在哪里。"))
    _refuse_short_period(notice, form)
    for channel in form.chosen():
        photo = form.photo(channel).data
        posting = post(
            notice,
            channel=channel,
            posted_on=form.posted_on.data or today(),
            until_on=form.until_on.data,
            column_code=_column(notice, form) if channel is Channel.WEBSITE else "",
            account=(form.account.data or "") if channel in NEW_MEDIA else "",
            proof=keep_file(notice.unit, photo, photo.filename, by=me(), owner_id=None)
            if photo
            else None,
            proof_link=form.link(channel).data or "",
            by=me(),
            posting_id=form.posting_id(channel),
        )
        for upload_id, filename, size in promised(request.form, form.photo(channel).name):
            begin(
                notice.unit,
                upload_id,
                filename=filename,
                size=size,
                owner_id=posting.id,
                purpose=PROOF,
                by=me(),
            )


def _refuse_short_period(notice: Notice, form: PostForm) -> None:
    """A notice period that the secretary shortened is refused before anything is posted."""
    if form.until_on.data is None:
        return
    posted_on = form.posted_on.data or today()
    fault = period_fault(posted_on, form.until_on.data, default_until(notice.item, posted_on))
    if fault is not None and PAPER & set(form.chosen()):
        raise Refused(fault)


def _column(notice: Notice, form: PostForm) -> str:
    """The chosen column's code, if there is such a column."""
    code = form.column_code.data or ""
    if code and find_item(notice.township_id, code, today(), CatalogueKind.WEBSITE) is None:
        raise Refused(N_("网站上没有这个栏目：请重新选择栏目。"))
    return code


def _prefilled(notice: Notice) -> PostForm:
    up = {each.channel for each in notice.postings}
    wanted = [each.value for each in required_channels(notice, today()) if each not in up]
    return PostForm(
        formdata=None,
        token=str(new_id()),
        posted_on=today(),
        until_on=default_until(notice.item, today()),
        channels=wanted,
    )


def _channels(notice: Notice, form: PostForm) -> Any:
    columns = list_items_in_force(notice.township_id, today(), CatalogueKind.WEBSITE)
    named = [(column.code, item_title(column)) for column in columns]
    form.column_code.choices = choices([("", _("请选择栏目")), *named])
    if not form.column_code.data:
        form.column_code.data = _usual_column(notice, columns)
    listed = [each for each in Channel if each.value in notice.item.channels]
    return render_template(
        "notices/post_notice.html",
        notice=notice,
        form=form,
        listed=listed or [Channel.WEBSITE],
        others=[each for each in Channel if each not in (listed or [Channel.WEBSITE])],
        required=required_channels(notice, today()),
        up={each.channel: each for each in notice.postings if each.taken_down_on is None},
    )


def _usual_column(notice: Notice, columns: list[CatalogueItem]) -> str:
    """The column itself for its own notices; 村（居）务公开 for those of villages."""
    titles = {column.title: column.code for column in columns}
    codes = {column.code for column in columns}
    return notice.item.code if notice.item.code in codes else titles.get(VILLAGE_AFFAIRS, "")


@blueprint.post("/postings/<uuid:posting_id>/take-down")
@requires(Permission.POST_NOTICE, of=get_posting)
def come_down(posting: Posting) -> Any:
    form = TakeDownForm()
    try:
        if not form.validate_on_submit():
            return notice_page(posting.notice, take_down_form=form)
        proof = _photograph(posting, form.photo.data)
        take_down(posting, on=form.on.data or today(), by=me(), proof=proof)
    except Refused as refusal:
        form.on.errors = say_all(refusal)
        return notice_page(posting.notice, take_down_form=form)
    flash(_("已登记撤下"), "ok")
    return redirect(url_for("notices.show", notice_id=posting.notice_id))


@blueprint.post("/postings/<uuid:posting_id>/seen")
@requires(Permission.POST_NOTICE, of=get_posting)
def still_up(posting: Posting) -> Any:
    form = SeenForm()
    if not form.validate_on_submit():
        raise Refused(N_("日期不对：请填哪天看到公示还挂着，如 2023-09-12。"))
    see_up(
        posting, on=form.on.data or today(), by=me(), proof=_photograph(posting, form.photo.data)
    )
    flash(_("已记下：公示还挂着"), "ok")
    return redirect(url_for("notices.show", notice_id=posting.notice_id))


@blueprint.post("/postings/<uuid:posting_id>/proof")
@requires(Permission.POST_NOTICE, of=get_posting)
def prove(posting: Posting) -> Any:
    form = ProofForm()
    proof = _photograph(posting, form.photo.data) if form.validate_on_submit() else None
    if proof is None:
        raise Refused(N_("还没有选照片：请拍一张公示栏的照片再上传。"))
    add_proof(posting, proof, by=me())
    flash(_("照片已补上"), "ok")
    return redirect(url_for("notices.show", notice_id=posting.notice_id))


def _photograph(posting: Posting, upload: Any) -> Attachment | None:
    if not upload:
        return None
    return keep_file(posting.notice.unit, upload, upload.filename, by=me(), owner_id=None)


@blueprint.get("/notices/showing")
@requires(Permission.SEE_NOTICES)
def showing() -> Any:
    """What hangs too short or too long, or has no photograph, in my villages."""
    sheets = list_sheets_in_trouble(my_reach(Permission.SEE_NOTICES), today())
    return render_template(
        "notices/showing.html",
        layout=layout(),
        sheets=sheets,
        labels=PROBLEM_LABELS,
        in_words=lambda problem, sheet: in_words(problem, sheet.showing, today()),
    )

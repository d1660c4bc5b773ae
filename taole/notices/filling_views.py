"""A sheet filled elsewhere comes in: as a workbook, as pasted cells, or as last period's notice."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from taole.access.guard import me, requires
from taole.access.permissions import Permission
from taole.catalogue.kept_file import pack, unpack
from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.errors import Refused
from taole.core.pages import file_answer, say
from taole.core.words import N_
from taole.filling.reading import Filling, read_filled, read_pasted, red_cells, template_workbook
from taole.notices.actions import revise
from taole.notices.blueprint import blueprint
from taole.notices.checks import find_previous
from taole.notices.matter import find_matter
from taole.notices.models import Notice
from taole.notices.queries import get_notice
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit

PASTED = "粘贴的表格.txt"
DECISION = "column:"


@blueprint.get("/villages/<code>/notices/workbook.xlsx")
@requires(Permission.WRITE_NOTICE, of=get_unit)
def empty_workbook(unit: Unit) -> Any:
    """The empty unified sheet of a matter, to be filled on a computer."""
    matter = find_matter(unit, request.args)
    title = matter.title(matter.period_keys[0])
    content = template_workbook(matter.template, title=title, head={})
    return file_answer(content, f"{title}.xlsx")


@blueprint.get("/notices/<uuid:notice_id>/workbook.xlsx")
@requires(Permission.WRITE_NOTICE, of=get_notice)
def filled_workbook(notice: Notice) -> Any:
    """The sheet as it stands, to be changed on a computer and uploaded again."""
    template = UnifiedTemplate.from_mapping(notice.template)
    content = template_workbook(template, title=notice.title, head=notice.head, rows=notice.rows)
    return file_answer(content, f"{notice.title}.xlsx")


@blueprint.post("/notices/<uuid:notice_id>/read")
@requires(Permission.WRITE_NOTICE, of=get_notice)
def read_again(notice: Notice) -> Any:
    """The same file once more, with the answers to what was asked about its columns."""
    content, filename = _carried()
    return _read(notice, content, filename, _decisions())


@blueprint.post("/notices/<uuid:notice_id>/red-cells.xlsx")
@requires(Permission.WRITE_NOTICE, of=get_notice)
def red_workbook(notice: Notice) -> Any:
    """The uploaded workbook given back with its faulty cells in red."""
    content, filename = _carried()
    filling = _filling(notice, content, filename, _decisions())
    stem = filename.rsplit(".", 1)[0]
    return file_answer(
        red_cells(content, filename, filling.faults, say=say), f"{stem}（标红）.xlsx"
    )


def read_workbook_into(notice: Notice, upload: FileStorage | None) -> Any:
    if upload is None or not upload.filename:
        raise Refused(N_("还没有选文件：请选填好的 Excel，再按“读进来”。"))
    return _read(notice, upload.read(), upload.filename, {})


def read_paste_into(notice: Notice, pasted: str) -> Any:
    if not pasted.strip():
        raise Refused(N_("还没有粘贴内容：请在 Excel 或 WPS 里选中表格复制，再粘贴到框里。"))
    return _read(notice, pasted.encode(), PASTED, {})


def copy_into(notice: Notice) -> Any:
    """Start from what the unit told of this matter the last time."""
    previous = find_previous(notice)
    if previous is None:
        raise Refused(N_("上一期没有公示过这一项，没有可以抄的：请直接填。"))
    revise(
        notice,
        version=notice.version,
        by=me(),
        head=dict(previous.head),
        columns=list(previous.columns),
        rows=[list(row) for row in previous.rows],
        body=previous.body,
    )
    flash(_("已抄上期 %(count)s 行，请改成本期的", count=len(previous.rows)), "ok")
    return redirect(url_for("notices.edit", notice_id=notice.id))


def _read(notice: Notice, content: bytes, filename: str, decisions: dict[str, str]) -> Any:
    """Ask about what is doubtful; else keep the rows, and show what is wrong in them."""
    filling = _filling(notice, content, filename, decisions)
    carried = pack(content)
    open_doubts = [doubt for doubt in filling.doubts if doubt.name not in decisions]
    if open_doubts and carried:
        return render_template(
            "notices/doubts.html",
            notice=notice,
            filling=filling,
            doubts=open_doubts,
            decided=decisions,
            carried=carried,
            filename=filename,
        )
    revise(
        notice,
        version=notice.version,
        by=me(),
        head={**notice.head, **filling.head},
        columns=list(filling.columns),
        rows=filling.rows,
    )
    if not filling.faults:
        flash(_("读出 %(count)s 行，没有要改的", count=len(filling.rows)), "ok")
        return redirect(url_for("notices.edit", notice_id=notice.id))
    return render_template(
        "notices/read_faults.html",
        notice=notice,
        filling=filling,
        decided=decisions,
        carried=carried if filename != PASTED else "",
        filename=filename,
    )


def _filling(notice: Notice, content: bytes, filename: str, decisions: dict[str, str]) -> Filling:
    template = UnifiedTemplate.from_mapping(notice.template)
    unit, matter = notice.unit.name, notice.item.title
    if filename == PASTED:
        return read_pasted(
            content.decode(), template, decisions=decisions, unit=unit, matter=matter
        )
    return read_filled(content, filename, template, decisions=decisions, unit=unit, matter=matter)


def _carried() -> tuple[bytes, str]:
    content = unpack(request.form.get("carried", ""))
    if content is None:
        raise Refused(N_("这份表已经不在页面里了：请重新上传。"))
    return content, request.form.get("filename", "")[:200]


def _decisions() -> dict[str, str]:
    return {
        name.removeprefix(DECISION): value
        for name, value in request.form.items()
        if name.startswith(DECISION)
    }

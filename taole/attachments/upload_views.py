"""Where a phone sends a file piece by piece; answered in JSON.

``POST /uploads/<id>`` (the id is a UUID that the phone makes) with the form fields ``unit`` (its
code), ``filename``, ``size``, ``owner`` (the notice's id, may be empty) and ``purpose`` (empty:
an attachment) begins a file, or tells where it stands; ``PUT /uploads/<id>?offset=n`` with bytes
as body adds a piece. Both answer ``{"id", "size", "received", "attachment": id or null,
"refused": ""}``; when all has come the attachment is there. ``refused``: the file was looked at
and is not kept, in one sentence; it is forgotten then. 409 with ``received``: send on from there.
422 with ``error``. The body of a PUT must not call itself a form (415).

A form sent with ``X-Pieces: 1`` names its files (``upload``, ``upload_name``, ``upload_size``,
``upload_for``) and is answered with the address of the next page in ``X-Location``.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, abort, redirect, request, url_for
from flask_babel import gettext as _

from taole.access.guard import i_may, me, requires
from taole.access.permissions import Permission, Placed
from taole.attachments import parts
from taole.attachments.blueprint import blueprint
from taole.attachments.models import Upload
from taole.attachments.owners import find_owner
from taole.attachments.preparing import open_ahead
from taole.attachments.uploads import (
    abandon,
    begin,
    find_upload,
    finish,
    get_upload,
    receive,
    refuse_stranger,
)
from taole.core.errors import Refused
from taole.core.pages import say_all
from taole.core.transactions import let_go
from taole.organisation.models import Unit
from taole.organisation.queries import get_unit

_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
"""Of a body that says it is one of these, nothing is left to read."""
_REDIRECTS = frozenset({302, 303})


def _place_of(upload_id: UUID) -> Placed:
    """What was begun, or the unit for which it is to be begun."""
    return find_upload(upload_id) or get_unit(request.form.get("unit", ""))


@blueprint.post("/uploads/<uuid:upload_id>")
@requires(Permission.BE_SIGNED_IN, of=_place_of)
def begin_upload(place: Unit | Upload) -> Any:
    """Begun by who may write there; a form that promised a file (a visit) has begun it already,
    and whoever sent that form goes on."""
    if isinstance(place, Unit) and not i_may(Permission.WRITE_NOTICE, place):
        abort(403)
    try:
        if isinstance(place, Unit):
            return _standing(_begin(place))
        refuse_stranger(place, by=me())
        return _ended(place) if _has_come(place) else _standing(place)
    except Refused as refusal:
        return _refused(refusal)


def _begin(unit: Unit) -> Upload:
    assert request.view_args is not None
    size = request.form.get("size", "")
    owner = request.form.get("owner", "")
    try:
        owner_id = UUID(owner) if owner else None
    except ValueError as error:
        raise Refused(_("不知道这个文件属于哪件公示：请从公示页面重新上传。")) from error
    return begin(
        unit,
        request.view_args["upload_id"],
        filename=request.form.get("filename", ""),
        size=int(size) if size.isascii() and size.isdecimal() and len(size) < 12 else 0,
        owner_id=owner_id,
        purpose=request.form.get("purpose", ""),
        by=me(),
    )


@blueprint.put("/uploads/<uuid:upload_id>")
@requires(Permission.BE_SIGNED_IN, of=get_upload)
def receive_piece(upload: Upload) -> Any:
    if request.mimetype in _FORMS:
        return {"error": _("请把这一段按 application/octet-stream 发送")}, 415
    try:
        offset = request.args.get("offset", -1, type=int)
        receive(upload, offset, request.get_data(cache=False), by=me())
        return _ended(upload) if _has_come(upload) else _standing(upload)
    except parts.Misplaced as misplaced:
        return {"received": misplaced.received}, 409
    except Refused as refusal:
        return _refused(refusal)


@blueprint.post("/uploads/<uuid:upload_id>/abandon")
@requires(Permission.WRITE_NOTICE, of=get_upload)
def abandon_upload(upload: Upload) -> Any:
    owner = find_owner(upload.owner_id) if upload.owner_id else None
    abandon(upload, by=me())
    return redirect(owner.url if owner else url_for("dashboard.home"))


def _has_come(upload: Upload) -> bool:
    return upload.finished_at is None and parts.length(upload.id) == upload.size


def _ended(upload: Upload) -> Any:
    """Keep what has come, its picture redrawn with the lock given back; forget what is not kept."""
    content, filename = parts.read(upload.id), upload.filename
    let_go()
    open_ahead(content, filename)
    try:
        finish(upload, by=me())
    except Refused as refusal:
        refused = "；".join(say_all(refusal))
        told = _standing(upload) | {"refused": refused}
        abandon(upload, by=me())
        return told
    return _standing(upload)


def _standing(upload: Upload) -> dict[str, Any]:
    is_whole = upload.finished_at is not None
    return {
        "id": str(upload.id),
        "size": upload.size,
        "received": upload.size if is_whole else parts.length(upload.id),
        "attachment": str(upload.attachment_id or upload.attachment.id)
        if upload.attachment
        else None,
        "refused": "",
    }


def _refused(refusal: Refused) -> Any:
    return {"error": "；".join(say_all(refusal))}, 422


@blueprint.after_app_request
def _name_next_page(response: Response) -> Response:
    """A phone that sends its files after the form is told the next page in ``X-Location``: were it
    led there, it would load that page twice and use up what is to be said on it once.
    """
    if request.headers.get("X-Pieces") and response.status_code in _REDIRECTS:
        response.headers["X-Location"] = response.headers.pop("Location")
        response.status_code = 200
    return response

"""Giving out a file to those who may see the notices of its unit."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, current_app, request

from taole.access.guard import requires
from taole.access.permissions import Permission
from taole.attachments.models import Attachment
from taole.attachments.queries import get_attachment, read_bytes

blueprint = Blueprint("attachments", __name__)

KEPT_BY_BROWSER = 3600


@blueprint.get("/attachments/<uuid:attachment_id>")
@requires(Permission.SEE_NOTICES, of=get_attachment)
def download(attachment: Attachment) -> Any:
    """The file itself: a photograph is shown, everything else is saved."""
    shown = "inline" if attachment.media_type == "image/jpeg" else "attachment"
    answer = current_app.response_class(read_bytes(attachment), mimetype=attachment.media_type)
    named = {"filename*": f"UTF-8''{quote(attachment.filename, safe='')}"}
    answer.headers.set("Content-Disposition", shown, **named)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_BY_BROWSER}"
    answer.set_etag(attachment.digest)
    return answer.make_conditional(request)

"""Which township a page is about, when a person reaches several."""

from __future__ import annotations

from flask import request

from taole.access.guard import my_reach
from taole.access.permissions import Permission
from taole.core.errors import NotFound
from taole.organisation.models import Unit
from taole.organisation.queries import list_townships


def asked_township(permission: Permission) -> Unit:
    """The township that the address names (``?unit=``), or the first within reach."""
    code = request.args.get("unit")
    for township in list_townships(my_reach(permission)):
        if code in (None, "", township.code):
            return township
    raise NotFound(code)

"""Pages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from taole.access.guard import requires
from taole.access.permissions import Permission

blueprint = Blueprint("dashboard", __name__)


@blueprint.get("/")
@requires(Permission.BE_SIGNED_IN)
def home() -> Any:
    return ""

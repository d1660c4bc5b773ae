"""Pages."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("notices", __name__)

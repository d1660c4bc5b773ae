"""Pages."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("information_requests", __name__)

"""Pages."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("attachments", __name__)

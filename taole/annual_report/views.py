"""Pages."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("annual_report", __name__)

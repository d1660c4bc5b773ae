"""The blueprint that the pages of inspections, findings and the checklist hang on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("inspections", __name__)

"""The blueprint that the pages of people and places hang on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("organisation", __name__)

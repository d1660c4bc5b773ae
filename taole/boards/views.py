"""The paper on the wall, and the page behind its code."""

from __future__ import annotations

from flask import Blueprint

import taole.boards.models  # noqa: F401 - its tables belong to the schema

blueprint = Blueprint("boards", __name__)

"""The blueprint of the ledgers."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("registers", __name__)

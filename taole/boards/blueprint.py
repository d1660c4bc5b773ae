"""The blueprint of sheets, boards and the pages behind their codes, and what these share."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, current_app, request

from taole.access.guard import i_may
from taole.access.permissions import Permission
from taole.attachments.models import SCAN_LABELS
from taole.boards.sheet_layout import is_long, numbered, type_points
from taole.notices.printed_sheet import Paper

blueprint = Blueprint("boards", __name__)


def site() -> str:
    """What codes and links begin with (TAOLE_PUBLIC_URL)."""
    return str(current_app.config["SETTINGS"].public_url)


def paper_asked() -> Paper:
    """``?paper=a3``; nonsense means A4."""
    asked = request.args.get("paper", "").lower()
    return Paper(asked) if asked in set(Paper) else Paper.A4


def start_asked() -> date | None:
    """``?from=2023-09-20``: the day on which the sheet goes up; nonsense means today."""
    try:
        return date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        return None


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {
        "i_may": i_may,
        "Permission": Permission,
        "Paper": Paper,
        "numbered": numbered,
        "type_points": type_points,
        "is_long": is_long,
        "scan_labels": SCAN_LABELS,
    }

"""Which township and which year a page is about."""

from __future__ import annotations

from flask import request

from taole.access.guard import my_reach
from taole.access.permissions import Permission
from taole.core.clock import today
from taole.core.errors import NotFound
from taole.core.periods import FIRST_YEAR_OF_DISCLOSURE
from taole.organisation.models import Unit
from taole.organisation.queries import list_townships


def asked_township(permission: Permission) -> Unit:
    """The township that the address names (``?unit=``), or the first within reach."""
    code = request.args.get("unit")
    for township in list_townships(my_reach(permission)):
        if code in (None, "", township.code):
            return township
    raise NotFound(code)


def asked_year(latest: int) -> int:
    """The year that the address names (``?year=2023``) if it is one up to ``latest``, else this."""
    year = request.args.get("year", today().year, type=int)
    return year if FIRST_YEAR_OF_DISCLOSURE <= year <= latest else today().year


def years_to_choose(shown: int) -> list[int]:
    """This year, the three before it and the one shown; the latest first."""
    return sorted({*range(today().year - 3, today().year + 1), shown}, reverse=True)

"""The pages: printed sheets, the page behind a code, the photographed board."""

from __future__ import annotations

from taole.boards import board_views, public_views, sheet_views, wall_views
from taole.boards.blueprint import blueprint

__all__ = ["blueprint", "board_views", "public_views", "sheet_views", "wall_views"]

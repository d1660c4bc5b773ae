"""The pages of rounds."""

from __future__ import annotations

from taole.rounds import ask_views, models, round_views, running_views
from taole.rounds.blueprint import blueprint

__all__ = ["ask_views", "blueprint", "models", "round_views", "running_views"]

"""The pages of rounds."""

from __future__ import annotations

from taole.rounds import models
from taole.rounds.blueprint import blueprint

__all__ = ["blueprint", "models"]

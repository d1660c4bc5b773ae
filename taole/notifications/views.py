"""The pages of notifications."""

from __future__ import annotations

from taole.notifications import models
from taole.notifications.blueprint import blueprint

__all__ = ["blueprint", "models"]

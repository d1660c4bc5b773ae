"""The pages of oversight."""

from __future__ import annotations

from taole.oversight import models
from taole.oversight.blueprint import blueprint

__all__ = ["blueprint", "models"]

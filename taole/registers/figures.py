"""Figures."""

from __future__ import annotations

from taole.core.figures import Figure

FIGURES: tuple[Figure, ...] = ()

"""Every table of the house, for migrations and tests."""

from __future__ import annotations

__all__: list[str] = []

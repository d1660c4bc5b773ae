"""What the clock does with obligations."""

from __future__ import annotations


def open_ahead() -> str:
    """Open what falls due in the coming days, for every township."""
    return ""

"""What the clock does about telling people."""

from __future__ import annotations

from taole.core.clock import now
from taole.notifications import digest


def send_digests() -> str:
    """The day's digests, to everybody who has none yet and for whom something is new."""
    return digest.send_digests(now())

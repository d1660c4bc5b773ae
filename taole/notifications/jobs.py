"""What the clock does about telling people."""

from __future__ import annotations

from taole.core.clock import now
from taole.notifications import delivering, digest


def send_digests() -> str:
    """The day's digests, to everybody who has none yet and for whom something is new."""
    return digest.send_digests(now())


def send_messages() -> str:
    """E-mails and group messages that are due, each at most once."""
    return delivering.send_waiting(now())

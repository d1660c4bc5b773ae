"""What the timetable does for itself."""

from __future__ import annotations

from datetime import timedelta

from taole.core.clock import now
from taole.core.jobs import forget_runs
from taole.core.transactions import transaction

KEEP = timedelta(days=400)
KEEP_FREQUENT = timedelta(days=2)
FREQUENT = ("scan-files", "send-digests", "send-messages", "open-rounds")
"""Jobs of every few minutes: their runs are many and say little."""


def tidy_runs() -> str:
    """Forget old runs: of the frequent jobs after two days, of the others after a year."""
    with transaction():
        forgotten = forget_runs(before=now() - KEEP_FREQUENT, of=FREQUENT)
        forgotten += forget_runs(before=now() - KEEP)
    return f"清理 {forgotten} 条"

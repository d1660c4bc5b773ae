"""What can be done with collections, in one place for those who call. Nothing here commits."""

from __future__ import annotations

from taole.rounds.answering import (
    answer_nothing,
    bring,
    enter_paper,
    finish_content,
    note_submitted,
)
from taole.rounds.closing import close, extend
from taole.rounds.opening import open_by_hand, open_due_rounds, open_round
from taole.rounds.reminding import remind, remind_missing
from taole.rounds.settings import keep_round_setting

__all__ = [
    "answer_nothing",
    "bring",
    "close",
    "enter_paper",
    "extend",
    "finish_content",
    "keep_round_setting",
    "note_submitted",
    "open_by_hand",
    "open_due_rounds",
    "open_round",
    "remind",
    "remind_missing",
]

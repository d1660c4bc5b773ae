"""The order of a run: each process begins with long tests, so that none is left over at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

LONG = [
    "journeys/test_every_width.py",
    "privacy/test_files_pictures.py",
    "boards/test_code_reading.py",
    "app/test_no_number_leaks.py",
    "core/test_operator_troubles.py",
    "privacy/test_files_corpus.py",
    "app/test_pages_by_role.py",
    "demonstration/test_another_build.py",
    "filling/test_filling_round_trip.py",
    "app/test_nonsense_in_addresses.py",
    "schedule/test_simulated_year.py",
    "attachments/test_killed_uploads.py",
    "journeys/test_rectification_journeys.py",
    "boards/test_sheet_pages.py",
    "journeys/test_finger_and_key.py",
    "app/test_commands.py",
    "journeys/test_board_journeys.py",
    "app/test_translations.py",
    "app/test_refused_commands.py",
    "journeys/test_notice_journeys.py",
    "journeys/test_office_journeys.py",
    "core/test_durability.py",
    "journeys/test_village_journeys.py",
    "journeys/test_weak_line_journeys.py",
    "journeys/test_monitoring_pages.py",
    "journeys/test_collection_journeys.py",
    "journeys/test_reminder_journeys.py",
    "journeys/test_visit_journeys.py",
    "demonstration/test_year_2023.py",
]
"""Dealt in this order. The first makes the demonstration; what the two others begin with needs
none, so that nobody waits for it."""
PLACES = {Path(__file__).parent / name: place for place, name in enumerate(LONG)}


def long_first(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The tests in shares as ``--dist worksteal`` cuts them, the long ones first in each.

    Who has nothing left to do takes from the ends of the others' shares.
    """
    if workers == 1:
        return list(items)
    long = sorted(
        (item for item in items if item.path in PLACES), key=lambda item: PLACES[item.path]
    )
    short = [item for item in items if item.path not in PLACES]
    ordered: list[pytest.Item] = []
    left = len(items)
    for worker in range(workers):
        share = left // (workers - worker)
        left -= share
        hand = [item for item in long if PLACES[item.path] % workers == worker]
        more = max(0, share - len(hand))
        ordered += hand + short[:more]
        del short[:more]
    return ordered + short

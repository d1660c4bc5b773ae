"""What the system finds by itself: the detectors of the packages."""

from __future__ import annotations

import taole.inspections.sheet_findings
import taole.inspections.system_findings
import taole.oversight.column_findings
from taole.inspections.seen import register_detectors


def know_detectors() -> None:
    register_detectors(
        (
            taole.inspections.system_findings.DETECTOR,
            *taole.inspections.sheet_findings.DETECTORS,
            taole.oversight.column_findings.DETECTOR,
        )
    )

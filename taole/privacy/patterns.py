"""How a township wants values masked: more may be hidden than is usual, never less."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from taole.core.settings_store import find_setting
from taole.privacy.findings import USUAL_PATTERNS, Kind, MaskPatterns

SETTING = "masking"


def mask_patterns(township_id: UUID | None) -> MaskPatterns:
    """The patterns that a township set, the usual ones where it set nothing."""
    return patterns_from(find_setting(SETTING, township_id) or {})


def patterns_from(kept: Mapping[str, Any]) -> MaskPatterns:
    """``kept``: kind → [signs kept in front, signs kept at the end]; what is missing is usual."""
    return MaskPatterns({kind: _within(kind, kept.get(kind.value)) for kind in USUAL_PATTERNS.keep})


def _within(kind: Kind, wanted: Any) -> tuple[int, int]:
    most = USUAL_PATTERNS.keep[kind]
    if not isinstance(wanted, list | tuple) or len(wanted) != len(most):
        return most
    front, back = (
        min(int(each), limit) if isinstance(each, int) and each >= 0 else limit
        for each, limit in zip(wanted, most, strict=True)
    )
    return front, back

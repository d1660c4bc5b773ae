"""What people of a township said is nobody's personal data, so that they are asked once.

Only fingerprints are kept, made with the instance's key: they tell a value again, never the value.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from taole.attachments.models import Attachment
from taole.core.settings_store import find_setting, keep_setting

_KEY = "cleared-file-findings"
MOST = 5000


def remember_cleared(attachment: Attachment) -> None:
    """Remember the fingerprints of everything that was found in this file."""
    told = [print_ for each in attachment.scan_findings if (print_ := each.get("fingerprint"))]
    known = _known(attachment.township_id)
    new = [each for each in dict.fromkeys(told) if each not in set(known)]
    if new:
        keep_setting(_KEY, {"fingerprints": (known + new)[-MOST:]}, attachment.township_id)


def not_cleared(findings: list[dict[str, Any]], township_id: UUID) -> list[dict[str, Any]]:
    """Those findings that nobody of the township has cleared yet."""
    known = set(_known(township_id))
    return [each for each in findings if each.get("fingerprint") not in known]


def _known(township_id: UUID) -> list[str]:
    kept = find_setting(_KEY, township_id) or {}
    return list(kept.get("fingerprints", []))

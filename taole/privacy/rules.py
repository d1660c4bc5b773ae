"""The guard over texts and tables: find personal data, mask it, recognise a value again.

个人信息保护法 arts 28 and 51: what is not needed for the matter is left out or made unrecognisable.
"""

from __future__ import annotations

import hashlib
import hmac

from taole.privacy.findings import PLAIN, USUAL_PATTERNS, Context, Hit, MaskPatterns
from taole.privacy.folding import bare, has_misread, has_secret_run
from taole.privacy.ground import Ground
from taole.privacy.masking import masked
from taole.privacy.rows import CellHit, find_in_rows
from taole.privacy.searching import hits_in, search

__all__ = [
    "CellHit",
    "find",
    "find_in_rows",
    "fingerprint",
    "has_secret",
    "mask_secrets",
    "masked",
]


def find(text: str, context: Context = PLAIN, patterns: MaskPatterns = USUAL_PATTERNS) -> list[Hit]:
    """Personal data in a text, in its order; where two overlap the more certain one stays.

    ``context`` says what is known of the place: the column's name counts as a label.
    """
    ground = Ground(text, (context,))
    return hits_in(ground, search(ground), patterns)


def mask_secrets(text: str) -> str:
    """The text with identity, bank-card, 一卡通 and social-security-card numbers masked.

    For every text that is kept where many can read it (the trail, free texts); all else stays.
    """
    return masked(text, _secrets(text))


def has_secret(text: str) -> bool:
    """Whether an identity, bank-card, 一卡通 or social-security-card number stands in a text."""
    return bool(_secrets(text))


def fingerprint(value: str, key: bytes) -> str:
    """HMAC-SHA-256 of a value in plain dress, 32 hex signs: the same number is found again."""
    return hmac.new(key, bare(value).encode(), hashlib.sha256).hexdigest()[:32]


def _secrets(text: str) -> list[Hit]:
    if len(text) < 9 or not (
        has_secret_run(text) or "社" in text or "医保" in text or has_misread(text)
    ):
        return []
    ground = Ground(text, (PLAIN,))
    return hits_in(ground, search(ground, secrets_only=True), USUAL_PATTERNS)

"""What the guard speaks of: kinds of personal data, a hit in a text, and where it looked.

个人信息保护法 arts 28 and 51; 民发〔2021〕57号 art 24: name, size of the family and amount may be
told in the village, nothing that has nothing to do with the matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from taole.core.words import N_, Sentence


class Kind(StrEnum):
    """What a hit is; the value is what ``taole privacy scan --json`` and the database say."""

    IDENTITY = "identity-number"
    BANK_CARD = "bank-card"
    MOBILE = "mobile-phone"
    LANDLINE = "fixed-phone"
    SOCIAL_CARD = "social-security-card"
    ADDRESS = "home-address"
    HEALTH = "health"
    MINOR = "minor"
    BIRTH_DATE = "birth-date"
    PLATE = "vehicle-plate"
    NAME = "name"
    POSITION = "photograph-position"


KIND_LABELS = {
    Kind.IDENTITY: N_("身份证号"),
    Kind.BANK_CARD: N_("银行卡或一卡通账号"),
    Kind.MOBILE: N_("手机号"),
    Kind.LANDLINE: N_("固定电话"),
    Kind.SOCIAL_CARD: N_("社会保障卡号"),
    Kind.ADDRESS: N_("家庭住址"),
    Kind.HEALTH: N_("健康或残疾细节"),
    Kind.MINOR: N_("未成年人信息"),
    Kind.BIRTH_DATE: N_("出生日期"),
    Kind.PLATE: N_("车牌号"),
    Kind.NAME: N_("姓名"),
    Kind.POSITION: N_("拍摄地点"),
}


@dataclass(slots=True)
class Hit:
    """Personal data in one text: where it stands (a slice), and what may be shown instead.

    Not frozen: thousands are made of one list, and each would take six times as long.

    ``text`` is the raw value: it never reaches a log, a page or a trail, and ``repr`` hides it.
    ``confidence`` between 0 and 1. ``suggestion`` tells a person what to do.
    """

    kind: Kind
    start: int
    end: int
    text: str = field(repr=False)
    masked: str
    confidence: float
    suggestion: Sentence


@dataclass(frozen=True)
class Context:
    """What is known of the place of a text: its column, and what the matter allows.

    ``column``: the name of the column or field ("" for running text). ``names_forbidden``: the
    matter forbids names here. ``allowed_phones``: phones that must be printed (supervision phones
    of village and township), digits only. ``forbidden``: the matter's own words of what must not
    be published (不得公开), e.g. 健康与残疾细节.
    """

    column: str = ""
    names_forbidden: bool = False
    allowed_phones: frozenset[str] = frozenset()
    forbidden: tuple[str, ...] = ()


PLAIN = Context()


@dataclass(frozen=True)
class MaskPatterns:
    """How values are masked, by kind: (signs kept in front, signs kept at the end).

    The township's setting; a kind that is not named keeps nothing. Identity numbers keep 6 and 4,
    as boards show them: 640221********0000.
    """

    keep: Mapping[Kind, tuple[int, int]] = field(
        default_factory=lambda: {
            Kind.IDENTITY: (6, 4),
            Kind.BANK_CARD: (4, 4),
            Kind.MOBILE: (3, 4),
            Kind.LANDLINE: (4, 2),
            Kind.SOCIAL_CARD: (2, 2),
            Kind.PLATE: (2, 1),
            Kind.NAME: (1, 0),
        }
    )


USUAL_PATTERNS = MaskPatterns()

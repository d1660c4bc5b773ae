"""A catalogue as it was read from a file, before it is loaded: its items, faults and questions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from taole.catalogue.deadlines import DeadlineRule
from taole.core.periods import Frequency
from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import DayUnit

SECTIONS = ("社会保障", "强农惠农", "服务管理", "组织机构建设", "财务管理")
"""The five sections of the region's village-affairs catalogue (2023)."""

SECTION_ALIASES = {"自治管理": "组织机构建设"}
SECTION_CODES = dict(zip(SECTIONS, ("SB", "QN", "FW", "ZZ", "CW"), strict=True))

CatalogueFileKind = Literal["village", "website"]


@dataclass(frozen=True)
class ItemDraft:
    """One matter (目录项), or one website column, with its whole rule.

    ``section`` is as written, perhaps an alias, and empty for website columns. ``parent`` is the
    code of the column above. Days are counted in ``notice_period_unit``; ``minimum_board_days``
    and ``update_interval_days`` in calendar days. ``row`` is the 1-based row or line of the file.
    """

    code: str
    section: str
    title_zh: str
    title_en: str
    content: tuple[str, ...]
    basis: tuple[str, ...]
    publisher: str
    frequency: Frequency
    deadline: DeadlineRule
    notice_period_days: int | None
    notice_period_unit: DayUnit | None
    minimum_board_days: int | None
    channels: tuple[str, ...]
    compulsory_channels: tuple[str, ...]
    personal_data: dict[str, Any]
    provenance: str
    note: str
    row: int | None
    update_interval_days: int | None
    parent: str
    is_standing_page: bool = False
    sources: tuple[str, ...] = ()
    verification: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong and how to mend it; ``where`` names file and row or item."""

    where: Sentence
    message: Sentence
    fatal: bool
    row: int | None = None

    def __str__(self) -> str:
        return f"{self.where}：{self.message}"


@dataclass(frozen=True)
class Question:
    """What the file leaves open and a clerk must answer by writing it into the file."""

    where: Sentence
    message: Sentence
    row: int | None = None

    def __str__(self) -> str:
        return f"{self.where}：{self.message}"


@dataclass(frozen=True)
class CatalogueDraft:
    """A whole file. ``aliases`` maps another name of a section to that section (or alias)."""

    name: str
    kind: CatalogueFileKind
    is_proposal: bool
    sections: tuple[str, ...]
    aliases: dict[str, str]
    items: tuple[ItemDraft, ...]
    faults: tuple[Fault, ...] = ()
    questions: tuple[Question, ...] = ()
    filename: str = ""
    source: str = field(default="")

    @property
    def fatal(self) -> bool:
        """Whether any fault forbids loading."""
        return any(fault.fatal for fault in self.faults)

    @property
    def can_be_loaded(self) -> bool:
        """Nothing is loaded while a fault is fatal or a question is open."""
        return not self.fatal and not self.questions

    def section_of(self, item: ItemDraft) -> str:
        """The item's section by its own name, aliases followed; as written if there is none."""
        return resolve_section(item.section, self.sections, self.aliases) or item.section


def place(filename: str, row: int | None = None, item: str = "") -> Sentence:
    """Where in a file: its name, the row and the item, as far as they are known."""
    if row is None and not item:
        return sentence(N_("文件“%(file)s”"), file=filename)
    if row is None:
        return sentence(N_("文件“%(file)s”的“%(item)s”"), file=filename, item=item)
    if not item:
        return sentence(N_("文件“%(file)s”第%(row)s行"), file=filename, row=row)
    return sentence(N_("文件“%(file)s”第%(row)s行（%(item)s）"), file=filename, row=row, item=item)


def resolve_section(name: str, sections: tuple[str, ...], aliases: Mapping[str, str]) -> str | None:
    """The section that a name means, through any chain of aliases; None if there is none."""
    seen: set[str] = set()
    while name not in sections or name in aliases:
        if name in seen or name not in aliases:
            return None
        seen.add(name)
        name = aliases[name]
    return name


def section_named(name: str) -> str | None:
    """The one of the five sections that a name means, 自治管理 included."""
    return resolve_section(name, SECTIONS, SECTION_ALIASES)


_FREQUENCY_NAMES: dict[Frequency, tuple[str, ...]] = {
    Frequency.MONTHLY: ("每月", "月度", "按月", "每月一次", "月"),
    Frequency.QUARTERLY: ("每季度", "每季", "季度", "按季", "按季度", "每季度一次", "季"),
    Frequency.YEARLY: ("每年", "年度", "按年", "每年一次", "年"),
    Frequency.ON_EVENT: ("随时", "及时", "实时", "不定期", "适时", "按需", "动态更新"),
    Frequency.INTERVAL: ("定期更新",),
}


def read_frequency(text: str) -> Frequency | None:
    """A frequency by its value (quarterly) or in Chinese (每季度, 随时); None if it is neither."""
    plain = "".join(text.split()).lower().removesuffix("公开").removesuffix("更新")
    for frequency, names in _FREQUENCY_NAMES.items():
        if plain == frequency.value or plain in names or "".join(text.split()) in names:
            return frequency
    return None


def in_row_order(draft: CatalogueDraft) -> CatalogueDraft:
    """The draft with faults and questions in the order of the file; those of the whole first."""
    return replace(
        draft,
        faults=tuple(sorted(draft.faults, key=lambda fault: fault.row or 0)),
        questions=tuple(sorted(draft.questions, key=lambda question: question.row or 0)),
    )


def fingerprint(draft: CatalogueDraft) -> str:
    """SHA-256, in hexadecimal, of what the draft says: neither file name, rows nor faults."""
    said = {
        "name": draft.name,
        "kind": draft.kind,
        "is_proposal": draft.is_proposal,
        "sections": draft.sections,
        "aliases": draft.aliases,
        "items": [_said_by(item) for item in draft.items],
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _said_by(item: ItemDraft) -> dict[str, Any]:
    said = asdict(replace(item, row=None))
    said["deadline"] = item.deadline.to_mapping()
    return said

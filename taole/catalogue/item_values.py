"""The values that make an item, taken from a draft or from the database, and put side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from taole.catalogue.deadlines import DeadlineRule, describe
from taole.catalogue.drafts import CatalogueDraft, ItemDraft
from taole.core.periods import LABELS, Frequency
from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import DAY_UNIT_LABELS, DayUnit

if TYPE_CHECKING:
    from taole.catalogue.models import CatalogueItem

SOURCE_LINE, CHECK_LINE = "来源：", "核实："

FIELD_LABELS: dict[str, str] = {
    "section": N_("板块"),
    "title": N_("公开事项"),
    "title_en": N_("英文名称"),
    "content": N_("公开内容"),
    "basis": N_("公开依据"),
    "publisher": N_("公开主体"),
    "frequency": N_("公开频率"),
    "deadline": N_("公开时限"),
    "notice_period_days": N_("公示期"),
    "notice_period_unit": N_("公示期单位"),
    "minimum_board_days": N_("最少张贴天数"),
    "channels": N_("公开渠道"),
    "compulsory_channels": N_("必发渠道"),
    "personal_data": N_("个人信息"),
    "provenance": N_("拟定依据"),
    "note": N_("备注"),
    "parent_code": N_("上级栏目"),
    "update_interval_days": N_("更新间隔（天）"),
    "is_standing_page": N_("常设页面"),
}

PROVENANCE_LABELS = {
    "catalogue": N_("已公布的目录"),
    "local_regulation": N_("地方性法规"),
    "law": N_("法律法规"),
}
RISK_LABELS = {"none": N_("无"), "low": N_("低"), "high": N_("高")}

Values = dict[str, Any]


def values_of_draft(draft: CatalogueDraft, item: ItemDraft) -> Values:
    """What is stored of a draft's item, by the names of ``CatalogueItem``; the section resolved.

    The sources and the verification, where the file has them, become lines at the end of the note.
    """
    return {
        "section": draft.section_of(item),
        "title": item.title_zh,
        "title_en": item.title_en,
        "content": list(item.content),
        "basis": list(item.basis),
        "publisher": item.publisher,
        "frequency": item.frequency,
        "deadline": item.deadline.to_mapping(),
        "notice_period_days": item.notice_period_days,
        "notice_period_unit": item.notice_period_unit,
        "minimum_board_days": item.minimum_board_days,
        "channels": [str(channel) for channel in item.channels],
        "compulsory_channels": [str(channel) for channel in item.compulsory_channels],
        "personal_data": item.personal_data,
        "provenance": item.provenance[:40],
        "note": join_note(item.note, item.sources, item.verification),
        "parent_code": item.parent,
        "update_interval_days": item.update_interval_days,
        "is_standing_page": item.is_standing_page,
    }


def values_of_item(item: CatalogueItem) -> Values:
    return {name: getattr(item, name) for name in FIELD_LABELS}


def join_note(note: str, sources: Iterable[str], verification: str) -> str:
    cited = "；".join(sources)
    lines = [note, cited and SOURCE_LINE + cited, verification and CHECK_LINE + verification]
    return "\n".join(line for line in lines if line)


@dataclass(frozen=True)
class SplitNote:
    """A stored note in its parts."""

    note: str
    sources: tuple[str, ...]
    verification: str


def split_note(stored: str) -> SplitNote:
    """The opposite of ``join_note``."""
    lines = stored.split("\n") if stored else []
    verification = sources = ""
    if lines and lines[-1].startswith(CHECK_LINE):
        verification = lines.pop().removeprefix(CHECK_LINE)
    if lines and lines[-1].startswith(SOURCE_LINE):
        sources = lines.pop().removeprefix(SOURCE_LINE)
    return SplitNote("\n".join(lines), tuple(sources.split("；")) if sources else (), verification)


@dataclass(frozen=True)
class FieldChange:
    field: str
    before: Any
    after: Any

    @property
    def label(self) -> Sentence:
        return sentence(FIELD_LABELS[self.field])


@dataclass(frozen=True)
class ItemChange:
    """An item that both editions have under the same code, with what differs."""

    code: str
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class CatalogueDiff:
    """Two catalogues compared by code: (code, title) of the new and of the retired; the changed."""

    added: tuple[tuple[str, str], ...]
    retired: tuple[tuple[str, str], ...]
    changed: tuple[ItemChange, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.retired or self.changed)


def compare(before: Mapping[str, Values], after: Mapping[str, Values]) -> CatalogueDiff:
    """What becomes of each code (code → values) when ``after`` takes the place of ``before``."""
    changes = (
        ItemChange(code, after[code]["title"], _changed_fields(before[code], after[code]))
        for code in after
        if code in before
    )
    return CatalogueDiff(
        tuple((code, after[code]["title"]) for code in after if code not in before),
        tuple((code, before[code]["title"]) for code in before if code not in after),
        tuple(change for change in changes if change.fields),
    )


def _changed_fields(before: Values, after: Values) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, before[name], after[name])
        for name in FIELD_LABELS
        if _comparable(name, before[name]) != _comparable(name, after[name])
    )


def _comparable(name: str, value: Any) -> Any:
    if name == "deadline":
        return DeadlineRule.from_mapping(value)
    return list(value) if isinstance(value, tuple) else value


def say_value(name: str, value: Any) -> Sentence | str:
    """A value of a field in words for people."""
    if value in (None, "", []):
        return "–"
    if name == "deadline":
        return describe(DeadlineRule.from_mapping(value))
    if name == "frequency":
        return sentence(LABELS[Frequency(value)])
    if name == "notice_period_unit":
        return sentence(DAY_UNIT_LABELS[DayUnit(value)])
    if name == "personal_data":
        return say_personal_data(value)
    if name == "is_standing_page":
        return sentence(N_("是")) if value else sentence(N_("否"))
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value)


def say_personal_data(personal_data: Mapping[str, Any]) -> Sentence:
    risk = str(personal_data.get("risk", "none"))
    return sentence(
        N_("风险：%(risk)s；可以公开：%(may)s；不得公开：%(must_not)s"),
        risk=sentence(RISK_LABELS.get(risk, risk)),
        may="、".join(personal_data.get("may_publish_zh", ())) or "–",
        must_not="、".join(personal_data.get("must_not_publish_zh", ())) or "–",
    )

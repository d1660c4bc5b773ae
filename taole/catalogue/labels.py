"""Names that pages show: items and sections in the reader's language, rules in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from taole.catalogue.deadlines import DeadlineRule, describe
from taole.core.pages import in_english, say
from taole.core.periods import LABELS, Frequency
from taole.core.words import N_, sentence
from taole.core.workdays import DayUnit

KNOWN_SECTIONS = (
    N_("社会保障"),
    N_("强农惠农"),
    N_("服务管理"),
    N_("组织机构建设"),
    N_("财务管理"),
    N_("自治管理"),
)


class Titled(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def title_en(self) -> str: ...


def item_title(item: Titled) -> str:
    """The item's title in the reader's language; the Chinese one where there is no other."""
    return item.title_en if in_english() and item.title_en else item.title


def section_label(name: str) -> str:
    """A section's name, translated if it is one of the five known; the county's own as it is."""
    return say(name) if name in KNOWN_SECTIONS else name


def deadline_words(rule: DeadlineRule | dict[str, Any]) -> str:
    """A time limit (公开时限) in a few words."""
    return say(
        describe(rule if isinstance(rule, DeadlineRule) else DeadlineRule.from_mapping(rule))
    )


def frequency_label(frequency: Frequency) -> str:
    return say(LABELS[frequency])


def notice_period_words(days: int | None, unit: DayUnit | None) -> str:
    """A notice period (公示期) in words, – where the item has none."""
    if days is None:
        return "–"
    if unit is DayUnit.WORKING:
        return say(sentence(N_("%(days)s个工作日"), days=days))
    return say(sentence(N_("%(days)s天"), days=days))


FILTERS: dict[str, Callable[..., str]] = {
    "item_title": item_title,
    "section_label": section_label,
    "deadline_words": deadline_words,
    "frequency_label": frequency_label,
}

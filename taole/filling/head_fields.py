"""What is said once for the whole table: head fields, and of which village and matter. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from taole.catalogue.unified_template import Field, UnifiedTemplate
from taole.core.errors import Refused
from taole.core.words import N_, quoted, sentence
from taole.documents.columns import plain_name
from taole.filling.cells import cell_text
from taole.filling.grids import Grid
from taole.filling.names import family_of, whole_name
from taole.filling.results import LEAVE_OUT, USE_ANYWAY, Doubt

LONGEST_TITLE = 60
_PAIR = re.compile(r"([^\s:：]{1,20})[:：]\s*(.*?)(?=\s+[^\s:：]{1,20}[:：]|$)", re.DOTALL)
_VILLAGE = re.compile(
    r"(?:^|[镇乡县区市年月度的:：、\s\d])([\u4e00-\u9fff]{2,4}?(?:村|社区))(?![级务民委规居集])"
)
_NO_VILLAGE = re.compile(r"行政|自然|各|农村|全镇|本村")
_TITLE = re.compile(r"公示|公开|名单|明细|情况|公告|表$")
_OF_ALL = re.compile(r"财务|村务|党务|三务|一卡通")
_USUAL_WORDS = "公示 情况 名单 发放 对象 补贴 金额 资金 农村 村民 公开 使用 明细 各项 年度"
_USUAL = frozenset(_USUAL_WORDS.split())


@dataclass(frozen=True)
class Said:
    """A head field's text and where it stands (0-based row in the grid, and column)."""

    text: str
    at: int
    column: int


def read_head_fields(
    grid: Grid, lines: Iterable[int], template: UnifiedTemplate
) -> dict[str, Said]:
    """The template's head fields as told in these rows of the grid.

    As a label with its value in the next cell, or both in one cell: 发放期间：2023年8月.
    """
    found: dict[str, Said] = {}
    for at in lines:
        texts = grid.own_texts(at)
        columns = sorted(texts)
        values: set[int] = set()
        for place, column in enumerate(columns):
            if column in values:
                continue
            for label, told in _pairs(texts[column]):
                each = _field_named(label, template.head)
                if each is None or each.name in found:
                    continue
                if told:
                    found[each.name] = Said(cell_text(each, told), at, column)
                    continue
                beside = columns[place + 1] if place + 1 < len(columns) else None
                if beside is None or _is_label(texts[beside], template.head):
                    found[each.name] = Said("", at, column)
                else:
                    values.add(beside)
                    found[each.name] = Said(cell_text(each, grid.own_at(at, beside)), at, beside)
    return found


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs = [(label, told.strip()) for label, told in _PAIR.findall(text)]
    return pairs or [(text, "")]


def _field_named(label: str, fields: Sequence[Field]) -> Field | None:
    plain = plain_name(label)
    for each in fields:
        if whole_name(label) in {whole_name(each.name), whole_name(each.label)}:
            return each
    for each in fields:
        if plain and plain == plain_name(each.name):
            return each
    family = family_of(label)
    kin = [each for each in fields if family and family_of(each.name) == family]
    return kin[0] if len(kin) == 1 else None


def _is_label(text: str, fields: Sequence[Field]) -> bool:
    return _field_named(text.rstrip("：:"), fields) is not None


def titles_in(grid: Grid, lines: Iterable[int]) -> list[str]:
    """The titles over a table: rows with one text."""
    told = [list(grid.own_texts(at).values()) for at in lines]
    return [texts[0] for texts in told if len(texts) == 1]


def doubt_about_file(
    titles: Sequence[str],
    villages: Iterable[str],
    unit: str,
    matter: str,
    decisions: Mapping[str, str],
) -> Doubt | None:
    """The question whether a file that names another village or matter is meant.

    ``villages``: those that a column names. ``unit`` and ``matter``: the notice's ("" unknown).
    Raises Refused when the answer was not to use it.
    """
    other = _other_village(titles, set(villages), unit)
    title = next((text for text in titles if _TITLE.search(text)), "")
    if other:
        name = quoted(next((text for text in titles if other in text), other), LONGEST_TITLE)
        question = sentence(
            N_("表里写的是“%(other)s”，这件公示是%(unit)s的：是不是拿错了表？"),
            other=quoted(other),
            unit=unit,
        )
    elif matter and title and not _shares_a_word(title, matter):
        name = quoted(title, LONGEST_TITLE)
        question = sentence(
            N_("表的标题是“%(title)s”，这件公示是“%(matter)s”：是不是拿错了表？"),
            title=quoted(title, LONGEST_TITLE),
            matter=matter,
        )
    else:
        return None
    if decisions.get(name) == USE_ANYWAY:
        return None
    if decisions.get(name) == LEAVE_OUT:
        raise Refused(N_("这份表没有用：请换一份本村这件事的表再传。"))
    return Doubt(name, USE_ANYWAY, (USE_ANYWAY, LEAVE_OUT), question)


def _other_village(titles: Sequence[str], villages: set[str], unit: str) -> str:
    if not unit.endswith(("村", "社区")):
        return ""
    bare = unit.removesuffix("村").removesuffix("社区")
    if any(bare in text for text in (*titles, *villages)):
        return ""
    named = [name for text in titles for name in _VILLAGE.findall(text)]
    named += sorted(name for name in villages if name.endswith(("村", "社区")))
    return next((name for name in named if not _NO_VILLAGE.search(name)), "")


def _shares_a_word(title: str, matter: str) -> bool:
    """Whether a title may be of a matter: by a word, or by the signs of a short form (低保)."""
    wanted = _words(matter) - _USUAL
    if not wanted or wanted & _words(title) or _OF_ALL.search(title):
        return True
    signs = set("".join(wanted)) - set(_USUAL_WORDS)
    return len(signs & set(title)) >= min(2, len(signs) // 2)


def _words(text: str) -> set[str]:
    letters = "".join(re.findall(r"[\u4e00-\u9fff]", text))
    return {letters[at : at + 2] for at in range(len(letters) - 1)}

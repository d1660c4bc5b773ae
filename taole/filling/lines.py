"""What each line of a filled table is: a person's row, a sum, a note, a head again. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto

from taole.catalogue.unified_template import NUMERIC
from taole.filling.columns import Match
from taole.filling.grids import Grid
from taole.filling.units import is_unit

_SPACES = re.compile(r"\s+")
_SUM_WORD = r"(?:小计|合计|总计|共计|累计)(?:[（(:：\d].*)?"
_BARE_SUM = re.compile(
    rf"(?:本页|本组|本村|本队|全村|以上|[一二三四五六七八九十\d]+[组队社])?{_SUM_WORD}"
)
_SUM = re.compile(rf"[^,，。；;:：]{{0,6}}?{_SUM_WORD}")
_SUBTOTAL = re.compile(r"小计|本页|本组|本队")
_FOOT = re.compile(
    r"(?:制表|填表|填报|审核|复核|审批|负责|主管|会计|出纳|报账|经办|联系|监督|举报|咨询|投诉|公示|"
    r"公开|说明|填写|备注|注意|注|附|单位|村委会|村民委员会|村务|村监委|不得公开|日期|领导|村主任|"
    r"村书记|书记|主任|异议|电话|盖章|\(盖章)[^:：]{0,14}[:：]"
)
_SIGNED = re.compile(r"[（(](?:公章|盖章|签章|签字|章)[）)]")
_ALONE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|.*(?:村民委员会|村委会|人民政府|村务监督委员会)")
_GROUP = re.compile(r".{0,8}(?:[组队社]|自然村)")
_NUMBER = re.compile(r"\d{1,5}(?:\.0*)?[、.]?")


class Line(Enum):
    """The kinds of lines under a head."""

    EMPTY = auto()
    PERSON = auto()
    SUBTOTAL = auto()
    TOTAL = auto()
    HEAD_AGAIN = auto()
    NOTE = auto()


def line_of(grid: Grid, at: int, match: Match) -> Line:
    """What a line is.

    A line that counts in the number column, or that has all that is required, is a person's, a
    household's or an entry's whatever its words are; so a name is never lost for a foot-note.
    """
    texts = grid.own_texts(at)
    told = {column: text for column, text in texts.items() if column != match.number_column}
    number = texts.get(match.number_column) if match.number_column is not None else None
    if not told:
        return Line.NOTE if number and not _NUMBER.fullmatch(number) else Line.EMPTY
    if _is_head_again(grid.shown_texts(at), match) or _is_of_the_head(texts, told, match):
        return Line.HEAD_AGAIN
    first = number if number and not _NUMBER.fullmatch(number) else next(iter(told.values()))
    leading = [first, *list(told.values())[:2]]
    summed = next((text for text in leading if is_sum_word(text)), None)
    if summed is not None and (_is_bare_sum(summed) or not _is_entry(told, match, summed)):
        return Line.SUBTOTAL if _SUBTOTAL.search(summed) else Line.TOTAL
    if number and _NUMBER.fullmatch(number):
        return Line.PERSON
    if _has_all_required(told, match):
        return Line.PERSON
    return Line.NOTE if _is_note(grid, at, match, first, told) else Line.PERSON


def is_sum_word(text: str) -> bool:
    """Whether a cell names a sum: 合计, 小 计, 一组小计, 合计（大写）."""
    return bool(_SUM.fullmatch(_SPACES.sub("", text)))


def is_group_heading(text: str) -> bool:
    """Whether a text alone in its line names the group of the lines under it."""
    return bool(_GROUP.fullmatch(text))


def _is_bare_sum(text: str) -> bool:
    return bool(_BARE_SUM.fullmatch(_SPACES.sub("", text)))


def _is_entry(told: Mapping[int, str], match: Match, word: str) -> bool:
    """Whether a word like 办公费合计 only names an entry that has all its other cells."""
    columns = set(match.columns.values())
    at = next((column for column, text in told.items() if text == word), -1)
    return at > min(columns, default=0) and columns <= told.keys()


def _is_head_again(texts: Mapping[int, str], match: Match) -> bool:
    same = [
        column
        for column in match.columns.values()
        if column in texts and texts[column] == match.names.get(column)
    ]
    return len(same) >= min(2, len(match.columns)) and len(same) * 2 >= len(match.columns)


def _is_of_the_head(texts: Mapping[int, str], told: Mapping[int, str], match: Match) -> bool:
    """Whether a line only says units (亩, 元) or numbers the columns (1 2 3 4)."""
    if all(is_unit(text) for text in told.values()):
        return True
    kinds = {each.kind for each in match.fields if match.columns.get(each.name) in told}
    counted = [text for _, text in sorted(texts.items())]
    is_counted = counted == [str(at) for at in range(1, len(counted) + 1)]
    return is_counted and len(counted) > 2 and bool(kinds - NUMERIC)


def _has_all_required(told: Mapping[int, str], match: Match) -> bool:
    needed = [
        match.columns[each.name]
        for each in match.fields
        if each.required and each.name in match.columns
    ]
    return len(needed) > 1 and all(column in told for column in needed)


def _is_note(grid: Grid, at: int, match: Match, first: str, told: Mapping[int, str]) -> bool:
    compact = _SPACES.sub("", first)
    if _FOOT.match(compact) or _SIGNED.search("".join(told.values())):
        return True
    if len(grid.own_texts(at)) > 1:
        return False
    column = next(iter(told))
    shown = sum(1 for each in grid.shown_texts(at).values() if each == first)
    is_across = shown >= max(3, (len(match.columns) + 1) // 2)
    is_no_cell = column not in match.columns.values()
    return is_across or is_no_cell or is_group_heading(first) or bool(_ALONE.fullmatch(compact))

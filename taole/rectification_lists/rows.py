"""The rows of a list that are problems, and those that are none, each with the reason. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from taole.core.words import N_, Sentence, quoted, sentence
from taole.documents.workbooks import Cell, Row
from taole.rectification_lists.fields import JOINED, Field
from taole.rectification_lists.heads import sure_field, words_of
from taole.rectification_lists.list_rows import LeftOut, ListRow, RowsRead, places_of
from taole.rectification_lists.scores import decide_full_marks, has_full_marks, lost_points
from taole.rectification_lists.tables import Columns, Option, Question
from taole.rectification_lists.values import says_nothing

_FOOT = re.compile(
    r"(?:合计|总计|小计|平均|总分|总得分|得分合计|共计|填表|填报|制表|审核人|审核:|审核：|负责人[:：]|联系人|联系电话"
    r"|注[:：]|备注[:：]|说明[:：]|注释|单位[（(]盖章|盖章|主要负责人|分管领导[:：]|检查人|签字|签收|抄送|附件[:：]).*"
)
_WIDE = 3
_DITTO = frozenset({"同上", "同上。", "同前", "〃", "″", "''", '"', "……"})
_CHINESE_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?")
_TELLING = (Field.NUMBER, Field.TOWN, Field.UNIT, Field.ITEM, Field.STATEMENT)


def read_rows(
    columns: Columns,
    answers: Mapping[str, str],
    *,
    names_units: Callable[[str], bool],
    is_ours: Callable[[str], bool],
) -> RowsRead:
    """The problems of one table, in order."""
    found = RowsRead()
    section, unit, above = "", columns.table.unit, ""
    towns = _blank_towns(found, columns, answers, is_ours)
    full_marks: list[ListRow] = []
    filled = _without_dittos(columns.table.filled)
    for own, row in zip(columns.table.own, filled, strict=True):
        if row.is_empty:
            continue
        heading = _heading(columns, own, row)
        if heading:
            is_unit = names_units(heading)
            section, unit = ("", heading) if is_unit else (heading, unit)
            above = ""
            _leave_out(found, columns, row, sentence(N_("是小标题")))
            continue
        each, *more = _problems(columns, row, unit, section)
        if row.number in towns:
            each = replace(each, cells={**each.cells, Field.TOWN: towns[row.number]})
        above = each.unit or above
        each = replace(each, above="" if each.unit else above)
        reason = _no_problem(columns, own, each, found.rows, is_ours)
        if reason is not None:
            if reason.msgid:
                _leave_out(found, columns, row, reason)
            continue
        if has_full_marks(each):
            full_marks.append(each)
            continue
        found.rows += [each, *more]
    decide_full_marks(found, columns, full_marks, answers)
    found.rows = _together(sorted(found.rows, key=lambda each: each.rows))
    return found


def _without_dittos(rows: Sequence[Row]) -> list[Row]:
    """The rows with 同上 as what stands above it."""
    read: list[Row] = []
    for row in rows:
        above = read[-1].cells if read else []
        cells = [
            above[at] if words_of(cell) in _DITTO and at < len(above) else cell
            for at, cell in enumerate(row.cells)
        ]
        read.append(Row(row.number, cells))
    return read


def _problems(columns: Columns, row: Row, unit: str, section: str) -> list[ListRow]:
    """The problems of a row: one for each column of problems that says something."""
    each = _row(columns, row, unit, section)
    problems = columns.of(Field.STATEMENT)
    if len(problems) < 2:
        return [each]
    told = [
        replace(
            each,
            cells={**each.cells, Field.STATEMENT: row.cells[at]},
            section=_about(columns.table.names[at]) or section,
        )
        for at in problems
        if at < len(row.cells)
        and words_of(row.cells[at])
        and not says_nothing(words_of(row.cells[at]))
    ]
    return told or [each]


def _says(columns: Columns, row: Row, wanted: Field) -> bool:
    return any(words_of(row.cells[at]) for at in columns.of(wanted) if at < len(row.cells))


def _about(name: str) -> str:
    """What the problems of a column are about: its group, or a name that is no 存在问题."""
    group = name.rpartition("·")[0]
    return group or ("" if sure_field(name) is Field.STATEMENT else name)


def _row(columns: Columns, row: Row, unit: str, section: str) -> ListRow:
    cells: dict[Field, Cell] = {}
    for at, wanted in columns.fields.items():
        cell = row.cells[at] if at < len(row.cells) else None
        if wanted in JOINED and cells.get(wanted) is not None and cell is not None:
            said = words_of(cell)
            before = words_of(cells[wanted])
            cells[wanted] = before if said in before else f"{before}；{said}"
        elif cells.get(wanted) is None:
            cells[wanted] = cell
    named = words_of(cells.get(Field.UNIT)) if columns.has(Field.UNIT) else ""
    return ListRow(columns.table.index, (row.number,), cells, named or unit, section)


def _heading(columns: Columns, own: Row, row: Row) -> str:
    """The words of a row that is one cell over the whole width (一、公开栏方面; 东园村)."""
    said = [(at, words_of(cell)) for at, cell in enumerate(own.cells) if cell is not None]
    if len(said) == 2 and columns.fields.get(said[0][0]) is Field.NUMBER:
        return said[1][1] if _is_group(columns, said[0][1]) and len(columns.fields) > 2 else ""
    if len(said) != 1 or len(columns.fields) < 2:
        return ""
    at, words = said[0]
    spread = sum(1 for cell in row.cells if words_of(cell) == words)
    is_problem = columns.fields.get(at) is Field.STATEMENT and spread == 1
    if _FOOT.fullmatch(words) or is_problem or (len(words) > 40 and spread < _WIDE):
        return ""
    return words if spread > 1 or columns.fields.get(at) is not Field.MEASURES else ""


def _is_group(columns: Columns, number: str) -> bool:
    """Whether 一 heads a group of rows: the others are numbered 1, 2, 3."""
    if not _CHINESE_NUMBER.fullmatch(number):
        return False
    numbers = [
        words_of(row.cells[at])
        for row in columns.table.own
        for at in columns.of(Field.NUMBER)
        if at < len(row.cells)
    ]
    return any(each.isdecimal() for each in numbers)


_SILENT = Sentence("")


def _blank_towns(
    found: RowsRead,
    columns: Columns,
    answers: Mapping[str, str],
    is_ours: Callable[[str], bool],
) -> dict[int, str]:
    """The townships of rows that leave theirs blank below one that is not ours, as answered."""
    (at, *_), above = columns.of(Field.TOWN) or [-1], ""
    blank: dict[int, str] = {}
    for row in columns.table.filled if at >= 0 else ():
        town = words_of(row.cells[at]) if at < len(row.cells) else ""
        if town:
            above = town
        elif above and not is_ours(above) and _says(columns, row, Field.STATEMENT):
            blank[row.number] = above
    if not blank:
        return {}
    question = Question(
        f"town-{columns.table.index}",
        sentence(N_("%(places)s没有写乡镇：和上一行是同一个吗？"), places=places_of(blank)),
        (
            Option("above", sentence(N_("同上一行"))),
            Option("ours", sentence(N_("不是，是本镇的"))),
        ),
        "above",
    ).answered(answers)
    found.questions.append(question)
    return {} if question.answer == "ours" else blank


def _no_problem(
    columns: Columns,
    own: Row,
    each: ListRow,
    before: list[ListRow],
    is_ours: Callable[[str], bool],
) -> Sentence | None:
    first = next((words_of(cell) for cell in own.cells if cell is not None), "")
    distinct = {words_of(cell) for cell in own.cells if cell is not None}
    if _FOOT.fullmatch(first) and (len(distinct) <= 4 or not each.statement):
        return sentence(N_("是合计、说明或落款"))
    if all(_is_head_again(columns, at, cell) for at, cell in enumerate(own.cells)):
        return sentence(N_("是表头"))
    town = each.says(Field.TOWN)
    if town and not is_ours(town):
        return sentence(N_("是“%(name)s”的，不是本镇的"), name=quoted(town))
    if each.statement and says_nothing(each.statement):
        return sentence(N_("写的是没有问题"))
    if each.statement:
        return None
    if _goes_on(columns, own) and before:
        before[-1] = _joined(before[-1], each)
        return _SILENT
    if lost_points(each):
        return sentence(N_("扣了分，但没有写扣分说明：请到表里补上，或者另记一个问题"))
    if columns.has(Field.SCORE) or columns.has(Field.LOST):
        return sentence(N_("没有扣分，也没有写问题"))
    return sentence(N_("没有写问题"))


def _is_head_again(columns: Columns, at: int, cell: Cell) -> bool:
    """Whether a cell says no more than its column's head."""
    said = "".join(words_of(cell).split())
    return not said or said in columns.table.names.get(at, "").split("·")


def _goes_on(columns: Columns, own: Row) -> bool:
    """Whether a row only continues the one above it: no number, no unit, but words."""
    blank = (Field.NUMBER, Field.UNIT, Field.STATEMENT, Field.ITEM, Field.SCORE)
    leading = [own.cells[at] for each in blank for at in columns.of(each) if at < len(own.cells)]
    return all(cell is None for cell in leading) and (
        columns.has(Field.MEASURES) or columns.has(Field.DEMAND)
    )


def _together(rows: Sequence[ListRow]) -> list[ListRow]:
    """One problem on several rows (its measures apart, its cell merged) is one problem."""
    kept: list[ListRow] = []
    for each in rows:
        same = kept and (kept[-1].unit, kept[-1].statement, kept[-1].says(Field.ITEM)) == (
            each.unit,
            each.statement,
            each.says(Field.ITEM),
        )
        if same:
            kept[-1] = _joined(kept[-1], each)
        else:
            kept.append(each)
    return kept


def _joined(first: ListRow, more: ListRow) -> ListRow:
    cells = dict(first.cells)
    for wanted, cell in more.cells.items():
        said, before = words_of(cell), words_of(cells.get(wanted))
        if not said or said in before:
            continue
        if wanted in JOINED and before:
            cells[wanted] = f"{before}；{said}"
        elif not before:
            cells[wanted] = cell
    return replace(first, rows=(*first.rows, *more.rows), cells=cells)


def _leave_out(found: RowsRead, columns: Columns, row: Row, reason: Sentence) -> None:
    telling = [at for each in _TELLING for at in columns.of(each) if at < len(row.cells)]
    said = [words for at in telling if (words := words_of(row.cells[at]))]
    text = " ".join(said) or next((words for cell in row.cells if (words := words_of(cell))), "")
    found.left_out.append(LeftOut(columns.table.name, row.number, quoted(text, 40), reason))

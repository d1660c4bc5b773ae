"""A check sheet as the county sends it: its lines, and where its parts stand in the workbook.

Columns are recognised by their usual names. Sums and headings of groups are no lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from taole.check_sheets.rules import guess_kind
from taole.core.errors import Refused
from taole.core.words import N_, Sentence, quoted, sentence
from taole.documents.columns import Header, column_letter, find_header
from taole.documents.table_values import number_in, text_in, yes_in
from taole.documents.workbooks import Row, Sheet, read_own_and_filled
from taole.inspections.problem_kinds import problem_kinds

MOST_LINES = 300
MOST_WEIGHT = 1000
COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("序号", "编号", "代码", "指标编码", "编码"),
    "title": (
        "检查内容",
        "检查指标",
        "三级指标",
        "三级事项",
        "二级指标",
        "二级事项",
        "检查要点",
        "检查事项",
        "考核内容",
        "测评内容",
        "督查内容",
        "公开事项",
        "公开内容",
        "指标名称",
        "指标内容",
        "具体指标",
        "指标",
        "内容",
    ),
    "group": (
        "一级指标",
        "一级事项",
        "公开领域",
        "检查项目",
        "检查类别",
        "考核项目",
        "指标类别",
        "督查项目",
        "项目",
        "类别",
        "板块",
        "二级指标",
        "二级事项",
    ),
    "weight": ("分值", "权重", "满分", "标准分", "基准分", "赋分", "分数"),
    "veto": ("一票否决", "单项否决", "是否否决"),
    "note": ("评分标准", "评分细则", "评分办法", "检查标准", "扣分标准", "检查方法", "评分依据"),
    "kind": ("问题类型", "问题类别"),
    "result": ("检查结果", "是否符合", "是否达标", "检查结论", "结论"),
    "score": ("得分", "实得分", "评分", "检查得分", "考核得分", "打分"),
    "remark": ("扣分说明", "扣分原因", "扣分理由", "存在问题", "检查情况", "发现问题", "问题描述"),
    "proof": ("佐证", "佐证材料", "佐证编号", "证明材料", "证据", "依据编号", "佐证链接"),
}
FILLED = ("score", "result", "remark", "proof")
"""The columns that are filled when the sheet is printed."""
_REQUIRED = {"title"}
_NO_LINE = ("合计", "总计", "总分", "小计", "合 计", "总 计")
_NOTE_UNDER = ("说明", "备注", "注")


@dataclass(frozen=True)
class LineDraft:
    """A line before it is kept; ``row`` is its row in the file, ``share``: its weight was a %."""

    row: int
    code: str
    group: str
    title: str
    weight: Decimal
    is_veto: bool
    note: str
    problem_kind: str


@dataclass(frozen=True)
class SheetDraft:
    """A check sheet as read. ``places``: {"sheet", "head", "columns": {field: 0-based}}."""

    name: str
    source: str
    lines: Sequence[LineDraft]
    places: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def weight(self) -> Decimal:
        return sum((line.weight for line in self.lines), Decimal(0))

    @property
    def recognised(self) -> list[tuple[str, str, str]]:
        """Each column that was recognised: its field, its letter, and its name in the file."""
        columns: Mapping[str, int] = self.places.get("columns", {})
        return [(key, column_letter(at), self.names[key]) for key, at in columns.items()]


def read_check_sheet(content: bytes, filename: str) -> SheetDraft:
    """The check sheet of a workbook: the first of its sheets whose head names what is looked at.

    Refused with every fault, each naming its row and what to do.
    """
    refusal: Refused | None = None
    for own, filled in read_own_and_filled(content, filename, max_rows=5_000):
        if not own.rows:
            continue
        try:
            header = find_header(own.rows, COLUMNS, _REQUIRED)
        except Refused as refused:
            refusal = refusal or refused
            continue
        return _drafted(own, filled, header, filename)
    raise refusal or Refused(
        sentence(N_("“%(file)s”里没有检查表：请核对文件。"), file=quoted(filename))
    )


def _drafted(own: Sheet, filled: Sheet, header: Header, filename: str) -> SheetDraft:
    faults: list[Sentence] = []
    lines = _lines(own, filled, header, faults)
    if not lines and not faults:
        faults.append(
            sentence(N_("“%(file)s”里没有一条要查的：请核对表头。"), file=quoted(filename))
        )
    if len(lines) > MOST_LINES:
        faults.append(sentence(N_("检查表最多 %(most)s 条，请核对文件。"), most=MOST_LINES))
    if faults:
        raise Refused(*faults)
    shares = sum((line.weight for line in lines), Decimal(0))
    if 0 < shares <= 1:  # cells that Excel shows as 5% hold 0.05
        lines = [replace(line, weight=line.weight * 100) for line in lines]
    above = (row for row in own.rows if row.number < header.row_number)
    title = next((text_in(cell) for row in above for cell in row.cells if text_in(cell)), "")
    return SheetDraft(
        name=(title or PurePath(filename).stem)[:120],
        source=PurePath(filename).name[:200],
        lines=lines,
        places={"sheet": own.name, "head": header.row_number, "columns": dict(header.columns)},
        names={key: header.names.get(at, "") for key, at in header.columns.items()},
    )


def _lines(own: Sheet, filled: Sheet, header: Header, faults: list[Sentence]) -> list[LineDraft]:
    lines: list[LineDraft] = []
    group = ""
    for row, whole in zip(own.rows, filled.rows, strict=True):
        if row.number <= header.last_row_number or row.is_empty:
            continue
        values = {key: header.value(row, key) for key in header.columns}
        told = {key: text_in(header.value(whole, key)) for key in header.columns}
        first = next((text_in(cell) for cell in row.cells if text_in(cell)), "")
        if first.startswith(_NO_LINE) or told["title"] in _NO_LINE:
            continue
        if _is_under_the_table(row, first):
            continue
        if _is_heading(row, whole, header):
            group = first
            continue
        if not text_in(values["title"]) and told["title"] and lines:
            lines[-1] = _goes_on(lines[-1], values, row.number, faults)
            continue
        group = told.get("group") or group
        line = _line(row.number, group, values, faults)
        if line is not None:
            lines.append(line)
    return lines


def _is_heading(row: Row, whole: Row, header: Header) -> bool:
    """Whether the row only names a group: one cell, across the table or before the titles."""
    said = [at for at, cell in enumerate(row.cells) if text_in(cell)]
    if len(said) != 1 or "weight" not in header.columns:
        return False
    title = header.columns["title"]
    spans = title + 1 < len(whole.cells) and whole.cells[title] == whole.cells[title + 1]
    return said[0] < title or (spans and said[0] == title)


def _is_under_the_table(row: Row, first: str) -> bool:
    said = sum(1 for cell in row.cells if text_in(cell))
    return said == 1 and first.startswith(_NOTE_UNDER) and len(first) > len("备注")


def _goes_on(
    line: LineDraft, values: Mapping[str, Any], number: int, faults: list[Sentence]
) -> LineDraft:
    """A title merged over several rows is one line: its notes and points stand in all of them."""
    more = text_in(values.get("note"))
    return replace(
        line,
        note="；".join(each for each in (line.note, more) if each)[:400],
        weight=line.weight + (_weight(number, values, faults) or 0),
    )


def _line(
    number: int, group: str, values: Mapping[str, Any], faults: list[Sentence]
) -> LineDraft | None:
    before = len(faults)
    title = text_in(values.get("title"))
    if not title:
        faults.append(sentence(N_("第%(row)s行没有写检查什么：请补上。"), row=number))
    weight = _weight(number, values, faults)
    is_veto = yes_in(values.get("veto"))
    if is_veto is None:
        faults.append(
            sentence(
                N_("第%(row)s行的单项否决写的是“%(value)s”：请填“是”或者空着。"),
                row=number,
                value=quoted(text_in(values.get("veto"))),
            )
        )
    kind = _kind(number, values, title, faults)
    if len(faults) > before or weight is None or is_veto is None:
        return None
    return LineDraft(
        row=number,
        code=text_in(values.get("code"))[:24],
        group=group[:80],
        title=title[:200],
        weight=weight,
        is_veto=is_veto or "一票否决" in title,
        note=text_in(values.get("note"))[:400],
        problem_kind=kind,
    )


def _weight(number: int, values: Mapping[str, Any], faults: list[Sentence]) -> Decimal | None:
    weight = number_in(values.get("weight"), Decimal(0))
    if weight is None or not 0 <= weight <= MOST_WEIGHT:
        faults.append(
            sentence(
                N_("第%(row)s行的分值“%(value)s”不是数：请填数字，如 10。"),
                row=number,
                value=quoted(text_in(values.get("weight"))),
            )
        )
        return None
    return weight


def _kind(number: int, values: Mapping[str, Any], title: str, faults: list[Sentence]) -> str:
    written = text_in(values.get("kind"))
    if not written:
        return guess_kind(title)
    found = next(
        (each.code for each in problem_kinds() if written in (each.label, each.code)), None
    )
    if found is None:
        faults.append(
            sentence(
                N_("第%(row)s行的问题类型“%(value)s”不在清单里：请从问题类型清单里选，或者空着。"),
                row=number,
                value=quoted(written),
            )
        )
    return found or ""

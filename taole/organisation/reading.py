"""Reading units and people from YAML or from a workbook, whose columns are found by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import PurePath
from typing import Any, TypeVar

from taole.access.permissions import ROLE_LABELS
from taole.core.errors import Refused
from taole.core.periods import parse_day
from taole.core.words import N_, Sentence, sentence
from taole.documents.columns import Header, find_header
from taole.documents.file_kinds import named
from taole.documents.workbooks import Sheet, read_workbook
from taole.organisation.loading import OrganisationFile, PersonEntry, UnitEntry
from taole.organisation.organisation_yaml import ROW, read_lists
from taole.organisation.rules import UNIT_KIND_LABELS, UnitKind

UNIT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("编码", "区划代码", "单位编码", "code"),
    "name": ("名称", "单位名称", "name"),
    "kind": ("类型", "单位类型", "kind"),
    "parent": ("上级编码", "上级", "parent"),
    "full_name": ("全称", "full_name"),
    "opened": ("设立日期", "设立", "opened"),
    "closed": ("撤销日期", "撤销", "closed"),
    "phone": ("电话", "联系电话", "phone"),
    "note": ("备注", "note"),
}
PEOPLE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "account": ("账号", "account"),
    "name": ("姓名", "name"),
    "role": ("岗位", "角色", "role"),
    "unit": ("单位编码", "单位", "编码", "unit"),
    "from": ("起", "开始日期", "任职日期", "from"),
    "until": ("止", "结束日期", "离任日期", "until"),
}
_REQUIRED_OF_UNITS = {"code", "name", "kind"}
_REQUIRED_OF_PEOPLE = {"account", "name", "role", "unit", "from"}
_ALSO_KINDS = {"村": UnitKind.VILLAGE, "镇": UnitKind.TOWNSHIP, "乡": UnitKind.TOWNSHIP}
_ALSO_KINDS |= {"县": UnitKind.COUNTY, "区": UnitKind.COUNTY, "办": UnitKind.OFFICE}
_ALSO_KINDS |= {"自治区": UnitKind.REGION, "省": UnitKind.REGION, "中心": UnitKind.OFFICE}
_LONGEST = {"name": 60, "full_name": 120, "phone": 40, "note": 200, "account": 40, "code": 32}

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class _Line:
    """One entry of a file: the values by field, where it stands, and what its columns are named."""

    where: Sentence
    values: Mapping[str, Any]
    columns: Mapping[str, tuple[str, ...]]

    def label(self, name: str) -> str:
        return self.columns[name][0]


def read_organisation(content: bytes, filename: str) -> OrganisationFile:
    """The units and people of a file: YAML by the ending .yaml or .yml, else a workbook.

    What is wrong in a row becomes a fault naming file and row, all of them. Raises Refused when
    the file is neither. See ``docs/organisation-file.md`` for both forms.
    """
    file = named(filename)
    if PurePath(filename).suffix.lower() in {".yaml", ".yml"}:
        units, people = _from_yaml(content, filename)
    else:
        units, people = _from_sheets(read_workbook(content, filename), file)
    faults: list[Sentence] = []
    return OrganisationFile(
        tuple(_read_all(units, _unit, faults)),
        tuple(_read_all(people, _person, faults)),
        tuple(faults),
    )


Entry = TypeVar("Entry")


def _read_all(
    lines: Sequence[_Line], read: Callable[[_Line], Entry], faults: list[Sentence]
) -> Iterator[Entry]:
    for line in lines:
        try:
            yield read(line)
        except Refused as refusal:
            faults.extend(
                sentence(N_("%(where)s：%(message)s"), where=line.where, message=said)
                for said in refusal.sentences
            )


def _from_yaml(content: bytes, filename: str) -> tuple[list[_Line], list[_Line]]:
    lists = read_lists(content, filename)
    known = {"units": UNIT_COLUMNS, "people": PEOPLE_COLUMNS}
    lines: dict[str, list[_Line]] = {"units": [], "people": []}
    for name, columns in known.items():
        for entry in lists[name]:
            where = _row_of(named(filename), entry[ROW])
            values = {key: value for key, value in entry.items() if key != ROW}
            unknown = [str(key)[:20] for key in values if key not in columns]
            if unknown:
                raise Refused(
                    sentence(
                        N_("%(where)s：不认识“%(keys)s”，可用：%(known)s"),
                        where=where,
                        keys="、".join(unknown),
                        known="、".join(columns),
                    )
                )
            lines[name].append(_Line(where, values, columns))
    return lines["units"], lines["people"]


def _from_sheets(sheets: Sequence[Sheet], file: str) -> tuple[list[_Line], list[_Line]]:
    units: list[_Line] = []
    people: list[_Line] = []
    for sheet in sheets:
        for columns, required, lines in (
            (PEOPLE_COLUMNS, _REQUIRED_OF_PEOPLE, people),
            (UNIT_COLUMNS, _REQUIRED_OF_UNITS, units),
        ):
            try:
                header = find_header(sheet.rows, columns, required)
            except Refused:
                continue
            lines.extend(_lines(sheet, header, columns, file))
            break
    if not units and not people:
        raise Refused(
            sentence(
                N_(
                    "文件“%(file)s”里找不到表头：单位表要有编码、名称、类型，"
                    "人员表要有账号、姓名、岗位、单位编码、起。"
                ),
                file=file,
            )
        )
    return units, people


def _lines(
    sheet: Sheet, header: Header, columns: Mapping[str, tuple[str, ...]], file: str
) -> Iterator[_Line]:
    for row in sheet.rows:
        if row.number > header.last_row_number and not row.is_empty:
            values = {key: header.value(row, key) for key in columns}
            yield _Line(_row_of(f"{file}/{sheet.name}", row.number), values, columns)


def _row_of(file: str, row: int) -> Sentence:
    return sentence(N_("文件“%(file)s”第%(row)s行"), file=file, row=row)


def _unit(line: _Line) -> UnitEntry:
    return UnitEntry(
        where=line.where,
        code=_text(line, "code", required=True),
        name=_text(line, "name", required=True),
        kind=_choice(line, "kind", UNIT_KIND_LABELS, _ALSO_KINDS),
        parent=_text(line, "parent"),
        full_name=_text(line, "full_name"),
        opened_on=_day(line, "opened"),
        closed_on=_day(line, "closed"),
        phone=_text(line, "phone"),
        note=_text(line, "note"),
    )


def _person(line: _Line) -> PersonEntry:
    from_on = _day(line, "from")
    if from_on is None:
        raise _missing(line, "from")
    return PersonEntry(
        where=line.where,
        account=_text(line, "account", required=True),
        name=_text(line, "name", required=True),
        role=_choice(line, "role", ROLE_LABELS, {}),
        unit=_text(line, "unit", required=True),
        from_on=from_on,
        until_on=_day(line, "until"),
    )


def _text(line: _Line, name: str, *, required: bool = False) -> str:
    value = line.values.get(name)
    text = "" if value is None else str(value).strip()
    if required and not text:
        raise _missing(line, name)
    if len(text) > _LONGEST.get(name, 200):
        raise Refused(
            sentence(
                N_("“%(field)s”有 %(count)s 个字，最多 %(most)s 个：请缩短。"),
                field=line.label(name),
                count=len(text),
                most=_LONGEST.get(name, 200),
            )
        )
    return text


def _day(line: _Line, name: str) -> date | None:
    value = line.values.get(name)
    return None if value is None or value == "" else parse_day(value)


def _choice(
    line: _Line, name: str, labels: Mapping[Choice, str], also: Mapping[str, Choice]
) -> Choice:
    text = _text(line, name, required=True)
    for key, label in labels.items():
        if text in (key.value, label):
            return key
    if text in also:
        return also[text]
    raise Refused(
        sentence(
            N_("“%(field)s”写成了“%(value)s”：应为%(values)s之一。"),
            field=line.label(name),
            value=text[:20],
            values="、".join(labels.values()),
        )
    )


def _missing(line: _Line, name: str) -> Refused:
    return Refused(sentence(N_("没有写“%(field)s”：请补上。"), field=line.label(name)))

"""The unified template (统一模板) of a matter: one description that everything else reads.

The form, the checks, the public page, the printed sheet, the workbook to download and the import
all follow it; 国办发〔2019〕14号 asks for one format per matter, and inspectors write down sheets
that do not use it (handbook 3.5, kinds 21 and 22).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from taole.core.words import N_

USUAL_OPENING = (
    "按照村务公开的有关规定，现将{unit}{period}{matter}情况公示如下。"
    "{notice_period}对公示内容有异议的，请在公示期内向村务监督委员会或镇综合办公室反映。"
)


class CellKind(StrEnum):
    """What is written in a field or a column."""

    TEXT = "text"
    NAME = "name"
    COUNT = "count"
    AMOUNT = "amount"
    AREA = "area"
    DAY = "day"
    PHONE = "phone"


CELL_KIND_LABELS = {
    CellKind.TEXT: N_("文字"),
    CellKind.NAME: N_("姓名"),
    CellKind.COUNT: N_("数量"),
    CellKind.AMOUNT: N_("金额"),
    CellKind.AREA: N_("面积"),
    CellKind.DAY: N_("日期"),
    CellKind.PHONE: N_("电话"),
}

NUMERIC = frozenset({CellKind.COUNT, CellKind.AMOUNT, CellKind.AREA})


@dataclass(frozen=True)
class Field:
    """A head field or a column: its name, what is written in it, and what may be told.

    ``unit``: 元, 亩, 户, 人 … ("" for none). ``is_summed``: the sum line adds it up.
    ``may_publish`` false: it is filled for the office and never leaves the house.
    """

    name: str
    kind: CellKind = CellKind.TEXT
    unit: str = ""
    required: bool = False
    is_summed: bool = False
    may_publish: bool = True
    hint: str = ""

    @property
    def label(self) -> str:
        """As it stands on paper: 发放金额（元）."""
        return f"{self.name}（{self.unit}）" if self.unit else self.name


@dataclass(frozen=True)
class UnifiedTemplate:
    """One matter's template.

    ``opening``: the sentence above the table; its places are {unit} {period} {matter}
    {notice_period}. ``head``: fields said once for the whole notice. ``columns``: the table;
    empty where a matter is told in prose. ``must_not``: what must not be published (不得公开).
    ``with_phones``: the foot carries the two supervision phones. ``name`` is shown.
    """

    name: str = "统一模板"
    opening: str = USUAL_OPENING
    head: tuple[Field, ...] = ()
    columns: tuple[Field, ...] = ()
    must_not: tuple[str, ...] = ()
    with_phones: bool = True

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.columns)

    @property
    def has_sum_line(self) -> bool:
        return any(each.is_summed for each in self.columns)

    def field(self, name: str) -> Field | None:
        """The column or head field of this name."""
        return next((each for each in (*self.columns, *self.head) if each.name == name), None)

    def to_mapping(self) -> dict[str, Any]:
        """For the database and the page of the township's template: plain JSON."""
        return asdict(self) | {
            "head": [asdict(each) for each in self.head],
            "columns": [asdict(each) for each in self.columns],
            "must_not": list(self.must_not),
        }

    @classmethod
    def from_mapping(cls, stored: Mapping[str, Any]) -> UnifiedTemplate:
        """The opposite of ``to_mapping``; what is missing has its usual value."""
        return cls(
            name=stored.get("name") or "统一模板",
            opening=stored.get("opening") or USUAL_OPENING,
            head=tuple(map(_field, stored.get("head", ()))),
            columns=tuple(map(_field, stored.get("columns", ()))),
            must_not=tuple(stored.get("must_not", ())),
            with_phones=stored.get("with_phones", True),
        )


def _field(stored: Mapping[str, Any]) -> Field:
    return Field(**{**stored, "kind": CellKind(stored.get("kind", CellKind.TEXT))})

"""What stands on a notice's sheet of paper: pure, given the notice and the days.

The paper speaks Chinese, whatever language the clerk reads. Only what the unified template lets
out is on it (个人信息保护法 art 25), and the page behind its code shows the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from taole.catalogue.template_names import fold_name, forbidden_word
from taole.catalogue.template_rules import is_sum_row, opening_text, sum_line
from taole.catalogue.unified_template import NUMERIC, CellKind, Field, UnifiedTemplate
from taole.core.words import N_, Sentence, sentence

UNREGISTERED = N_("未登记")
COMMITTEE = N_("村务监督委员会电话")
OFFICE = N_("镇综合办公室电话")
OWN = N_("本单位电话")
CHECK = "手机扫码可核对本页内容"
NUMBER = "序号"
SUM = "合计"


class Paper(StrEnum):
    A4 = "a4"
    A3 = "a3"


@dataclass(frozen=True)
class Column:
    """A column of the printed table; ``is_number``: set to the right and never broken."""

    label: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """What may be told of a notice's rows; ``total`` is its sum line, cell by cell, or None.

    ``counted``: how many rows in the words of the matter (16 人), ``counter`` its word alone.
    ``sums``: the name and the text of each column that the sum line adds up. ``name_at`` and
    ``amount_at``: the columns of the name and of what counts, where a screen is too narrow.
    """

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: tuple[str, ...] | None = None
    counted: str = ""
    counter: str = ""
    sums: tuple[tuple[str, str], ...] = ()
    name_at: int | None = None
    amount_at: int | None = None
    amount_unit: str = ""


@dataclass(frozen=True)
class NoticePeriod:
    """公示期: from the day on which it goes up to its last day, which may be open."""

    start: date
    end: date | None = None

    @property
    def words(self) -> str:
        """2023年9月20日至9月27日"""
        if self.end is None:
            return f"{chinese_day(self.start)}起"
        shown = chinese_day(self.end)
        same_year = self.start.year == self.end.year
        return f"{chinese_day(self.start)}至{shown.split('年', 1)[1] if same_year else shown}"


@dataclass(frozen=True)
class PrintedSheet:
    """One sheet. ``phones``: label and number each, 未登记 where there is none.

    ``address``: what the code carries. ``is_preview``: not reviewed yet, and says so across.
    """

    heading: str
    number: str
    title: str
    paragraphs: tuple[str, ...]
    head: tuple[tuple[str, str], ...]
    table: Table
    signer: str
    period: NoticePeriod
    phones: tuple[tuple[str, str], ...]
    address: str
    is_preview: bool = False
    warnings: tuple[Sentence, ...] = field(default=())

    def warned(self, *more: Sentence) -> PrintedSheet:
        return replace(self, warnings=(*self.warnings, *more))

    @property
    def signed_on(self) -> str:
        """The day under the signature: that on which it goes up."""
        return chinese_day(self.period.start)

    @property
    def texts(self) -> list[str]:
        """Everything that is printed, to see whether the font has it."""
        cells = [cell for row in self.table.rows for cell in row]
        pairs = [part for pair in (*self.head, *self.phones) for part in pair]
        labels = [column.label for column in self.table.columns]
        return [
            self.heading, self.title, self.signer, self.number,
            *self.paragraphs, *pairs, *labels, *cells,
        ]  # fmt: skip


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def public_table(
    template: UnifiedTemplate, columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> Table:
    """The columns of a notice's table that may be published, with the sum line.

    A column that the template marks, or that holds what must not be published (不得公开), is left
    out with all its cells. Columns unknown to the template were reviewed as they are. Typed rows
    of sums give way to the sum line.
    """
    known = {fold_name(each.name): each for each in template.columns}
    fields = {name: known.get(fold_name(name), Field(name)) for name in columns if name}
    told = [name for name, each in fields.items() if _may_publish(template, each)]
    places = [list(columns).index(name) for name in told]
    cut = tuple(
        tuple(str(row[at]) if at < len(row) else "" for at in places)
        for row in rows
        if any(row) and not is_sum_row([str(cell) for cell in row])
    )
    shown = [fields[name] for name in told]
    total = sum_line(template, told, cut) if cut else None
    texts = tuple(text.removeprefix(SUM).strip() for text in total or ())
    named = next((at for at, each in enumerate(shown) if each.kind is CellKind.NAME), None)
    amount_at = _amount_at(shown)
    return Table(
        columns=tuple(Column(each.label, each.kind in NUMERIC) for each in shown),
        rows=cut,
        total=texts if total else None,
        counted=f"{len(cut)} {_counter(shown, named)}" if cut else "",
        counter=_counter(shown, named),
        sums=tuple(
            (each.name, f"{text} {each.unit}".strip())
            for each, text in zip(shown, texts, strict=False)
            if each.is_summed and text
        ),
        name_at=named,
        amount_at=amount_at,
        amount_unit=shown[amount_at].unit if amount_at is not None else "",
    )


def _amount_at(fields: Sequence[Field]) -> int | None:
    """The last column that is summed, else the last of numbers."""
    numbers = [at for at, each in enumerate(fields) if each.kind in NUMERIC]
    summed = [at for at in numbers if fields[at].is_summed]
    counting = summed or numbers
    return counting[-1] if counting else None


def _may_publish(template: UnifiedTemplate, held: Field) -> bool:
    return held.may_publish and not forbidden_word(held.name, template.must_not)


def _counter(fields: Sequence[Field], named: int | None) -> str:
    if named is None:
        return N_("项")
    return N_("户") if "户" in fields[named].name else N_("人")


def public_head(template: UnifiedTemplate, head: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The filled head fields that may be published, in the template's order."""
    return tuple(
        (each.label, str(head[each.name]))
        for each in template.head
        if _may_publish(template, each) and str(head.get(each.name, "")).strip()
    )


def opening_paragraphs(
    template: UnifiedTemplate, body: str, *, unit: str, period: str, matter: str, days: NoticePeriod
) -> tuple[str, ...]:
    """What stands above the table: the notice's own words, or the template's sentence."""
    own = tuple(line.strip() for line in body.splitlines() if line.strip())
    if own:
        return own
    told = opening_text(
        template, unit=unit, period=period, matter=matter, start=days.start, end=days.end
    )
    return (told,)


def phone_lines(own: str, townships: str, *, is_village: bool) -> tuple[tuple[str, str], ...]:
    """The two supervision phones of the foot (公开条例 art 9 and 村民委员会组织法 art 31)."""
    first = COMMITTEE if is_village else OWN
    return ((first, own or UNREGISTERED), (OFFICE, townships or UNREGISTERED))


def phone_warnings(unit: str, phones: Sequence[tuple[str, str]]) -> tuple[Sentence, ...]:
    return tuple(
        sentence(
            N_("%(unit)s的“%(phone)s”还没有登记，纸上只能写“未登记”：请镇里在“人员与村”补上。"),
            unit=unit,
            phone=label,
        )
        for label, number in phones
        if number == UNREGISTERED
    )


def missing_characters_warning(missing: Sequence[str]) -> Sentence:
    return sentence(
        N_("字体里没有这些字：%(signs)s。PDF 上会是空框，请改用 Word 文件打印。"),
        signs="、".join(missing),
    )

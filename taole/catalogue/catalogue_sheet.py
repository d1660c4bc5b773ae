"""The adopted catalogue as a workbook that an office prints, edits and loads again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from taole.catalogue.deadlines import describe
from taole.catalogue.house_columns import HOUSE_COLUMNS
from taole.catalogue.item_values import PROVENANCE_LABELS, RISK_LABELS, split_note
from taole.core.periods import LABELS
from taole.core.workdays import DayUnit
from taole.documents.spreadsheets import CellOut, ColumnOut, SheetOut, write_workbook

if TYPE_CHECKING:
    from taole.catalogue.models import CatalogueItem, Edition

_COLUMNS = (
    ColumnOut("序号", 6),
    ColumnOut("目录编码", 10),
    ColumnOut("一级事项", 14),
    ColumnOut("二级事项", 30),
    ColumnOut("公开内容", 30),
    ColumnOut("公开依据", 30),
    ColumnOut("公开频率", 10),
    ColumnOut("公开时限", 18),
    ColumnOut("公示期", 11),
    ColumnOut("最少张贴天数", 9),
    ColumnOut("公开主体", 20),
    ColumnOut("公开渠道", 20),
    ColumnOut("必发渠道", 16),
    ColumnOut("备注", 20),
    ColumnOut("英文名称", 20),
    *(ColumnOut(label, 14) for label in HOUSE_COLUMNS.values()),
)
PROPOSAL_NOTE = "注：这是建议稿，不是《全区村务公开基准目录（标准版）》，请换成县里下发的目录。"


def catalogue_workbook(edition: Edition, items: Sequence[CatalogueItem]) -> bytes:
    """An .xlsx of the items that ``read_catalogue`` reads back as they are, one row an item."""
    return write_workbook(
        [
            SheetOut(
                name="村务公开目录",
                title=edition.name,
                columns=_COLUMNS,
                rows=[_row(number, item) for number, item in enumerate(items, 1)],
                notes=(PROPOSAL_NOTE,) if edition.is_proposal else (),
            )
        ]
    )


def _row(number: int, item: CatalogueItem) -> list[CellOut]:
    said = split_note(item.note)
    return [
        number,
        item.code,
        item.section,
        item.title,
        "\n".join(item.content),
        "\n".join(item.basis),
        LABELS[item.frequency],
        str(describe(item.rule)),
        _notice_period(item),
        item.minimum_board_days,
        item.publisher,
        "、".join(item.channels),
        "、".join(item.compulsory_channels),
        said.note,
        item.title_en,
        *_house_cells(item, said.sources, said.verification),
    ]


def _notice_period(item: CatalogueItem) -> str:
    if item.notice_period_days is None:
        return ""
    unit = "个工作日" if item.notice_period_unit is DayUnit.WORKING else "天"
    return f"{item.notice_period_days}{unit}"


def _house_cells(item: CatalogueItem, sources: Sequence[str], verification: str) -> list[CellOut]:
    guarded: dict[str, Any] = item.personal_data
    monthly = item.rule.monthly_variant
    return [
        str(describe(monthly)) if monthly else "",
        item.rule.text,
        RISK_LABELS.get(guarded.get("risk", "none"), ""),
        "\n".join(guarded.get("may_publish_zh", ())),
        "\n".join(guarded.get("must_not_publish_zh", ())),
        PROVENANCE_LABELS.get(item.provenance, item.provenance),
        "\n".join(sources),
        verification,
        "是" if item.is_standing_page else "",
    ]

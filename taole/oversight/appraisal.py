"""The yearly 效能 sheet: switched on by the township itself, with its weights; its papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from taole.access.permissions import Actor
from taole.core.settings_store import find_setting, keep_setting
from taole.documents.official import OfficialDocument, TableCell
from taole.documents.spreadsheets import ColumnOut, SheetOut, write_workbook
from taole.organisation.models import Unit
from taole.oversight.appraisal_rules import VillageYear, Weights, points_of
from taole.oversight.brief_rules import percent
from taole.trail.actions import record

KEY = "appraisal"
_HEADS = (
    ("村（社区）", 14, 26),
    ("应公示", 8, 16),
    ("已公示", 8, 16),
    ("按时", 8, 14),
    ("缺", 6, 12),
    ("完整率", 8, 18),
    ("按时率", 8, 18),
    ("公示件数", 8, 18),
    ("更正", 6, 12),
    ("退回", 6, 12),
    ("整改到期", 8, 18),
    ("按期改完", 8, 18),
    ("征集应回", 8, 18),
    ("按时回复", 8, 18),
    ("得分", 8, 16),
)
_FONT_PT = 10.5


@dataclass(frozen=True)
class Appraisal:
    """Whether a township uses the sheet, and by which weights."""

    is_on: bool
    weights: Weights


def find_appraisal(township: Unit) -> Appraisal:
    """Off, with the usual weights, until somebody switched it on."""
    kept = find_setting(KEY, township.id)
    if kept is None:
        return Appraisal(False, Weights())
    return Appraisal(kept["is_on"], Weights.from_json(kept["weights"]))


def set_appraisal(township: Unit, *, is_on: bool, weights: Weights, by: Actor) -> None:
    before = find_appraisal(township)
    keep_setting(KEY, {"is_on": is_on, "weights": weights.as_json()}, township.id)
    record(
        "set_appraisal",
        "unit",
        township.id,
        by=by,
        township_id=township.id,
        before={"is_on": before.is_on, **before.weights.as_json()},
        after={"is_on": is_on, **weights.as_json()},
    )


def note_of(weights: Weights) -> str:
    """How the points come about, as it stands under every copy."""
    return (
        f"得分＝完整率×{weights.completeness}＋按时率×{weights.timeliness}"
        f"＋按期整改率×{weights.rectification}＋征集按时回复率×{weights.rounds}；"
        "没有到期事项的一项不算，分值按比例归入其余各项。各村按编码排列，不排名次。"
    )


def sheet_of(
    township: str, year: int, villages: Sequence[VillageYear], weights: Weights, on: date
) -> bytes:
    """The sheet as a workbook."""
    return write_workbook(
        [
            SheetOut(
                name=f"{year}年效能",
                title=_title(township, year),
                subtitle=f"{township}　截至{on:%Y年%-m月%-d日}",
                columns=[ColumnOut(label, width) for label, width, _mm in _HEADS],
                rows=[_row(each, weights) for each in villages],
                notes=[note_of(weights)],
            )
        ]
    )


def paper_of(
    township: str, year: int, villages: Sequence[VillageYear], weights: Weights, on: date
) -> bytes:
    """The sheet as a .docx, A4 across."""
    paper = OfficialDocument(_title(township, year), landscape=True)
    paper.title(_title(township, year))
    paper.table(
        [
            [TableCell(label, bold=True) for label, _width, _mm in _HEADS],
            *([TableCell(str(value)) for value in _row(each, weights)] for each in villages),
        ],
        widths_mm=[mm for _label, _width, mm in _HEADS],
        font_pt=_FONT_PT,
    )
    paper.paragraph(note_of(weights))
    paper.paragraph(f"截至{on:%Y年%-m月%-d日}。")
    return paper.save()


def _title(township: str, year: int) -> str:
    return f"{township}{year}年村务公开效能情况表"


def _row(village: VillageYear, weights: Weights) -> tuple[str | int | float, ...]:
    counts, points = village.counts, points_of(village, weights)
    return (
        village.name,
        counts.due,
        counts.answered,
        counts.on_time,
        counts.missing,
        percent(counts.completeness),
        percent(counts.timeliness),
        village.notices,
        village.corrected,
        village.returned,
        village.findings_due,
        village.mended_in_time,
        village.asked,
        village.answered_in_time,
        "–" if points is None else points,
    )

"""A year of findings for the papers, and what stands on a paper."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from docx import Document

from taole.core.clock import noon
from taole.documents.paper import Paper, Paragraph, text_of
from taole.inspections.actions import record_inspection
from taole.inspections.extending import ask_extension, decide_extension
from taole.inspections.mending import start_mending
from taole.inspections.workflow import BodyLevel, Direction, InspectionKind, Severity
from taole.rectification_papers.composing import PaperOrder, compose_paper
from taole.rectification_papers.workflow import PaperKind
from tests.inspections.finding_factory import a_finding, an_item, closed

ON = date(2023, 11, 1)


def a_year(town: Any) -> None:
    """A circular with two problems (one mended and closed), a cross-check with one put off."""
    dongyuan, shijia, *_ = town.villages
    circular = record_inspection(
        town.township,
        direction=Direction.INBOUND,
        kind=InspectionKind.CIRCULAR,
        body="县政务公开办",
        body_level=BodyLevel.COUNTY,
        held_on=date(2023, 9, 4),
        document="2023年第三季度通报",
        units=[dongyuan, shijia],
        by=town.li,
    )
    mended = a_finding(
        dongyuan,
        town.li,
        statement="公示表没用统一模板",
        source=InspectionKind.CIRCULAR,
        severity=Severity.MAJOR,
        demand="按2023版统一模板重填后公示",
        problem_kind="no-template",
        basis="试行目录",
        found_on=date(2023, 9, 4),
        item=an_item(),
        inspection=circular,
        at=noon(date(2023, 9, 4)),
    )
    closed(mended, proved_by=town.chen, by=town.li, on=date(2023, 9, 11))
    late = a_finding(
        shijia,
        town.li,
        statement="施家台子村公开不及时",
        source=InspectionKind.CIRCULAR,
        problem_kind="late",
        found_on=date(2023, 9, 4),
        inspection=circular,
        at=noon(date(2023, 9, 4)),
    )
    start_mending(late, by=town.liu, at=noon(date(2023, 9, 5)))
    put_off = a_finding(dongyuan, town.wu, demand="写明村、镇两级监督电话")
    asked = ask_extension(
        put_off,
        until_on=date(2023, 11, 20),
        reason="公示栏正在重做",
        by=town.chen,
        on=date(2023, 9, 18),
    )
    decide_extension(asked, grant=True, words="同意", by=town.zhao, on=date(2023, 9, 19))


def an_order(kind: PaperKind, unit: Any, **given: Any) -> PaperOrder:
    recipient = "县政务公开办" if kind is PaperKind.REPORT else ""
    return PaperOrder(**{"kind": kind, "unit": unit, "on": ON, "recipient": recipient, **given})


def composed(kind: PaperKind, unit: Any, **given: Any) -> Paper:
    return compose_paper(an_order(kind, unit, **given))


def rows_of(paper: Paper) -> list[tuple[str, ...]]:
    return [tuple(text_of(cell) for cell in row) for row in paper.tables[0].rows]


def paragraphs_of(paper: Paper) -> str:
    return "\n".join(each.text for each in paper.blocks if isinstance(each, Paragraph))


def words_in(content: bytes) -> str:
    """Everything that stands in a Word file."""
    word = Document(io.BytesIO(content))
    said = [paragraph.text for paragraph in word.paragraphs]
    said += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join(said)

"""Any paper as a PDF: A4 upright or across, its tables' heads repeated, its pages numbered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from taole.documents.codes import qr_svg
from taole.documents.paper import Foot, Paper, Subscription, Table, kind_of, text_of, to_json
from taole.documents.typesetting import typeset

_PATTERN = Path(__file__).with_name("paper.typ")


def paper_pdf(paper: Paper) -> bytes:
    """The paper; no row breaks across pages, and the same paper gives the same bytes."""
    return typeset(_PATTERN, _told(paper))


def _told(paper: Paper) -> dict[str, Any]:
    told = to_json(paper)
    for block, words in zip(paper.blocks, told["blocks"], strict=True):
        words["kind"] = kind_of(block)
        if isinstance(block, Table):
            words["rows"] = [[text_of(cell) for cell in row] for row in block.rows]
        elif isinstance(block, Subscription):
            words["day"] = block.day
        elif isinstance(block, Foot):
            words["code"] = qr_svg(block.address) if block.address else ""
    return told

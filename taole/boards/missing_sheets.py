"""All that should hang on a board and does not, printed in one go."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pikepdf

from taole.boards.board_rules import not_seen
from taole.boards.composing import compose
from taole.boards.queries import (
    as_board_notice,
    list_photographs,
    list_should_hang,
)
from taole.boards.sheet_pdf import sheet_pdf
from taole.core.errors import Refused
from taole.core.words import N_, Sentence
from taole.notices.laying_out import board_posting
from taole.notices.models import Notice
from taole.notices.printed_sheet import Paper, PrintedSheet
from taole.organisation.models import Unit


@dataclass(frozen=True)
class MissingSheet:
    """A notice that should hang and does not: its sheet, or why it cannot be printed."""

    notice: Notice
    sheet: PrintedSheet | None
    refused: Sequence[Sentence] = field(default=())

    @property
    def was_up(self) -> bool:
        """Logged on the board, and missing on the latest photograph."""
        return board_posting(self.notice) is not None


def list_missing(unit: Unit, *, site: str, on: date) -> list[MissingSheet]:
    """What is approved and not yet up, and what hangs by the log but not on the last photograph."""
    should = list_should_hang(unit, on)
    latest = next(iter(list_photographs(unit)), None)
    seen = latest.seen if latest is not None and latest.confirmed_at is not None else None
    taken_on = latest.taken_on if latest is not None else on
    missing = []
    for notice in should:
        posting = board_posting(notice)
        is_gone = (
            posting is not None
            and seen is not None
            and posting.posted_on <= taken_on
            and (posting.seen_up_on is None or posting.seen_up_on < taken_on)
            and bool(not_seen([as_board_notice(notice)], seen))
        )
        if posting is None or is_gone:
            missing.append(_missing(notice, site))
    return missing


def join_sheets(sheets: Sequence[PrintedSheet], paper: Paper) -> bytes:
    """Several sheets as one PDF, each beginning on a page of its own; Refused for none."""
    if not sheets:
        raise Refused(N_("没有要打印的：该贴的都在栏上，或者还要先处理个人信息。"))
    with pikepdf.Pdf.new() as joined:
        for sheet in sheets:
            with pikepdf.Pdf.open(io.BytesIO(sheet_pdf(sheet, paper))) as one:
                joined.pages.extend(one.pages)
        out = io.BytesIO()
        joined.save(out, deterministic_id=True)
    return out.getvalue()


def _missing(notice: Notice, site: str) -> MissingSheet:
    try:
        return MissingSheet(notice, compose(notice, site=site))
    except Refused as refusal:
        return MissingSheet(notice, None, refusal.sentences)

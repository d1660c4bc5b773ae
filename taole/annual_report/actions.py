"""What can be done with a report: write the passages of part five."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from taole.access.permissions import Actor
from taole.annual_report.models import PassageKind, ReportPassage
from taole.annual_report.queries import evaluate_all, list_passages, names_of
from taole.annual_report.rules import year_fault
from taole.annual_report.wording import checked_passage
from taole.core.clock import now, today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.organisation.models import Unit
from taole.trail.actions import record

LONGEST_PASSAGE = 1000
MOST_PASSAGES = 20

_ORDINAL = re.compile(r"^[一二三四五六七八九十]+是[，,：:]?\s*")
_BLANKS = re.compile(r"\s*\n\s*")


def write_passages(
    township: Unit,
    year: int,
    pairs: Sequence[tuple[str, str]],
    *,
    by: Actor,
    at: datetime | None = None,
) -> list[ReportPassage]:
    """Put these pairs (problem, measure) in the place of the year's passages of part five.

    A pair without words is left out; 一是 and its like at the beginning are left to the report.
    Refused, with a sentence for each fault: a pair without its other half, 无, a passage that is
    too long or names an unknown figure (条例 article 50 第一款第（四）项: problems and improvements
    are told).
    """
    wanted = [pair for pair in ((_tidy(a), _tidy(b)) for a, b in pairs) if any(pair)]
    _refuse_faults(township, year, wanted)
    known = {
        (passage.kind, passage.position): passage for passage in list_passages(township.id, year)
    }
    before = _told(list(known.values()))
    written: list[ReportPassage] = []
    for position, pair in enumerate(wanted, start=1):
        for kind, text in zip((PassageKind.PROBLEM, PassageKind.MEASURE), pair, strict=True):
            passage = known.pop((kind, position), None)
            if passage is None:
                passage = ReportPassage(
                    township_id=township.id, year=year, kind=kind, position=position, text=""
                )
                db.session.add(passage)
            if passage.text != text:
                passage.text = text
                passage.entered_at = at or now()
            written.append(passage)
    for left_over in known.values():
        db.session.delete(left_over)
    db.session.flush()
    record(
        "write",
        "report_passages",
        None,
        by=by,
        township_id=township.id,
        before={"year": year, **before},
        after={"year": year, **_told(written)},
    )
    return written


def _tidy(text: str) -> str:
    return _ORDINAL.sub("", _BLANKS.sub("", text.strip()))


def _told(passages: Sequence[ReportPassage]) -> dict[str, list[str]]:
    ordered = sorted(passages, key=lambda passage: passage.position)
    return {
        name: [passage.text for passage in ordered if passage.kind is kind]
        for name, kind in (("problems", PassageKind.PROBLEM), ("measures", PassageKind.MEASURE))
    }


def _refuse_faults(township: Unit, year: int, pairs: Sequence[tuple[str, str]]) -> None:
    fault = year_fault(year, today())
    if fault is not None:
        raise Refused(fault)
    faults = []
    if len(pairs) > MOST_PASSAGES:
        faults.append(
            sentence(
                N_("问题写了%(count)s条，最多%(most)s条，请合并。"),
                count=len(pairs),
                most=MOST_PASSAGES,
            )
        )
    for number, (problem, measure) in enumerate(pairs, start=1):
        if not measure:
            faults.append(sentence(N_("第%(number)s条写了问题，请补写改进情况。"), number=number))
        if not problem:
            faults.append(sentence(N_("第%(number)s条写了改进情况，请补写问题。"), number=number))
        for text in (problem, measure):
            if text.rstrip("。") == "无":
                faults.append(
                    sentence(N_("第%(number)s条不能写“无”，请写具体情况。"), number=number)
                )
            if len(text) > LONGEST_PASSAGE:
                faults.append(
                    sentence(
                        N_("第%(number)s条有%(length)s个字，最多%(most)s个字，请写短些。"),
                        number=number,
                        length=len(text),
                        most=LONGEST_PASSAGE,
                    )
                )
    if not faults and any("{{" in text or text.startswith("[") for pair in pairs for text in pair):
        values, names = evaluate_all(township, year), names_of(township)
        for pair in pairs:
            for text in pair:
                checked_passage(text, values, names)
    if faults:
        raise Refused(*faults)

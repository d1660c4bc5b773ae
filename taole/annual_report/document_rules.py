"""The report as a document: six parts in order, no traces of a template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taole.annual_report.content import Heading, ReportContent
from taole.annual_report.official_format import FORMAT
from taole.annual_report.rule import Faults, Rule
from taole.annual_report.tables import Tables
from taole.core.words import N_, sentence

_LEAKS = re.compile(r"\*\*|\{\{|\}\}|\[\w[\w-]*[=<>]|(?<![A-Za-z0-9])etc(?![A-Za-z0-9])|[×X]{2,}")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、])\s*")


def six_parts(report: ReportContent, _: Tables | None) -> Faults:
    """DOC-SIX: the six parts of 国办公开办函〔2021〕30号, with its headings, in order."""
    written = [part.heading for part in report.parts]
    for place, official in enumerate(FORMAT.parts):
        heading = written[place] if place < len(written) else ""
        if heading != official.heading:
            yield sentence(
                N_("第%(place)s部分应是“%(official)s”，现在是“%(written)s”。"),
                place=place + 1,
                official=official.heading,
                written=heading,
            )
    if len(written) > len(FORMAT.parts):
        yield sentence(N_("报告应有6个部分，现在有%(parts)s个。"), parts=len(written))


def no_template_leaks(report: ReportContent, _: Tables | None) -> Faults:
    """DOC-TEMPLATE-LEAK: no marks (**, etc, {{…}}), no empty paragraph, no heading told twice."""
    for paragraph in report.paragraphs():
        leak = _LEAKS.search(paragraph.text)
        if leak:
            yield sentence(
                N_("正文留有模板记号“%(mark)s”，在“%(near)s”附近，请删去。"),
                mark=leak.group(),
                near=paragraph.text[max(0, leak.start() - 8) : leak.end() + 8],
            )
        if not paragraph.text.strip():
            yield sentence(N_("正文有空段落，请删去。"))
    for heading in _doubled_headings(report):
        yield sentence(N_("标题“%(heading)s”重复，请留一个。"), heading=heading)


def _doubled_headings(report: ReportContent) -> Iterator[str]:
    for part in report.parts:
        above = _bare(part.heading)
        for block in part.blocks:
            if not isinstance(block, Heading):
                above = ""
                continue
            if _bare(block.text) == above:
                yield block.text
            above = _bare(block.text)


def _bare(heading: str) -> str:
    return _NUMBERING.sub("", heading.strip())


DOCUMENT_RULES = (
    Rule("DOC-SIX", sentence(N_("六个部分齐全，次序与格式一致。")), six_parts),
    Rule("DOC-TEMPLATE-LEAK", sentence(N_("正文没有模板记号和重复标题。")), no_template_leaks),
)

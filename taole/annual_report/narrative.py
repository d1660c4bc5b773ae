"""The words of the report: templates that only name figures, filled without any typed number.

The templates lie in ``templates/annual_report/narrative``; their syntax is told at the top of
``part1.txt``. A template never holds a number that the system counts: it names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from taole.annual_report.content import (
    Block,
    FigureValue,
    Heading,
    Paragraph,
    Part,
    ReportContent,
    Run,
)
from taole.annual_report.official_format import FORMAT
from taole.annual_report.tables import Tables
from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence

_CONDITION = re.compile(r"\[(?P<key>[\w-]+)(?P<sign>[=<>])(?P<other>[\w-]+)\]")
_PLACE = re.compile(r"\{\{(?P<key>[\w-]+)(?:\|(?P<words>[^{}|]+))?\}\}")
_NAME = re.compile(r"\{\{=(?P<name>\w+)\}\}")
_LIST = re.compile(r"\{\{\*(?P<name>\w+)\}\}")
_HEADING = re.compile(r"(?P<level>={2,3}) (?P<text>.+)")
NO_VALUE = "none"
"""``[key=none]`` holds when the figure has no value, ``[key>none]`` when it has one."""
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class _Filling:
    values: Mapping[str, FigureValue]
    lists: Mapping[str, Sequence[str]]
    names: Mapping[str, str]
    faults: list[Sentence] = field(default_factory=list)


def render_part(
    template_text: str,
    values: Mapping[str, FigureValue],
    *,
    lists: Mapping[str, Sequence[str]] | None = None,
    names: Mapping[str, str] | None = None,
) -> list[Block]:
    """The headings and paragraphs of one part.

    ``lists``: passages by name (``problems``, ``measures``, ``key_tasks``), each a text in the
    same syntax; ``names``: plain words such as the township's name. A figure without a value
    becomes a marked run (rule TX-MISSING finds it), never an empty place.
    Raises Refused naming each figure, list or name that is not known.
    """
    filling = _Filling(values, lists or {}, names or {})
    blocks = list(_blocks(template_text, filling))
    if filling.faults:
        raise Refused(*{str(fault): fault for fault in filling.faults}.values())
    return blocks


def passages(text: str) -> list[str]:
    """The passages of a list file: parted by blank lines, remarks (``#``) left out."""
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return [passage.strip() for passage in re.split(r"\n\s*\n", lines) if passage.strip()]


def assemble_report(
    *,
    year: int,
    organ_full_name: str,
    title: str,
    values: Mapping[str, FigureValue],
    tables: Tables,
    templates: Mapping[str, str],
    lists: Mapping[str, Sequence[str]],
    names: Mapping[str, str],
) -> ReportContent:
    """The whole report: preamble and parts 1, 5, 6 from their templates, parts 2 to 4 as tables.

    ``templates``: text by name (``preamble``, ``part1``, ``part5``, ``part6``). Raises Refused.
    """

    def words(name: str) -> tuple[Block, ...]:
        return tuple(render_part(templates[name], values, lists=lists, names=names))

    return ReportContent(
        year=year,
        organ_full_name=organ_full_name,
        title=title,
        preamble=words("preamble"),
        parts=tuple(
            Part(part.number, part.heading, table=part.table)
            if part.table
            else Part(part.number, part.heading, words(f"part{part.number}"))
            for part in FORMAT.parts
        ),
        tables=tables,
        values=values,
    )


def chinese_ordinal(number: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一; from 1 to 99."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not head else "")


def _blocks(text: str, filling: _Filling) -> Iterator[Block]:
    for passage in passages(text):
        heading = _HEADING.fullmatch(passage)
        listed = _LIST.fullmatch(passage)
        if heading:
            yield Heading(len(heading["level"]), _plain(heading["text"], filling))
        elif listed:
            yield from _items(listed["name"], filling)
        else:
            runs = _runs(passage, filling)
            if runs:
                yield Paragraph(runs)


def _plain(words: str, filling: _Filling) -> str:
    return "".join(run.text for run in _line(_named(words, filling), set(), filling))


def _items(name: str, filling: _Filling) -> Iterator[Paragraph]:
    if name not in filling.lists:
        filling.faults.append(
            sentence(N_("模板里的清单“%(name)s”不认识，请改成已有的清单。"), name=name)
        )
    filled = (_runs(text, filling) for text in filling.lists.get(name, ()))
    for number, runs in enumerate((runs for runs in filled if runs), start=1):
        yield Paragraph((Run(f"{chinese_ordinal(number)}是"), *runs), item_of=name)


def _runs(passage: str, filling: _Filling) -> tuple[Run, ...]:
    runs: list[Run] = []
    for line in passage.splitlines():
        conditions, words = _split_conditions(line.strip())
        judged = {condition["key"] for condition in conditions}
        if all(_holds(condition, filling) for condition in conditions):
            runs += _line(_named(words, filling), judged, filling)
    return tuple(_joined(runs))


def _split_conditions(line: str) -> tuple[list[re.Match[str]], str]:
    conditions: list[re.Match[str]] = []
    while condition := _CONDITION.match(line):
        conditions.append(condition)
        line = line[condition.end() :]
    return conditions, line


def _holds(condition: re.Match[str], filling: _Filling) -> bool:
    if condition["other"] == NO_VALUE:
        figure = _figure(condition["key"], filling)
        return (figure is None or figure.value is None) == (condition["sign"] == "=")
    left = _number(condition["key"], filling)
    other = condition["other"]
    right = int(other) if other.isdecimal() else _number(other, filling)
    if left is None or right is None:
        # The variant that names the figure openly is kept, so that the missing value is seen.
        return condition["sign"] == ">"
    return {"=": left == right, "<": left < right, ">": left > right}[condition["sign"]]


def _number(key: str, filling: _Filling) -> float | None:
    figure = _figure(key, filling)
    if figure is None or figure.value is None:
        return None
    try:
        return float(str(figure.value))
    except ValueError:
        filling.faults.append(
            sentence(N_("模板拿“%(key)s”比大小，但它不是数，请改模板。"), key=key)
        )
        return None


def _figure(key: str, filling: _Filling) -> FigureValue | None:
    figure = filling.values.get(key)
    if figure is None:
        filling.faults.append(
            sentence(N_("模板里的数字“%(key)s”不认识，请改成登记过的数字编号。"), key=key)
        )
    return figure


def _line(words: str, judged: set[str], filling: _Filling) -> Iterator[Run]:
    end = 0
    for place in _PLACE.finditer(words):
        if place.start() > end:
            yield Run(words[end : place.start()])
        yield from _place(place, judged, filling)
        end = place.end()
    if end < len(words):
        yield Run(words[end:])


def _place(place: re.Match[str], judged: set[str], filling: _Filling) -> Iterator[Run]:
    key, said = place["key"], place["words"]
    if said and key not in judged:
        filling.faults.append(
            sentence(
                N_("模板把数字“%(key)s”写成文字“%(words)s”，这一行前面要写上成立的条件。"),
                key=key,
                words=said,
            )
        )
    figure = _figure(key, filling)
    if figure is None:
        return
    missing = figure.value is None or not figure.text
    text = f"〔缺数：{key}〕" if missing else said or figure.text
    yield Run(text, key, figure.counted, missing)


def _named(words: str, filling: _Filling) -> str:
    def name(place: re.Match[str]) -> str:
        if place["name"] not in filling.names:
            filling.faults.append(
                sentence(N_("模板里的名称“%(name)s”不认识，请改模板。"), name=place["name"])
            )
        return filling.names.get(place["name"], "")

    return _NAME.sub(name, words)


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Plain stretches that follow each other become one."""
    plain = ""
    for run in runs:
        if run.key:
            if plain:
                yield Run(plain)
            plain = ""
            yield run
        else:
            plain += run.text
    if plain:
        yield Run(plain)

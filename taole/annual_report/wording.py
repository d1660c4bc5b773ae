"""Where the report's words come from: the narrative files, and what people wrote for the year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from taole.annual_report.content import FigureValue
from taole.annual_report.narrative import passages, render_part
from taole.core.errors import Refused
from taole.paths import resource_folder

TEMPLATES = ("preamble", "part1", "part5", "part6")

_PLAIN_MARKS = str.maketrans({"{": "｛", "}": "｝", "[": "［", "]": "］"})


@cache
def narrative_text(name: str) -> str:
    """The text of ``templates/annual_report/narrative/<name>.txt``."""
    folder = resource_folder("templates") / "annual_report" / "narrative"
    return (folder / f"{name}.txt").read_text("utf-8")


def narrative_templates() -> dict[str, str]:
    return {name: narrative_text(name) for name in TEMPLATES}


def draft_pairs() -> list[tuple[str, str]]:
    """The drafts of part five, a problem with its measure, for a township that wrote none yet."""
    problems, measures = passages(narrative_text("problems")), passages(narrative_text("measures"))
    return list(zip(problems, measures, strict=True))


def key_task_texts(tasks: Iterable[tuple[str, str]]) -> list[str]:
    """What part six says of each key task (title, progress): the progress that people wrote,
    else the draft that begins with the title, else the title alone."""
    drafts = passages(narrative_text("key_tasks"))
    return [progress.strip() or _draft_of(title, drafts) for title, progress in tasks]


def _draft_of(title: str, drafts: Iterable[str]) -> str:
    sentence = f"{title.strip().rstrip('。')}。"
    return next((draft for draft in drafts if draft.startswith(sentence)), sentence)


def checked_passage(text: str, values: Mapping[str, FigureValue], names: Mapping[str, str]) -> None:
    """Raise Refused if a passage names a figure or a name that the report does not have."""
    render_part("{{*passage}}", values, lists={"passage": [text]}, names=names)


def readable_passage(text: str, values: Mapping[str, FigureValue], names: Mapping[str, str]) -> str:
    """The passage, with its marks made plain text if they name what the report does not have."""
    try:
        checked_passage(text, values, names)
    except Refused:
        return text.translate(_PLAIN_MARKS)
    return text

"""Where the report's words come from: the narrative files, and what people wrote for the year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from taole.annual_report.content import FigureValue
from taole.annual_report.narrative import passages, render_part
from taole.core.errors import Refused
from taole.paths import resource_folder

TEMPLATES = ("preamble", "part1", "part5", "part6")

_FORUMS = {"石嘴山市": "石嘴山议政网"}
"""What a city calls the forum on which its people put questions to the government."""
_USUAL_FORUM = "市级网络问政平台"

_PLAIN_MARKS = str.maketrans({"{": "｛", "}": "｝", "[": "［", "]": "］"})


@cache
def narrative_text(name: str) -> str:
    """The text of ``templates/annual_report/narrative/<name>.txt``."""
    folder = resource_folder("templates") / "annual_report" / "narrative"
    return (folder / f"{name}.txt").read_text("utf-8")


def narrative_templates() -> dict[str, str]:
    return {name: narrative_text(name) for name in TEMPLATES}


def place_names(*, town: str, full_name: str, county: str, prefecture: str) -> dict[str, str]:
    """The words by which the narrative speaks of a township and of those above it.

    ``organ`` 平罗县陶乐镇人民政府, ``town`` 陶乐镇, ``county`` 平罗县, ``place`` 镇, 乡 or 街道 (as
    in 我镇), ``level`` 县, 市, 区 or 旗 (as in 县财政局), ``forum`` the city's forum.
    """
    return {
        "organ": full_name or f"{county}{town}人民政府",
        "town": town,
        "county": county,
        "place": next((end for end in ("街道", "乡", "苏木") if town.endswith(end)), "镇"),
        "level": county[-1:] if county[-1:] in {"市", "区", "旗"} else "县",
        "forum": _FORUMS.get(prefecture, _USUAL_FORUM),
    }


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

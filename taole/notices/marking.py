"""Where a reviewer's mark points: named places of a notice, and the field that mends each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from taole.core.words import N_, Sentence, sentence

_PLAIN = {
    "title": N_("标题"),
    "period": N_("哪一期"),
    "body": N_("正文"),
    "files": N_("附件"),
}
_FIELDS = {"title": "title", "period": "period_key", "body": "body", "files": "files"}


@dataclass(frozen=True)
class Place:
    """``key``: "title", "period", "body", "files", "head:<field>", "cell:<column>",
    "row:<number>" (1-based). ``anchor``: the id of the field on the page where it is mended."""

    key: str
    words: Sentence
    anchor: str


def places_of(head: Sequence[str], columns: Sequence[str]) -> list[Place]:
    """All that can be marked in a notice with these head fields and columns, from the top down."""
    keys = ["title", "period", *(f"head:{name}" for name in head)]
    keys += [*(f"cell:{name}" for name in columns), "body", "files"]
    return [find_place(key, head, columns) for key in keys]


def find_place(key: str, head: Sequence[str], columns: Sequence[str]) -> Place:
    """The place that a mark names; one that the notice has no more leads to the whole form."""
    kind, _, name = key.partition(":")
    if kind in _PLAIN:
        return Place(key, sentence(_PLAIN[kind]), _FIELDS[kind])
    match kind:
        case "head":
            anchor = f"head-{head.index(name)}" if name in head else ""
            return Place(key, sentence(N_("“%(field)s”"), field=name), anchor)
        case "cell":
            anchor = f"cell-0-{columns.index(name)}" if name in columns else ""
            return Place(key, sentence(N_("表格“%(column)s”一栏"), column=name), anchor)
        case "row" if name.isdecimal():
            return Place(
                key, sentence(N_("表格第%(row)s行"), row=int(name)), f"row-{int(name) - 1}"
            )
    return Place(key, sentence(N_("整件公示")), "")


def head_names(template: Mapping[str, Any]) -> list[str]:
    """The head fields of a notice's unified template, as it was when the notice was written."""
    return [str(field["name"]) for field in template.get("head", ())]

"""The kinds of problems that notices name again and again, each with what is usually demanded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from taole.core.errors import Refused
from taole.core.words import N_, sentence


@dataclass(frozen=True)
class ProblemKind:
    """One kind: its code, the group it is listed under, both labels, and the usual demand."""

    code: str
    group: str
    group_en: str
    label: str
    label_en: str
    demand: str


@cache
def problem_kinds() -> tuple[ProblemKind, ...]:
    """All kinds, in the order of the list."""
    text = files("taole.inspections").joinpath("data/problem-kinds.yaml").read_text("utf-8")
    return tuple(
        ProblemKind(
            code=kind["code"],
            group=group["label"],
            group_en=group["label_en"],
            label=kind["label"],
            label_en=kind["label_en"],
            demand=kind["demand"],
        )
        for group in yaml.safe_load(text)["groups"]
        for kind in group["kinds"]
    )


def find_problem_kind(code: str) -> ProblemKind | None:
    return next((kind for kind in problem_kinds() if kind.code == code), None)


def require_problem_kind(code: str) -> None:
    """Refused when a code is given that names no kind; no code at all is fine."""
    if code and find_problem_kind(code) is None:
        raise Refused(sentence(N_("问题类型“%(code)s”不在清单里，请从清单中选"), code=code))

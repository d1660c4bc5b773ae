"""What an inspector says of a line, and how lines are tied to the catalogue."""

from __future__ import annotations

from enum import StrEnum, auto

from taole.core.words import N_


class LineResult(StrEnum):
    """What an inspector says of a line of the check sheet."""

    FINE = auto()
    PROBLEM = auto()
    NOT_SEEN = auto()
    NOT_APPLICABLE = auto()


LINE_RESULT_LABELS = {
    LineResult.FINE: N_("符合"),
    LineResult.PROBLEM: N_("有问题"),
    LineResult.NOT_SEEN: N_("没看"),
    LineResult.NOT_APPLICABLE: N_("不涉及"),
}


class Relation(StrEnum):
    """How a line of a check sheet is tied to an item of the catalogue."""

    EQUAL = auto()
    PART_OF = auto()
    COVERS = auto()
    OVERLAPS = auto()


RELATION_LABELS = {
    Relation.EQUAL: N_("就是这一项"),
    Relation.PART_OF: N_("是这一项的一部分"),
    Relation.COVERS: N_("包括这一项"),
    Relation.OVERLAPS: N_("和这一项有交叉"),
}

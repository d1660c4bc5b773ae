"""The parts of 督查整改 between which the office goes, each for who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from taole.access.guard import my_reach
from taole.access.permissions import Permission
from taole.core.words import N_


@dataclass(frozen=True)
class Section:
    """A part: its label, its page, and the permission that the page asks for."""

    label: str
    endpoint: str
    permission: Permission


SECTIONS: tuple[Section, ...] = (
    Section(N_("问题"), "inspections.findings", Permission.SEE_FINDINGS),
    Section(N_("督查记录"), "inspections.inspections", Permission.SEE_OVERVIEW),
    Section(N_("检查表"), "check_sheets.check_sheet", Permission.SEE_OVERVIEW),
    Section(N_("整改文书"), "rectification_papers.papers", Permission.SEE_FINDINGS),
    Section(N_("整改台账"), "rectification_lists.ledger", Permission.RECORD_INSPECTION),
    Section(N_("统计"), "inspections.statistics", Permission.SEE_FINDINGS),
)


def my_sections() -> list[Section]:
    """The parts that the signed-in person may see somewhere."""
    return [section for section in SECTIONS if my_reach(section.permission)]


def my_code() -> str:
    """The code of the widest unit whose checklist this person may print ("" for nobody's)."""
    paths = my_reach(Permission.PRINT_CHECKLIST)
    return paths[0].rstrip("/").rsplit("/", 1)[-1] if paths else ""

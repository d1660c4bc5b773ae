"""What a phone sends of a visit: the same whether one form came or all that was kept on it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from werkzeug.datastructures import FileStorage, MultiDict

from taole.catalogue.channels import Channel
from taole.check_sheets.marking import MarkNoted
from taole.check_sheets.visiting import MOST_PHOTOGRAPHS, ProblemNoted, Promised, Visit
from taole.check_sheets.workflow import LineResult
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.inspections.problem_kinds import find_problem_kind
from taole.inspections.workflow import InspectionKind, Severity
from taole.organisation.models import Unit

PLACES = (
    (Channel.BOARD, "board"),
    (Channel.KIOSK, "kiosk"),
    (Channel.VILLAGE_APP, "phone"),
)
"""Where something is seen, with its picture."""
DAYS = (3, 7, 10)
USUAL_DAYS = 10
MOST_PROBLEMS = 50
NEW_ROUND = "new"


@dataclass(frozen=True)
class Chip:
    """A usual problem to tap: its kind of the house's list, what it says when nothing is written,
    and what is demanded where no kind says so."""

    code: str
    label: str
    said: str
    kind: str = ""
    demand: str = ""


CHIPS = (
    Chip("missing", N_("没公示"), "有应公示的事项没有公示", demand="立即公示，上传照片或链接"),
    Chip("late", N_("超期"), "公示超过了时限", "late"),
    Chip(
        "personal",
        N_("没遮盖个人信息"),
        "公示上有个人信息没有遮盖",
        demand="立即撤下，遮盖个人信息后重新公示，并检查其他渠道",
    ),
    Chip("template", N_("没用模板"), "公示没有使用统一表格", "no-template"),
    Chip("short", N_("公示期不足"), "公示期没有满规定天数", "posting-irregular"),
    Chip("unreadable", N_("看不清"), "公示看不清", "board-damaged"),
    Chip("differs", N_("内容不一致"), "公示内容和账簿不一致", "wall-differs"),
    Chip("other", N_("其他"), ""),
)
_CHIPS = {chip.code: chip for chip in CHIPS}


def visit_in(
    form: MultiDict[str, str],
    photographs: Sequence[FileStorage],
    unit: Unit,
) -> Visit:
    """The visit that a form tells of. Refused in one sentence where something does not fit."""
    held_on = _day(form.get("held_on", "")) or _refuse(N_("请填写督查日期"))
    chosen = form.get("round", "")
    kind = next((each for each in InspectionKind if each == form.get("kind")), InspectionKind.VISIT)
    return Visit(
        id=_id(form.get("visit", "")),
        held_on=held_on,
        kind=kind,
        marks=_marks(form),
        problems=_problems(form, photographs, unit, held_on),
        round_id=UUID(chosen) if _is_id(chosen) else None,
        is_new_round=chosen == NEW_ROUND,
    )


def _marks(form: Mapping[str, str]) -> dict[UUID, MarkNoted]:
    """``mark-<line>=<result>`` with ``said-<line>=<words>``; what is nonsense was not seen."""
    results = {each.value: each for each in LineResult}
    marks = {}
    for name, written in form.items():
        key, _, line = name.partition("-")
        if key == "mark" and _is_id(line):
            result = results.get(written, LineResult.NOT_SEEN)
            marks[UUID(line)] = MarkNoted(result, form.get(f"said-{line}", ""))
    return marks


def _problems(
    form: Mapping[str, str], photographs: Sequence[FileStorage], unit: Unit, held_on: date
) -> list[ProblemNoted]:
    """Those that the phone kept (``problems``, as JSON), and the one in the form itself."""
    kept = _kept(form.get("problems", ""))
    found = [_problem(each, unit, held_on) for each in kept]
    sent = [(each.filename or "", each) for each in photographs if each.filename]
    if form.get("statement", "").strip() or form.get("chip") or sent:
        found.append(_problem(dict(form.items()), unit, held_on, sent))
    return found


def _kept(written: str) -> list[Mapping[str, Any]]:
    if not written:
        return []
    try:
        kept = json.loads(written)
    except ValueError:
        kept = None
    if (
        not isinstance(kept, list)
        or not all(isinstance(each, dict) for each in kept)
        or len(kept) > MOST_PROBLEMS
    ):
        raise Refused(N_("手机里存的内容读不出来：请重新打开督查页面再记。"))
    return kept


def _problem(
    told: Mapping[str, Any],
    unit: Unit,
    held_on: date,
    photographs: Sequence[tuple[str, FileStorage]] = (),
) -> ProblemNoted:
    chip = _CHIPS.get(str(told.get("chip", "")))
    kind = find_problem_kind(chip.kind) if chip else None
    written = str(told.get("statement", "")).strip()
    if not written and (chip is None or not chip.said):
        raise Refused(N_("请写清楚发现了什么问题，或者选一个问题类型"))
    promised = [_promised(each) for each in told.get("photographs") or ()]
    if len(photographs) + len(promised) > MOST_PHOTOGRAPHS:
        raise Refused(sentence(N_("一个问题最多 %(most)s 张照片"), most=MOST_PHOTOGRAPHS))
    demand = (kind.demand if kind else "") or (chip.demand if chip else "")
    return ProblemNoted(
        id=_id(str(told.get("problem", ""))),
        statement=written or f"{unit.name}{chip.said if chip else ''}",
        severity=_severity(str(told.get("severity", ""))),
        due_on=_due_on(told, held_on),
        channel=next((each for each, _ in PLACES if each == told.get("place")), None),
        problem_kind=kind.code if kind else "",
        demand=demand,
        photographs=photographs,
        promised=promised,
    )


def _promised(told: Any) -> Promised:
    try:
        return Promised(UUID(told["id"]), str(told["name"]), int(told["size"]))
    except (TypeError, KeyError, ValueError):
        raise Refused(N_("手机里存的内容读不出来：请重新打开督查页面再记。")) from None


def _due_on(told: Mapping[str, Any], held_on: date) -> date:
    within = str(told.get("within", USUAL_DAYS))
    if within == "day":
        return _day(str(told.get("due_on", ""))) or _refuse(N_("请选几天改好，或者填写日期"))
    days = int(within) if within.isascii() and within.isdecimal() else 0
    return held_on + timedelta(days=days if days in DAYS else USUAL_DAYS)


def _severity(written: str) -> Severity:
    return next((each for each in Severity if each == written), Severity.MINOR)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def _is_id(written: str) -> bool:
    try:
        UUID(written)
    except ValueError:
        return False
    return True


def _id(written: str) -> UUID:
    if not _is_id(written):
        raise Refused(N_("这一页太旧了：请重新打开督查页面再记。"))
    return UUID(written)


def _refuse(words: str) -> date:
    raise Refused(words)

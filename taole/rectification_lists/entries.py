"""Each problem of a list as it will be kept, or what has to be asked about it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import WorkCalendar
from taole.inspections.problem_kinds import find_problem_kind
from taole.inspections.workflow import Severity
from taole.privacy.rules import mask_secrets
from taole.rectification_lists.days import NO_DAY, read_day, read_due
from taole.rectification_lists.fields import Field
from taole.rectification_lists.list_rows import LeftOut, ListRow, places_of
from taole.rectification_lists.tables import Option, Question
from taole.rectification_lists.text import asked_day
from taole.rectification_lists.units import SKIP, UnitNames, key_of
from taole.rectification_lists.values import (
    ItemsByName,
    claim,
    kind_of_problem,
    link_in,
    severity_of,
    state_of,
)

_SILENCE, _ABOVE = "no-unit", "above"
MOST = 400
SHORT = 12


@dataclass(frozen=True)
class Entry:
    """One finding to be kept. ``rows``: its rows in table number ``table``; ``remarks``: what a
    person should know of how it was read."""

    table: int
    rows: tuple[int, ...]
    unit: str
    statement: str
    severity: Severity
    found_on: date
    due_on: date | None = None
    kind: str = ""
    item_id: UUID | None = None
    item: str = ""
    demand: str = ""
    measures: str = ""
    owner: str = ""
    basis: str = ""
    evidence_link: str = ""
    proof_link: str = ""
    remarks: tuple[Sentence, ...] = ()
    also: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Usual:
    """What holds for rows that do not say it themselves."""

    held_on: date
    severity: Severity
    calendar: WorkCalendar | None = None


def read_entries(
    rows: Sequence[ListRow],
    answers: Mapping[str, str],
    *,
    units: UnitNames,
    items: ItemsByName,
    usual: Usual,
    names: Mapping[int, str],
) -> tuple[list[Entry], list[LeftOut], list[Question]]:
    """One entry for each problem and unit, the rows of others, and what must be asked.

    ``names``: the tables' names by number, to say where a row stands.
    """
    questions = _unit_questions(rows, answers, units)
    entries: list[Entry] = []
    left_out: list[LeftOut] = []
    for row in rows:
        codes, reason = _units_of(row, answers, units)
        if reason is not None:
            left_out.append(
                LeftOut(names.get(row.table, ""), row.rows[0], row.statement[:40], reason)
            )
        base = _entry(row, items, usual) if codes else None
        entries.extend(replace(base, unit=code) for code in codes if base is not None)
    return entries, left_out, questions


def _unit_questions(
    rows: Sequence[ListRow], answers: Mapping[str, str], units: UnitNames
) -> list[Question]:
    """Once for each text that names no unit, and once for the rows that name nobody."""
    texts: dict[str, list[int]] = {}
    silent: dict[str, list[int]] = {}
    for row in rows:
        named = _named(row, units)
        if named:
            for text in units.find(named).unknown:
                texts.setdefault(text, []).append(row.rows[0])
        elif not units.named_in(row.statement):
            silent.setdefault(_silence(row), []).append(row.rows[0])
    asked = [units.question(text, places_of(at)) for text, at in texts.items()]
    for key, places in silent.items():
        above = [Option(_ABOVE, sentence(N_("同上一行的单位")))] if key != _SILENCE else []
        asked.append(
            Question(
                key,
                sentence(N_("%(places)s没有写责任单位，记给谁？"), places=places_of(places)),
                (*above, *units.options(), Option(SKIP, sentence(N_("不记")))),
                _ABOVE if above else units.township.code,
            )
        )
    return [question.answered(answers) for question in asked]


def _named(row: ListRow, units: UnitNames) -> str:
    """Who answers for a row: its unit, else the township that stands in its row."""
    if row.says(Field.UNIT):
        return row.unit
    is_general = not row.unit or units.find(row.unit).codes == (units.township.code,)
    if is_general and units.named_in(row.statement):
        return ""
    town = row.says(Field.TOWN)
    return row.unit or (town if town and units.is_ours(town) else "")


def _silence(row: ListRow) -> str:
    """The question of a row that names nobody: one of its own below a unit that was named."""
    return f"{_SILENCE}-below" if row.above else _SILENCE


def _units_of(
    row: ListRow, answers: Mapping[str, str], units: UnitNames
) -> tuple[tuple[str, ...], Sentence | None]:
    """The codes of a row's units, and why it is left out where it is."""
    skipped = sentence(N_("不是本镇的单位"))
    named = _named(row, units)
    if not named:
        answer = answers.get(_silence(row), "")
        codes = units.named_in(row.statement) or units.codes_of_answer(answer)
        if codes or answer != _ABOVE:
            return codes, None if codes or not answer else sentence(N_("没有写责任单位"))
        named = row.above
    found = units.find(named)
    told = {text: answers.get(key_of("unit", text), "") for text in found.unknown}
    more = [code for text, answer in told.items() for code in units.codes_of_answer(answer, text)]
    codes = tuple(dict.fromkeys([*found.codes, *more]))
    is_settled = all(told.values())
    return codes, skipped if not codes and is_settled else None


def _entry(row: ListRow, items: ItemsByName, usual: Usual) -> Entry:
    remarks: list[Sentence] = []
    matter = row.says(Field.ITEM)
    codes = row.says(Field.ITEM_CODE), matter, row.says(Field.ITEM_GROUP)
    item = items.find(*(text for text in codes if text))
    if item is None and any(codes[:2]):
        remarks.append(
            sentence(N_("“%(item)s”不在施行的目录里，没有对到事项"), item=codes[1] or codes[0])
        )
    kind = kind_of_problem(row.says(Field.KIND), row.statement)
    found_on = _found_on(row, usual)
    due_on, demand = _due_and_demand(row, kind, found_on, usual, remarks)
    proof, about_proof = link_in(row.says(Field.PROOF_LINK))
    told, progress = link_in(row.says(Field.PROGRESS))
    proof = proof or told
    measures = _measures(row, progress, about_proof)
    evidence, about_evidence = link_in(row.says(Field.EVIDENCE))
    _claims(row, progress, proof, remarks)
    statement = _statement(row, matter, about_evidence)
    return Entry(
        table=row.table,
        rows=row.rows,
        unit="",
        statement=_cut(statement, N_("问题"), remarks),
        severity=severity_of(row.says(Field.SEVERITY)) or usual.severity,
        found_on=found_on,
        due_on=due_on,
        kind=kind,
        item_id=item.id if item else None,
        item=item.title if item else "",
        demand=_cut(demand, N_("整改要求"), remarks),
        measures=_cut(measures, N_("整改措施"), remarks),
        owner=mask_secrets(row.says(Field.OWNER))[:60],
        basis=mask_secrets(_basis(row))[:200],
        evidence_link=evidence,
        proof_link=proof,
        remarks=tuple(remarks),
        also=row.also,
    )


def _statement(row: ListRow, matter: str, about_evidence: str) -> str:
    """The problem's words; where they are short or of a scored table, after their matter."""
    said = row.statement
    is_scored = bool(row.says(Field.WEIGHT) or row.says(Field.SCORE) or row.says(Field.LOST))
    if matter and matter not in said and (is_scored or len(said) < SHORT):
        said = f"{matter}：{said}"
    elif row.section and len(said) < SHORT and row.section not in said:
        said = f"{row.section}：{said}"
    if about_evidence and about_evidence not in NO_DAY and about_evidence not in said:
        said = f"{said}（证据：{about_evidence}）"
    return said


def _due_and_demand(
    row: ListRow, kind: str, found_on: date, usual: Usual, remarks: list[Sentence]
) -> tuple[date | None, str]:
    due_on, words = read_due(row.cells.get(Field.DUE), usual.held_on, usual.calendar)
    if due_on is None and not words:
        # 整改措施及完成时限 in one cell
        told = (row.says(each) for each in (Field.MEASURES, Field.DEMAND, Field.NOTE))
        due_on = asked_day("；".join(told), usual.held_on)
    is_told = False
    if due_on is not None and due_on < found_on:
        remarks.append(sentence(N_("时限%(day)s早于发现日期，按程度另算"), day=due_on.isoformat()))
        due_on, words, is_told = None, words or f"{due_on:%Y-%m-%d}", True
    house = find_problem_kind(kind)
    demand = row.says(Field.DEMAND) or (house.demand if house else "")
    if due_on is None and words:
        if not is_told:
            remarks.append(
                sentence(
                    N_("时限写的是“%(words)s”，不是日期：按程度算，原话写进整改要求"), words=words
                )
            )
        demand = f"{demand}（时限：{words}）"
    for wanted, label in ((Field.LEAD, "牵头单位"), (Field.LEADER, "责任领导")):
        if said := row.says(wanted):
            demand = f"{demand}（{label}：{said}）"
    return due_on, demand


def _measures(row: ListRow, progress: str, about_proof: str) -> str:
    """Planned measures, then what the list tells of how far it has come."""
    parts = [row.says(Field.MEASURES)]
    if progress and not state_of(progress) and progress not in NO_DAY:
        parts.append(progress)
    if about_proof and about_proof not in NO_DAY and not state_of(about_proof):
        parts.append(f"佐证：{about_proof}")
    return "；".join(dict.fromkeys(part for part in parts if part))


def _claims(row: ListRow, progress: str, proof: str, remarks: list[Sentence]) -> None:
    for said in (row.says(Field.STATE), progress):
        told = claim(state_of(said), said, has_link=bool(proof))
        if told is not None:
            remarks.append(told)
            return
    if progress.startswith(("已", "完成")) and not proof and not state_of(progress):
        told = claim("done", progress, has_link=False)
        remarks.extend([told] if told else [])


def _found_on(row: ListRow, usual: Usual) -> date:
    named = read_day(row.cells.get(Field.FOUND_ON), usual.held_on)
    return named if named is not None and named <= usual.held_on else usual.held_on


def _basis(row: ListRow) -> str:
    said = (row.says(each) for each in (Field.BASIS, Field.DOCUMENT))
    return "；".join(dict.fromkeys(each for each in said if each))


def _cut(text: str, label: str, remarks: list[Sentence]) -> str:
    text = mask_secrets(text)
    if len(text) <= MOST:
        return text
    remarks.append(
        sentence(
            N_("“%(field)s”有 %(length)s 字，只记前 %(most)s 字"),
            field=Sentence(label),
            length=len(text),
            most=MOST,
        )
    )
    return f"{text[: MOST - 1]}…"

"""What the system already knows of each line of a check sheet, said in one sentence with its proof.

EQUAL decides; PART_OF decides what is missing, else somebody looks; COVERS is fine only if all
that is covered is; OVERLAPS only hints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from taole.check_sheets.rules import PERSONAL_KINDS, Concern, concern_of
from taole.check_sheets.workflow import LineResult, Relation
from taole.core.words import N_, Sentence, sentence
from taole.inspections.rules import Owed, late_statement, missing_statement

_DECIDING = (Relation.EQUAL, Relation.COVERS)


@dataclass(frozen=True)
class OwedFact:
    """One matter that a unit owed, and how it was answered. ``number``: the notice's, or empty."""

    code: str
    owed: Owed
    subject: str
    answered_on: date | None = None
    number: str = ""

    def is_missing(self, on: date) -> bool:
        return self.answered_on is None and self.owed.due_on < on

    @property
    def days_late(self) -> int:
        return max((self.answered_on - self.owed.due_on).days, 0) if self.answered_on else 0


@dataclass(frozen=True)
class SeenFact:
    """Something wrong that the system saw on a notice: of which item, said, with its number."""

    concern: Concern
    code: str
    said: Sentence
    proof: str
    kind: str = ""
    subject: str = ""


@dataclass(frozen=True)
class OpenFinding:
    """A problem recorded earlier and not closed yet."""

    id: UUID
    number: str
    statement: str
    subject: str = ""
    code: str = ""
    kind: str = ""
    line_id: UUID | None = None


@dataclass(frozen=True)
class UnitFacts:
    """What is known of a unit on a day: ``owed`` by item in the order due; ``notices`` hang."""

    owed: Mapping[str, Sequence[OwedFact]] = field(default_factory=dict)
    seen: Sequence[SeenFact] = ()
    open: Sequence[OpenFinding] = ()
    notices: int = 0


@dataclass(frozen=True)
class Proposal:
    """What is proposed for a line.

    ``subject``, ``code`` (the item's) and ``kind`` go into the finding that comes of it;
    ``finding_id`` is the one that is open already.
    """

    result: LineResult
    said: Sentence
    proof: str = ""
    subject: str = ""
    code: str = ""
    kind: str = ""
    finding_id: UUID | None = None


@dataclass(frozen=True)
class LineView:
    """A line as these rules look at it; ``ties`` maps the code of an item to the relation."""

    id: UUID
    title: str
    problem_kind: str
    ties: Mapping[str, Relation]


def propose(line: LineView, facts: UnitFacts, on: date) -> Proposal:
    """The result proposed for a line of a unit on a day."""
    known = _known_finding(line, facts)
    if known is not None:
        return Proposal(
            LineResult.PROBLEM,
            sentence(
                N_("%(number)s号问题还没有销号：%(statement)s"),
                number=known.number,
                statement=known.statement,
            ),
            known.number,
            known.subject,
            known.code,
            known.kind,
            known.id,
        )
    concern = concern_of(line.title, line.problem_kind, is_tied=bool(line.ties))
    if concern is Concern.EYES:
        return _look(sentence(N_("要到现场看")))
    if concern in (Concern.PUBLISHED, Concern.ON_TIME):
        return _numbered(_of_what_is_owed(line, facts, on), facts)
    return _numbered(_of_what_was_seen(line, concern, facts), facts)


def _numbered(proposal: Proposal, facts: UnitFacts) -> Proposal:
    """With the number of the open finding about the very same, where there is one."""
    known = next((each for each in facts.open if each.subject == proposal.subject), None)
    if known is None or not proposal.subject:
        return proposal
    return replace(proposal, proof=known.number, finding_id=known.id)


def _known_finding(line: LineView, facts: UnitFacts) -> OpenFinding | None:
    """The open finding of this line, of its kind of problem, or in the item that the line is."""
    equal = {code for code, how in line.ties.items() if how is Relation.EQUAL}
    for each in facts.open:
        if each.line_id == line.id:
            return each
        of_kind = bool(line.problem_kind) and each.kind == line.problem_kind
        if of_kind and (not line.ties or each.code in line.ties):
            return each
        if each.code in equal and not line.problem_kind:
            return each
    return None


def _of_what_is_owed(line: LineView, facts: UnitFacts, on: date) -> Proposal:
    ties = line.ties or dict.fromkeys(facts.owed, Relation.COVERS)
    by_relation: dict[Relation, list[OwedFact]] = {}
    for code, how in ties.items():
        by_relation.setdefault(how, []).extend(facts.owed.get(code, ()))
    decided = [fact for how in _DECIDING for fact in by_relation.get(how, [])]
    part = by_relation.get(Relation.PART_OF, [])
    missing = [fact for fact in [*decided, *part] if fact.is_missing(on)]
    if missing:
        return _problem(missing, missing_statement(missing[0].owed, on))
    late = [fact for fact in _last_of_each(decided) if fact.days_late]
    if late:
        answered = late[0].answered_on or on
        return _problem(late, late_statement(late[0].owed, answered), "late")
    answered_ones = [fact for fact in decided if fact.answered_on]
    if part:
        last = next((fact for fact in reversed(part) if fact.number), None)
        return _look(
            sentence(N_("整项已公示（%(number)s），这一部分要看"), number=last.number)
            if last
            else sentence(N_("要到现场看"))
        )
    if answered_ones:
        last = answered_ones[-1]
        return Proposal(
            LineResult.FINE,
            sentence(N_("%(count)s 件都按时公示了"), count=len(answered_ones))
            if len(answered_ones) > 1
            else sentence(N_("%(item)s按时公示了"), item=last.owed.item),
            last.number,
        )
    near = [fact for fact in by_relation.get(Relation.OVERLAPS, []) if fact.is_missing(on)]
    if near:
        said = missing_statement(near[0].owed, on)
        return _look(sentence(N_("可能有关：%(said)s"), said=said))
    if Relation.OVERLAPS in by_relation:
        return _look(sentence(N_("要到现场看")))
    return Proposal(LineResult.NOT_APPLICABLE, sentence(N_("还没有到期的事项")))


def _of_what_was_seen(line: LineView, concern: Concern, facts: UnitFacts) -> Proposal:
    wanted = [
        each
        for each in facts.seen
        if each.concern is concern and _is_of_kind(line.problem_kind, each.kind)
    ]
    sure = {code for code, how in line.ties.items() if how is not Relation.OVERLAPS}
    found = [each for each in wanted if not line.ties or each.code in sure]
    if found:
        first = found[0]
        said = (
            first.said
            if len(found) == 1
            else sentence(N_("%(said)s；共 %(count)s 件"), said=first.said, count=len(found))
        )
        return Proposal(
            LineResult.PROBLEM, said, first.proof, first.subject, first.code, first.kind
        )
    hints = [each for each in wanted if each.code in line.ties]
    if hints:
        return _look(sentence(N_("可能有关：%(said)s"), said=hints[0].said))
    if not facts.notices:
        return Proposal(LineResult.NOT_APPLICABLE, sentence(N_("系统里还没有张贴的公示")))
    if concern is Concern.PERSONAL_DATA or line.ties:
        return _look(sentence(N_("系统里的 %(count)s 件没有发现，墙上的要看"), count=facts.notices))
    return Proposal(
        LineResult.FINE, sentence(N_("系统里的 %(count)s 件都没有问题"), count=facts.notices)
    )


def _is_of_kind(wanted: str, seen: str) -> bool:
    return wanted not in PERSONAL_KINDS or seen == wanted


def _last_of_each(facts: Iterable[OwedFact]) -> list[OwedFact]:
    """The latest answered matter of each item: what was late before is history."""
    return list({fact.code: fact for fact in facts if fact.answered_on}.values())


def _problem(found: Sequence[OwedFact], said: Sentence, kind: str = "") -> Proposal:
    first = found[0]
    if len(found) > 1:
        said = sentence(N_("%(said)s；共 %(count)s 件"), said=said, count=len(found))
    return Proposal(LineResult.PROBLEM, said, first.number, first.subject, first.code, kind)


def _look(said: Sentence) -> Proposal:
    return Proposal(LineResult.NOT_SEEN, said)


SETTLED = frozenset({LineResult.FINE, LineResult.NOT_APPLICABLE})
"""What needs no look: the system knows that it is in order, or that it does not apply."""

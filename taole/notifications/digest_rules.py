"""What a digest says: who gets which lines, in which order, how a leader's is summed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from taole.core.words import N_, Sentence, sentence
from taole.notifications.lines import Audience, Line

SHOWN = 20
"""Lines that a digest lists; what is more is counted."""

INSTEAD: Mapping[Audience, Audience] = {
    Audience.SECRETARY: Audience.HEAD,
    Audience.HEAD: Audience.CLERK,
    Audience.CONTRIBUTOR: Audience.CLERK,
    Audience.LEADER: Audience.CLERK,
}
"""Who is told when nobody holds the post: somebody must know."""

SUMMED = (Audience.LEADER,)

People = Callable[[Audience, UUID], Sequence[UUID]]


@dataclass(frozen=True)
class Digest:
    """All that presses on one person; ``new`` are the lines that make it go out today."""

    person_id: UUID
    lines: Sequence[Line]
    new: Sequence[Line]

    def overdue(self, on: date) -> int:
        return sum(line.due_on is not None and line.due_on < on for line in self.lines)


def share_out(lines: Iterable[Line], people: People) -> dict[UUID, list[Line]]:
    """The lines of each person, each subject once, overdue first and then by due day."""
    shared: dict[UUID, dict[str, Line]] = {}
    for line in lines:
        for person_id in receivers(line, people):
            held = shared.setdefault(person_id, {})
            known = held.get(line.subject)
            if known is None or _comes_after(line.step, known.step):
                held[line.subject] = line
    return {
        person_id: sorted(held.values(), key=lambda each: (each.due_on or date.max, each.unit))
        for person_id, held in shared.items()
    }


def _comes_after(step: str, known: str) -> bool:
    """Whether a step is the later one for who holds two posts; any step comes after none."""
    if not step or not known:
        return bool(step)
    try:
        return int(step) > int(known)
    except ValueError:
        return False  # steps that are no days are the same for every post


def receivers(line: Line, people: People) -> Sequence[UUID]:
    """The people of the line's audience, or of the post that stands in when nobody holds it."""
    if line.to is Audience.PERSON:
        return (line.person_id,) if line.person_id else ()
    audience: Audience | None = line.to
    while audience is not None:
        found = people(audience, line.unit_id)
        if found:
            return found
        audience = INSTEAD.get(audience)
    return ()


def digests(
    shared: Mapping[UUID, Sequence[Line]],
    told: Collection[tuple[str, str, UUID]],
    have_one: Collection[UUID] = (),
) -> list[Digest]:
    """The digests that go: of those who have none today and for whom something is new."""
    found = []
    for person_id, lines in shared.items():
        if person_id in have_one:
            continue
        new = [
            line for line in lines if line.step and (line.subject, line.step, person_id) not in told
        ]
        if new:
            found.append(Digest(person_id, lines, new))
    return found


def title_of(digest: Digest, on: date) -> Sentence:
    """还有 5 件事，其中 2 件已超期."""
    count, overdue = len(digest.lines), digest.overdue(on)
    if overdue:
        return sentence(
            N_("还有 %(count)s 件事要办，其中 %(overdue)s 件已超期"), count=count, overdue=overdue
        )
    return sentence(N_("还有 %(count)s 件事要办"), count=count)


def summed(lines: Sequence[Line], on: date) -> list[Line]:
    """For a leader: one line for each village that has several overdue matters."""
    by_unit: dict[UUID, list[Line]] = {}
    for line in lines:
        if line.to in SUMMED:
            by_unit.setdefault(line.unit_id, []).append(line)
    kept: list[Line] = []
    for line in lines:
        those = by_unit.get(line.unit_id, []) if line.to in SUMMED else []
        if len(those) < 2:
            kept.append(line)
        elif line is those[0]:
            kept.append(_sum_of(those, on))
    return kept


def _sum_of(lines: Sequence[Line], on: date) -> Line:
    earliest = min((line.due_on for line in lines if line.due_on), default=on)
    first = lines[0]
    return replace(
        first,
        text=sentence(
            N_("%(unit)s有 %(count)s 件事超期，最长 %(days)s 天"),
            unit=first.unit,
            count=len(lines),
            days=max(0, (on - earliest).days),
        ),
        short=f"{len(lines)}件超期",
    )


def how_long(line: Line, on: date) -> str:
    """超5天, 剩2天, 今天到期; nothing where there is no due day."""
    if line.due_on is None:
        return ""
    days = (line.due_on - on).days
    if days < 0:
        return f"超{-days}天"
    return f"剩{days}天" if days else "今天到期"


def chat_items(lines: Sequence[Line], on: date) -> list[tuple[str, str, str]]:
    """The lines as items of a text for a chat."""
    return [(line.unit, line.short or str(line.text), how_long(line, on)) for line in lines]

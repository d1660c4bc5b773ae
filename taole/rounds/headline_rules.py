"""What the page of a collection says at its top, and how a unit's last rounds are told. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from taole.core.words import N_, Sentence, sentence
from taole.rounds.rules import Mark, RoundCounts

MARK_LABELS = {
    Mark.ON_TIME: N_("按时"),
    Mark.LATE: N_("迟"),
    Mark.MISSING: N_("没回"),
    Mark.NOT_ASKED: N_("没有问"),
}


def headline(counts: RoundCounts, due_on: date, on: date, *, is_closed: bool) -> Sentence:
    """11家已回7家，还有4家没回，剩2天: who answered, who did not, and how long there is."""
    told = {"asked": counts.asked, "answered": counts.answered, "missing": counts.missing}
    if not counts.asked:
        return sentence(N_("本期没有要问的，没有发出"))
    if not counts.missing:
        return sentence(N_("%(asked)s家都回了"), asked=counts.asked)
    if is_closed:
        return sentence(N_("%(asked)s家回了%(answered)s家，%(missing)s家没回，已关闭"), **told)
    left = (due_on - on).days
    if left > 0:
        return sentence(
            N_("%(asked)s家已回%(answered)s家，还有%(missing)s家没回，剩%(days)s天"),
            days=left,
            **told,
        )
    if left == 0:
        return sentence(
            N_("%(asked)s家已回%(answered)s家，还有%(missing)s家没回，今天到期"), **told
        )
    return sentence(
        N_("%(asked)s家已回%(answered)s家，还有%(missing)s家没回，超%(days)s天"),
        days=-left,
        **told,
    )


def history_words(marks: Sequence[Mark]) -> Sentence:
    """The last rounds in one sentence, for those who do not see the little squares."""
    counted = Counter(marks)
    return sentence(
        N_("近%(rounds)s期：按时%(on_time)s，迟%(late)s，没回%(missing)s"),
        rounds=len(marks),
        on_time=counted[Mark.ON_TIME],
        late=counted[Mark.LATE],
        missing=counted[Mark.MISSING],
    )

"""Why an obligation stands as it does, in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from taole.core.words import N_, Sentence, sentence
from taole.obligations.rules import Facts, Standing, standing

_WHY = {
    Standing.ON_TIME: N_("应在%(due)s前公示，%(answered)s已公示，按时。"),
    Standing.LATE: N_("应在%(due)s前公示，%(answered)s才公示，迟了%(late)s天。"),
    Standing.MISSING: N_("应在%(due)s前公示，到%(on)s还没有公示，已超%(over)s天。"),
    Standing.IN_REVIEW: N_("应在%(due)s前公示，正在审核，还有%(left)s天到期。"),
    Standing.WAITING: N_("应在%(due)s前公示，还有%(left)s天到期。"),
    Standing.NOTHING: N_("%(name)s于%(answered)s签报本期无此事项：%(reason)s"),
    Standing.NOT_APPLICABLE: N_("%(name)s于%(answered)s标为不适用：%(reason)s"),
}
_MISSING_IN_REVIEW = N_("应在%(due)s前公示，到%(on)s还在审核、没有公示，已超%(over)s天。")


def explain(
    facts: Facts, on: date, *, write: Callable[[date | None], str], name: str = "", reason: str = ""
) -> Sentence:
    """The sentence for a day; ``write`` puts a day into the reader's words."""
    stands = standing(facts, on)
    msgid = _WHY[stands]
    if stands is Standing.MISSING and facts.in_review:
        msgid = _MISSING_IN_REVIEW
    answered = facts.answered_on or on
    return sentence(
        msgid,
        due=write(facts.due_on),
        answered=write(facts.answered_on),
        on=write(on),
        late=(answered - facts.due_on).days,
        over=(on - facts.due_on).days,
        left=(facts.due_on - on).days,
        name=name or "–",
        reason=reason or "–",
    )

"""What a person decides at the gate: masked for good, none at all, a look at the original.

Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, update

from taole.access.permissions import Actor
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.sealing import unseal
from taole.core.settings_store import find_setting
from taole.core.words import N_
from taole.notices.gate_rules import put
from taole.notices.gate_seals import HELD, seals_of, spot_of
from taole.notices.gate_words import store_words, words_of
from taole.notices.holding import hold
from taole.notices.models import Notice, SealedState, SealedText
from taole.notices.telling import tell
from taole.notices.workflow import EDITABLE
from taole.organisation.models import Unit
from taole.privacy.findings import Kind
from taole.privacy.patterns import SETTING, patterns_from
from taole.trail.settings import change_setting


def settle(sealed: SealedText, *, is_none: bool, by: Actor) -> None:
    """A person decides: masked for good, or no personal data, and the original stands there again.

    ``is_none`` holds for the same value everywhere in the notice, now and after changes. Decided
    twice in the same way counts once; Refused when somebody decided otherwise meanwhile.
    """
    notice = sealed.notice
    hold(notice)
    if is_none and notice.state not in EDITABLE:
        raise Refused(N_("已经提交的公示不能恢复原文：请先撤回修改，或者让审核人退回。"))
    wanted = SealedState.DISMISSED if is_none else SealedState.MASKED
    only_this = SealedText.id == sealed.id
    taken = _take(only_this, sources=(SealedState.OPEN,), wanted=wanted, by=by)
    if sealed.id not in taken:
        db.session.refresh(sealed)
        if sealed.state is not wanted:
            raise Refused(N_("这一处别人刚刚处理过了：请刷新页面看看。"))
        return
    if is_none:
        here = SealedText.notice_id == notice.id
        the_same = SealedText.fingerprint == sealed.fingerprint
        taken |= _take(here, the_same, sources=HELD, wanted=wanted, by=by)
        _put_back(notice, [each for each in seals_of(notice) if each.id in taken])
    tell(
        notice,
        "dismiss_finding" if is_none else "mask_finding",
        by=by,
        after={"place": sealed.place, "kind": sealed.kind, "masked": sealed.masked},
    )
    db.session.flush()


def settle_all(notice: Notice, *, by: Actor) -> int:
    """Mask all that is open for good; how many there were."""
    hold(notice)
    here = SealedText.notice_id == notice.id
    taken = _take(here, sources=(SealedState.OPEN,), wanted=SealedState.MASKED, by=by)
    if taken:
        tell(notice, "mask_all_findings", by=by, after={"count": len(taken)})
        db.session.flush()
    return len(taken)


def look_at_original(sealed: SealedText, *, by: Actor) -> str:
    """What was masked. Whoever looks stands in the trail, the value does not."""
    original = unseal(sealed.sealed)
    tell(
        sealed.notice,
        "see_original",
        by=by,
        after={"place": sealed.place, "kind": sealed.kind, "masked": sealed.masked},
    )
    db.session.flush()
    return original


def set_masking(township: Unit, keep: Mapping[Kind, tuple[int, int]], *, by: Actor) -> None:
    """The township settles how many signs of each kind stay in front and at the end, from now on.

    More than is usual is never kept. What was masked before stays as it is.
    """
    wanted = patterns_from({kind.value: sides for kind, sides in keep.items()})
    kept = {kind.value: list(sides) for kind, sides in wanted.keep.items()}
    before = find_setting(SETTING, township.id) or {}
    change_setting(SETTING, "set_masking", township.id, before=before, after=kept, by=by)
    db.session.flush()


def _put_back(notice: Notice, seals: Sequence[SealedText]) -> None:
    words = words_of(notice)
    texts = words.texts()
    spots = [(spot_of(each), unseal(each.sealed)) for each in seals]
    store_words(notice, put(words, [each for each in spots if each[0].stands_in(texts)]))


def _take(
    *these: ColumnElement[bool], sources: Sequence[SealedState], wanted: SealedState, by: Actor
) -> set[UUID]:
    """Decide those of ``these`` that are still in ``sources``: the ids that this call decided."""
    claim = (
        update(SealedText)
        .where(*these, SealedText.state.in_(sources))
        .values(state=wanted, decided_by_id=by.id, decided_by_name=by.name, decided_at=now())
        .returning(SealedText.id)
        .execution_options(synchronize_session="fetch")
    )
    return set(db.session.scalars(claim))

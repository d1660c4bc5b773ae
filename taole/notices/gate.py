"""The gate for personal data: what a notice stores is masked, the originals lie sealed beside it.

Nothing with an open finding is handed in, approved, posted, printed or exported (个人信息保护法
arts 28 and 51). Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, exists, inspect, or_, select, update

from taole.access.permissions import Actor
from taole.attachments.models import MAY_GO_PUBLIC, Attachment, ScanState, Upload
from taole.core.clock import now
from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.ids import new_id
from taole.core.sealing import fingerprint_key, seal, unseal
from taole.core.settings_store import find_setting, keep_setting
from taole.core.words import N_, Sentence, quoted, sentence
from taole.notices.gate_following import follow
from taole.notices.gate_rules import Finding, Slot, Spot, hidden, look, name_place, put
from taole.notices.gate_words import context_of, store_words, words_before, words_of
from taole.notices.holding import hold
from taole.notices.models import Notice, SealedState, SealedText
from taole.notices.telling import tell
from taole.notices.workflow import EDITABLE
from taole.organisation.models import Unit
from taole.privacy.findings import Kind
from taole.privacy.patterns import SETTING, mask_patterns, patterns_from
from taole.privacy.rules import fingerprint
from taole.trail.actions import record

HELD = (SealedState.OPEN, SealedState.MASKED)
"""The states in which a value stands masked in the notice."""

MOST_NAMED = 3
"""How many findings a refusal names."""


def screen(notice: Notice) -> None:
    """Mask the personal data in a notice's words and seal the originals; called before they are
    flushed for the first time.

    What was masked before is found again, or is GONE. What a person said is none stays as it is.
    """
    with db.session.no_autoflush:
        seals = _seals_of(notice)
        words, before = words_of(notice), words_before(notice)
        held = {each.id: _spot(each) for each in seals if each.state in HELD}
        moved = follow(held, before, words)
        for each in seals:
            if each.state in HELD:
                _keep_place(each, moved.get(each.id))
        key = fingerprint_key()
        findings = look(
            words,
            context_of(notice),
            mask_patterns(notice.township_id),
            fingerprint=lambda raw: fingerprint(raw, key),
            known=moved.values(),
            dismissed=frozenset(
                each.fingerprint for each in seals if each.state is SealedState.DISMISSED
            ),
        )
        store_words(notice, hidden(words, findings))
        db.session.add_all([_sealed(notice, each) for each in findings])


def list_open(notice: Notice) -> list[SealedText]:
    """What waits for a person to say whether it is personal data, in the order of the notice."""
    return _list(notice, SealedState.OPEN)


def list_masked(notice: Notice) -> list[SealedText]:
    """What somebody masked for good."""
    return _list(notice, SealedState.MASKED)


def get_seal(seal_id: UUID) -> SealedText:
    """One sealed value with its notice; NotFound when there is none."""
    found = db.session.get(SealedText, seal_id)
    if found is None:
        raise NotFound(seal_id)
    return found


def name_seal(sealed: SealedText) -> Sentence:
    """Where it stands and what it is, without telling it: 第3行“备注”里有身份证号."""
    return name_place(sealed.place, sealed.row + 1, sealed.kind, str(sealed.cell + 1))


def refuse_unresolved(notice: Notice, *, waits_for_files: bool = True) -> None:
    """Refused, naming the first ones, while a notice must not leave the house.

    Open findings in its words or files, files that nobody looked through, half-sent uploads.
    ``waits_for_files`` false: a file that the machine is still to look through is no obstacle yet.
    """
    if not _has_open(notice.id):
        return
    said = [
        sentence(N_("%(what)s：请先遮盖，或者说明不是。"), what=name_seal(each))
        for each in list_open(notice)
    ]
    said += _troubles_of_files(notice, waits_for_files=waits_for_files)
    if said:
        more = len(said) - MOST_NAMED
        rest = [sentence(N_("另有%(count)s处也要处理。"), count=more)] if more > 0 else []
        raise Refused(*said[:MOST_NAMED], *rest)


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
        _put_back(notice, [each for each in _seals_of(notice) if each.id in taken])
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
    keep_setting(SETTING, kept, township.id)
    record(
        "set_masking", "unit", township.id, by=by, township_id=township.id,
        before=before, after=kept,
    )  # fmt: skip
    db.session.flush()


def _stands_against(changed: object, notice_id: UUID) -> bool:
    """Whether what is not stored yet could change the answer of ``_OPEN``."""
    if isinstance(changed, Attachment | Upload):
        return changed.owner_id == notice_id
    return isinstance(changed, SealedText)


_OPEN = select(
    or_(
        exists().where(
            SealedText.notice_id == bindparam("notice"), SealedText.state == SealedState.OPEN
        ),
        exists().where(
            Attachment.owner_id == bindparam("notice"),
            Attachment.scan_state.not_in(MAY_GO_PUBLIC),
        ),
        exists().where(Upload.owner_id == bindparam("notice"), Upload.finished_at.is_(None)),
    )
)


def _has_open(notice_id: UUID) -> bool:
    """Whether anything at all stands against a notice, in one statement: usually nothing does."""
    if any(_stands_against(each, notice_id) for each in db.session.new | db.session.dirty):
        db.session.flush()
    with db.session.no_autoflush:
        return bool(db.session.scalar(_OPEN, {"notice": notice_id}))


def _list(notice: Notice, state: SealedState) -> list[SealedText]:
    found = (
        select(SealedText)
        .where(SealedText.notice_id == notice.id, SealedText.state == state)
        .order_by(SealedText.row, SealedText.cell, SealedText.start, SealedText.id)
    )
    seals = list(db.session.scalars(found))
    return sorted(seals, key=lambda each: each.place.startswith("cell:"))


def _seals_of(notice: Notice) -> list[SealedText]:
    """All seals of a notice; a new correction begins with those of what it corrects."""
    found = select(SealedText).where(SealedText.notice_id == notice.id).order_by(SealedText.id)
    seals = list(db.session.scalars(found))
    if not seals and notice.corrects_id is not None and inspect(notice).pending:
        earlier = select(SealedText).where(SealedText.notice_id == notice.corrects_id)
        seals = [_copied(each, notice) for each in db.session.scalars(earlier)]
        db.session.add_all(seals)
    return seals


def _copied(sealed: SealedText, notice: Notice) -> SealedText:
    names = inspect(SealedText).columns.keys()
    kept = {name: getattr(sealed, name) for name in names if name not in ("id", "notice_id")}
    return SealedText(id=new_id(), notice=notice, **kept)


def _sealed(notice: Notice, finding: Finding) -> SealedText:
    spot = finding.spot
    return SealedText(
        id=new_id(),
        township_id=notice.township_id,
        notice=notice,
        place=spot.slot.place,
        row=spot.slot.row,
        cell=spot.slot.cell,
        start=spot.start,
        kind=finding.kind.value,
        masked=spot.masked,
        sealed=seal(finding.raw),
        fingerprint=spot.fingerprint,
        confidence=finding.confidence,
        suggestion=finding.suggestion,
        state=SealedState.OPEN,
        found_at=now(),
    )


def _spot(sealed: SealedText) -> Spot:
    slot = Slot(sealed.place, sealed.row, sealed.cell)
    return Spot(slot, sealed.start, sealed.masked, sealed.fingerprint)


def _keep_place(sealed: SealedText, spot: Spot | None) -> None:
    if spot is None:
        sealed.state = SealedState.GONE
    elif spot != _spot(sealed):
        sealed.row, sealed.cell, sealed.start = spot.slot.row, spot.slot.cell, spot.start


def _put_back(notice: Notice, seals: Sequence[SealedText]) -> None:
    words = words_of(notice)
    texts = words.texts()
    spots = [(_spot(each), unseal(each.sealed)) for each in seals]
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


def _troubles_of_files(notice: Notice, *, waits_for_files: bool) -> list[Sentence]:
    said = []
    unfit = select(Attachment.filename, Attachment.scan_state).where(
        Attachment.owner_id == notice.id, Attachment.scan_state.not_in(MAY_GO_PUBLIC)
    )
    for filename, state in db.session.execute(unfit.order_by(Attachment.id)):
        if state is not ScanState.WAITING or waits_for_files:
            said.append(sentence(_OF_FILES[state], file=quoted(filename)))
    half = select(Upload.filename).where(Upload.owner_id == notice.id, Upload.finished_at.is_(None))
    said += [
        sentence(N_("“%(file)s”还没传完：请等它传完，或者重新选一次。"), file=quoted(filename))
        for filename in db.session.scalars(half.order_by(Upload.id))
    ]
    return said


_OF_FILES = {
    ScanState.WAITING: N_("附件“%(file)s”还在检查有没有个人信息：请过一两分钟再试。"),
    ScanState.FOUND: N_("附件“%(file)s”里有个人信息：请先遮盖，或者说明不是。"),
    ScanState.FAILED: N_("附件“%(file)s”没能检查：请换一个文件，或者由看过的人放行。"),
}

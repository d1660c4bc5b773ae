"""The gate for personal data: what a notice stores is masked, the originals lie sealed beside it.

Nothing with an open finding is handed in, approved, posted, printed or exported (个人信息保护法
arts 28 and 51). Nothing here commits.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import bindparam, exists, or_, select

from taole.attachments.models import MAY_GO_PUBLIC, Attachment, ScanState, Upload
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.sealing import fingerprint_key
from taole.core.words import N_, Sentence, quoted, sentence
from taole.notices.gate_following import follow
from taole.notices.gate_rules import hidden, look
from taole.notices.gate_seals import (
    HELD,
    keep_place,
    list_open,
    name_seal,
    seal_finding,
    seals_of,
    spot_of,
)
from taole.notices.gate_words import context_of, store_words, words_before, words_of
from taole.notices.models import Notice, SealedState, SealedText
from taole.privacy.patterns import mask_patterns
from taole.privacy.rules import fingerprint

MOST_NAMED = 3
"""How many findings a refusal names."""


def screen(notice: Notice) -> None:
    """Mask the personal data in a notice's words and seal the originals; called before they are
    flushed for the first time.

    What was masked before is found again, or is GONE. What a person said is none stays as it is.
    """
    with db.session.no_autoflush:
        seals = seals_of(notice)
        words, before = words_of(notice), words_before(notice)
        held = {each.id: spot_of(each) for each in seals if each.state in HELD}
        moved = follow(held, before, words)
        for each in seals:
            if each.state in HELD:
                keep_place(each, moved.get(each.id))
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
        db.session.add_all([seal_finding(notice, each) for each in findings])


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

"""Which obligations a notice answers."""

from __future__ import annotations

from collections.abc import Sequence

from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.notices.models import Notice, NoticeAnswer, NoticeKind
from taole.obligations.models import Obligation
from taole.obligations.queries import find_answerable


def answerable(notice: Notice) -> list[Obligation]:
    if notice.kind is NoticeKind.PAGE_UPDATE or notice.corrects_id is not None:
        return []
    return find_answerable(notice.unit_id, notice.item.code, notice.period_key)


def tie(notice: Notice, obligations: Sequence[Obligation]) -> None:
    for obligation in obligations:
        if obligation.unit_id != notice.unit_id:
            raise Refused(
                sentence(
                    N_("公示“%(title)s”只能对应本村自己的任务，不能替别的村完成。"),
                    title=notice.title,
                )
            )
        notice.answers.append(
            NoticeAnswer(notice_id=notice.id, obligation=obligation, township_id=notice.township_id)
        )

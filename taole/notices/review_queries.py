"""What can be asked about reviews: what the township set, and the verdicts on a notice."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from taole.core.database import db
from taole.notices.models import Notice, NoticeReview, ReviewSetting
from taole.notices.workflow import ReviewStep


def find_review_setting(township_id: UUID, item_code: str, on: date) -> ReviewSetting | None:
    """What a township set for an item as of a day: the item's own word before that for all."""
    found = (
        select(ReviewSetting)
        .where(
            ReviewSetting.township_id == township_id,
            ReviewSetting.item_code.in_(("", item_code)),
            ReviewSetting.from_on <= on,
        )
        .order_by(
            ReviewSetting.item_code.desc(),
            ReviewSetting.from_on.desc(),
            ReviewSetting.set_at.desc(),
            ReviewSetting.id.desc(),
        )
        .limit(1)
    )
    return db.session.scalar(found)


def list_review_settings(township_id: UUID) -> list[ReviewSetting]:
    """All that a township ever set about its reviews, in the order in which it holds."""
    found = (
        select(ReviewSetting)
        .where(ReviewSetting.township_id == township_id)
        .order_by(ReviewSetting.from_on, ReviewSetting.set_at, ReviewSetting.id)
    )
    return list(db.session.scalars(found))


def list_verdicts(notice: Notice) -> list[NoticeReview]:
    """All verdicts on a notice, the earliest first."""
    found = select(NoticeReview).where(NoticeReview.notice_id == notice.id)
    return list(db.session.scalars(found.order_by(NoticeReview.at, NoticeReview.id)))


def find_verdict(notice: Notice, step: ReviewStep | None = None) -> NoticeReview | None:
    """The latest verdict on a notice, of one review or of any."""
    found = (
        select(NoticeReview)
        .where(NoticeReview.notice_id == notice.id)
        .order_by(NoticeReview.round.desc(), NoticeReview.at.desc(), NoticeReview.id.desc())
    )
    if step is not None:
        found = found.where(NoticeReview.step == step)
    return db.session.scalar(found.limit(1))

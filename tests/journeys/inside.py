"""The house from within, beside the one that is served: notices brought where a journey begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cast import settings_for
from sqlalchemy import select

from taole.app.factory import create_app
from taole.catalogue.models import CatalogueItem
from taole.catalogue.queries import find_item
from taole.core.clock import today
from taole.core.database import db
from taole.core.periods import Frequency, period_containing
from taole.notices.actions import approve, submit, write
from taole.notices.models import Notice
from taole.organisation.models import User
from taole.organisation.queries import find_user

LAST_QUARTER = period_containing(Frequency.QUARTERLY, today()).previous()
GIFTS = "SB-13"
GIFT_COLUMNS = ["发放对象", "款物名称", "款物来源", "数额", "发放日期"]
GIFT_ROWS = [
    [name, "慰问金", "镇民政", amount, str(LAST_QUARTER.end)]
    for name, amount in (("张某某", "300"), ("李某某", "300"), ("王某某", "260.50"))
]
REVIEWERS = ("zhou", "li", "zhao")
"""Who reviews what 东园村 writes, in their order."""


@contextmanager
def inside(instance: Path) -> Iterator[None]:
    app = create_app(settings_for(instance))
    with app.app_context():
        yield
        db.engine.dispose()


def person(account: str) -> User:
    user = find_user(account)
    assert user is not None
    return user


def item_of(user: User, code: str) -> CatalogueItem:
    item = find_item(user.current[0].unit.township_id, code, today())
    assert item is not None
    return item


def written(account: str, title: str, **values: Any) -> Notice:
    """A draft of a secretary about gifts of money, three rows and all in order."""
    by = person(account)
    told = {"columns": GIFT_COLUMNS, "rows": GIFT_ROWS, "period_key": LAST_QUARTER.key, **values}
    return write(by.current[0].unit, item_of(by, GIFTS), title=title, obligations=[], by=by, **told)


def handed_in(account: str, title: str, *, passed: int = 0, **values: Any) -> Notice:
    """A notice under review, or past so many reviews."""
    notice = written(account, title, **values)
    submit(notice, by=person(account))
    for reviewer in REVIEWERS[:passed]:
        approve(notice, by=person(reviewer))
    return notice


def by_title(title: str) -> Notice:
    return db.session.scalars(select(Notice).where(Notice.title == title)).one()

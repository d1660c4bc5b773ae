"""What the figures count: selects of (id, title, day) and the least counts over months.

A notice is counted once, a posting is one (notice, channel); what repeats, what was withdrawn
and what only updates a standing page is never counted among them. Columns of the website are
named by their title in the township's adopted editions (``column_codes``), never by their code:
a county numbers its columns as it likes.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import aliased

from taole.catalogue.channels import Channel
from taole.catalogue.models import Adoption, CatalogueItem, CatalogueKind, Edition
from taole.core.clock import today
from taole.core.database import db, under
from taole.core.figures import Scope
from taole.core.periods import Frequency, periods_touching
from taole.notices.models import Notice, NoticeKind, Posting
from taole.notices.workflow import NoticeState
from taole.organisation.models import Unit
from taole.organisation.rules import GRASSROOTS, UnitKind

DOCUMENTS = "文件"
BUDGETS = "预决算公开"
FINAL_ACCOUNTS = "部门决算"
RELIEF = "社会救助"
VILLAGE_AFFAIRS = "村（居）务公开"
EMERGENCY = "应急管理"
SUBSIDIES = "涉农补贴"
REVITALISATION = "乡村振兴"
WELFARE = "社会福利和养老服务"
ANNUAL_REPORTS = "政府信息公开年度报告"
GUIDE = "政府信息公开指南"
LEADERSHIP = ("领导信息", "机构设置")
NEW_MEDIA = (Channel.WECHAT, Channel.WEIBO)
SCREENS = (Channel.VILLAGE_APP, Channel.KIOSK)
BOARD_OR_APP = (Channel.BOARD, Channel.VILLAGE_APP)
SECTIONS = {
    "social": ("社会保障",),
    "agri": ("强农惠农",),
    "service": ("服务管理",),
    "finance": ("财务管理",),
    "autonomy": ("组织机构建设", "自治管理"),
}


def column_codes(scope: Scope, *titles: str) -> tuple[Any, Any]:
    """Two subselects: the codes of the columns so called, and of the columns below them."""
    parent = aliased(CatalogueItem)
    editions = (
        select(Adoption.edition_id)
        .join(Edition, Edition.id == Adoption.edition_id)
        .where(Adoption.township_id == scope.township_id, Edition.kind == CatalogueKind.WEBSITE)
    )
    named = select(CatalogueItem.code).where(
        CatalogueItem.edition_id.in_(editions), CatalogueItem.title.in_(titles)
    )
    below = (
        select(CatalogueItem.code)
        .join(
            parent,
            (parent.edition_id == CatalogueItem.edition_id)
            & (parent.code == CatalogueItem.parent_code),
        )
        .where(CatalogueItem.edition_id.in_(editions), parent.title.in_(titles))
    )
    return named, below


def in_columns(scope: Scope, *titles: str) -> ColumnElement[bool]:
    named, below = column_codes(scope, *titles)
    return or_(Posting.column_code.in_(named), Posting.column_code.in_(below))


def counted_postings(
    scope: Scope, *wanted: ColumnElement[bool], kind: NoticeKind = NoticeKind.NOTICE
) -> Select[Any]:
    """Postings of the scope's days as (id, title, day)."""
    found: Select[Any] = _postings(scope, kind)
    return found.where(Posting.posted_on.between(scope.start, scope.end), *wanted).order_by(
        Posting.posted_on, Posting.id
    )


def _postings(scope: Scope, kind: NoticeKind | None) -> Any:
    found: Any = (
        select(Posting.id, Notice.title, Posting.posted_on)
        .join(Notice, Notice.id == Posting.notice_id)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(
            Posting.township_id == scope.township_id,
            under(Unit.path, scope.path),
            Posting.repeats_id.is_(None),
            Notice.state != NoticeState.WITHDRAWN,
        )
    )
    return found if kind is None else found.where(Notice.kind == kind)


def website_postings(scope: Scope) -> Select[Any]:
    return counted_postings(scope, Posting.channel == Channel.WEBSITE)


def column_postings(title: str, scope: Scope) -> Select[Any]:
    return counted_postings(scope, Posting.channel == Channel.WEBSITE, in_columns(scope, title))


def page_updates(titles: tuple[str, ...], scope: Scope) -> Select[Any]:
    return counted_postings(
        scope,
        Posting.channel == Channel.WEBSITE,
        in_columns(scope, *titles),
        kind=NoticeKind.PAGE_UPDATE,
    )


def new_media_postings(scope: Scope) -> Select[Any]:
    return counted_postings(scope, Posting.channel.in_(NEW_MEDIA))


def screen_postings(scope: Scope) -> Select[Any]:
    return counted_postings(scope, Posting.channel.in_(SCREENS), Unit.kind.in_(GRASSROOTS))


def board_notices(section: str, scope: Scope) -> Select[Any]:
    """Distinct notices of the villages whose first posting on a board or 村居通 is of the year."""
    first = func.min(Posting.posted_on)
    found: Any = (
        select(Notice.id, Notice.title, first)
        .join(Posting, Posting.notice_id == Notice.id)
        .join(Unit, Unit.id == Notice.unit_id)
        .where(
            Notice.township_id == scope.township_id,
            under(Unit.path, scope.path),
            Unit.kind == UnitKind.VILLAGE,
            Notice.kind == NoticeKind.NOTICE,
            Notice.state != NoticeState.WITHDRAWN,
            Notice.corrects_id.is_(None),
            Posting.channel.in_(BOARD_OR_APP),
            Posting.repeats_id.is_(None),
        )
        .group_by(Notice.id, Notice.title)
        .having(first.between(scope.start, scope.end))
        .order_by(first, Notice.id)
    )
    counted: Select[Any] = found.where(Notice.section.in_(SECTIONS[section])) if section else found
    return counted


def final_accounts(scope: Scope) -> Select[Any]:
    """The postings of the final accounts of the latest fiscal year told in the scope's days."""
    return counted_postings(
        scope,
        Posting.channel == Channel.WEBSITE,
        in_columns(scope, FINAL_ACCOUNTS),
        Notice.fiscal_year == _latest_fiscal_year(scope),
    )


def _latest_fiscal_year(scope: Scope) -> ScalarSelect[Any]:
    told = aliased(Notice)
    shown = aliased(Posting)
    named, below = column_codes(scope, FINAL_ACCOUNTS)
    return (
        select(func.max(told.fiscal_year))
        .join(shown, shown.notice_id == told.id)
        .where(
            shown.township_id == scope.township_id,
            shown.channel == Channel.WEBSITE,
            shown.repeats_id.is_(None),
            shown.posted_on.between(scope.start, scope.end),
            or_(shown.column_code.in_(named), shown.column_code.in_(below)),
            told.kind == NoticeKind.NOTICE,
            told.state != NoticeState.WITHDRAWN,
        )
        .scalar_subquery()
    )


def final_accounts_day(scope: Scope) -> str | None:
    """The day on which they were first online, in ISO form."""
    days = _days(final_accounts(scope))
    return min(days).isoformat() if days else None


def final_accounts_year(scope: Scope) -> int | None:
    year: int | None = db.session.scalar(select(_latest_fiscal_year(scope)))
    return year


def guide_month(scope: Scope) -> int | None:
    days = _days(page_updates((GUIDE,), scope))
    return max(days).month if days else None


def website_take_downs(scope: Scope) -> Select[Any]:
    """What was cleared from the website in the scope's days, as (id, title, day)."""
    found: Select[Any] = (
        _postings(scope, None)
        .with_only_columns(Posting.id, Notice.title, Posting.taken_down_on)
        .where(
            Posting.channel == Channel.WEBSITE,
            Posting.taken_down_on.between(scope.start, scope.end),
        )
        .order_by(Posting.taken_down_on, Posting.id)
    )
    return found


def least_update_days(scope: Scope) -> int | None:
    """The least number of different days a month on which something went online."""
    return _least_a_month(set(_days(website_postings(scope))), scope)


def least_take_downs(scope: Scope) -> int | None:
    return _least_a_month(_days(website_take_downs(scope)), scope)


def _least_a_month(days: set[date] | list[date], scope: Scope) -> int | None:
    """The least count over the months of the scope that have begun; None when none has."""
    counts = Counter((day.year, day.month) for day in days)
    months = periods_touching(Frequency.MONTHLY, scope.start, min(scope.end, today()))
    return min((counts[each.start.year, each.start.month] for each in months), default=None)


def _days(records: Select[Any]) -> list[date]:
    return [row[2] for row in db.session.execute(records)]

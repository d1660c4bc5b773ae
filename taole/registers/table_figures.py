"""The ten numbers of table two and the cases of table four."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, or_, select

from taole.core.database import db
from taole.core.figures import Figure, Scope, Value
from taole.core.words import N_
from taole.registers.counting import Records, figure, in_being, within
from taole.registers.models import (
    AdministrativeDecision,
    FeeReceipt,
    NormativeDocument,
    ReviewCase,
)
from taole.registers.rules import DecisionKind, DocumentKind, FeeKind

YUAN_PER_TEN_THOUSAND = 10_000
_CASE: tuple[Any, ...] = (ReviewCase.id, ReviewCase.subject, ReviewCase.received_on)


def receipts(kind: FeeKind) -> Records:
    named = func.coalesce(func.nullif(FeeReceipt.subject, ""), kind.value)
    return within(FeeReceipt, FeeReceipt.received_on, named, FeeReceipt.kind == kind)


def yuan_taken(kind: FeeKind, scope: Scope) -> Decimal:
    """The sum of the receipts of a kind within the range, in yuan."""
    amounts = receipts(kind)(scope).with_only_columns(func.sum(FeeReceipt.amount)).order_by(None)
    return Decimal(db.session.scalar(amounts) or 0)


def _administrative_fees(scope: Scope) -> Value:
    return yuan_taken(FeeKind.ADMINISTRATIVE, scope) / YUAN_PER_TEN_THOUSAND


def _cases(scope: Scope) -> Select[Any]:
    return (
        select(*_CASE)
        .where(
            ReviewCase.township_id == scope.township_id,
            ReviewCase.received_on <= scope.end,
            or_(ReviewCase.concluded_on.is_(None), ReviewCase.concluded_on >= scope.start),
        )
        .order_by(ReviewCase.received_on, ReviewCase.id)
    )


def _documents(code: str, kind: DocumentKind, labels: tuple[str, str, str]) -> tuple[Figure, ...]:
    of_kind = NormativeDocument.kind == kind
    title, issued, repealed = (
        NormativeDocument.title,
        NormativeDocument.issued_on,
        NormativeDocument.repealed_on,
    )
    return (
        figure(
            f"T2-{code}-issued",
            labels[0],
            N_("件"),
            within(NormativeDocument, issued, title, of_kind),
            N_("制发日期在本年的"),
        ),
        figure(
            f"T2-{code}-repealed",
            labels[1],
            N_("件"),
            within(NormativeDocument, repealed, title, of_kind),
            N_("废止日期在本年的"),
        ),
        figure(
            f"T2-{code}-in_force",
            labels[2],
            N_("件"),
            in_being(NormativeDocument, issued, repealed, title, of_kind),
            N_("年底仍然有效的，哪一年制发的都算"),
        ),
    )


def _decisions(key: str, label: str, kind: DecisionKind) -> Figure:
    return figure(
        key,
        label,
        N_("件"),
        within(
            AdministrativeDecision,
            AdministrativeDecision.decided_on,
            AdministrativeDecision.subject,
            AdministrativeDecision.kind == kind,
        ),
        N_("本年作出的决定，包括依法不公开的"),
    )


TABLE_FIGURES: tuple[Figure, ...] = (
    *_documents(
        "rules",
        DocumentKind.RULES,
        (N_("规章本年制发件数"), N_("规章本年废止件数"), N_("规章现行有效件数")),
    ),
    *_documents(
        "normative",
        DocumentKind.NORMATIVE,
        (
            N_("行政规范性文件本年制发件数"),
            N_("行政规范性文件本年废止件数"),
            N_("行政规范性文件现行有效件数"),
        ),
    ),
    _decisions("T2-licence", N_("行政许可本年处理决定数量"), DecisionKind.LICENCE),
    _decisions("T2-penalty", N_("行政处罚本年处理决定数量"), DecisionKind.PENALTY),
    _decisions("T2-coercion", N_("行政强制本年处理决定数量"), DecisionKind.COERCION),
    figure(
        "T2-fee",
        N_("行政事业性收费本年收费金额"),
        N_("万元"),
        receipts(FeeKind.ADMINISTRATIVE),
        N_("本年收取的行政事业性收费合计，不含信息处理费"),
        value=_administrative_fees,
    ),
    figure(
        "T4-cells",
        N_("表四里的复议和诉讼案件"),
        N_("件"),
        _cases,
        N_("本年收到的，加上以前收到、本年审结或年底还没有审结的"),
    ),
)

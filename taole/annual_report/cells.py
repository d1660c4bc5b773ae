"""The cells of tables three and four as figures: each lists the requests or cases it counts.

Keys as on the page: ``T3:<row code>:<kind of applicant or total>`` and
``T4:<path>:<result or total>``; units: 件.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from taole.annual_report.official_format import FORMAT
from taole.annual_report.tables import CARRIED_IN, CARRIED_OUT, RECEIVED, RESULTS_TOTAL, TOTAL
from taole.core.figures import Counted, Figure, Scope
from taole.core.words import N_
from taole.information_requests.models import InformationRequest
from taole.information_requests.rules import ApplicantKind, Decision
from taole.registers.models import ReviewCase
from taole.registers.rules import CASE_PATH_KEYS, CASE_RESULT_KEYS, PENDING

_APPLICANTS = {column.key: column.label for column in FORMAT.applicants}
_PATHS = {path.key: path.label for path in FORMAT.paths}
_RESULTS = {result.key: result.label for result in FORMAT.results}
_ROWS = {row.code: row for row in FORMAT.rows}
_PATH_OF_KEY = {key: path for path, key in CASE_PATH_KEYS.items()}
_RESULT_OF_KEY = {key: result for result, key in CASE_RESULT_KEYS.items()}

_REQUEST: tuple[Any, ...] = (
    InformationRequest.id,
    InformationRequest.subject,
    InformationRequest.received_on,
)
_CASE: tuple[Any, ...] = (ReviewCase.id, ReviewCase.subject, ReviewCase.received_on)


def find_cell_figure(key: str) -> Figure | None:
    """The figure of one cell, or None if the official form has no such cell."""
    table, _, place = key.partition(":")
    line, _, column = place.partition(":")
    if table == "T3" and line in _ROWS and column in _APPLICANTS:
        label = f"{_ROWS[line].label} · {_APPLICANTS[column]}"
        rule = N_("收到和处理政府信息公开申请情况（表三）的一格，按申请台账逐件计。")
        return _cell(key, label, rule, _requests(line, column))
    if table == "T4" and line in _PATHS and column in _RESULTS:
        label = f"{_PATHS[line]} · {_RESULTS[column]}"
        rule = N_("政府信息公开行政复议、行政诉讼情况（表四）的一格，按案件台账逐件计。")
        return _cell(key, label, rule, _cases(line, column))
    return None


def _cell(key: str, label: str, rule: str, records: Callable[[Scope], Select[Any]]) -> Figure:
    return Figure(key, label, "件", Counted.RECORDS, records=records, rule=rule)


def _requests(row: str, applicant: str) -> Callable[[Scope], Select[Any]]:
    def records(scope: Scope) -> Select[Any]:
        found = select(*_REQUEST).where(
            InformationRequest.township_id == scope.township_id, _of_row(row, scope)
        )
        if applicant != TOTAL:
            found = found.where(InformationRequest.applicant_kind == ApplicantKind(applicant))
        return found.order_by(InformationRequest.received_on, InformationRequest.id)

    return records


def _of_row(row: str, scope: Scope) -> ColumnElement[bool]:
    received, decided = InformationRequest.received_on, InformationRequest.decided_on
    if row == RECEIVED:
        return received.between(scope.start, scope.end)
    if row == CARRIED_IN:
        return and_(received < scope.start, or_(decided.is_(None), decided >= scope.start))
    decision = InformationRequest.decision
    if row == CARRIED_OUT:
        open_at_end = or_(decided.is_(None), decided > scope.end)
        undecided = and_(decided >= scope.start, decision.is_(None))
        return and_(received <= scope.end, or_(open_at_end, undecided))
    handled = and_(decided.between(scope.start, scope.end), decision.is_not(None))
    outcome = _ROWS[row].decision
    if row == RESULTS_TOTAL or outcome is None:
        return handled
    return and_(handled, decision == Decision(outcome))


def _cases(path: str, result: str) -> Callable[[Scope], Select[Any]]:
    def records(scope: Scope) -> Select[Any]:
        return (
            select(*_CASE)
            .where(
                ReviewCase.township_id == scope.township_id,
                ReviewCase.path == _PATH_OF_KEY[path],
                _of_result(result, scope),
            )
            .order_by(ReviewCase.received_on, ReviewCase.id)
        )

    return records


def _of_result(result: str, scope: Scope) -> ColumnElement[bool]:
    received, concluded = ReviewCase.received_on, ReviewCase.concluded_on
    counted = and_(received <= scope.end, or_(concluded.is_(None), concluded >= scope.start))
    if result == TOTAL:
        return counted
    if result == PENDING:
        unsettled = or_(concluded.is_(None), concluded > scope.end, ReviewCase.result.is_(None))
        return and_(counted, unsettled)
    return and_(
        concluded.between(scope.start, scope.end), ReviewCase.result == _RESULT_OF_KEY[result]
    )

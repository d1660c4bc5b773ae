"""Applicants and decisions as the official annual report counts them.

Source: 国办公开办函〔2021〕30号, table three; 政府信息公开条例 arts 33, 36-42.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import WorkCalendar

REPLY_WORKDAYS = 20
"""政府信息公开条例 art 33: reply within 20 working days of receipt."""


class ApplicantKind(StrEnum):
    NATURAL = "natural"
    COMMERCIAL = "commercial"
    RESEARCH = "research"
    WELFARE = "welfare"
    LEGAL = "legal"
    OTHER_ORG = "other_org"


APPLICANT_LABELS = {
    ApplicantKind.NATURAL: N_("自然人"),
    ApplicantKind.COMMERCIAL: N_("商业企业"),
    ApplicantKind.RESEARCH: N_("科研机构"),
    ApplicantKind.WELFARE: N_("社会公益组织"),
    ApplicantKind.LEGAL: N_("法律服务机构"),
    ApplicantKind.OTHER_ORG: N_("其他"),
}


class RequestChannel(StrEnum):
    IN_PERSON = "in_person"
    POST = "post"
    WEBSITE = "website"
    FAX = "fax"
    ORAL = "oral"


REQUEST_CHANNEL_LABELS = {
    RequestChannel.IN_PERSON: N_("当面"),
    RequestChannel.POST: N_("邮寄"),
    RequestChannel.WEBSITE: N_("网站"),
    RequestChannel.FAX: N_("传真"),
    RequestChannel.ORAL: N_("口头"),
}


class Decision(StrEnum):
    """The 21 leaves of table three, part three."""

    GRANTED = "granted"
    PARTIAL = "partial"
    DENIED_STATE_SECRET = "denied_state_secret"  # noqa: S105
    DENIED_OTHER_LAW = "denied_other_law"
    DENIED_SAFETY_STABILITY = "denied_safety_stability"
    DENIED_THIRD_PARTY = "denied_third_party"
    DENIED_INTERNAL_AFFAIRS = "denied_internal_affairs"
    DENIED_PROCESS = "denied_process"
    DENIED_ENFORCEMENT_FILE = "denied_enforcement_file"
    DENIED_ADMIN_INQUIRY = "denied_admin_inquiry"
    UNABLE_NOT_HELD = "unable_not_held"
    UNABLE_NEEDS_CREATION = "unable_needs_creation"
    UNABLE_STILL_UNCLEAR = "unable_still_unclear"
    NOT_PROCESSED_PETITION = "not_processed_petition"
    NOT_PROCESSED_REPEAT = "not_processed_repeat"
    NOT_PROCESSED_PUBLICATION = "not_processed_publication"
    NOT_PROCESSED_EXCESSIVE = "not_processed_excessive"
    NOT_PROCESSED_RECONFIRM = "not_processed_reconfirm"
    OTHER_NO_CORRECTION = "other_no_correction"
    OTHER_FEE_UNPAID = "other_fee_unpaid"
    OTHER_OTHER = "other_other"


DECISION_LABELS = {
    Decision.GRANTED: N_("予以公开"),
    Decision.PARTIAL: N_("部分公开"),
    Decision.DENIED_STATE_SECRET: N_("属于国家秘密"),
    Decision.DENIED_OTHER_LAW: N_("其他法律行政法规禁止公开"),
    Decision.DENIED_SAFETY_STABILITY: N_("危及“三安全一稳定”"),
    Decision.DENIED_THIRD_PARTY: N_("保护第三方合法权益"),
    Decision.DENIED_INTERNAL_AFFAIRS: N_("属于三类内部事务信息"),
    Decision.DENIED_PROCESS: N_("属于四类过程性信息"),
    Decision.DENIED_ENFORCEMENT_FILE: N_("属于行政执法案卷"),
    Decision.DENIED_ADMIN_INQUIRY: N_("属于行政查询事项"),
    Decision.UNABLE_NOT_HELD: N_("本机关不掌握相关政府信息"),
    Decision.UNABLE_NEEDS_CREATION: N_("没有现成信息需要另行制作"),
    Decision.UNABLE_STILL_UNCLEAR: N_("补正后申请内容仍不明确"),
    Decision.NOT_PROCESSED_PETITION: N_("信访举报投诉类申请"),
    Decision.NOT_PROCESSED_REPEAT: N_("重复申请"),
    Decision.NOT_PROCESSED_PUBLICATION: N_("要求提供公开出版物"),
    Decision.NOT_PROCESSED_EXCESSIVE: N_("无正当理由大量反复申请"),
    Decision.NOT_PROCESSED_RECONFIRM: N_("要求行政机关确认或重新出具已获取信息"),
    Decision.OTHER_NO_CORRECTION: N_("逾期不补正，不再处理"),
    Decision.OTHER_FEE_UNPAID: N_("逾期未缴费，不再处理"),
    Decision.OTHER_OTHER: N_("其他"),
}


DECISION_GROUPS = {
    N_("公开"): (Decision.GRANTED, Decision.PARTIAL),
    N_("不予公开"): tuple(each for each in Decision if each.startswith("denied_")),
    N_("无法提供"): tuple(each for each in Decision if each.startswith("unable_")),
    N_("不予处理"): tuple(each for each in Decision if each.startswith("not_processed_")),
    N_("其他处理"): tuple(each for each in Decision if each.startswith("other_")),
}
"""The decisions under the group headings of table three."""


def reply_due_on(received_on: date, calendar: WorkCalendar) -> date:
    """The last day for a reply: 20 working days after receipt (条例 art 33)."""
    return calendar.add(received_on, REPLY_WORKDAYS)


def receipt_fault(received_on: date, today: date) -> Sentence | None:
    """What is wrong with the day on which a request is said to have come."""
    if received_on > today:
        return sentence(
            N_("“收到日期”写的是 %(day)s，这一天还没到，请填实际收到的日期"), day=received_on
        )
    return None


def decision_fault(received_on: date, decided_on: date, today: date) -> Sentence | None:
    """What is wrong with the day on which a request is said to have been answered."""
    if decided_on < received_on:
        return sentence(
            N_("“答复日期”（%(decided)s）早于“收到日期”（%(received)s），请核对"),
            decided=decided_on,
            received=received_on,
        )
    if decided_on > today:
        return sentence(
            N_("“答复日期”写的是 %(day)s，这一天还没到，请填实际答复的日期"), day=decided_on
        )
    return None


@dataclass(frozen=True)
class Handled:
    """Of a request what table three needs."""

    applicant: ApplicantKind
    received_on: date
    decision: Decision | None
    decided_on: date | None


@dataclass(frozen=True)
class RequestGrid:
    """Table three of a year as counts of requests; what is not there is 0.

    ``new``, ``carried_in``, ``carried_out`` by kind of applicant; ``decisions`` by (decision,
    kind of applicant). For each kind: new + carried in = decisions + carried out.
    """

    new: dict[str, int]
    carried_in: dict[str, int]
    decisions: dict[tuple[str, str], int]
    carried_out: dict[str, int]


def in_grid(request: Handled, year: int) -> bool:
    """Whether the year's table counts a request: received by its end, not answered before it."""
    decided_before = request.decided_on is not None and request.decided_on.year < year
    return request.received_on.year <= year and not decided_before


def count_grid(requests: Iterable[Handled], year: int) -> RequestGrid:
    """The year's table three (国办公开办函〔2021〕30号): by day received and day decided."""
    new: Counter[str] = Counter()
    carried_in: Counter[str] = Counter()
    decisions: Counter[tuple[str, str]] = Counter()
    carried_out: Counter[str] = Counter()
    for request in requests:
        if not in_grid(request, year):
            continue
        applicant = request.applicant.value
        (new if request.received_on.year == year else carried_in)[applicant] += 1
        decided_on, decision = request.decided_on, request.decision
        if decision is not None and decided_on is not None and decided_on.year == year:
            decisions[decision.value, applicant] += 1
        else:
            carried_out[applicant] += 1
    return RequestGrid(dict(new), dict(carried_in), dict(decisions), dict(carried_out))

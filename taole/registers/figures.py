"""The report's numbers that are counted from the ledgers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, null, select

from taole.core.database import db
from taole.core.figures import Counted, Figure, Origin, Scope, Value
from taole.core.settings_store import find_setting
from taole.core.words import N_
from taole.registers.counting import Records, count, figure, in_being, within
from taole.registers.models import (
    AccountabilityCase,
    ChatGroup,
    DutyAssignment,
    Evaluation,
    Facility,
    Incident,
    InternalRule,
    KeyTask,
    LedgerSubmission,
    MediaAccount,
    PublicMessage,
    Training,
)
from taole.registers.rules import (
    FacilityKind,
    FeeKind,
    TrainingRole,
    answer_rate,
    least_per_quarter,
)
from taole.registers.table_figures import TABLE_FIGURES, receipts, yuan_taken

COLLECTION_INTERVAL = "collection_interval"
"""The setting ``{"weeks": n}``: how often the 综合办公室 collects from the offices."""
DEFAULT_WEEKS = 2

RELEASE_REVIEW = "发布审核"
NET_REPLIES = "网民回应"
VILLAGE_AFFAIRS = "村务公开"

_EVALUATION: tuple[Any, ...] = (Evaluation.id, Evaluation.result, Evaluation.held_on)
_KEY_TASK: tuple[Any, ...] = (KeyTask.id, KeyTask.title, null().label("day"))


def _messages(*where: ColumnElement[bool]) -> Records:
    return within(PublicMessage, PublicMessage.received_on, PublicMessage.subject, *where)


def _trainings(role: TrainingRole, *where: ColumnElement[bool]) -> Records:
    return within(Training, Training.held_on, Training.topic, Training.role == role, *where)


def _groups(*where: ColumnElement[bool]) -> Records:
    return in_being(ChatGroup, ChatGroup.opened_on, ChatGroup.closed_on, ChatGroup.name, *where)


def _key_tasks(years_before: int) -> Records:
    return lambda scope: (
        select(*_KEY_TASK)
        .where(KeyTask.township_id == scope.township_id, KeyTask.year == scope.year - years_before)
        .order_by(KeyTask.number, KeyTask.id)
    )


def _last_evaluation(scope: Scope) -> Select[Any]:
    return (
        select(*_EVALUATION)
        .where(
            Evaluation.township_id == scope.township_id,
            Evaluation.held_on.between(scope.start, scope.end),
        )
        .order_by(Evaluation.held_on.desc(), Evaluation.entered_at.desc(), Evaluation.id.desc())
        .limit(1)
    )


_received = _messages()
_answered = _messages(PublicMessage.replied_on.is_not(None))
_submissions = within(LedgerSubmission, LedgerSubmission.submitted_on, LedgerSubmission.recipient)


def _answer_rate(scope: Scope) -> Value:
    return answer_rate(count(_answered(scope)), count(_received(scope)))


def _evaluation_result(scope: Scope) -> Value:
    return db.session.scalar(_last_evaluation(scope).with_only_columns(Evaluation.result))


def _submissions_per_quarter(scope: Scope) -> Value:
    days = [row.submitted_on for row in db.session.execute(_submissions(scope))]
    return least_per_quarter(days, scope.start, scope.end)


def _information_fees(scope: Scope) -> Value:
    return yuan_taken(FeeKind.INFORMATION, scope)


def _collection_weeks(scope: Scope) -> Value:
    setting = find_setting(COLLECTION_INTERVAL, scope.township_id) or {}
    return int(setting.get("weeks", DEFAULT_WEEKS))


def _year_before(scope: Scope) -> Value:
    return scope.year - 1


_PART_ONE = (
    figure(
        "P1-inquiry",
        N_("群众问题"),
        N_("条"),
        _received,
        N_("本年从人民网领导留言板、市级网络问政平台、12345 收到的"),
    ),
    figure(
        "P1-inquiry-ontime",
        N_("按时答复的群众问题"),
        N_("条"),
        _messages(PublicMessage.replied_on <= PublicMessage.due_on),
        N_("本年收到，在期限当天或以前答复的"),
    ),
    figure(
        "P1-inquiry-rate",
        N_("群众问题答复率"),
        "%",
        _answered,
        N_("本年收到的当中已经答复的比例；没有收到就不算"),
        value=_answer_rate,
    ),
    figure(
        "P1-system",
        N_("建立的发布审核制度"),
        N_("项"),
        within(
            InternalRule,
            InternalRule.issued_on,
            InternalRule.title,
            InternalRule.topic == RELEASE_REVIEW,
        ),
        N_("主题是“发布审核”、本年制发的内部制度"),
    ),
    figure(
        "P1-zone",
        N_("政务公开专区"),
        N_("处"),
        in_being(
            Facility,
            Facility.opened_on,
            Facility.closed_on,
            Facility.place,
            Facility.kind == FacilityKind.ZONE,
        ),
        N_("年底还在用的"),
    ),
    figure(
        "P1-newmedia-acc",
        N_("新媒体账号"),
        N_("个"),
        in_being(MediaAccount, MediaAccount.opened_on, MediaAccount.closed_on, MediaAccount.name),
        N_("年底还在用的"),
    ),
    figure(
        "P1-training-host",
        N_("举办的培训"),
        N_("次"),
        _trainings(TrainingRole.HELD),
        N_("本年镇里自己办的"),
    ),
    figure(
        "P1-evaluation",
        N_("社会评议结果"),
        N_("等次"),
        _last_evaluation,
        N_("本年最近一次评议的结果"),
        value=_evaluation_result,
        origin=Origin.ENTERED,
    ),
    figure(
        "P1-accountability",
        N_("追究问责"),
        N_("次"),
        within(AccountabilityCase, AccountabilityCase.decided_on, AccountabilityCase.subject),
        N_("本年作出决定的"),
    ),
)

_PART_SIX = (
    figure(
        "P6-items",
        N_("政务公开工作要点"),
        N_("条"),
        _key_tasks(0),
        N_("本年度的工作要点，一条算一条"),
    ),
    figure(
        "P6-lastyear",
        N_("回头看的要点年度"),
        N_("年"),
        _key_tasks(1),
        N_("报告年度的上一年；列出的是那一年的要点"),
        value=_year_before,
        origin=Origin.PARAMETER,
    ),
    figure(
        "P6-reply-staff",
        N_("负责网民回应的工作人员"),
        N_("名"),
        in_being(
            DutyAssignment,
            DutyAssignment.from_on,
            DutyAssignment.until_on,
            DutyAssignment.person_name,
            DutyAssignment.duty == NET_REPLIES,
        ),
        N_("负责的事是“网民回应”、年底还在负责的"),
    ),
    figure(
        "P6-training-host",
        N_("召开的村务公开培训"),
        N_("次"),
        _trainings(TrainingRole.HELD, Training.topic.contains(VILLAGE_AFFAIRS)),
        N_("本年镇里自己办、主题里有“村务公开”的"),
    ),
    figure(
        "P6-training-attend",
        N_("参加的培训"),
        N_("次"),
        _trainings(TrainingRole.ATTENDED),
        N_("本年参加上级办的"),
    ),
    figure(
        "P6-leak",
        N_("泄密或引发负面舆情"),
        N_("次"),
        within(Incident, Incident.happened_on, Incident.subject),
        N_("本年发生的泄密和舆情"),
    ),
    figure("P6-chatgroup", N_("工作群"), N_("个"), _groups(), N_("年底还在用的")),
    figure(
        "P6-chatgroup-clean",
        N_("需要清理的工作群"),
        N_("个"),
        _groups(ChatGroup.is_idle.is_(True)),
        N_("年底还在、标为僵尸群的"),
    ),
    figure(
        "P6-ledger-freq",
        N_("每季度报送台账"),
        N_("次/季"),
        _submissions,
        N_("各季度报送次数里最少的一个"),
        value=_submissions_per_quarter,
    ),
    figure(
        "P6-infofee",
        N_("信息处理费"),
        N_("元"),
        receipts(FeeKind.INFORMATION),
        N_("本年收取的信息处理费合计，不在表二的收费里"),
        value=_information_fees,
    ),
)

FIGURES: tuple[Figure, ...] = (
    *_PART_ONE,
    *TABLE_FIGURES,
    Figure(
        "P5-collect-freq",
        N_("征集公开内容的间隔"),
        N_("周"),
        Counted.NOTHING,
        value=_collection_weeks,
        origin=Origin.CONSTANT,
        rule=N_("镇里定的征集间隔"),
    ),
    *_PART_SIX,
)

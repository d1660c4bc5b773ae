"""The ledgers that the annual report counts, described: fields, order, what the report takes."""

from __future__ import annotations

from typing import Any

from taole.core.errors import NotFound
from taole.core.periods import FIRST_YEAR_OF_DISCLOSURE, LATEST_YEAR
from taole.core.words import N_
from taole.registers import models, rules
from taole.registers.fields import Field, FieldKind, Order
from taole.registers.register import Register


def _day(name: str, label: str, *, required: bool = True, is_plan: bool = False) -> Field:
    return Field(name, label, FieldKind.DAY, required=required, is_plan=is_plan)


def _choice(name: str, label: str, choices: Any, *, required: bool = True) -> Field:
    return Field(name, label, FieldKind.CHOICE, required=required, choices=choices)


_SUBJECT_HINT = N_("只写什么事，不写姓名、电话、住址和身份证号")
_OPENED = _day("opened_on", N_("启用日期"))
_CLOSED = _day("closed_on", N_("停用日期"), required=False)
_OPEN_THEN_CLOSED = (Order("opened_on", "closed_on", strictly=True),)
_ISSUED = _day("issued_on", N_("制发日期"))
_REPEALED = _day("repealed_on", N_("废止日期"), required=False)
_ISSUED_THEN_REPEALED = (Order("issued_on", "repealed_on", strictly=True),)

_ALL = (
    Register(
        "public_messages",
        N_("群众留言和答复"),
        models.PublicMessage,
        (
            Field("subject", N_("反映的事"), hint=_SUBJECT_HINT),
            _choice("channel", N_("渠道"), rules.MessageChannel),
            _day("received_on", N_("收到日期")),
            _day("due_on", N_("答复期限"), is_plan=True),
            _day("replied_on", N_("答复日期"), required=False),
        ),
        on="received_on",
        title="subject",
        taken=N_("第一部分：群众问题条数、按时答复条数、答复率"),
        orders=(Order("received_on", "due_on"), Order("received_on", "replied_on")),
        due=("due_on", "replied_on"),
    ),
    Register(
        "trainings",
        N_("培训"),
        models.Training,
        (
            Field("topic", N_("主题"), hint=N_("村务公开的培训，主题里请写“村务公开”四个字")),
            _choice("role", N_("举办还是参加"), rules.TrainingRole),
            _day("held_on", N_("培训日期")),
            Field("people", N_("人数"), FieldKind.COUNT, required=False, least=1, most=100_000),
        ),
        on="held_on",
        title="topic",
        taken=N_("第一部分、第六部分：举办和参加培训的次数"),
    ),
    Register(
        "normative_documents",
        N_("规章和行政规范性文件"),
        models.NormativeDocument,
        (
            Field("title", N_("文件名称")),
            _choice("kind", N_("种类"), rules.DocumentKind),
            Field("document_number", N_("文号"), required=False, limit=60),
            _ISSUED,
            _REPEALED,
        ),
        on="issued_on",
        until="repealed_on",
        title="title",
        taken=N_("表二：本年制发、本年废止、现行有效件数"),
        orders=_ISSUED_THEN_REPEALED,
    ),
    Register(
        "administrative_decisions",
        N_("行政许可、处罚、强制决定"),
        models.AdministrativeDecision,
        (
            Field("subject", N_("事由"), hint=N_("依法不公开的决定也要记，事由可以写得概括")),
            _choice("kind", N_("种类"), rules.DecisionKind),
            Field("number", N_("决定书文号"), required=False, limit=60),
            _day("decided_on", N_("决定日期")),
        ),
        on="decided_on",
        title="subject",
        taken=N_("表二：行政许可、行政处罚、行政强制决定数量"),
    ),
    Register(
        "fee_receipts",
        N_("收费"),
        models.FeeReceipt,
        (
            _choice("kind", N_("种类"), rules.FeeKind),
            Field("amount", N_("金额（元）"), FieldKind.AMOUNT),
            _day("received_on", N_("收取日期")),
            Field("subject", N_("说明"), required=False),
        ),
        on="received_on",
        title="kind",
        taken=N_("表二：行政事业性收费（万元）；第六部分：信息处理费（元）"),
    ),
    Register(
        "review_cases",
        N_("行政复议和行政诉讼"),
        models.ReviewCase,
        (
            Field("subject", N_("案由"), hint=_SUBJECT_HINT),
            _choice("path", N_("途径"), rules.CasePath),
            _day("received_on", N_("受理日期")),
            _day("concluded_on", N_("审结日期"), required=False),
            _choice("result", N_("结果"), rules.CaseResult, required=False),
        ),
        on="received_on",
        until="concluded_on",
        title="subject",
        taken=N_("表四：政府信息公开行政复议、行政诉讼情况"),
        orders=(Order("received_on", "concluded_on"),),
        together=(("concluded_on", "result"),),
    ),
    Register(
        "chat_groups",
        N_("工作群"),
        models.ChatGroup,
        (
            Field("name", N_("群名"), limit=80),
            _OPENED,
            _CLOSED,
            Field("is_idle", N_("是僵尸群，需要清理"), FieldKind.YES_NO, required=False),
        ),
        on="opened_on",
        until="closed_on",
        title="name",
        taken=N_("第六部分：工作群个数、需要清理的个数"),
        orders=_OPEN_THEN_CLOSED,
    ),
    Register(
        "evaluations",
        N_("社会评议"),
        models.Evaluation,
        (
            Field("result", N_("结果"), limit=40, hint=N_("如：良好")),
            _day("held_on", N_("评议日期")),
            Field("source", N_("谁评议的"), required=False),
        ),
        on="held_on",
        title="result",
        taken=N_("第一部分：社会评议结果（取最近一次）"),
    ),
    Register(
        "accountability_cases",
        N_("责任追究"),
        models.AccountabilityCase,
        (Field("subject", N_("事由")), _day("decided_on", N_("决定日期"))),
        on="decided_on",
        title="subject",
        taken=N_("第一部分：追究问责次数"),
    ),
    Register(
        "incidents",
        N_("泄密和舆情"),
        models.Incident,
        (
            Field("subject", N_("事由")),
            _choice("kind", N_("种类"), rules.IncidentKind),
            _day("happened_on", N_("发生日期")),
        ),
        on="happened_on",
        title="subject",
        taken=N_("第六部分：泄密或引发负面舆情次数"),
    ),
    Register(
        "facilities",
        N_("公开场所和设备"),
        models.Facility,
        (
            Field("place", N_("地点"), limit=120),
            _choice("kind", N_("种类"), rules.FacilityKind),
            _OPENED,
            _CLOSED,
        ),
        on="opened_on",
        until="closed_on",
        title="place",
        taken=N_("第一部分：政务公开专区处数"),
        orders=_OPEN_THEN_CLOSED,
    ),
    Register(
        "media_accounts",
        N_("新媒体账号"),
        models.MediaAccount,
        (
            Field("name", N_("账号名称"), limit=80),
            Field("platform", N_("平台"), limit=40, hint=N_("如：微信公众号、微博")),
            _OPENED,
            _CLOSED,
        ),
        on="opened_on",
        until="closed_on",
        title="name",
        taken=N_("第一部分：新媒体账号个数"),
        orders=_OPEN_THEN_CLOSED,
    ),
    Register(
        "internal_rules",
        N_("内部制度"),
        models.InternalRule,
        (
            Field("title", N_("制度名称")),
            Field("topic", N_("主题"), limit=60, hint=N_("如：发布审核")),
            _ISSUED,
            _REPEALED,
        ),
        on="issued_on",
        until="repealed_on",
        title="title",
        taken=N_("第一部分：本年建立的发布审核制度项数"),
        orders=_ISSUED_THEN_REPEALED,
    ),
    Register(
        "duty_assignments",
        N_("专人负责"),
        models.DutyAssignment,
        (
            Field("duty", N_("负责的事"), limit=60, hint=N_("如：网民回应、政务公开")),
            Field("person_name", N_("工作人员"), limit=40),
            _day("from_on", N_("开始日期"), is_plan=True),
            _day("until_on", N_("结束日期"), required=False, is_plan=True),
        ),
        on="from_on",
        until="until_on",
        title="duty",
        taken=N_("第六部分：负责网民回应的工作人员人数"),
        orders=(Order("from_on", "until_on", strictly=True),),
    ),
    Register(
        "key_tasks",
        N_("政务公开工作要点"),
        models.KeyTask,
        (
            Field("title", N_("要点")),
            Field(
                "year",
                N_("年度"),
                FieldKind.COUNT,
                least=FIRST_YEAR_OF_DISCLOSURE,
                most=LATEST_YEAR,
            ),
            Field("number", N_("第几条"), FieldKind.COUNT, least=1, most=200),
            _choice("state", N_("进展"), rules.TaskState),
            Field(
                "owner",
                N_("责任单位"),
                required=False,
                limit=80,
                hint=N_("写镇里办公室、中心或村的全名，征集时就会问到它"),
            ),
            Field("measure", N_("措施"), FieldKind.LONG_TEXT, required=False, limit=400),
            _day("due_on", N_("完成时限"), required=False, is_plan=True),
            Field("progress", N_("落实情况"), FieldKind.LONG_TEXT, required=False, limit=4000),
        ),
        on="year",
        order="number",
        title="title",
        taken=N_("第六部分：要点落实情况，逐条写进报告"),
    ),
    Register(
        "ledger_submissions",
        N_("报送工作台账"),
        models.LedgerSubmission,
        (
            Field("recipient", N_("报给谁"), limit=80, hint=N_("如：县政务公开办")),
            _day("submitted_on", N_("报送日期")),
            Field(
                "year",
                N_("台账年度"),
                FieldKind.COUNT,
                required=False,
                least=FIRST_YEAR_OF_DISCLOSURE,
                most=LATEST_YEAR,
            ),
            Field("quarter", N_("第几季度"), FieldKind.COUNT, required=False, least=1, most=4),
            Field("title", N_("台账名称"), required=False),
        ),
        on="submitted_on",
        title="recipient",
        taken=N_("第六部分：每季度报送台账的最少次数"),
        together=(("year", "quarter"),),
    ),
)

REGISTERS: dict[str, Register] = {register.key: register for register in _ALL}

_BY_MODEL = {register.model: register for register in _ALL}


def get_register(key: str) -> Register:
    """The ledger with this key; NotFound for a name that nobody declared."""
    if key not in REGISTERS:
        raise NotFound(key)
    return REGISTERS[key]


def register_of(entry: models.Entry) -> Register:
    return _BY_MODEL[type(entry)]

"""What an inspection and a finding are, and the moves of rectification to 销号.

待整改 → 整改中 → 待复核 → 已销号, or back to 整改中 with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from taole.access.permissions import Permission
from taole.core.words import N_


class Direction(StrEnum):
    OUTBOUND = auto()
    INBOUND = auto()


class InspectionKind(StrEnum):
    """Kinds as the annual report counts them."""

    VISIT = "visit"
    SPOT_CHECK = "spot_check"
    SELF_CHECK = "self_check"
    GUIDANCE = "guidance"
    CHECK = "check"
    CROSS_CHECK = "cross_check"
    CIRCULAR = "circular"
    DAILY = "daily"
    SUPERVISION = "supervision"
    EVALUATION = "evaluation"
    COMPLAINT = "complaint"
    SYSTEM = "system"


INSPECTION_KIND_LABELS = {
    InspectionKind.VISIT: N_("到村查看"),
    InspectionKind.SPOT_CHECK: N_("抽查"),
    InspectionKind.SELF_CHECK: N_("各村自查"),
    InspectionKind.GUIDANCE: N_("指导"),
    InspectionKind.CHECK: N_("检查"),
    InspectionKind.CROSS_CHECK: N_("交叉互检"),
    InspectionKind.CIRCULAR: N_("季度通报"),
    InspectionKind.DAILY: N_("日常监督"),
    InspectionKind.SUPERVISION: N_("督查反馈"),
    InspectionKind.EVALUATION: N_("第三方评估"),
    InspectionKind.COMPLAINT: N_("群众反映"),
    InspectionKind.SYSTEM: N_("系统发现"),
}

INSPECTED = tuple(kind for kind in InspectionKind if kind is not InspectionKind.SYSTEM)
"""What somebody holds; what the system finds by itself is no inspection."""


class SelfCheckAnswer(StrEnum):
    """What a village says after it has checked itself."""

    NONE_FOUND = auto()
    FOUND = auto()


SELF_CHECK_LABELS = {
    SelfCheckAnswer.NONE_FOUND: N_("没有同样的问题"),
    SelfCheckAnswer.FOUND: N_("有同样的问题"),
}


class BodyLevel(StrEnum):
    REGION = "region"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    PUBLIC = "public"


BODY_LEVEL_LABELS = {
    BodyLevel.REGION: N_("自治区（省）"),
    BodyLevel.PREFECTURE: N_("市"),
    BodyLevel.COUNTY: N_("县（区）"),
    BodyLevel.TOWNSHIP: N_("乡镇"),
    BodyLevel.PUBLIC: N_("群众"),
}


class Severity(StrEnum):
    MINOR = "minor"
    MAJOR = "major"
    SERIOUS = "serious"


SEVERITY_LABELS = {
    Severity.MINOR: N_("一般"),
    Severity.MAJOR: N_("较重"),
    Severity.SERIOUS: N_("严重"),
}

MEND_WITHIN_WORKDAYS = {Severity.MINOR: 10, Severity.MAJOR: 5, Severity.SERIOUS: 3}
"""Working days to mend a problem when the circular names no day."""


class FindingState(StrEnum):
    OPEN = auto()
    MENDING = auto()
    PROOFED = auto()
    CLOSED = auto()


FINDING_STATE_LABELS = {
    FindingState.OPEN: N_("待整改"),
    FindingState.MENDING: N_("整改中"),
    FindingState.PROOFED: N_("待复核"),
    FindingState.CLOSED: N_("已销号"),
}


class FindingStep(StrEnum):
    START = auto()
    PROVE = auto()
    SEND_BACK = auto()
    CLOSE = auto()


@dataclass(frozen=True)
class FindingMove:
    """One permitted step; closing is never by who proved it or answers for it (another's look)."""

    sources: frozenset[FindingState]
    target: FindingState
    permission: Permission
    needs_proof: bool = False
    needs_reason: bool = False
    forbids_own: bool = False


FINDING_MOVES: dict[FindingStep, FindingMove] = {
    FindingStep.START: FindingMove(
        frozenset({FindingState.OPEN}), FindingState.MENDING, Permission.MEND_FINDING
    ),
    FindingStep.PROVE: FindingMove(
        frozenset({FindingState.OPEN, FindingState.MENDING}),
        FindingState.PROOFED,
        Permission.MEND_FINDING,
        needs_proof=True,
    ),
    FindingStep.SEND_BACK: FindingMove(
        frozenset({FindingState.PROOFED}),
        FindingState.MENDING,
        Permission.RECHECK_FINDING,
        needs_reason=True,
        forbids_own=True,
    ),
    FindingStep.CLOSE: FindingMove(
        frozenset({FindingState.PROOFED}),
        FindingState.CLOSED,
        Permission.RECHECK_FINDING,
        needs_proof=True,
        forbids_own=True,
    ),
}

"""What the columns of published rectification lists can hold. Pure."""

from __future__ import annotations

from enum import StrEnum, auto

from taole.core.words import N_


class Field(StrEnum):
    """What a column of a list can hold."""

    NUMBER = auto()
    TOWN = auto()
    UNIT = auto()
    STATEMENT = auto()
    KIND = auto()
    ITEM = auto()
    ITEM_CODE = auto()
    ITEM_GROUP = auto()
    SEVERITY = auto()
    EVIDENCE = auto()
    BASIS = auto()
    DEMAND = auto()
    MEASURES = auto()
    LEAD = auto()
    LEADER = auto()
    OWNER = auto()
    DUE = auto()
    DONE_ON = auto()
    PROGRESS = auto()
    STATE = auto()
    PROOF_LINK = auto()
    RECHECKER = auto()
    RECHECKED_ON = auto()
    VERDICT = auto()
    SOURCE = auto()
    DOCUMENT = auto()
    FOUND_ON = auto()
    WEIGHT = auto()
    SCORE = auto()
    LOST = auto()
    NOTE = auto()
    UNUSED = auto()


FIELD_LABELS = {
    Field.NUMBER: N_("序号"),
    Field.TOWN: N_("乡镇"),
    Field.UNIT: N_("责任单位"),
    Field.STATEMENT: N_("问题"),
    Field.KIND: N_("问题类别"),
    Field.ITEM: N_("公开事项"),
    Field.ITEM_CODE: N_("事项编码"),
    Field.ITEM_GROUP: N_("一级事项或领域"),
    Field.SEVERITY: N_("程度"),
    Field.EVIDENCE: N_("问题的证据"),
    Field.BASIS: N_("依据或标准"),
    Field.DEMAND: N_("整改要求"),
    Field.MEASURES: N_("整改措施"),
    Field.LEAD: N_("牵头单位"),
    Field.LEADER: N_("责任领导"),
    Field.OWNER: N_("责任人"),
    Field.DUE: N_("整改时限"),
    Field.DONE_ON: N_("完成日期"),
    Field.PROGRESS: N_("整改情况"),
    Field.STATE: N_("状态"),
    Field.PROOF_LINK: N_("整改佐证链接"),
    Field.RECHECKER: N_("复核人"),
    Field.RECHECKED_ON: N_("复核日期"),
    Field.VERDICT: N_("复核结论"),
    Field.SOURCE: N_("来源"),
    Field.DOCUMENT: N_("来源文号"),
    Field.FOUND_ON: N_("发现日期"),
    Field.WEIGHT: N_("权重或分值"),
    Field.SCORE: N_("得分"),
    Field.LOST: N_("扣分"),
    Field.NOTE: N_("备注"),
    Field.UNUSED: N_("不用这一列"),
}

JOINED = frozenset(
    {
        Field.MEASURES,
        Field.DEMAND,
        Field.PROGRESS,
        Field.NOTE,
        Field.ITEM_GROUP,
        Field.EVIDENCE,
        Field.PROOF_LINK,
    }
)
"""Two columns of these are read one after the other: nothing is lost and nothing chosen."""

REPEATED = JOINED | {
    Field.NUMBER,
    Field.SOURCE,
    Field.DOCUMENT,
    Field.BASIS,
    Field.WEIGHT,
    Field.SCORE,
    Field.LOST,
    Field.UNUSED,
    Field.LEADER,
    Field.LEAD,
    Field.RECHECKER,
    Field.RECHECKED_ON,
    Field.VERDICT,
}
"""Fields that may head several columns without a question: the first is taken, or all."""

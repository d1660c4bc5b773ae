"""The problems found in 2023, as data: where, by whom, and what was done about each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taole.inspections.workflow import InspectionKind, Severity


@dataclass(frozen=True)
class Problem:
    """A finding of the year: where, from which source, what, and what was done."""

    village: int
    source: InspectionKind
    found_on: date
    severity: Severity
    statement: str
    demand: str
    measures: str
    days_to_mend: int
    kind: str = ""


CIRCULAR_SIX = (
    Problem(
        2,
        InspectionKind.CIRCULAR,
        date(2023, 4, 28),
        Severity.MAJOR,
        "第一季度高龄津贴发放情况公示晚于规定时间",
        "补充公示并说明原因",
        "已补充公示，今后由专干按月提醒",
        6,
        "late",
    ),
    Problem(
        3,
        InspectionKind.CIRCULAR,
        date(2023, 7, 28),
        Severity.MINOR,
        "公示表没有使用统一模板，缺少监督电话",
        "按统一模板重新填写并张贴",
        "已按模板重做并补上村镇两级监督电话",
        5,
        "no-template",
    ),
    Problem(
        4,
        InspectionKind.CIRCULAR,
        date(2023, 10, 27),
        Severity.MINOR,
        "公示栏内容超过公示期没有撤下",
        "清理过期内容并登记撤下日期",
        "已清理公示栏，按公示期登记撤下日期",
        4,
        "never-taken-down",
    ),
    Problem(
        0,
        InspectionKind.DAILY,
        date(2023, 5, 18),
        Severity.MINOR,
        "村居通与公示栏的临时救助金额不一致",
        "以审核通过的表为准更正",
        "已核对并更正村居通内容",
        3,
        "wall-differs",
    ),
    Problem(
        1,
        InspectionKind.DAILY,
        date(2023, 8, 22),
        Severity.MINOR,
        "公示照片看不清，无法确认张贴内容",
        "重新拍照上传",
        "已重新拍照上传",
        2,
        "papers-unsorted",
    ),
    Problem(
        4,
        InspectionKind.SUPERVISION,
        date(2023, 9, 12),
        Severity.SERIOUS,
        "二季度集体收支公示缺少支出明细",
        "补齐支出明细，经村务监督委员会签字后公示",
        "已补齐明细并经村监委审核签字",
        7,
        "spending-missing",
    ),
)
"""季度通报, 日常监督 and 督查反馈: the six problems of the yearly report."""

CROSS_THREE = (
    Problem(
        1,
        InspectionKind.CROSS_CHECK,
        date(2023, 6, 15),
        Severity.MAJOR,
        "低保初审公示只挂了 5 天，不足 7 天",
        "重新公示，公示期不少于 7 天",
        "已重新公示满 7 天",
        10,
        "posting-irregular",
    ),
    Problem(
        3,
        InspectionKind.CROSS_CHECK,
        date(2023, 6, 15),
        Severity.MINOR,
        "公示栏位置被宣传展板遮挡",
        "移开展板，保证群众看得见",
        "已移开展板",
        2,
        "board-remote",
    ),
    Problem(
        2,
        InspectionKind.CROSS_CHECK,
        date(2023, 6, 15),
        Severity.MINOR,
        "村民代表会议决定事项没有写明办理结果",
        "补充办理结果后公示",
        "已补充办理结果",
        5,
        "partial",
    ),
)

VISIT_FINDINGS = (
    Problem(
        3,
        InspectionKind.VISIT,
        date(2023, 3, 22),
        Severity.MINOR,
        "查询机开机后停留在待机页面",
        "指定专人每日查看",
        "已指定专人每日查看",
        3,
    ),
    Problem(
        0,
        InspectionKind.VISIT,
        date(2023, 11, 14),
        Severity.MINOR,
        "公示栏玻璃破损",
        "更换玻璃",
        "已更换玻璃",
        9,
        "board-damaged",
    ),
)

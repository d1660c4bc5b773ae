"""The small ledgers of 2023, and what people wrote in part five of the report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from taole.annual_report.actions import write_passages
from taole.annual_report.wording import draft_pairs
from taole.core.clock import noon
from taole.demonstration.stage import Stage
from taole.registers.actions import enter
from taole.registers.rules import (
    FacilityKind,
    MessageChannel,
    TaskState,
    TrainingRole,
)

MESSAGES = (
    (MessageChannel.PEOPLE_NET, 9),
    (MessageChannel.CITY_FORUM, 24),
    (MessageChannel.HOTLINE, 42),
)
"""75 in all; how they split by channel is invented (the report does not say)."""

SUBJECTS = ("农田灌溉用水", "村道路灯维修", "补贴发放时间", "环境卫生", "医保缴费", "宅基地手续")

KEY_TASKS = (
    "按时公开财政信息",
    "认真回应网民关切",
    "依法办理公开申请",
    "扎实推进村务公开",
    "严格内容审核",
    "规范工作群管理",
    "维护好公开平台",
    "深入开展调研",
    "提高培训实效",
    "落实任务台账",
)
"""What the report says of each stands in the narrative's draft that begins with these words."""


def play_ledgers(stage: Stage) -> None:
    _messages(stage)
    for key, values in _entries():
        enter(key, stage.township, values, by=stage.people["li"])
    write_passages(
        stage.township, 2023, draft_pairs(), by=stage.people["li"], at=noon(date(2024, 1, 10))
    )


def _messages(stage: Stage) -> None:
    for channel, count in MESSAGES:
        for number in range(count):
            received = date(2023, 1, 4) + timedelta(days=(number * 355) // count)
            due = stage.calendar.add(received, 5)
            enter(
                "public_messages",
                stage.township,
                {
                    "channel": channel,
                    "received_on": received,
                    "due_on": due,
                    "replied_on": stage.calendar.add(received, 1 + number % 5),
                    "subject": f"关于{SUBJECTS[number % len(SUBJECTS)]}的反映",
                },
                by=stage.people["li"],
            )


def _entries() -> list[tuple[str, dict[str, Any]]]:
    since = date(2021, 3, 1)
    entries: list[tuple[str, dict[str, Any]]] = [
        (
            "trainings",
            {
                "role": TrainingRole.HELD,
                "held_on": date(2023, 4, 19),
                "people": 18,
                "topic": "2023年陶乐镇政府信息公开暨村务公开培训",
            },
        ),
        (
            "trainings",
            {
                "role": TrainingRole.ATTENDED,
                "held_on": date(2023, 3, 29),
                "people": 2,
                "topic": "全县政务公开专干培训",
            },
        ),
        (
            "trainings",
            {
                "role": TrainingRole.ATTENDED,
                "held_on": date(2023, 5, 16),
                "people": 6,
                "topic": "全县村务公开培训",
            },
        ),
        (
            "internal_rules",
            {
                "title": "平罗县陶乐镇政府网站和政务新媒体信息发布审核制度",
                "topic": "发布审核",
                "issued_on": date(2023, 2, 20),
            },
        ),
        (
            "evaluations",
            {"held_on": date(2023, 12, 15), "result": "良好", "source": "社会公众评议"},
        ),
        ("facilities", {"kind": FacilityKind.ZONE, "place": "镇民生服务中心", "opened_on": since}),
        ("media_accounts", {"platform": "微信公众号", "name": "平罗县陶乐镇", "opened_on": since}),
        ("media_accounts", {"platform": "微博", "name": "平罗县陶乐镇", "opened_on": since}),
        ("chat_groups", {"name": "陶乐镇工作联系群", "opened_on": since}),
        ("chat_groups", {"name": "陶乐镇人大工作群", "opened_on": since}),
        ("duty_assignments", {"duty": "网民回应", "person_name": "李某", "from_on": since}),
    ]
    entries += [
        (
            "ledger_submissions",
            {
                "submitted_on": on,
                "recipient": "县政务公开办",
                "year": 2023,
                "quarter": quarter,
                "title": f"2023年第{quarter}季度政务公开工作台账",
            },
        )
        for quarter, on in (
            (1, date(2023, 3, 30)),
            (2, date(2023, 6, 29)),
            (3, date(2023, 9, 27)),
            (4, date(2023, 12, 28)),
        )
    ]
    for number, title in enumerate(KEY_TASKS, start=1):
        entries.append(
            (
                "key_tasks",
                {
                    "year": 2023,
                    "number": number,
                    "title": title,
                    "state": TaskState.DONE,
                    "progress": "",
                },
            )
        )
    entries.append(
        (
            "key_tasks",
            {
                "year": 2022,
                "number": 1,
                "title": "2022年要点回头看",
                "state": TaskState.DONE,
                "progress": "已完善",
            },
        )
    )
    return entries

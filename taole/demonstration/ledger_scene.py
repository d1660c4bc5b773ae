"""The small ledgers of 2023, and what people wrote in part five of the report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from taole.annual_report.models import PassageKind, ReportPassage
from taole.core.database import db
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
    "按时公开部门预决算",
    "办好网民留言",
    "规范依申请公开办理",
    "推进村务公开",
    "加强内容审核管理",
    "规范工作群运行",
    "保持网站更新频次",
    "深入各村调研",
    "参加业务培训",
    "按季报送工作台账",
)

PASSAGES = {
    PassageKind.PROBLEM: (
        "各办（中心）报送信息不够主动，收集和发布还不够及时",
        "有的村公示不及时，政务公开和村务公开衔接不紧",
        "有的村公示格式不统一",
    ),
    PassageKind.MEASURE: (
        "由综合办公室每两周对照工作要点向各办（中心）征集内容，审核后发布",
        "举办村务公开专干培训，讲清发布流程、制度和内容，把两项公开衔接起来",
        "把村务公开基准目录发到各村，五类内容统一用模板整理和公示",
    ),
}


def play_ledgers(stage: Stage) -> None:
    _messages(stage)
    for key, values in _entries():
        enter(key, stage.township, values, by=stage.people["li"])
    for kind, texts in PASSAGES.items():
        for position, text in enumerate(texts, start=1):
            db.session.add(
                ReportPassage(
                    township_id=stage.township.id,
                    year=2023,
                    kind=kind,
                    position=position,
                    text=text,
                )
            )
    db.session.flush()


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
                    "progress": "已完成",
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

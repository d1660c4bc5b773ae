"""The demonstration year is the year of the real report: every number, and the life behind it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cast import copy_instance, run_taole
from docx import Document
from docx.oxml.ns import qn
from flask import Flask
from sqlalchemy import func, select

from taole.core.clock import today
from taole.core.database import db
from taole.core.periods import Frequency, period_containing
from taole.notices.models import Notice, Posting
from taole.notices.workflow import IN_REVIEW, NoticeState
from taole.obligations.models import Obligation
from taole.organisation.models import Unit
from taole.trail.models import TrailLine
from tests.demonstration.figures_of_2023 import BREAKDOWNS, FIGURES, NOT_COUNTED

TOWNSHIP = "640221106"
LABELS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
    "（七）总计",
    "四、结转下年度继续办理",
)
"""The rows of table three as 国办公开办函〔2021〕30号 orders them."""


@pytest.fixture(scope="module")
def report(demo_instance: Path) -> dict[str, Any]:
    """What ``taole report make 2023 --json`` prints."""
    told: dict[str, Any] = json.loads(
        run_taole("report", "make", 2023, "--json", instance=demo_instance).stdout
    )
    return told


@pytest.fixture
def year(demo_app: Flask) -> Iterator[Flask]:
    with demo_app.app_context():
        yield demo_app
        db.session.remove()


@pytest.mark.parametrize("key", FIGURES)
def test_a_number_is_what_the_report_of_2023_says(report, key):
    assert report[key]["value"] == FIGURES[key]


@pytest.mark.parametrize("key", [key for key, value in FIGURES.items() if isinstance(value, int)])
def test_a_count_lists_as_many_records_and_none_twice(report, key):
    told = report[key]
    assert len(told["records"]) == len(set(told["records"]))
    if key not in NOT_COUNTED:
        assert len(told["records"]) == told["value"]


@pytest.mark.parametrize("total", BREAKDOWNS)
def test_the_parts_add_up_and_share_no_record(report, total):
    parts = [report[key] for key in BREAKDOWNS[total]]
    assert sum(part["value"] for part in parts) == report[total]["value"]
    records = [record for part in parts for record in part["records"]]
    assert sorted(records) == sorted(report[total]["records"])


def test_the_four_checks_are_one_each(report):
    checks = [report[f"P6-check-{body}"] for body in ("gov", "agri", "civil", "peer")]
    assert [each["value"] for each in checks] == [1, 1, 1, 1]
    assert len({record for each in checks for record in each["records"]}) == 4


def test_figures_of_the_same_thing_name_the_same_records(report):
    assert report["P1-training-host"]["records"] == report["P6-training-host"]["records"]
    assert set(report["P6-cross-closed"]["records"]) == set(report["P6-cross"]["records"])
    assert set(report["P1-rectify-item"]["records"]).isdisjoint(report["P6-cross"]["records"])
    assert set(report["P1-inquiry-ontime"]["records"]) <= set(report["P1-inquiry"]["records"])


def test_every_number_of_the_seed_is_told_and_has_its_unit(report):
    assert set(FIGURES) | {"P1-leader"} == set(report)
    for told in report.values():
        assert set(told) == {"value", "unit", "records"}
        assert told["unit"]


def test_the_year_looks_like_a_year(demo_instance):
    """Seen at its end: on time and late, missing, signed nothing, excused."""
    told = json.loads(
        run_taole(
            *("completeness", "--unit", TOWNSHIP, "--by", "unit", "--json"),
            *("--from", "2023-01-01", "--to", "2023-12-31", "--on", "2023-12-31"),
            instance=demo_instance,
        ).stdout
    )
    assert len(told["rows"]) == 7
    for row in told["rows"]:
        assert row["on_time"] > row["late"] > 0, row["label"]
        assert row["missing"] > 0, row["label"]
        assert row["nothing"] > 0, row["label"]
        assert 0.7 < row["completeness"] < 1, row["label"]
        assert 0.5 < row["timeliness"] < 1, row["label"]
    assert told["total"]["excused"] > 0
    assert len({row["completeness"] for row in told["rows"]}) > 3


def test_some_notices_were_returned_and_some_entered_late(year):
    returned = db.session.scalar(
        select(func.count()).select_from(TrailLine).where(TrailLine.verb == "return_notice")
    )
    assert returned
    assert returned > 1
    in_2023 = Posting.posted_on.between(date(2023, 1, 1), date(2023, 12, 31))
    late = Counter(
        each.is_late_entry for each in db.session.scalars(select(Posting).where(in_2023))
    )
    assert late[True] > 0
    assert late[False] > late[True]


def test_notices_come_in_all_twelve_months_and_from_every_village(year):
    rows = db.session.execute(
        select(Unit.name, Notice.first_posted_on)
        .join(Unit, Unit.id == Notice.unit_id)
        .where(Notice.first_posted_on.between(date(2023, 1, 1), date(2023, 12, 31)))
    ).all()
    assert {day.month for _name, day in rows} == set(range(1, 13))
    assert {"东园村", "施家台子村", "王家庄村", "马太沟村", "庙庙湖村", "社区甲", "社区乙"} <= {
        name for name, _day in rows
    }
    assert all(day.weekday() < 5 or _is_make_up(day) for _name, day in rows)


def _is_make_up(day: date) -> bool:
    return day.isoformat() in {
        *("2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06"),
        *("2023-06-25", "2023-10-07", "2023-10-08"),
    }


def test_the_present_is_alive(year):
    """Something waits for review, something is up, something is owed, and nothing lies ahead."""
    quarter = period_containing(Frequency.QUARTERLY, today())
    states = Counter(db.session.scalars(select(Notice.state)))
    assert all(states[state] for state in IN_REVIEW)
    assert states[NoticeState.RETURNED] >= 1
    latest = db.session.scalar(select(func.max(Posting.posted_on)))
    assert latest is not None
    assert today() - timedelta(days=21) <= latest <= today()
    owed = db.session.scalar(
        select(func.count())
        .select_from(Obligation)
        .where(Obligation.answer.is_(None), Obligation.period_start >= quarter.previous().start)
    )
    assert owed
    assert owed > 20


def test_every_page_says_that_all_is_invented(year):
    page = year.test_client().get("/sign-in").get_data(as_text=True)
    assert "演示数据：人员和公示都是虚构的" in page


def test_making_the_demonstration_again_changes_nothing(demo_instance, tmp_path):
    instance = copy_instance(demo_instance, tmp_path / "instance")
    run_taole("doctor", instance=instance)
    before = (instance / "taole.sqlite3").read_bytes()
    again = run_taole("demo", "--no-serve", instance=instance)
    assert "演示数据已经有了" in again.stderr
    assert "li" in again.stdout
    assert "虚构" in again.stdout
    assert (instance / "taole.sqlite3").read_bytes() == before


def test_the_report_has_three_official_tables(demo_instance, tmp_path):
    run_taole("report", "make", 2023, "--out", tmp_path, "--format", "docx", instance=demo_instance)
    (paper,) = tmp_path.iterdir()
    assert paper.name == "平罗县陶乐镇2023年政府信息公开工作年度报告.docx"
    tables = Document(BytesIO(paper.read_bytes())).tables
    cells = [
        [
            "".join(text.text or "" for text in cell.iter(qn("w:t")))
            for cell in table._tbl.iter(qn("w:tc"))
        ]
        for table in tables
    ]
    numeric = [[text for text in texts if text.replace(".", "").isdecimal()] for texts in cells]
    assert [len(each) for each in numeric] == [10, 175, 15]
    assert [text for text in cells[1] if text in LABELS] == list(LABELS)
    assert {text for each in numeric for text in each} == {"0"}

"""Findings with a database: numbers, steps, what the system sees, and the year's figures."""

from datetime import date, timedelta

import pytest
from finding_factory import FOUND, PAGE, a_finding, an_item, an_obligation, closed
from sqlalchemy import select

from taole.core.clock import noon
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.figures import REGISTRY, Scope, evaluate, list_records
from taole.core.transactions import transaction
from taole.inspections.actions import (
    add_finding,
    close,
    prove,
    record_inspection,
    send_back,
    start_mending,
)
from taole.inspections.models import Finding
from taole.inspections.queries import FindingFilter, count_findings, list_steps
from taole.inspections.system_findings import subject_of, system_findings
from taole.inspections.workflow import (
    BodyLevel,
    Direction,
    FindingState,
    FindingStep,
    InspectionKind,
    Severity,
)
from taole.obligations.models import Event
from taole.obligations.rules import Answer
from taole.rectification_papers.issuing import submit_report
from taole.trail.queries import find_breaks


def test_findings_are_numbered_within_their_township_and_year(town):
    first = a_finding(town.villages[0], town.li)
    second = a_finding(town.villages[3], town.wu)
    foreign = a_finding(town.neighbour_village, town.wu)
    next_year = a_finding(
        town.villages[0], town.li, found_on=date(2024, 1, 5), at=noon(date(2024, 1, 5))
    )
    assert [first.number, second.number, foreign.number, next_year.number] == [1, 2, 1, 1]


def test_a_finding_without_a_day_is_due_by_its_severity_and_falls_to_the_secretary(town):
    finding = a_finding(town.villages[0], town.li, severity=Severity.SERIOUS)
    assert finding.due_on == date(2023, 9, 15)
    assert finding.owner_name == "陈某"


def test_a_finding_due_before_it_was_found_is_refused(town):
    with pytest.raises(Refused, match="早于发现日期"):
        a_finding(town.villages[0], town.li, due_on=FOUND - timedelta(days=1))


def test_a_finding_of_tomorrow_is_refused(town):
    with pytest.raises(Refused, match="还没有到"):
        a_finding(town.villages[0], town.li, found_on=FOUND + timedelta(days=1))


def test_a_problem_that_is_too_long_to_print_says_how_long_it_may_be(town):
    with pytest.raises(Refused, match="最多 400 字"):
        a_finding(town.villages[0], town.li, statement="长" * 401)


def test_the_county_has_no_findings_of_its_own(town):
    with pytest.raises(Refused, match="不属于任何乡镇"):
        a_finding(town.county, town.wu)


def test_the_village_proves_and_the_clerk_closes(town):
    finding = a_finding(town.villages[0], town.li)
    start_mending(finding, by=town.chen, at=noon(date(2023, 9, 13)))
    prove(finding, measures="已写明", by=town.chen, on=date(2023, 9, 19), proof_link=PAGE)
    close(finding, verdict="符合要求", by=town.li, on=date(2023, 9, 20))
    assert finding.state is FindingState.CLOSED
    assert (finding.closed_on, finding.closed_by_name) == (date(2023, 9, 20), "李某")
    assert [(step.step, step.by_name, step.on) for step in list_steps(finding)] == [
        (FindingStep.START, "陈某", date(2023, 9, 13)),
        (FindingStep.PROVE, "陈某", date(2023, 9, 19)),
        (FindingStep.CLOSE, "李某", date(2023, 9, 20)),
    ]
    assert find_breaks() == {}


def test_the_clerk_who_mended_asks_somebody_else_to_look(town):
    finding = a_finding(town.villages[0], town.li)
    prove(finding, measures="已写明", by=town.li, on=FOUND, proof_link=PAGE)
    with pytest.raises(Refused, match="另一个人"):
        close(finding, verdict="符合要求", by=town.li, on=FOUND)
    close(finding, verdict="符合要求", by=town.zhao, on=FOUND)
    assert finding.state is FindingState.CLOSED


def test_a_finding_sent_back_keeps_the_reason_until_it_is_proved_again(town):
    finding = a_finding(town.villages[0], town.li)
    prove(finding, measures="已写明", by=town.chen, on=FOUND, proof_link=PAGE)
    send_back(finding, reason="照片看不清", by=town.wu)
    assert (finding.state, finding.verdict) == (FindingState.MENDING, "照片看不清")
    with pytest.raises(Refused, match="整改中"):
        close(finding, verdict="符合要求", by=town.li, on=FOUND)


def test_a_mending_without_photograph_or_page_is_not_proved(town):
    finding = a_finding(town.villages[0], town.li)
    with pytest.raises(Refused, match="照片"):
        prove(finding, measures="已写明", by=town.chen, on=FOUND)
    with pytest.raises(Refused, match="http"):
        prove(finding, measures="已写明", by=town.chen, on=FOUND, proof_link="ftp://x")


def test_nothing_is_mended_before_it_was_found_nor_closed_before_it_was_mended(town):
    finding = a_finding(town.villages[0], town.li)
    day_before = FOUND - timedelta(days=1)
    with pytest.raises(Refused, match="整改日期早于发现日期"):
        prove(finding, measures="已写明", by=town.chen, on=day_before, proof_link=PAGE)
    prove(finding, measures="已写明", by=town.chen, on=FOUND, proof_link=PAGE)
    with pytest.raises(Refused, match="销号日期早于整改日期"):
        close(finding, verdict="符合要求", by=town.li, on=day_before)
    assert finding.state is FindingState.PROOFED


def test_two_people_who_judge_at_once_give_one_verdict(town):
    finding = a_finding(town.villages[0], town.li)
    prove(finding, measures="已写明", by=town.chen, on=FOUND, proof_link=PAGE)
    seen = finding.version
    close(finding, verdict="符合要求", by=town.li, on=FOUND, version=seen)
    with pytest.raises(Refused):
        send_back(finding, reason="看不清", by=town.wu, version=seen)
    assert finding.state is FindingState.CLOSED


def test_a_verdict_on_an_older_look_is_refused(town):
    finding = a_finding(town.villages[0], town.li)
    prove(finding, measures="已写明", by=town.chen, on=FOUND, proof_link=PAGE)
    seen = finding.version
    send_back(finding, reason="看不清", by=town.wu)
    prove(finding, measures="重新拍照", by=town.chen, on=FOUND, proof_link=PAGE)
    with pytest.raises(Refused, match="别人刚刚处理过"):
        close(finding, verdict="符合要求", by=town.li, on=FOUND, version=seen)


def test_what_is_missing_or_late_is_found_by_the_system(town):
    item = an_item()
    dongyuan, shijia, wangjia, mataigou, miaomiao = town.villages
    an_obligation(dongyuan, item)
    an_obligation(shijia, item, answer=Answer.NOTICE, answered_on=date(2023, 10, 25))
    an_obligation(wangjia, item, answer=Answer.NOTICE, answered_on=date(2023, 10, 18))
    an_obligation(mataigou, item, answer=Answer.EXCUSED, answered_on=date(2023, 10, 25))
    an_obligation(miaomiao, item, answer=Answer.NOTICE, answered_on=date(2023, 11, 5))
    found = system_findings(town.township.path, date(2023, 11, 1), date(2023, 1, 1))
    assert [str(problem.statement) for problem in found] == [
        "东园村2023年第三季度各项收入未公示，应于10月20日前公示，超期12天",
        "施家台子村2023年第三季度各项收入公示晚了，应于10月20日前公示，10月25日才公示，超期5天",
        "庙庙湖村2023年第三季度各项收入未公示，应于10月20日前公示，超期12天",
    ]
    assert system_findings(town.township.path, date(2023, 10, 20), date(2023, 1, 1)) == []
    assert system_findings(town.neighbour.path, date(2023, 11, 1)) == []


def test_a_nothing_to_publish_signed_late_is_no_problem_of_the_system(town):
    an_obligation(
        town.villages[0], an_item(), answer=Answer.NOTHING, answered_on=date(2023, 10, 25)
    )
    assert system_findings(town.township.path, date(2023, 11, 1)) == []


def test_an_event_that_was_not_published_is_named(town):
    item = an_item("村民会议决定", "ZZ-05", "组织机构建设")
    event = Event(
        township_id=town.township.id,
        unit_id=town.villages[0].id,
        item_id=item.id,
        happens_on=date(2023, 9, 3),
        title="新建文化广场",
        recorded_at=noon(date(2023, 9, 3)),
    )
    db.session.add(event)
    an_obligation(town.villages[0], item, period="2023Q3-e1", due_on=date(2023, 9, 13), event=event)
    (problem,) = system_findings(town.villages[0].path, date(2023, 9, 20))
    assert "村民会议决定（新建文化广场）未公示" in str(problem.statement)


def test_what_a_clerk_recorded_is_not_found_a_second_time(town):
    item = an_item()
    obligation = an_obligation(town.villages[0], item)
    on = date(2023, 11, 1)
    a_finding(
        town.villages[0],
        town.li,
        item=item,
        subject=subject_of(obligation.id),
        found_on=on,
        at=noon(on),
    )
    assert system_findings(town.township.path, on + timedelta(days=3)) == []


def test_the_counts_of_the_page_know_the_overdue_ones(town):
    a_finding(town.villages[0], town.li, due_on=date(2023, 9, 18))
    a_finding(town.villages[1], town.li, due_on=date(2023, 9, 22))
    closed(a_finding(town.villages[2], town.li), proved_by=town.wang, by=town.li, on=FOUND)
    counts = count_findings(FindingFilter(town.township.path), date(2023, 9, 20))
    assert (counts.total, counts.closed, counts.open, counts.overdue) == (3, 1, 2, 1)
    of_village = count_findings(
        FindingFilter(town.township.path, unit_code=town.villages[1].code), date(2023, 9, 20)
    )
    assert (of_village.total, of_village.overdue) == (1, 0)


def test_an_inspection_of_a_foreign_village_is_refused(town):
    with pytest.raises(Refused, match="红翔新村"):
        an_inspection(town, units=[town.neighbour_village])


def an_inspection(town, **given):
    values = {
        "direction": Direction.OUTBOUND,
        "kind": InspectionKind.VISIT,
        "body": "陶乐镇综合办公室",
        "body_level": BodyLevel.TOWNSHIP,
        "held_on": FOUND,
        "units": town.villages,
        "by": town.li,
        "at": noon(FOUND),
    }
    return record_inspection(town.township, **{**values, **given})


def test_the_figures_of_the_year_count_the_records_of_the_year(town):
    for day in (date(2023, 3, 2), date(2023, 6, 5), date(2023, 9, 11)):
        an_inspection(town, held_on=day, at=noon(day))
    an_inspection(town, held_on=date(2022, 9, 11))
    inbound = {"direction": Direction.INBOUND, "body_level": BodyLevel.COUNTY, "units": []}
    for body in ("县政府办公室", "农业农村局", "平罗县民政局"):
        an_inspection(town, kind=InspectionKind.CHECK, body=body, **inbound)
    neighbours = {**inbound, "body_level": BodyLevel.TOWNSHIP}
    an_inspection(town, kind=InspectionKind.CHECK, body="红崖子乡", **neighbours)
    an_inspection(town, kind=InspectionKind.GUIDANCE, body="县政务公开办", **inbound)
    cross = an_inspection(
        town,
        kind=InspectionKind.CROSS_CHECK,
        body="县政务公开办",
        document="限时整改通知",
        **inbound,
    )
    for village in town.villages[:2]:
        finding = add_finding(
            village,
            source=InspectionKind.CROSS_CHECK,
            statement="公示栏没写监督电话",
            severity=Severity.MINOR,
            found_on=FOUND,
            inspection=cross,
            by=town.wu,
            at=noon(FOUND),
        )
    closed(finding, proved_by=town.liu, by=town.wu, on=date(2023, 9, 20))
    circular = a_finding(town.villages[0], town.li, source=InspectionKind.CIRCULAR)
    closed(circular, proved_by=town.chen, by=town.li, on=date(2024, 1, 3))
    daily = a_finding(town.villages[0], town.li, source=InspectionKind.DAILY)
    closed(daily, proved_by=town.chen, by=town.li, on=date(2023, 12, 31))
    submit_report(
        town.township,
        submitted_on=date(2023, 12, 20),
        recipient="县政府办公室",
        title="关于村务公开整改情况的报告",
        by=town.li,
    )
    scope = Scope(town.township.id, town.township.path, date(2023, 1, 1), date(2023, 12, 31))
    expected = {
        "P1-rectify-report": 1,
        "P1-rectify-item": 1,
        "P6-visit": 3,
        "P6-cross": 2,
        "P6-cross-closed": 1,
        "P6-guidance": 1,
        "P6-check-gov": 1,
        "P6-check-agri": 1,
        "P6-check-civil": 1,
        "P6-check-peer": 1,
        "B-check": 4,
    }
    assert {key: evaluate(REGISTRY[key], scope) for key in expected} == expected
    assert all(len(list_records(REGISTRY[key], scope)) == expected[key] for key in expected)
    assert sum(expected[part] for part in REGISTRY["B-check"].parts) == expected["B-check"]


def test_a_refused_step_leaves_nothing_behind(town):
    with transaction():
        finding = a_finding(town.villages[0], town.li)
    with pytest.raises(Refused), transaction():
        closed(finding, proved_by=town.chen, by=town.chen, on=FOUND)
    db.session.expire_all()
    assert db.session.scalar(select(Finding.state)) is FindingState.OPEN

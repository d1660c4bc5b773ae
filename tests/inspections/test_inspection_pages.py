"""李某 and 吴某 of the county record an inspection with its findings."""

from datetime import date, timedelta

from finding_pages import text_of
from sqlalchemy import select

from taole.core.clock import today
from taole.core.database import db
from taole.inspections.models import Finding, Inspection
from taole.inspections.workflow import InspectionKind
from taole.rectification_papers.models import RectificationPaper


def an_inspection_form(town, **given):
    return {
        "township": town.township.code,
        "direction": "inbound",
        "kind": "cross_check",
        "body": "县政务公开办",
        "body_level": "county",
        "held_on": "2023-09-12",
        "document": "限时整改通知",
        **given,
    }


def test_an_inspection_is_recorded_with_its_findings_in_one_go(town, sign_in):
    clerk = sign_in("li")
    assert clerk.get("/inspections/new").status_code == 200
    answer = clerk.post(
        "/inspections/new",
        data=an_inspection_form(
            town,
            **{
                "units": [town.villages[1].code],
                "findings-0-unit": town.villages[0].code,
                "findings-0-statement": "公示栏没写监督电话",
                "findings-0-severity": "minor",
                "findings-1-unit": town.villages[2].code,
                "findings-1-problem_kind": "late",
                "findings-1-severity": "major",
                "findings-1-due_on": "2023-09-20",
                "findings-2-statement": "",
            },
        ),
    )
    assert answer.status_code == 302, text_of(answer)
    inspection = db.session.scalars(select(Inspection)).one()
    assert len(inspection.visits) == 3
    findings = sorted(inspection.findings, key=lambda finding: finding.number)
    assert [(found.statement, found.source) for found in findings] == [
        ("公示栏没写监督电话", InspectionKind.CROSS_CHECK),
        ("王家庄村公开不及时", InspectionKind.CROSS_CHECK),
    ]
    assert [found.due_on for found in findings] == [date(2023, 9, 26), date(2023, 9, 20)]
    page = text_of(clerk.get(answer.location))
    assert "发现 2 个问题" in page
    listed = text_of(clerk.get("/inspections?direction=inbound&kind=cross_check&year=2023"))
    assert "2 个，0 个已销号" in listed
    assert "县政务公开办" not in text_of(clerk.get("/inspections?direction=outbound"))


def test_a_line_without_its_village_leaves_nothing_behind(town, sign_in):
    answer = sign_in("li").post(
        "/inspections/new",
        data=an_inspection_form(town, **{"findings-0-statement": "公示栏没写监督电话"}),
    )
    assert answer.status_code == 422
    assert "请选择是哪个村的问题" in text_of(answer)
    assert db.session.scalar(select(Inspection.id)) is None


def test_an_inspection_of_tomorrow_is_refused_above_the_form(town, sign_in):
    tomorrow = today() + timedelta(days=1)
    answer = sign_in("li").post(
        "/inspections/new", data=an_inspection_form(town, held_on=tomorrow.isoformat())
    )
    assert answer.status_code == 422
    assert "还没有到" in text_of(answer)


def test_more_lines_keep_what_was_typed(town, sign_in):
    answer = sign_in("li").post(
        "/inspections/new",
        data=an_inspection_form(town, more="1", **{"findings-0-statement": "没写电话"}),
    )
    assert answer.status_code == 200
    assert "没写电话" in text_of(answer)
    assert "问题 2" in text_of(answer)


def test_the_county_chooses_the_township(town, sign_in):
    inspector = sign_in("wu")
    page = text_of(inspector.get(f"/inspections/new?township={town.neighbour.code}"))
    assert "红翔新村" in page
    assert sign_in("li").get(f"/inspections/new?township={town.neighbour.code}").status_code == 404


def test_one_problem_after_another_is_recorded_of_an_inspection(town, sign_in):
    clerk = sign_in("li")
    clerk.post("/inspections/new", data=an_inspection_form(town))
    inspection = db.session.scalars(select(Inspection)).one()
    page = text_of(clerk.get(f"/findings/new?inspection={inspection.id}"))
    assert 'value="2023-09-12"' in page
    answer = clerk.post(
        "/findings/new",
        data={
            "inspection": inspection.id,
            "unit": town.villages[0].code,
            "source": "cross_check",
            "statement": "公示栏没写监督电话",
            "severity": "minor",
            "found_on": "2023-09-12",
        },
    )
    assert answer.location.endswith(f"/inspections/{inspection.id}")
    assert db.session.scalars(select(Finding)).one().inspection_id == inspection.id


def test_a_report_sent_up_is_recorded(town, sign_in):
    clerk = sign_in("li")
    answer = clerk.post(
        "/inspections/reports",
        data={
            "title": "关于村务公开整改情况的报告",
            "recipient": "县政府办公室",
            "submitted_on": "2023-12-20",
        },
    )
    assert answer.status_code == 302
    assert db.session.scalars(select(RectificationPaper)).one().recipient == "县政府办公室"
    assert "关于村务公开整改情况的报告" in text_of(clerk.get(answer.location))

"""李某 loads the county's circular: looks at what was read, answers, keeps it once."""

import io
import re

import openpyxl
import pytest
from list_factory import a_workbook, grid
from sqlalchemy import func, select

from taole.core.database import db
from taole.core.transactions import transaction
from taole.inspections.actions import prove
from taole.inspections.models import Finding, Inspection
from taole.inspections.workflow import FindingState, InspectionKind
from taole.rectification_lists.models import RectificationList
from tests.inspections.finding_pages import text_of

LIST = grid(
    """
    平罗县政务公开办关于村务公开检查情况的通报（2023年9月12日） | | | | | |
    序号 | 存在问题 | 整改措施 | 责任单位 | 整改时限 | 整改情况 | 整改链接
    1 | 公开栏空白 | 补齐内容 | 东园村、王家庄村 | 2023年9月28日 | 已整改 |
    2 | 财务公开不及时 | 补公示 | 东元村 | 立行立改 | | https://example.org/notice/2
    合计 | 2 | | | | |
    """
)
one_engine = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def send(client, content, name="通报.xlsx", **more):
    return client.post("/findings/load", data={"file": (io.BytesIO(content), name), **more})


def form_of(page):
    """What the page would send: hidden fields, texts, and the choice of every select."""
    values = dict(re.findall(r'<input[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', page))
    for name, inside in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(
            r'<option selected value="([^"]*)"|value="([^"]*)"[^>]* selected', inside
        )
        first = re.search(r'value="([^"]*)"', inside)
        values[name] = (chosen[1] or chosen[2] or "") if chosen else first[1]
    values.pop("csrf_token", None)
    values.pop("confirm", None)
    return values


def answered(client, page, **answers):
    return client.post("/findings/load", data={**form_of(page), **answers})


def held():
    return tuple(
        db.session.scalar(select(func.count()).select_from(kind)) for kind in (Inspection, Finding)
    )


def loaded_by(client):
    """The list brought in, its one question answered as it is guessed."""
    page = text_of(send(client, a_workbook(LIST, ["A1:G1"])))
    page = text_of(answered(client, page))
    return answered(client, page, confirm="1")


def test_a_circular_is_read_asked_about_and_kept_whole(town, sign_in):
    clerk = sign_in("li")
    assert "载入通报或问题清单" in text_of(clerk.get("/findings/load"))
    first = send(clerk, a_workbook(LIST, ["A1:G1"]))
    page = text_of(first)
    assert first.status_code == 200
    assert "有 1 处拿不准" in page
    assert "第4行的“东元村”是哪个单位？" in page
    assert "记下" not in page.split("<main")[1], "nothing can be kept while something is open"
    assert held() == (0, 0)
    second = text_of(answered(clerk, page))
    assert "读到 3 个新问题" in second
    assert "但没有佐证链接：按没有整改记，不销号" in second
    assert "是合计、说明或落款" in second
    done = answered(clerk, second, confirm="1")
    assert done.status_code == 302, text_of(done)
    assert held() == (1, 3)
    inspection = db.session.scalars(select(Inspection)).one()
    assert (inspection.kind, inspection.body) == (InspectionKind.CIRCULAR, "平罗县政务公开办")
    findings = sorted(inspection.findings, key=lambda each: each.number)
    assert [(each.unit.name, each.statement) for each in findings] == [
        ("东园村", "公开栏空白"),
        ("王家庄村", "公开栏空白"),
        ("东园村", "财务公开不及时"),
    ]
    assert {each.state for each in findings} == {FindingState.OPEN}
    assert findings[2].proof_link == "https://example.org/notice/2"
    assert "立行立改" in findings[2].demand


@one_engine
def test_the_same_list_is_told_and_not_kept_twice(town, sign_in):
    clerk = sign_in("li")
    assert loaded_by(clerk).status_code == 302
    again = a_workbook(LIST, ["A1:G1"])
    page = text_of(answered(clerk, text_of(send(clerk, again))))
    assert "这份通报已经记过" in page
    answer = answered(clerk, page, confirm="1")
    assert answer.status_code == 422
    assert held() == (1, 3)


@one_engine
def test_a_problem_that_stands_open_is_shown_as_known_and_not_doubled(town, sign_in):
    clerk = sign_in("li")
    loaded_by(clerk)
    longer = [*LIST[:-1], ["3", "公示栏破损", "修", "马太沟村", "", "", ""]]
    page = text_of(answered(clerk, text_of(send(clerk, a_workbook(longer, ["A1:G1"])))))
    assert "读到 1 个新问题" in page
    assert "已经记过，是 2023-1 号，不再记" in page
    assert answered(clerk, page, confirm="1").status_code == 302
    assert held() == (2, 4)


@one_engine
def test_a_list_of_which_one_row_fails_leaves_nothing(town, sign_in, monkeypatch):
    from taole.core.errors import Refused
    from taole.rectification_lists import loading

    real, calls = loading.add_finding, []

    def failing(*args, **kwargs):
        calls.append(args)
        if len(calls) == 3:
            raise Refused("第三条记不下")
        return real(*args, **kwargs)

    monkeypatch.setattr(loading, "add_finding", failing)
    clerk = sign_in("li")
    answer = loaded_by(clerk)
    assert answer.status_code == 422
    assert "第三条记不下" in text_of(answer)
    db.session.rollback()
    assert held() == (0, 0)


@one_engine
def test_the_countys_own_sheet_goes_back_filled(town, sign_in):
    clerk = sign_in("li")
    place = loaded_by(clerk).location
    inspection = db.session.scalars(select(Inspection)).one()
    assert "下载填好的表" in text_of(clerk.get(place))
    assert "有 2 行没有链接" in text_of(clerk.get(place))
    finding = db.session.scalars(select(Finding).where(Finding.number == 1)).one()
    with transaction():
        prove(
            db.session.get(Finding, finding.id),
            measures="已补齐公开栏",
            by=town.chen,
            on=finding.found_on,
            proof_link="https://example.org/notice/1",
        )
    answer = clerk.get(f"/inspections/{inspection.id}/returned.xlsx")
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet["A1"].value == LIST[0][0]
    assert [cell.value for cell in sheet[2]] == LIST[1]
    assert [str(reach) for reach in sheet.merged_cells.ranges] == ["A1:G1"]
    assert sheet["F3"].value == "东园村：已整改，待复核；王家庄村：未整改"
    assert sheet["G3"].value == "东园村：https://example.org/notice/1"
    assert sheet["F4"].value == "未整改"
    assert sheet["A5"].value == "合计"


@one_engine
def test_nothing_sent_a_broken_file_and_a_stranger_are_refused(town, sign_in):
    clerk = sign_in("li")
    assert "请选一个文件，或者粘贴内容" in text_of(clerk.post("/findings/load", data={}))
    broken = send(clerk, b"PK\x03\x04 broken", "通报.xlsx")
    assert broken.status_code == 422
    assert "已损坏" in text_of(broken)
    assert sign_in("chen").get("/findings/load").status_code == 403
    gone = clerk.post("/findings/load", data={"digest": "0" * 64})
    assert "只留一天" in text_of(gone)


@one_engine
def test_pasted_text_of_a_circular_is_read_line_by_line(town, sign_in):
    clerk = sign_in("li")
    text = (
        "一、存在的主要问题\n1.王家庄村高龄津贴公示晚；\n2.镇网站栏目空白。\n"
        "二、下一步要求\n抓紧整改。"
    )
    page = text_of(clerk.post("/findings/load", data={"text": text}))
    assert "第3行没有写责任单位，记给谁？" in page
    assert "没有读到发文日期" in page
    missing = answered(clerk, page, body="县政务公开办", confirm="1")
    assert missing.status_code == 422
    assert "请填写日期" in text_of(missing)
    page = text_of(answered(clerk, page, body="县政务公开办", held_on="2023-09-12"))
    assert "读到 2 个新问题" in page
    assert answered(clerk, page, confirm="1").status_code == 302
    kept = db.session.scalars(select(RectificationList)).one()
    assert kept.file_id is None

"""The notice that 陶乐镇 is about to get: page, paper, workbook and chat text tell the same."""

import io
from datetime import date

import pytest
import time_machine
from cast import build_town
from docx import Document
from openpyxl import load_workbook

from taole.core.clock import noon
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.periods import parse_period
from taole.core.transactions import transaction
from taole.oversight.circular import (
    draft_circular,
    is_time_to_tell,
    quarter_shown,
    text_of,
)
from taole.oversight.indicator_reading import read_indicators, write_indicators
from taole.oversight.indicators import find_table, load_table, proposed, table_of
from taole.registers.models import PublicMessage
from taole.registers.rules import MessageChannel
from tests.inspections.finding_factory import a_finding, an_item, an_obligation

Q3 = parse_period("2023Q3")
ON = date(2023, 9, 20)
PAGE = "/circular/640221106?quarter=2023Q3&on=2023-09-20"
one_engine = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def autumn(app):
    """A message of spring without an answer (a veto), gaps in two villages, one finding overdue."""
    with time_machine.travel("2023-09-20T02:00:00Z", tick=False):
        with transaction():
            town = build_town()
            item = an_item()
            for village, due_on in (
                (town.villages[2], date(2023, 7, 20)),
                (town.villages[3], date(2023, 9, 15)),
            ):
                an_obligation(village, item, due_on=due_on)
            a_finding(town.villages[0], by=town.li, due_on=date(2023, 9, 15))
            db.session.add(
                PublicMessage(
                    township_id=town.township.id,
                    channel=MessageChannel.PEOPLE_NET,
                    received_on=date(2023, 5, 4),
                    due_on=date(2023, 5, 20),
                    subject="路灯不亮",
                )
            )
        yield town


def test_the_veto_stands_first_and_three_fixes_tell_minutes_and_gain(autumn, sign_in):
    said = sign_in("li").get(PAGE).get_data(as_text=True)
    assert "现在通报，会有 1 项单项否决：没有超过三个月不答复的留言" in said
    veto = said.index("5月4日收到的留言超过三个月未答复")
    gap = said.index("王家庄村2023年第三季度各项收入应于7月20日前公示，至9月20日未公示，超期62天")
    assert veto < gap
    assert "东园村“公示栏没写监督电话”整改超期5天" in said
    first = said.index("去掉单项否决")
    assert said.index("约 15 分钟") < first < said.index("多得 ")
    circular = draft_circular(autumn.township, Q3, ON)
    assert [each.is_veto for each in circular.fixes] == [True, False, False]
    assert f"多得 {circular.fixes[1].gain.normalize():f} 分" in said


def test_paper_workbook_and_chat_tell_the_same_problems(autumn, sign_in):
    circular = draft_circular(autumn.township, Q3, ON)
    statements = [str(each.said) for each in circular.problems]
    li = sign_in("li")
    paper = Document(io.BytesIO(li.get(PAGE.replace("?", "/circular.docx?")).data))
    said = "\n".join(each.text for each in paper.paragraphs)
    assert "2023年第三季度村务公开工作情况通报\n（预估稿）" in said
    assert [each for each in statements if each not in said] == []
    assert "答复留言1处，约15分钟，去掉单项否决" in said
    book = load_workbook(io.BytesIO(li.get(PAGE.replace("?", "/circular.xlsx?")).data))
    cells = [row[1] for row in book["问题"].iter_rows(values_only=True)]
    assert [each for each in statements if each not in cells] == []
    assert len(list(book["指标"].iter_rows())) == 3 + len(circular.lines)
    text = text_of(autumn.township, Q3, circular)
    assert len(text) < 500
    assert "现在通报，会有 1 项单项否决" in text
    assert "/circular/640221106?quarter=2023Q3" in text


def test_the_countys_own_table_counts_from_its_day_and_the_past_keeps_its_own(autumn, sign_in):
    li = sign_in("li")
    address = "/indicators/640221106"
    assert "用的是建议稿：21 条指标" in li.get(address).get_data(as_text=True)
    own = read_indicators(
        "name: 县考核表\nindicators: [{title: 公示完整, weight: 100, limit: 95}]".encode(), "县.yml"
    )
    sent = {"file": (io.BytesIO(write_indicators(own)), "县考核表.xlsx"), "from_on": "2023-09-01"}
    assert li.post(f"{address}/load", data=sent).status_code == 302
    assert "用的是县里的表：1 条指标" in li.get(address).get_data(as_text=True)
    assert len(draft_circular(autumn.township, Q3, ON).lines) == 1
    earlier = draft_circular(autumn.township, Q3.previous(), date(2023, 6, 30))
    assert len(earlier.lines) == len(proposed().lines)
    again = {"file": (io.BytesIO(write_indicators(own)), "县考核表.xlsx"), "from_on": "2023-09-02"}
    refused = li.post(f"{address}/load", data=again)
    assert refused.status_code == 422
    assert "这张表和现在用的一样，不用再载入。" in refused.get_data(as_text=True)
    exported = li.get(f"{address}/table.xlsx").data
    assert list(read_indicators(exported, "表.xlsx").lines) == list(
        table_of(autumn.township, ON).lines
    )


@one_engine
def test_a_table_with_faults_is_refused_by_row_and_leaves_nothing(autumn, sign_in):
    wrong = "name: 表\nindicators: [{title: 照片, weight: 十分}, {weight: 5}]".encode()
    sent = {"file": (io.BytesIO(wrong), "表.yml"), "from_on": "2023-09-01"}
    answer = sign_in("li").post("/indicators/640221106/load", data=sent)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "第1行的分值“十分”不是数" in said
    assert "第2行缺少指标名称" in said
    assert find_table(autumn.township, ON) is None


@one_engine
def test_the_later_of_two_tables_counts(autumn):
    first = read_indicators("name: 甲\nindicators: [{title: 照片, weight: 1}]".encode(), "a.yml")
    second = read_indicators("name: 乙\nindicators: [{title: 照片, weight: 2}]".encode(), "b.yml")
    with transaction():
        for draft, day in ((first, date(2023, 1, 1)), (second, date(2023, 7, 1))):
            load_table(autumn.township, draft, from_on=day, by=autumn.li, at=noon(day))
    assert table_of(autumn.township, date(2023, 6, 30)).name == "甲"
    assert table_of(autumn.township, date(2023, 7, 1)).name == "乙"
    with pytest.raises(Refused):
        load_table(autumn.township, second, from_on=ON, by=autumn.li, at=noon(ON))


def test_the_quarter_shown_is_the_one_whose_circular_comes_next():
    assert quarter_shown(date(2023, 9, 20)).key == "2023Q3"
    assert quarter_shown(date(2023, 10, 10)).key == "2023Q3"
    assert quarter_shown(date(2023, 10, 11)).key == "2023Q4"
    assert quarter_shown(date(2024, 1, 1)).key == "2023Q4"
    days = [date(2023, 9, day) for day in range(1, 31)]
    assert [day.day for day in days if is_time_to_tell(day)] == list(range(21, 31))

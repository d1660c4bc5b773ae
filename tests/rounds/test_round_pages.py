"""A collection on its pages: 李某 runs it, 陈某 answers by phone, 钱某 writes for the website."""

import io
import re

import pytest
from docx import Document
from openpyxl import load_workbook
from round_factory import DAY, MONDAY, OPENING, SETTING, ask_of
from round_pages import HOME, NINETEENTH, text
from sqlalchemy import event, select

from taole.attachments.models import Attachment
from taole.core.database import db
from taole.core.transactions import transaction
from taole.rounds.actions import answer_nothing, close, remind
from taole.rounds.models import AskAnswer, CollectionRound
from taole.rounds.queries import get_ask, list_asks
from taole.rounds.settings import round_setting


@pytest.fixture
def at():
    return OPENING + 9 * DAY


def area(page):
    return re.search(r'<textarea id="chat-text"[^>]*>(.*?)</textarea>', page, re.S).group(1)


def test_before_the_first_round_the_page_says_what_a_round_is(town, sign_in):
    page = text(sign_in("li").get(HOME))
    assert "还没有发出过征集" in page
    assert "9月25日 08:30自动发出" in page.replace("2023年", "")
    assert f"{HOME}/settings" in page
    assert "定时间和范围" not in text(sign_in("zhao").get(HOME)), "the leader only looks"


def test_the_page_opens_with_who_has_not_answered_and_how_long_there_is(town, round_, sign_in):
    with transaction():
        answer_nothing(
            ask_of(round_, town.villages[0]), reason="无变动", by=town.chen, at=OPENING + DAY
        )
    li = sign_in("li")
    assert li.get(HOME).headers["Location"].endswith(NINETEENTH)
    page = text(li.get(NINETEENTH))
    assert "<h1>5家已回1家，还有4家没回，剩2天</h1>" in page
    assert page.index("没回 4") < page.index("施家台子村") < page.index("已回 1")
    assert "无变动" in page
    assert '没回1"' not in page, "an open round is not judged yet"


def test_the_text_for_the_group_names_only_who_has_not_answered(town, round_, sign_in):
    with transaction():
        answer_nothing(ask_of(round_, town.villages[0]), reason="", by=town.chen, at=OPENING)
    said = area(text(sign_in("li").get(NINETEENTH)))
    assert "东园村" not in said
    for village in town.villages[1:]:
        assert village.name in said
    assert "9月22日（周五）17:00前回复" in said
    assert "剩2天" in said
    assert said.rstrip().endswith("/asks")
    assert len(said) < 500


def test_a_unit_is_reminded_twice_and_then_called(town, round_, sign_in):
    ask, li = ask_of(round_, town.villages[1]), sign_in("li")
    with transaction():
        town.liu.phone = "0952-8011132"
    assert ">提醒</button>" in text(li.get(NINETEENTH))
    for _ in range(2):
        assert li.post(f"/asks/{ask.id}/remind").status_code == 302
    page = text(li.get(NINETEENTH))
    assert "已提醒 2 次，请打电话" in page
    assert 'href="tel:0952-8011132"' in page
    assert "提醒没回的 4 家" in page
    refused = li.post(f"/asks/{ask.id}/remind")
    assert refused.status_code == 422
    assert "请打电话" in text(refused)
    li.post(f"{NINETEENTH}/remind")
    assert [len(each.reminders) for each in list_asks(round_)] == [1, 2, 1, 1, 1]


def test_one_village_gets_more_time(town, round_, sign_in):
    ask, li = ask_of(round_, town.villages[2]), sign_in("li")
    empty = li.post(f"/asks/{ask.id}/extend", data={"due_on": "2023-09-27"})
    assert empty.status_code == 422
    assert "请写一句为什么延长" in text(empty)
    assert "2023-09-27" in text(empty), "what was typed is kept"
    earlier = {"due_on": "2023-09-20", "reason": "会计请假"}
    assert "要晚于原来的期限" in text(li.post(f"/asks/{ask.id}/extend", data=earlier))
    li.post(f"/asks/{ask.id}/extend", data={"due_on": "2023-09-27", "reason": "会计请假"})
    assert "延到9月27日 17:00：会计请假" in text(li.get(NINETEENTH))


def test_a_paper_is_entered_on_behalf_and_marked(town, round_, sign_in):
    ask, li = ask_of(round_, town.villages[3]), sign_in("li")
    nothing_chosen = li.post(f"/asks/{ask.id}/on-behalf", data={"how": "paper"})
    assert nothing_chosen.status_code == 422
    assert "请选择文件或拍一张照片" in text(nothing_chosen)
    word = io.BytesIO()
    Document().save(word)
    word.seek(0)
    sent = {"how": "paper", "paper": (word, "马太沟村.docx"), "reason": "送来的纸质材料"}
    assert li.post(f"/asks/{ask.id}/on-behalf", data=sent).status_code == 302
    kept = get_ask(ask.id)
    assert (kept.answer, kept.is_on_behalf) == (AskAnswer.CONTENT, True)
    assert kept.paper.filename == "马太沟村.docx"
    page = text(li.get(NINETEENTH))
    assert "代录" in page
    assert f"/attachments/{kept.paper_id}" in page
    assert db.session.scalars(select(Attachment)).one().owner_id == ask.id


def test_what_was_said_on_the_telephone_is_entered_on_behalf(town, round_, sign_in):
    ask, li = ask_of(round_, town.villages[4]), sign_in("li")
    li.post(f"/asks/{ask.id}/on-behalf", data={"how": "nothing", "reason": "电话里说没有"})
    kept = get_ask(ask.id)
    assert (kept.answer, kept.is_on_behalf, kept.answered_by_name) == (
        AskAnswer.NOTHING,
        True,
        "李某",
    )


def test_closing_names_who_is_missing_and_asks_first(town, round_, sign_in):
    li = sign_in("li")
    asked = text(li.get(f"{NINETEENTH}/close"))
    assert "还有 5 家没回" in asked
    assert "马太沟村" in asked
    assert db.session.get_one(CollectionRound, round_.id).closed_at is None, "a GET closes nothing"
    li.post(f"{NINETEENTH}/close", data={"note": "马太沟村电话催过"})
    page = text(li.get(NINETEENTH))
    assert "<h1>5家回了0家，5家没回，已关闭</h1>" in page
    assert ">提醒</button>" not in page
    again = li.post(f"{NINETEENTH}/close")
    assert again.status_code == 422
    assert "已经关闭了" in text(again)


def test_the_schedule_shows_the_next_five_dates_moved_off_the_holidays(town, sign_in):
    li = sign_in("li")
    page = text(li.get(f"{HOME}/settings"))
    assert "原定10月" not in page
    li.post(
        f"{HOME}/settings",
        data={
            "is_on": "y",
            "weekday": "1",
            "every_weeks": "1",
            "opens_at": "09:00",
            "due_after": "4",
            "due_time": "12:00",
            "left_out": [str(town.villages[4].id)],
        },
    )
    kept = round_setting(town.township.id)
    assert (kept.weekday, kept.every_weeks, kept.since) == (1, 1, SETTING.since)
    assert kept.left_out == {town.villages[4].id}
    page = text(li.get(f"{HOME}/settings"))
    assert "原定10月3日，放假顺延" in page, "the Tuesday of National Day week"
    assert "10月7日" in page, "a Saturday that is worked"


def test_a_schedule_that_overlaps_itself_is_refused_with_what_was_typed(town, sign_in):
    answer = sign_in("li").post(
        f"{HOME}/settings",
        data={
            "weekday": "0",
            "every_weeks": "1",
            "opens_at": "08:30",
            "due_after": "11",
            "due_time": "17:00",
        },
    )
    assert answer.status_code == 422
    assert "要在下一期开始以前" in text(answer)
    assert 'value="11"' in text(answer)


def test_minutes_tell_the_counts_on_page_in_word_and_in_excel(town, round_, sign_in):
    with transaction():
        answer_nothing(ask_of(round_, town.villages[0]), reason="无变动", by=town.chen, at=OPENING)
        remind(ask_of(round_, town.villages[1]), by=town.li, at=OPENING)
        close(round_, by=town.li, at=OPENING + 12 * DAY, note="马太沟村电话催过")
    li = sign_in("li")
    told = "问了5家，回了1家（有内容0家、本期无内容1家），没回4家。"
    page = text(li.get(f"{NINETEENTH}/minutes"))
    assert told in page
    assert "说明：马太沟村电话催过。" in page
    paper = Document(io.BytesIO(li.get(f"{NINETEENTH}/minutes.docx").data))
    assert any(told in paragraph.text for paragraph in paper.paragraphs)
    assert [cell.text for cell in paper.tables[0].rows[1].cells][1] == "东园村"
    sheet = load_workbook(io.BytesIO(li.get(f"{NINETEENTH}/round.xlsx").data))["回复情况"]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"东园村", "本期无内容", "没回"} <= cells


def test_the_page_asks_the_database_as_often_for_sixty_units_as_for_one(town, round_, sign_in):
    li, statements = sign_in("li"), []

    def count(*_arguments):
        statements.append(1)

    def load(number):
        statements.clear()
        li.get(f"{HOME}/2023/{number}")
        return len(statements)

    other = list_asks(round_)
    with transaction():
        from taole.rounds.models import RoundAsk

        small = CollectionRound(
            township_id=round_.township_id,
            year=2023,
            number=18,
            scheduled_on=MONDAY - 14 * DAY,
            opens_on=MONDAY - 14 * DAY,
            due_at=OPENING,
            opened_at=OPENING - 14 * DAY,
        )
        db.session.add(small)
        db.session.flush()
        db.session.add(
            RoundAsk(
                township_id=round_.township_id,
                round_id=small.id,
                unit_id=other[0].unit_id,
                due_at=OPENING,
            )
        )
    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert abs(load(19) - load(18)) <= 2
    finally:
        event.remove(db.engine, "before_cursor_execute", count)

"""The inbox of a secretary, and the word that a notice came back."""

import re
from datetime import date, datetime

import pytest
import time_machine
from sqlalchemy import select

from taole.access.permissions import Role
from taole.core.clock import SHANGHAI, now, today
from taole.core.database import db
from taole.core.transactions import transaction
from taole.core.words import sentence
from taole.notices.actions import send_back, submit, write
from taole.notifications.actions import tell
from taole.notifications.digest import send_digests
from taole.notifications.models import Message, MessageKind
from taole.notifications.plan import Plan
from taole.notifications.queries import count_unread
from taole.notifications.settings import keep_plan
from taole.obligations.actions import open_obligations
from taole.obligations.models import Obligation
from taole.obligations.rules import Answer
from taole.organisation.actions import SYSTEM, give_role, retire
from taole.organisation.queries import find_user
from tests.notices.notice_factory import adopt_catalogue
from tests.obligations.village_catalogue import build_catalogue

ON = datetime(2023, 9, 20, 8, 40, tzinfo=SHANGHAI)

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def told(town):
    """The morning of 20 September 2023, after the digest."""
    build_catalogue(town)
    with time_machine.travel(ON, tick=False):
        with transaction():
            open_obligations(town.township, through=ON.date(), by=SYSTEM)
            keep_plan(town.township, Plan(is_on=True, since=date(2023, 9, 1)), by=SYSTEM)
        send_digests(ON)
        yield town


def page_of(browser, address="/inbox"):
    return browser.get(address).get_data(as_text=True)


def test_the_secretary_reads_what_presses_and_each_line_opens_its_card(told, sign_in):
    page = page_of(sign_in("chen"))
    matter = august(told.villages[0])
    assert "有 1 条没看过的消息" in page
    assert "补贴发放（2023年8月）应在9月15日前公示，已超5天" in page
    assert f'href="/obligations/{matter.id}"' in page
    assert "可以复制的文字" in page


def test_looking_changes_nothing_and_the_button_marks_all_as_read(told, sign_in):
    browser = sign_in("chen")
    page_of(browser)
    assert count_unread(told.chen.id) == 1
    answer = browser.post("/inbox/read")
    assert answer.location == "/inbox"
    assert "消息都看过了" in page_of(browser)
    assert count_unread(told.liu.id) == 1, "the others' stay as they are"


def test_what_was_done_meanwhile_stands_as_done(told, sign_in):
    browser = sign_in("chen")
    before = page_of(browser).count("已办")
    with transaction():
        august(told.villages[0]).answer = Answer.NOTHING
    assert page_of(browser).count("已办") == before + 1


def test_nobody_reads_the_messages_of_another(told, sign_in):
    with transaction():
        tell(
            told.liu,
            township=told.township,
            kind=MessageKind.SYSTEM,
            key="only-liu",
            title=sentence("只给刘某"),
            day=ON.date(),
            at=now(),
        )
    assert "只给刘某" in page_of(sign_in("liu"))
    assert "只给刘某" not in page_of(sign_in("chen"))


def test_a_key_is_told_once(told):
    def again():
        return tell(
            told.chen,
            township=told.township,
            kind=MessageKind.SYSTEM,
            key="once",
            title=sentence("一次"),
            day=ON.date(),
            at=now(),
        )

    with transaction():
        assert again() is not None
        assert again() is None


def test_an_empty_inbox_says_what_will_come(town, sign_in):
    page = page_of(sign_in("wang"))
    assert "还没有消息" in page
    assert "一天汇总一次" in page


def test_a_returned_notice_reaches_its_author_at_once(town, sign_in):
    catalogue = adopt_catalogue(town.township)
    with transaction():
        notice = write(
            town.villages[0],
            catalogue["SB-08"],
            title="高龄津贴公示",
            body="如下。",
            period_key="2023-08",
            by=town.chen,
        )
        submit(notice, by=town.chen)
        send_back(notice, reason="金额和名单对不上", by=town.zhou)
    (message,) = db.session.scalars(select(Message)).all()
    assert (message.person_id, message.kind) == (town.chen.id, MessageKind.RETURNED)
    page = page_of(sign_in("chen"))
    assert "《高龄津贴公示》退回了：金额和名单对不上" in page
    assert f'href="/notices/{notice.id}"' in page
    with transaction():
        submit(notice, by=town.chen)
    assert "已办" in page_of(sign_in("chen"))


def test_a_notice_whose_author_has_left_comes_back_to_the_secretary_of_today(town):
    catalogue = adopt_catalogue(town.township)
    with transaction():
        notice = write(
            town.villages[0],
            catalogue["SB-08"],
            title="高龄津贴公示",
            body="如下。",
            period_key="2023-08",
            by=town.chen,
        )
        submit(notice, by=town.chen)
        retire(town.chen, on=today(), by=SYSTEM)
        give_role(town.liu, Role.SECRETARY, town.villages[0], from_on=today(), by=SYSTEM)
        send_back(notice, reason="金额和名单对不上", by=town.zhou)
    told = db.session.scalars(select(Message.person_id)).all()
    assert list(told) == [town.liu.id]


def test_the_bell_in_the_frame_counts_what_is_unread(told, sign_in):
    browser = sign_in("liu")
    assert bell(browser) == "等办：1"
    browser.post("/inbox/read")
    assert bell(browser) == ""


def bell(browser):
    """The number beside 消息 in the navigation."""
    door = re.search(r'<a[^>]*href="/inbox".*?</a>', page_of(browser), re.DOTALL)
    return re.sub(r"<[^>]*>|\s|消息", "", door.group())


def august(village):
    """The village's subsidies of August."""
    return db.session.scalars(
        select(Obligation).where(
            Obligation.unit_id == village.id, Obligation.due_on == date(2023, 9, 15)
        )
    ).one()


def test_who_wants_a_mail_as_well_gives_an_address_and_takes_it_back(town, sign_in):
    secretary = sign_in("chen")
    wrong = secretary.post("/inbox/email", data={"email": "chen"})
    assert wrong.status_code == 422
    assert "不像邮箱" in wrong.get_data(as_text=True)
    assert secretary.post("/inbox/email", data={"email": "chen@example.invalid"}).status_code == 302
    db.session.expire_all()
    assert find_user("chen").email == "chen@example.invalid"
    secretary.post("/inbox/email", data={"email": ""})
    db.session.expire_all()
    assert find_user("chen").email == ""

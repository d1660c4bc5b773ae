"""The clerk sets when who is reminded, and sees first what would go."""

import re
from datetime import date, datetime, time

import pytest
import time_machine
from cast import TOWNSHIP
from sqlalchemy import func, select

from taole.core.clock import SHANGHAI
from taole.core.database import db
from taole.core.transactions import transaction
from taole.core.workdays import DayUnit
from taole.notifications.digest import send_digests
from taole.notifications.lines import Audience
from taole.notifications.models import Message
from taole.notifications.plan import USUAL_STEPS, Plan, PlanStep
from taole.notifications.settings import find_plan, keep_plan
from taole.obligations.actions import open_obligations
from taole.organisation.actions import SYSTEM
from tests.obligations.village_catalogue import build_catalogue

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
ON = datetime(2023, 9, 15, 8, 40, tzinfo=SHANGHAI)
PAGE, PLAN = f"/reminders/{TOWNSHIP}", f"/reminders/{TOWNSHIP}/plan"


@pytest.fixture
def due_today(town):
    """15 September 2023: the subsidies of August fall due in five villages."""
    build_catalogue(town)
    with time_machine.travel(ON, tick=False):
        with transaction():
            open_obligations(town.township, through=ON.date(), by=SYSTEM)
        yield town


def filled_in(*steps, **values):
    """The form: each step is (days, side, who…)."""
    form = {"unit": "calendar", "send_at": "08:30", "quiet_from": "20:00", "quiet_until": "08:00"}
    for number, (days, side, *who) in enumerate(steps, start=1):
        form |= {f"step_{number}-days": str(days), f"step_{number}-side": side}
        form |= {f"step_{number}-{each}": "y" for each in who}
    return form | {f"step_{n}-side": "before" for n in range(len(steps) + 1, 7)} | values


USUAL = [
    (3, "before", "secretary"),
    (0, "before", "secretary"),
    (1, "after", "secretary"),
    (3, "after", "secretary", "head"),
    (5, "after", "secretary", "head", "leader"),
]


def test_switching_on_shows_first_whom_it_would_tell_and_sends_nothing(due_today, sign_in):
    browser, township = sign_in("li"), due_today.township
    answer = browser.post(PLAN, data=filled_in(*USUAL, is_on="y"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "现在打开，今天会提醒 5 个人，一共 5 件事，每人只收一条" in page
    assert not find_plan(township.id).is_on

    browser.post(PLAN, data=filled_in(*USUAL, is_on="y", confirm="1"))
    assert find_plan(township.id) == Plan(is_on=True, since=ON.date(), steps=USUAL_STEPS)
    assert db.session.scalar(select(func.count(Message.id))) == 0
    assert send_digests(ON) == "发出 5 条"
    assert "自动提醒开着" in browser.get(PAGE).get_data(as_text=True)


def test_working_days_hours_and_steps_are_kept(due_today, sign_in):
    sign_in("li").post(
        PLAN,
        data=filled_in((2, "before", "secretary", "clerk"), unit="working", send_at="09:15"),
    )
    plan = find_plan(due_today.township.id)
    assert (plan.unit, plan.send_at) == (DayUnit.WORKING, time(9, 15))
    assert plan.steps == (PlanStep(-2, (Audience.SECRETARY, Audience.CLERK)),)


def test_a_step_added_later_counts_from_its_day_on(due_today, sign_in):
    browser, township = sign_in("li"), due_today.township
    with transaction():
        keep_plan(township, Plan(is_on=True, since=date(2023, 8, 1)), by=SYSTEM)
    browser.post(PLAN, data=filled_in(*USUAL[1:], is_on="y"))
    assert find_plan(township.id).since == date(2023, 8, 1), "fewer steps are no new plan"
    browser.post(PLAN, data=filled_in(*USUAL, is_on="y"))
    assert find_plan(township.id).since == ON.date()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (filled_in(), "至少要留一步提醒"),
        (filled_in((3, "after")), "每一步都要勾选提醒谁"),
        (filled_in((3, "after", "head"), (3, "after", "leader")), "有两步写的是同一天"),
        (filled_in(*USUAL, send_at="21:00"), "落在不打扰的时段里"),
        (filled_in((99, "after", "head")), "0 到 60"),
    ],
)
def test_what_makes_no_sense_is_said_and_all_that_was_typed_stays(due_today, sign_in, form, words):
    answer = sign_in("li").post(PLAN, data={**form, "quiet_from": "20:07"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert 'value="20:07"' in page
    assert find_plan(due_today.township.id) == Plan()


def test_the_page_has_the_text_for_the_group(due_today, sign_in):
    page = sign_in("li").get(PAGE).get_data(as_text=True)
    assert "自动提醒没有打开" in page
    assert "庙庙湖村：" in page
    assert "补贴发放（2023年8月）（今天到期）" in page


def test_the_text_for_one_village_names_only_it_and_opens_its_row(due_today, sign_in):
    village = due_today.villages[4]
    page = sign_in("li").get(f"{PAGE}?village={village.id}").get_data(as_text=True)
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL).group(1)
    assert "还有13件到期没办" in text
    assert "庙庙湖村：" in text
    assert "东园村" not in text
    assert text.endswith(f"/completeness/{village.code}")
    assert len(text) < 500


def test_a_secretary_does_not_set_the_plan(due_today, sign_in):
    browser = sign_in("chen")
    assert browser.get(PAGE).status_code in (403, 404)
    assert browser.post(PLAN, data=filled_in(*USUAL)).status_code in (403, 404)

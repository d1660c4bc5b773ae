"""The monthly clearing: what has ended leaves the website with ticks and one button."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from taole.catalogue.channels import Channel
from taole.core.clock import today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.figures import REGISTRY, Scope, evaluate
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notices.models import Posting
from taole.notices.workflow import NoticeState
from taole.oversight.clearing import clear, set_limit
from taole.oversight.clearing_queries import (
    count_to_clear,
    find_limit,
    list_cleared,
    list_to_clear,
)
from taole.oversight.clearing_rules import Why
from taole.trail.models import TrailLine
from tests.notices.test_review_races import at_once, sending
from tests.oversight.website_factory import adopt_columns, put_online

PAGE = "/website-duty/640221106/clearing"


@pytest.fixture
def columns(town):
    return adopt_columns(town.township)


@pytest.fixture
def ended(town, columns):
    """Three lists of villages whose notice period is over, still on the website."""
    day = today()
    return [
        put_online(
            town.villages[at],
            columns["WZ-05"],
            day - timedelta(20 + at),
            f"第{at}份名单",
            until_on=day - timedelta(5),
        )
        for at in range(3)
    ]


def test_what_is_over_is_listed_with_its_reason_and_what_may_stay_is_not(town, columns, ended):
    day, paper = today(), columns["WZ-01"]
    put_online(town.office, paper, day - timedelta(3), "还在公示期", until_on=day)
    put_online(town.office, paper, day - timedelta(900), "两年多前的文件")
    put_online(town.office, columns["WZ-13"], day - timedelta(900), "常设页面")
    put_online(town.office, paper, day - timedelta(9), "撤回的", state=NoticeState.WITHDRAWN)
    put_online(town.office, paper, day - timedelta(8), "更正了的", state=NoticeState.CORRECTED)
    put_online(
        town.office,
        paper,
        day - timedelta(90),
        "撤下过的",
        until_on=day - timedelta(60),
        taken_down_on=day - timedelta(50),
    )
    put_online(
        town.office,
        paper,
        day - timedelta(30),
        "公众号",
        channel=Channel.WECHAT,
        until_on=day - timedelta(20),
    )
    told = {each.notice.title: each.why for each in list_to_clear(town.township, day)}
    assert told == {
        "第2份名单": Why.ENDED,
        "第1份名单": Why.ENDED,
        "第0份名单": Why.ENDED,
        "撤回的": Why.WITHDRAWN,
        "更正了的": Why.CORRECTED,
    }
    with transaction():
        set_limit(town.township, 730, by=town.li)
    told = {each.notice.title: each.why for each in list_to_clear(town.township, day)}
    assert told["两年多前的文件"] is Why.STALE
    assert "常设页面" not in told
    assert count_to_clear(town.township, day) == len(told) == 6
    media = list_to_clear(town.township, day, [Channel.WECHAT])
    assert [each.notice.title for each in media] == ["公众号"]
    assert f"已过{20}天" in str(media[0].sentence)


def test_one_click_takes_down_all_that_is_ticked_and_counts_in_the_month(town, ended, sign_in):
    li = sign_in("li")
    page = li.get(PAGE).get_data(as_text=True)
    assert "有 3 条要清理，本月已经从网站撤下 0 条" in page
    assert page.count(" checked") == 3
    answer = li.post(
        PAGE, data={"posting": [str(each.id) for each in ended[:2]], "on": today().isoformat()}
    )
    assert answer.status_code == 200
    said = answer.get_data(as_text=True)
    assert "“第0份名单”已登记撤下。" in said
    assert "有 1 条要清理，本月已经从网站撤下 2 条" in said
    db.session.expire_all()
    assert [each.taken_down_on for each in ended] == [today(), today(), None]
    assert [each.notice.state for each in ended] == [
        NoticeState.ENDED,
        NoticeState.ENDED,
        NoticeState.POSTED,
    ]
    lines = db.session.scalars(
        select(TrailLine.verb).where(TrailLine.verb.in_(("take_down", "clear_website")))
    ).all()
    assert sorted(lines) == ["clear_website", "take_down", "take_down"]


def test_the_count_of_a_month_is_the_one_of_the_report(town, ended):
    first = today().replace(day=1)
    with transaction():
        clear(town.township, [each.id for each in ended], on=today(), by=town.li)
    scope = Scope(town.township.id, town.township.path, first, today())
    assert evaluate(REGISTRY["P6-clean-freq"], scope) == 3
    assert evaluate(REGISTRY["W-cleared"], scope) == 3
    assert len(list_cleared(town.township, first, today())) == 3


def test_who_clears_second_is_told_what_the_first_one_cleared(town, ended):
    ids = [each.id for each in ended]
    with transaction():
        clear(town.township, ids[:1], on=today() - timedelta(1), by=town.li)
    with transaction():
        done = {
            str(each.posting.id): each
            for each in clear(town.township, ids, on=today(), by=town.zhao)
        }
    assert [done[str(each)].is_down for each in ids] == [False, True, True]
    assert "已经有人登记撤下了" in str(done[str(ids[0])].sentence)
    assert db.session.get(Posting, ids[0]).taken_down_on == today() - timedelta(1)
    with transaction():
        assert not any(each.is_down for each in clear(town.township, ids, on=today(), by=town.zhao))
    verbs = select(func.count()).where(TrailLine.verb == "clear_website")
    assert db.session.scalar(verbs) == 2


def test_two_who_clear_at_once_take_each_posting_down_once(app, town, ended, sign_in):
    sent = {"posting": [str(each.id) for each in ended], "on": today().isoformat()}
    clerks = [sign_in("li"), sign_in("li")]
    answers = at_once(app, *(sending(clerk, PAGE, **sent) for clerk in clerks))
    assert [status for status, _page in answers] == [200, 200]
    assert sum(page.count("”已登记撤下。") for _status, page in answers) == 3
    assert sum(page.count("已经有人登记撤下了") for _status, page in answers) == 3
    verbs = select(TrailLine.verb, func.count()).group_by(TrailLine.verb)
    told = {row[0]: row[1] for row in db.session.execute(verbs)}
    assert (told["take_down"], told["clear_website"]) == (3, 1)


def test_one_that_cannot_come_down_does_not_keep_the_others_up(town, columns, ended):
    young = put_online(town.office, columns["WZ-01"], today(), "今天的")
    with transaction():
        done = clear(town.township, [ended[0].id, young.id], on=today() - timedelta(1), by=town.li)
    told = {each.posting.id: each for each in done}
    assert told[ended[0].id].is_down
    assert "“今天的”没有撤下：撤下日期早于公示起" in str(told[young.id].sentence)


def test_another_townships_postings_are_out_of_reach(town, columns, ended, sign_in):
    theirs = put_online(
        town.neighbour_village,
        columns["WZ-05"],
        date(2023, 1, 1),
        "别的乡的",
        until_on=date(2023, 1, 9),
    )
    with transaction():
        assert clear(town.township, [theirs.id, new_id()], on=today(), by=town.li) == []
    assert db.session.get(Posting, theirs.id).taken_down_on is None
    assert sign_in("zhao").get(PAGE).status_code == 403
    assert sign_in("chen").get(PAGE).status_code == 404


def test_nothing_ticked_and_a_day_to_come_are_refused_with_the_ticks_kept(town, ended, sign_in):
    with pytest.raises(Refused, match="还没有勾选"):
        clear(town.township, [], on=today(), by=town.li)
    li = sign_in("li")
    refused = li.post(PAGE, data={"on": today().isoformat()})
    assert refused.status_code == 422
    assert "还没有勾选" in refused.get_data(as_text=True)
    refused = li.post(PAGE, data={"posting": [str(ended[1].id)], "on": "昨天"})
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "请填日期" in page
    assert page.count(" checked") == 1
    later = li.post(
        PAGE,
        data={"posting": [str(ended[1].id)], "on": (today() + timedelta(2)).isoformat()},
    )
    assert "没有撤下：撤下日期还没到" in later.get_data(as_text=True)


def test_the_limit_is_the_townships_own_word(town, ended, sign_in):
    li = sign_in("li")
    refused = li.post(f"{PAGE}/limit", data={"stale_after_days": "3"})
    assert refused.status_code == 422
    assert "过时的天数写成了3" in refused.get_data(as_text=True)
    assert li.post(f"{PAGE}/limit", data={"stale_after_days": "365"}).status_code == 302
    assert find_limit(town.township.id) == 365
    with transaction():
        set_limit(town.township, 365, by=town.li)
        set_limit(town.township, None, by=town.li)
    assert find_limit(town.township.id) is None
    verbs = select(func.count()).where(TrailLine.verb == "set_clearing_limit")
    assert db.session.scalar(verbs) == 2

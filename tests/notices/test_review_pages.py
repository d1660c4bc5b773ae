"""The pages of the three reviews: the queue, a verdict, what came back, who comes second."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from taole.core.clock import today
from taole.core.database import db
from taole.core.transactions import transaction
from taole.notices.actions import post, revise, set_reviews, submit, write
from taole.notices.models import Notice
from taole.notices.queries import get_notice
from taole.notices.workflow import NoticeState, ReviewStep
from taole.obligations.models import Obligation
from tests.notices.notice_factory import BOARD, Catalogue, pass_reviews

SignIn = Callable[[str], FlaskClient]


def handed_in(town: Any, catalogue: Catalogue, passed: int = 0, **values: Any) -> Notice:
    told = {"period_key": "2023-08", "title": "高龄津贴公示", "by": town.chen, **values}
    table = {"columns": ["姓名", "金额"], "rows": [["张某某", "90"]]}
    with transaction():
        notice = write(town.villages[0], catalogue["SB-08"], **table, **told)
        submit(notice, by=told["by"])
        pass_reviews(town, notice, most=passed)
    return notice


def fresh(notice: Notice) -> Notice:
    db.session.expire_all()
    return get_notice(notice.id)


def page_of(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def shown_step(page: str) -> dict[str, str]:
    """What the forms of a verdict carry, as the page has it."""
    found = {
        name: re.search(f'name="{name}" value="([^"]*)"', page) for name in ("step", "version")
    }
    return {name: match[1] for name, match in found.items() if match}


def test_three_people_pass_a_notice_on_its_page(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    notice = handed_in(town, catalogue)
    for account, words in (("zhou", "初审通过"), ("li", "复审通过"), ("zhao", "终审通过")):
        client = sign_in(account)
        page = page_of(client, f"/notices/{notice.id}")
        assert words in page
        answer = client.post(
            f"/notices/{notice.id}/approve", data=shown_step(page) | {"comment": f"{words}，已核对"}
        )
        assert answer.status_code == 302
    assert fresh(notice).state is NoticeState.APPROVED
    told = page_of(sign_in("chen"), f"/notices/{notice.id}")
    assert told.index("初审通过，已核对") < told.index("复审通过，已核对") < told.index("赵某")


def test_the_queue_and_its_count_tell_what_waits_for_this_reader(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    handed_in(town, catalogue, title="等初审的公示")
    handed_in(town, catalogue, title="等复审的公示", passed=1)
    handed_in(town, catalogue, title="李某代写的公示", passed=1, by=town.li)
    wanted = {
        "zhou": ["等初审的公示"],
        "li": ["等复审的公示"],
        "zhao": ["等复审的公示", "李某代写的公示"],
    }
    titles = ("等初审的公示", "等复审的公示", "李某代写的公示")
    for account, listed in wanted.items():
        page = page_of(sign_in(account), "/notices/review")
        assert [title for title in titles if title in page] == listed
        entry = page[page.index('href="/notices/review"') :]
        badge = re.search(r"<(?:b|strong)>(?:<span[^>]*>[^<]*</span>)?(\d+)<", entry)
        assert badge is not None
        assert badge[1] == str(len(listed))


def test_a_supervisor_gives_the_first_review_of_the_own_village_only(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    client = sign_in("zhou")
    second = handed_in(town, catalogue, passed=1)
    assert "/approve" not in page_of(client, f"/notices/{second.id}")
    seen = {"step": "second", "version": second.version}
    assert client.post(f"/notices/{second.id}/approve", data=seen).status_code == 403
    with transaction():
        foreign = write(
            town.villages[1], catalogue["SB-08"], period_key="2023-08", title="别村的", by=town.liu
        )
        submit(foreign, by=town.liu)
    seen = {"step": "first", "version": foreign.version}
    assert client.post(f"/notices/{foreign.id}/approve", data=seen).status_code == 404


def test_what_came_back_says_where_and_leads_to_the_field(
    town: Any, catalogue: Catalogue, owed: Obligation, sign_in: SignIn
) -> None:
    notice = handed_in(town, catalogue)
    reviewer = sign_in("zhou")
    page = page_of(reviewer, f"/notices/{notice.id}")
    seen = shown_step(page)
    empty = reviewer.post(f"/notices/{notice.id}/return", data=seen | {"reason": "  "})
    assert empty.status_code == 422
    assert "要写原因" in empty.get_data(as_text=True)
    data = seen | {
        "marks": ["合计与明细不符"],
        "places": ["cell:金额", "title", "cell:没有这一栏"],
        "reason": "第1行多算了",
    }
    assert reviewer.post(f"/notices/{notice.id}/return", data=data).status_code == 302
    assert fresh(notice).return_reason == "合计与明细不符；第1行多算了"
    author = sign_in("chen")
    told = page_of(author, f"/notices/{notice.id}")
    assert "哪里要改" in told
    assert re.findall(rf'href="/notices/{notice.id}/edit#([^"]+)"', told) == ["title", "cell-0-1"]
    form = page_of(author, f"/notices/{notice.id}/edit")
    assert 'href="#cell-0-1">表格“金额”一栏</a>' in form
    assert 'id="cell-0-1"' in form
    home = page_of(author, "/villages/640221106201/")
    assert "合计与明细不符；第1行多算了" in home


def test_the_author_takes_a_notice_back_before_anybody_judged_it(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    notice = handed_in(town, catalogue)
    client = sign_in("chen")
    page = page_of(client, f"/notices/{notice.id}")
    assert "撤回修改" in page
    assert "/approve" not in page
    assert client.post(f"/notices/{notice.id}/recall").status_code == 302
    assert fresh(notice).state is NoticeState.DRAFT
    late = client.post(f"/notices/{notice.id}/recall")
    assert late.status_code == 409
    assert "下面是这件公示现在的样子" in late.get_data(as_text=True)
    judged = handed_in(town, catalogue, passed=1)
    assert "撤回修改" not in page_of(client, f"/notices/{judged.id}")


def test_who_returns_too_late_keeps_the_words(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    notice = handed_in(town, catalogue, passed=1)
    seen = {"step": "second", "version": notice.version}
    sign_in("li").post(f"/notices/{notice.id}/approve", data=seen)
    late = sign_in("zhao").post(
        f"/notices/{notice.id}/return", data=seen | {"reason": "少了金额一栏"}
    )
    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "李某刚刚作了复审：通过。您的意见没有存。" in page
    assert "少了金额一栏" in page
    assert shown_step(page)["step"] == "final"


def test_of_two_tabs_the_second_keeps_its_text_and_sees_what_the_first_saved(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    with transaction():
        notice = write(
            town.villages[0],
            catalogue["SB-08"],
            period_key="2023-08",
            title="高龄津贴公示",
            columns=["姓名", "金额"],
            rows=[["张某某", "90"]],
            by=town.chen,
        )
    seen = notice.version
    with transaction():
        revise(
            get_notice(notice.id),
            version=seen,
            by=town.li,
            title="李某改的",
            rows=[["张某某", "95"]],
        )
    client = sign_in("chen")
    data = {
        "token": str(notice.id),
        "version": str(seen),
        "period_key": "2023-08",
        "title": "陈某改的",
        "body": "请乡亲们监督",
        "cell-0-0": "张某某",
        "cell-0-1": "99",
        "do": "draft",
    }
    told = client.post(f"/notices/{notice.id}/edit", data=data)
    page = told.get_data(as_text=True)
    assert told.status_code == 422
    for words in ("李某刚刚改过", "李某改的", "第1行“金额”：95", "请乡亲们监督"):
        assert words in page
    assert "陈某改的</textarea>" in page
    assert 'value="99"' in page
    assert fresh(notice).title == "李某改的"
    renewed = re.findall(r'name="version"[^>]*value="(\d+)"', page)
    assert client.post(f"/notices/{notice.id}/edit", data=data | {"version": renewed[0]}).location
    assert (fresh(notice).title, fresh(notice).rows) == ("陈某改的", [["张某某", "99"]])


@pytest.fixture
def ahead(town: Any, catalogue: Catalogue) -> Notice:
    """救灾款 that hang already and wait for their reviews."""
    with transaction():
        set_reviews(
            town.township,
            steps=list(ReviewStep),
            item_code="SB-08",
            is_urgent=True,
            from_on=date(2023, 1, 1),
            by=town.li,
        )
    notice = handed_in(town, catalogue, title="救灾款发放公示")
    with transaction():
        post(notice, channel=BOARD, posted_on=today(), by=town.chen)
    return notice


@pytest.mark.parametrize("days", [1, -2])
def test_what_hangs_unjudged_is_flagged_on_queue_notice_and_overview_until_it_is_judged(
    town: Any, catalogue: Catalogue, sign_in: SignIn, ahead: Notice, days: int
) -> None:
    with transaction():
        ahead.review_by_on = today() + timedelta(days=days)
        pass_reviews(town, ahead, most=1)
    client = sign_in("li")
    addresses = ("/notices/review", f"/notices/{ahead.id}", "/overview/640221106")
    said = [page_of(client, address) for address in addresses]
    assert all("救灾款发放公示" in page for page in said)
    if days < 0:
        assert "先公示后审核，已经超期" in said[1]
        assert "审核已超 2 天" in said[2]
    else:
        assert "先公示后审核" in said[1]
        assert "条先公示、还没有审完" in said[2]
    with transaction():
        pass_reviews(town, get_notice(ahead.id))
    over = [page_of(client, address) for address in addresses[1:]]
    assert not any("先公示后审核" in page or "还没有审完" in page for page in over)


def test_an_urgent_matter_is_put_up_from_its_page_before_the_reviews(
    town: Any, catalogue: Catalogue, sign_in: SignIn, ahead: Notice
) -> None:
    notice = handed_in(town, catalogue, title="第二批救灾款")
    client = sign_in("chen")
    page = page_of(client, f"/notices/{notice.id}")
    assert f"/notices/{notice.id}/post" in page
    assert "先公示后审核" in page
    data = {"channels": ["公示栏"], "posted_on": today().isoformat(), "until_on": ""}
    answer = client.post(f"/notices/{notice.id}/post", data=data)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    assert "要在" in page_of(client, answer.location)
    assert fresh(notice).state is NoticeState.FIRST_REVIEW

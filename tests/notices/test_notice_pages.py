"""The pages of notices: choosing, writing, judging, posting."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from taole.core.database import db
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.notices.actions import post, submit, write
from taole.notices.models import Notice, Posting
from taole.notices.workflow import NoticeState
from taole.obligations.models import Obligation
from taole.organisation.actions import SYSTEM, found_unit
from taole.organisation.rules import UnitKind
from tests.attachments.picture_factory import photograph
from tests.notices.notice_factory import BOARD, Catalogue, Channel, approved, owe

SignIn = Callable[[str], FlaskClient]
VILLAGE = "/villages/640221106201/notices/new"


def filled(**values: Any) -> dict[str, Any]:
    return {
        "token": str(new_id()),
        "period_key": "2023-08",
        "title": "东园村2023年8月高龄津贴发放公示",
        "cell-0-0": "张某某",
        "cell-0-1": "90.00",
        "do": "draft",
        **values,
    }


def in_review(town: Any, catalogue: Catalogue, **values: Any) -> Notice:
    told = {"period_key": "2023-08", "title": "高龄津贴公示", "by": town.chen, **values}
    with transaction():
        notice = write(town.villages[0], catalogue["SB-08"], **told)
        submit(notice, by=told["by"])
    return notice


def fresh(notice: Notice) -> Notice:
    db.session.expire_all()
    found = db.session.get(Notice, notice.id)
    assert found is not None
    return found


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    said: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SELECT pg_catalog", "show ")):
            said.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", count)


def test_the_secretary_chooses_from_what_is_overdue_first(
    town: Any, catalogue: Catalogue, owed: Obligation, sign_in: SignIn
) -> None:
    with transaction():
        owe(town.villages[0], catalogue["CW-01"], "2023Q3", date(2099, 1, 1))
    page = sign_in("chen").get(VILLAGE).get_data(as_text=True)
    assert page.index("已经超期的") < page.index(str(owed.id)) < page.index("现在要公示的")
    assert page.index("现在要公示的") < page.index("目录里的全部 4 项")
    found = sign_in("chen").get(f"{VILLAGE}?q=收支").get_data(as_text=True)
    assert "村级财务收支明细" in found
    assert "高龄津贴" not in found


def test_the_clerk_writes_for_a_village_and_it_says_so(
    town: Any, catalogue: Catalogue, owed: Obligation, sign_in: SignIn
) -> None:
    client = sign_in("li")
    answer = client.post(f"{VILLAGE}?obligation={owed.id}", data=filled())
    answer = client.post(f"{answer.location}/submit")
    page = client.get(answer.location.removesuffix("/sent")).get_data(as_text=True)
    assert "镇里代登记" in page
    assert "/approve" not in page
    assert "自己写的公示由别人来审" in page


def test_an_office_writes_for_a_column_of_the_website(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    client = sign_in("qian")
    address = "/villages/640221106-msfw/notices/new"
    assert "部门决算" in client.get(address).get_data(as_text=True)
    page = client.get(f"{address}?item=WZ-04").get_data(as_text=True)
    period = re.findall(r'<option (?:selected )?value="([0-9-]+)"', page)[0]
    data = filled(period_key=period, body="全文", cell=[], column=[], fiscal_year="2022")
    assert client.post(f"{address}?item=WZ-04", data=data).status_code == 302
    assert db.session.scalars(select(Notice)).one().fiscal_year == 2022


@pytest.mark.parametrize(
    ("account", "path", "status"),
    [
        ("liu", VILLAGE, 404),
        ("zhou", VILLAGE, 403),
        ("chen", f"{VILLAGE}?item=XX-99", 404),
        ("chen", f"{VILLAGE}?obligation=nonsense", 404),
        ("chen", "/villages/999/notices/new", 404),
        ("chen", "/notices/review", 403),
        ("qian", "/notices/review", 403),
    ],
)
def test_a_page_that_is_not_ones_own_is_not_shown(
    town: Any, catalogue: Catalogue, sign_in: SignIn, account: str, path: str, status: int
) -> None:
    assert sign_in(account).get(path).status_code == status


def test_channels_are_logged_with_photo_and_link(
    town: Any, catalogue: Catalogue, owed: Obligation, sign_in: SignIn
) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    client = sign_in("chen")
    page = client.get(f"/notices/{notice.id}/post").get_data(as_text=True)
    assert page.count("checked") == 2
    data = {
        "channels": ["公示栏", "村居通", "政府网站"],
        "posted_on": "2023-09-07",
        "until_on": "2023-09-14",
        "photo_BOARD": (io.BytesIO(photograph(400, 300)), "公示栏.jpg"),
        "column_code": "WZ-06",
        "link_WEBSITE": "https://example.invalid/1",
    }
    answer = client.post(f"/notices/{notice.id}/post", data=data)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    shown = client.get(answer.location).get_data(as_text=True)
    assert "https://example.invalid/1" in shown
    assert "补录" in shown
    assert "/attachments/" in shown
    db.session.expire_all()
    assert owed.answered_on == date(2023, 9, 7)
    assert {each.channel for each in db.session.scalars(select(Posting))} == {
        Channel.BOARD,
        Channel.VILLAGE_APP,
        Channel.WEBSITE,
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"channels": []}, "还没有选渠道"),
        ({"until_on": "2023-09-01"}, "早于公示起"),
        ({"posted_on": "2999-01-01", "until_on": ""}, "还没到"),
        ({"posted_on": "九月七日"}, "err-sum"),
        ({"channels": ["政府网站"]}, "选栏目"),
        ({"channels": ["政府网站"], "column_code": "WZ-99"}, "没有这个栏目"),
        ({"channels": ["政府网站"], "column_code": "WZ-06", "link_WEBSITE": "ftp:x"}, "链接不对"),
    ],
)
def test_a_wrong_posting_is_explained_and_nothing_is_kept(
    town: Any, catalogue: Catalogue, sign_in: SignIn, wrong: dict[str, Any], said: str
) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    data = {"channels": ["公示栏"], "posted_on": "2023-09-07", "until_on": "", **wrong}
    answer = sign_in("chen").post(f"/notices/{notice.id}/post", data=data)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert db.session.scalars(select(Posting)).all() == []


def test_a_draft_has_no_page_for_posting(town: Any, catalogue: Catalogue, sign_in: SignIn) -> None:
    notice = in_review(town, catalogue)
    answer = sign_in("chen").get(f"/notices/{notice.id}/post")
    assert answer.status_code == 409
    assert "还没有审完" in answer.get_data(as_text=True)


def test_a_posting_comes_down_and_a_notice_is_withdrawn(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    notice = approved(town, town.villages[0], catalogue["SB-08"])
    with transaction():
        posting = post(notice, channel=BOARD, posted_on=date(2023, 9, 7), by=town.chen)
        post(notice, channel=Channel.KIOSK, posted_on=date(2023, 9, 7), by=town.chen)
    client = sign_in("chen")
    early = client.post(f"/postings/{posting.id}/take-down", data={"on": "2023-09-01"})
    assert early.status_code == 422
    assert "早于公示起" in early.get_data(as_text=True)
    down = client.post(f"/postings/{posting.id}/take-down", data={"on": "2023-09-20"})
    assert down.status_code == 302
    assert client.post(f"/notices/{notice.id}/withdraw", data={"reason": "错"}).status_code == 403
    clerk = sign_in("li")
    assert clerk.post(f"/notices/{notice.id}/withdraw", data={}).status_code == 422
    answer = clerk.post(f"/notices/{notice.id}/withdraw", data={"reason": "名单有误"})
    assert answer.status_code == 302
    assert fresh(notice).state is NoticeState.WITHDRAWN


def test_the_list_is_narrowed_and_reaches_no_further_than_the_reader(
    town: Any, catalogue: Catalogue, sign_in: SignIn
) -> None:
    in_review(town, catalogue, title="东园村的公示")
    with transaction():
        write(
            town.villages[1],
            catalogue["CW-01"],
            period_key="2023Q3",
            title="施家台子村的公示",
            by=town.liu,
        )
    clerk, secretary = sign_in("li"), sign_in("chen")

    def listed(client: FlaskClient, query: str = "") -> list[str]:
        page = client.get(f"/notices{query}").get_data(as_text=True)
        return sorted(re.findall(r'href="/notices/[0-9a-f-]{36}">(?:<span[^>]*>)*(\w+)</', page))

    both = sorted(["东园村的公示", "施家台子村的公示"])
    assert listed(clerk) == both
    assert listed(secretary) == ["东园村的公示"]
    assert listed(clerk, "?state=draft") == ["施家台子村的公示"]
    assert listed(clerk, "?section=社会保障") == ["东园村的公示"]
    assert listed(clerk, "?period=2023年三季度") == ["施家台子村的公示"]
    assert listed(clerk, "?unit=640221106201") == ["东园村的公示"]
    assert listed(clerk, "?q=施家") == ["施家台子村的公示"]
    assert listed(clerk, "?state=nonsense&page=99") == both
    assert clerk.get("/notices?period=胡写").status_code == 422


@pytest.mark.parametrize("account", ["chen", "li", "zhao", "wu", "zhou"])
def test_everybody_around_reads_a_notice_in_both_languages(
    town: Any, catalogue: Catalogue, owed: Obligation, sign_in: SignIn, account: str
) -> None:
    notice = approved(
        town,
        town.villages[0],
        catalogue["SB-08"],
        columns=["姓名", "金额"],
        rows=[["<b>张某某</b>", "90"]],
    )
    client = sign_in(account)
    page = client.get(f"/notices/{notice.id}").get_data(as_text=True)
    assert "&lt;b&gt;张某某" in page
    client.set_cookie("language", "en")
    assert client.get(f"/notices/{notice.id}").status_code == 200
    assert client.get("/notices").status_code == 200


def test_logging_one_posting_takes_few_statements_however_many_villages(
    app: Flask, town: Any, catalogue: Catalogue, owed: Obligation, sign_in: SignIn
) -> None:
    def statements() -> list[str]:
        notice = approved(town, town.villages[0], catalogue["SB-08"], obligations=[owed])
        number = notice.id
        with transaction():
            db.session.refresh(owed)
            owed.answer = owed.answer_id = owed.answered_on = None
            post(notice, channel=BOARD, posted_on=date(2023, 9, 7), by=town.chen)
        data = {"channels": ["村居通"], "posted_on": "2023-09-07", "until_on": "2023-09-14"}
        client = sign_in("chen")
        with app.app_context(), counted_statements() as said:
            assert client.post(f"/notices/{number}/post", data=data).status_code == 302
        return said

    few = statements()
    with transaction():
        for count in range(5, 200):
            unit = found_unit(
                kind=UnitKind.VILLAGE,
                code=f"640221106{300 + count}",
                name=f"第{count}村",
                parent=town.township,
                by=SYSTEM,
            )
            owe(unit, catalogue["SB-08"], "2023-08", date(2023, 9, 20))
    many = statements()
    assert len(few) <= 15, "\n".join(few)
    assert len(many) == len(few), "\n".join(many)

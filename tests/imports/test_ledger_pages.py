"""The clerk's pages: template, check, correction, import, export."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from taole.core.database import db
from taole.core.transactions import transaction
from taole.documents.workbooks import read_workbook
from taole.imports.ledger import MAX_ROWS
from taole.notices.actions import post
from taole.notices.models import Notice, Posting
from tests.imports.ledger_factory import HEAD, as_csv, as_xlsx, bring_in, counts, line

pytestmark = pytest.mark.usefixtures("items")
SignIn = Callable[[str], FlaskClient]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(client: FlaskClient, content: bytes, name: str = "台账.csv") -> Any:
    return client.post("/imports/ledger", data={"file": (io.BytesIO(content), name)})


def digest_in(page: str) -> str:
    found = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def test_a_good_ledger_is_checked_then_brought_in(town: Any, sign_in: SignIn) -> None:
    client, before = sign_in("li"), counts()
    checked = upload(client, as_csv([line(), line(村="王家庄村")]))
    page = checked.get_data(as_text=True)
    assert checked.status_code == 200
    assert "2 行都没有问题" in page
    assert "2 件公示、4 条渠道发布" in page
    assert counts() == before
    done = client.post("/imports/ledger/confirm", data={"digest": digest_in(page)})
    assert done.status_code == 302
    shown = client.get(done.location)
    assert shown.status_code == 200
    assert "已导入 2 行：新登记 2 件公示、4 条渠道发布" in shown.get_data(as_text=True)
    assert counts()[0] == 2
    again = client.post("/imports/ledger/confirm", data={"digest": digest_in(page)})
    assert again.status_code == 409


def test_a_faulty_ledger_comes_back_with_rows_and_a_marked_workbook(
    town: Any, sign_in: SignIn
) -> None:
    client = sign_in("li")
    checked = upload(client, as_xlsx([line(), line(村="东圆村", 公示起="无")]), "台账.xlsx")
    page = checked.get_data(as_text=True)
    assert checked.status_code == 422
    assert "2 行里有 1 行要改" in page
    assert "是不是“东园村”" in page
    marked = client.post("/imports/ledger/marked.xlsx", data={"digest": digest_in(page)})
    assert marked.mimetype == XLSX
    (sheet,) = read_workbook(marked.data, "a.xlsx")
    head, good, bad = sheet.rows[1:]
    assert head.cells == [*HEAD, "错误"]
    assert good.cells[-1] is None
    assert str(bad.cells[-1]).startswith("村：")
    assert "公示起：" in str(bad.cells[-1])


def test_a_marked_workbook_that_is_corrected_can_be_brought_in(town: Any, sign_in: SignIn) -> None:
    client = sign_in("li")
    page = upload(client, as_csv([line(村="东圆村")])).get_data(as_text=True)
    marked = client.post("/imports/ledger/marked.xlsx", data={"digest": digest_in(page)}).data
    (sheet,) = read_workbook(marked, "a.xlsx")
    row = dict(zip((*HEAD, "错误"), sheet.rows[2].cells, strict=True)) | {"村": "东园村"}
    assert bring_in(town, as_xlsx([row], (*HEAD, "错误")), "a.xlsx").created == 1


def test_a_ledger_that_became_known_meanwhile_is_not_brought_in(town: Any, sign_in: SignIn) -> None:
    client, content = sign_in("li"), as_csv([line()])
    page = upload(client, content).get_data(as_text=True)
    bring_in(town, content)
    done = client.post("/imports/ledger/confirm", data={"digest": digest_in(page)})
    assert done.status_code == 422
    assert "已经登记过" in done.get_data(as_text=True)
    assert counts()[0] == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.7\x00", "不是表格"), ("姓名,金额\n张某某,3\n".encode(), "找不到表头")],
)
def test_a_file_that_is_no_ledger_is_told_above_the_form(
    town: Any, sign_in: SignIn, content: bytes, said: str
) -> None:
    answer = upload(sign_in("li"), content)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_no_file_is_told_above_the_form(town: Any, sign_in: SignIn) -> None:
    answer = sign_in("li").post("/imports/ledger", data={})
    assert answer.status_code == 422
    assert "请选择要导入的台账文件" in answer.get_data(as_text=True)


def test_a_checked_ledger_belongs_to_who_sent_it(town: Any, sign_in: SignIn) -> None:
    page = upload(sign_in("li"), as_csv([line()])).get_data(as_text=True)
    data = {"digest": digest_in(page)}
    assert sign_in("chen").post("/imports/ledger/confirm", data=data).status_code == 403
    for forged in ("../../secret_key", "0" * 64, ""):
        answer = sign_in("li").post("/imports/ledger/confirm", data={"digest": forged})
        assert answer.status_code == 409


@pytest.mark.parametrize("address", ["/imports/ledger", "/imports/ledger/template.xlsx"])
def test_only_the_clerk_enters(town: Any, sign_in: SignIn, address: str) -> None:
    assert sign_in("li").get(address).status_code == 200
    for account in ("chen", "zhao", "wu"):
        assert sign_in(account).get(address).status_code == 403
    assert sign_in("li").get(f"/imports/ledger/{town.li.id}").status_code == 404


def test_the_template_lists_what_may_be_filled_in_and_is_itself_an_empty_ledger(
    town: Any, sign_in: SignIn
) -> None:
    client = sign_in("li")
    content = client.get("/imports/ledger/template.xlsx").data
    ledger, lists = read_workbook(content, "a.xlsx", max_rows=MAX_ROWS)
    assert set(HEAD) <= set(ledger.rows[1].cells)
    said = {cell for row in lists.rows for cell in row.cells}
    assert {"东园村", "640221106201", "CW-02", "财务收支情况", "公示栏", "社会救助"} <= said
    assert "没有内容" in upload(client, content, "模板.xlsx").get_data(as_text=True)


def told(postings: list[Posting]) -> list[tuple[Any, ...]]:
    return sorted(
        (
            each.notice.unit.name,
            each.notice.item.code,
            each.notice.period_key,
            each.notice.title,
            each.channel,
            each.posted_on,
            each.until_on,
            each.proof_link,
            each.column_code,
            each.account,
            each.repeats_id is not None,
        )
        for each in postings
    )


def all_postings() -> list[Posting]:
    return list(db.session.scalars(select(Posting)))


def test_what_is_exported_comes_in_again_the_same(
    town: Any, sign_in: SignIn, items: dict[str, Any]
) -> None:
    rows = [
        line(),
        line(渠道="政府网站、微信公众号", 网站栏目="社会救助", 账号="陶乐镇", 公示止=""),
        line(村="王家庄村", 目录编码="SB-01", 公开事项="", 期间="2023年8月9日", 标题=""),
        line(村="马太沟村", 目录编码="SB-08", 公开事项="", 期间="2023.9", 标题="=1+1"),
        line(村="庙庙湖村", 目录编码="ZZ-06", 公开事项="", 期间="2023", 公示止="", 照片或链接=""),
        line(公示起="2023-12-01", 公示止="2023-12-09", 渠道="公示栏", 重复公示="是"),
    ]
    assert bring_in(town, as_csv(rows, (*HEAD, "网站栏目", "账号", "重复公示"))).faults == ()
    client = sign_in("li")
    answer = client.get("/imports/ledger.xlsx?year=2023")
    assert answer.mimetype == XLSX
    exported, before = answer.data, told(all_postings())
    assert len(before) == 11

    known = bring_in(town, exported, "台账.xlsx")
    assert len(known.faults) == known.bad_rows == known.rows == len(before)
    assert all("已经登记过" in str(fault.message) for fault in known.faults)

    with transaction():
        _forget_every_notice()
    assert all_postings() == []
    assert bring_in(town, exported, "台账.xlsx").faults == ()
    assert told(all_postings()) == before


def test_two_notices_of_the_same_name_stay_two_in_the_export(
    town: Any, sign_in: SignIn, items: dict[str, Any]
) -> None:
    bring_in(town, as_csv([line(公示编号="1"), line(公示编号="2")], (*HEAD, "公示编号")))
    assert counts()[0] == 2
    exported = sign_in("li").get("/imports/ledger.xlsx?year=2023").data
    with transaction():
        _forget_every_notice()
    assert bring_in(town, exported, "台账.xlsx").created == 2


def test_an_export_of_no_year_is_not_found(town: Any, sign_in: SignIn) -> None:
    client = sign_in("li")
    assert client.get("/imports/ledger.xlsx?year=1999").status_code == 404
    assert client.get("/imports/ledger.xlsx?unit=640221203").status_code == 404


def _forget_every_notice() -> None:
    """An empty twin of the same town."""
    from sqlalchemy import delete, update

    from taole.notices.models import NoticeAnswer
    from taole.obligations.models import Obligation

    blank = dict.fromkeys(("answer", "answered_on", "answer_id", "entered_at", "answered_by_id"))
    db.session.execute(update(Obligation).values(**blank))
    db.session.execute(update(Posting).values(repeats_id=None))
    for table in (Posting, NoticeAnswer, Notice):
        db.session.execute(delete(table))
    db.session.expire_all()


def test_a_posting_told_by_hand_is_known_to_the_ledger(town: Any, items: dict[str, Any]) -> None:
    bring_in(town, as_csv([line(渠道="公示栏")]))
    with transaction():
        notice = db.session.scalars(select(Notice)).one()
        post(notice, channel="村居通", posted_on=date(2023, 10, 13), by=town.chen)  # type: ignore[arg-type]
    assert "村居通" in str(bring_in(town, as_csv([line(渠道="村居通")])).faults[0].message)

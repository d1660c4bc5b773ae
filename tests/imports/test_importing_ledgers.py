"""A ledger becomes notices, postings and answers: all of it, or nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from taole.catalogue.channels import Channel
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.notices.actions import take_down
from taole.notices.models import Notice, Posting
from taole.notices.workflow import NoticeState
from taole.obligations.actions import declare_nothing, excuse, record_event
from taole.obligations.models import Obligation
from taole.obligations.queries import list_for_period
from taole.obligations.rules import Answer
from taole.trail.queries import find_breaks, list_lines_of
from tests.imports.ledger_factory import (
    HEAD,
    as_csv,
    as_xls,
    as_xlsx,
    bring_in,
    counts,
    faults_of,
    line,
    open_year,
)

pytestmark = pytest.mark.usefixtures("items")


def notices() -> list[Notice]:
    return list(db.session.scalars(select(Notice).order_by(Notice.id)))


def postings() -> list[Posting]:
    return list(db.session.scalars(select(Posting).order_by(Posting.posted_on, Posting.id)))


def slot(town: Any, code: str = "CW-02", key: str = "2023Q3", village: int = 0) -> Obligation:
    (found,) = list_for_period(town.villages[village].id, code, key)
    db.session.refresh(found)
    return found


def test_a_row_becomes_a_notice_that_answers_its_slot_on_the_day_it_went_up(town: Any) -> None:
    outcome = bring_in(town, as_csv([line()]))
    assert (outcome.rows, outcome.created, outcome.postings) == (1, 1, 2)
    (notice,) = notices()
    assert notice.title == "东园村2023年第三季度财务公开"
    assert notice.state is NoticeState.POSTED
    assert notice.is_on_behalf
    assert [each.channel for each in postings()] == [Channel.BOARD, Channel.VILLAGE_APP]
    assert postings()[0].until_on == date(2023, 10, 26)
    assert postings()[0].proof_link == "https://example.invalid/p/1"
    answered = slot(town)
    assert (answered.answer, answered.answer_id) == (Answer.NOTICE, notice.id)
    assert answered.answered_on == date(2023, 10, 12)


def test_the_ledger_writes_and_who_imports_approves(town: Any) -> None:
    outcome = bring_in(town, as_csv([line()]))
    (notice,) = notices()
    assert (notice.author_id, notice.author_name) == (None, "台账导入")
    assert (notice.reviewed_by_id, notice.reviewed_by_name) == (town.li.id, "李某")
    told = [(each.verb, each.actor_name) for each in list_lines_of(notice.id)]
    assert told[:3] == [
        ("write_notice", "台账导入"),
        ("submit_notice", "台账导入"),
        ("admit_notice", "李某"),
    ]
    assert outcome.import_id is not None
    (told_of_all,) = list_lines_of(outcome.import_id)
    assert told_of_all.after["notices"] == 1
    assert told_of_all.actor_name == "李某"
    assert find_breaks() == {}


def test_a_posting_told_long_after_is_marked_as_entered_late(town: Any) -> None:
    bring_in(town, as_csv([line(), line(标题="上周贴的", 公示起="2024-01-12", 公示止="")]))
    assert {each.notice.title: each.is_late_entry for each in postings()} == {
        "东园村2023年第三季度财务公开": True,
        "上周贴的": False,
    }


def test_rows_of_one_notice_on_several_channels_are_one_notice(town: Any) -> None:
    rows = [
        line(渠道="公示栏", 公示起="2023-10-12"),
        line(渠道="村居通", 公示起="2023-10-14"),
        line(渠道="查询机", 公示起="2023-10-20"),
    ]
    outcome = bring_in(town, as_csv(rows))
    assert (outcome.rows, outcome.created, outcome.postings) == (3, 1, 3)
    assert slot(town).answered_on == date(2023, 10, 14)
    assert notices()[0].first_posted_on == date(2023, 10, 12)


def test_a_notice_without_a_compulsory_channel_answers_nothing_yet(town: Any) -> None:
    bring_in(town, as_csv([line(渠道="公示栏")]))
    assert slot(town).answer is None
    outcome = bring_in(town, as_csv([line(渠道="村居通", 公示起="2023-10-18")]))
    assert (outcome.created, outcome.postings, len(notices())) == (0, 1, 1)
    assert slot(town).answered_on == date(2023, 10, 18)


def test_of_two_notices_for_one_slot_the_earlier_counts_wherever_it_stands(town: Any) -> None:
    rows = [
        line(标题="第二次", 公示起="2023-10-25", 公示止=""),
        line(标题="第一次", 公示起="2023-10-10", 公示止=""),
    ]
    bring_in(town, as_csv(rows))
    assert len(notices()) == 2
    assert slot(town).answered_on == date(2023, 10, 10)


def test_a_notice_takes_the_place_of_a_signed_nothing_and_leaves_an_excuse(town: Any) -> None:
    with transaction():
        declare_nothing([slot(town)], on=date(2023, 10, 20), reason="本期没有", by=town.chen)
        excuse(slot(town, village=1), reason="县里统一公布", by=town.li, on=date(2023, 10, 20))
    bring_in(town, as_csv([line(), line(村="施家台子村")]))
    assert slot(town).answer is Answer.NOTICE
    assert slot(town, village=1).answer is Answer.EXCUSED


def test_an_event_driven_matter_confirms_its_quarter_by_day_month_or_quarter(town: Any) -> None:
    for village, period in enumerate(("2023年8月9日", "2023年8月", "2023年第三季度")):
        name = town.villages[village].name
        bring_in(town, as_csv([line(村=name, 目录编码="SB-01", 公开事项="", 期间=period)]))
        assert slot(town, "SB-01", "2023Q3", village).answer is Answer.NOTICE
    assert {each.period_key for each in notices()} == {"2023Q3"}


def test_a_notice_of_a_day_answers_the_events_of_that_day_only(
    town: Any, items: dict[str, Any]
) -> None:
    with transaction():
        august, september = (
            record_event(
                town.villages[0], items["SB-01"], happens_on=day, title="审批结果", by=town.chen
            )
            for day in (date(2023, 8, 9), date(2023, 9, 5))
        )
    row = line(目录编码="SB-01", 公开事项="", 期间="2023年8月9日", 公示起="2023-08-11", 公示止="")
    bring_in(town, as_csv([row]))
    db.session.expire_all()
    assert august.answered_on == date(2023, 8, 11)
    assert september.answer is None


def test_an_empty_title_is_filled_from_village_period_and_matter(town: Any) -> None:
    row = line(标题="", 目录编码="SB-01", 公开事项="", 期间="2023年8月9日")
    bring_in(town, as_csv([line(标题=""), row]))
    assert {each.title for each in notices()} == {
        "东园村2023年第三季度财务收支情况",
        "东园村2023年8月9日低保审批结果",
    }


def test_the_website_needs_a_column_and_has_a_usual_one(town: Any) -> None:
    rows = [
        line(渠道="政府网站", 标题="甲"),
        line(渠道="政府网站", 标题="乙", 网站栏目="社会救助"),
    ]
    bring_in(town, as_csv(rows, (*HEAD, "网站栏目")))
    assert {each.notice.title: each.column_code for each in postings()} == {
        "甲": "WZ-06",
        "乙": "WZ-05",
    }


def test_slots_that_nobody_opened_are_opened_on_the_way(town: Any) -> None:
    with transaction():
        for each in db.session.scalars(select(Obligation)):
            db.session.delete(each)
    bring_in(town, as_csv([line()]))
    assert slot(town).answer is Answer.NOTICE


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (as_csv([line()]), "台账.csv"),
        (as_csv([line()], encoding="utf-8-sig"), "台账.csv"),
        (as_csv([line()], encoding="gbk"), "台账.csv"),
        (b"\xef\xbb\xbf" + as_csv([line()], encoding="gbk"), "台账.csv"),
        (as_xlsx([line(公示起=date(2023, 10, 12))]), "台账.xlsx"),
        (as_xls([line(公示起=45211)]), "台账.xls"),
        (as_csv([line()], tuple(reversed(HEAD))), "台账.csv"),
        (as_csv([line()], names={"村": "村（社区）", "公示起": "公示时间(起)"}), "台账.csv"),
    ],
)
def test_every_common_kind_of_file_says_the_same(town: Any, content: bytes, filename: str) -> None:
    assert bring_in(town, content, filename).faults == ()
    assert [each.posted_on for each in postings()] == [date(2023, 10, 12)] * 2


def test_a_dry_run_leaves_nothing_behind_and_says_what_would_be(town: Any) -> None:
    before = counts()
    outcome = bring_in(town, as_csv([line(), line(村="王家庄村")]), dry_run=True)
    assert (outcome.rows, outcome.created, outcome.postings) == (2, 2, 4)
    assert counts() == before
    assert slot(town).answer is None
    assert bring_in(town, as_csv([line()])).created == 1


def test_the_same_ledger_again_is_known_row_by_row(town: Any) -> None:
    content = as_csv([line(), line(村="王家庄村")])
    bring_in(town, content)
    before = counts()
    again = bring_in(town, content)
    assert [fault.row for fault in again.faults] == [2, 3]
    assert "已经登记过" in str(again.faults[0].message)
    assert counts() == before


def test_what_hung_again_is_kept_and_not_counted_when_the_ledger_says_so(town: Any) -> None:
    head = (*HEAD, "重复公示")
    again = line(渠道="公示栏", 公示起="2023-11-20", 公示止="", 重复公示="是")
    rows = [line(渠道="公示栏"), again]
    assert bring_in(town, as_csv(rows, head)).postings == 2
    first, second = postings()
    assert (first.repeats_id, second.repeats_id) == (None, first.id)
    assert len(bring_in(town, as_csv([again], head)).faults) == 1


def test_an_ended_notice_takes_no_more_postings(town: Any) -> None:
    bring_in(town, as_csv([line(渠道="公示栏")]))
    with transaction():
        take_down(postings()[0], on=date(2023, 10, 30), by=town.chen)
    (fault,) = bring_in(town, as_csv([line(渠道="查询机")])).faults
    assert "公示结束" in str(fault.message)


def test_a_hundred_thousand_rows_are_refused_in_one_sentence(town: Any) -> None:
    content = as_csv([line()]) + b"a,b\n" * 100_000
    with pytest.raises(Refused, match=r"100002 行.*50000"):
        bring_in(town, content)
    with pytest.raises(Refused, match="不是表格"):
        bring_in(town, b"%PDF-1.7 \x00\xff", "台账.pdf")


def test_a_later_refusal_of_a_deeper_rule_is_a_fault_and_nothing_is_saved(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: Any, **_named: Any) -> None:
        raise Refused("现在不行")

    monkeypatch.setattr("taole.imports.actions.post", refuse)
    before = counts()
    outcome = bring_in(town, as_csv([line()]))
    assert faults_of(outcome) == [(2, "标题")]
    assert counts() == before


def test_a_ledger_costs_few_statements_however_many_rows_are_wrong(town: Any) -> None:
    from sqlalchemy import event

    told: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_rest: Any) -> None:
        told.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        bring_in(town, as_csv([line(公示起="明天") for _ in range(200)]))
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(told) < 20


def test_villages_of_several_townships_come_in_one_ledger_from_the_county(
    town: Any, items: dict[str, Any]
) -> None:
    from taole.catalogue.models import Adoption
    from taole.imports.actions import import_ledger
    from taole.organisation.actions import SYSTEM
    from tests.imports.ledger_factory import SINCE

    with transaction():
        edition = items["CW-02"].edition
        db.session.add(Adoption(township=town.neighbour, edition=edition, from_on=SINCE))
    open_year(town.neighbour)
    with transaction():
        outcome = import_ledger(
            as_csv([line(), line(村="红翔新村")]), "a.csv", paths=(town.county.path,), by=SYSTEM
        )
    assert outcome.created == 2
    assert {each.reviewed_by_name for each in notices()} == {"系统"}
    assert outcome.import_id is not None
    assert len(list_lines_of(outcome.import_id)) == 2

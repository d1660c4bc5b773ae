"""The story of a finding on its page: more time, what came back, before and after, refusals."""

from datetime import date, timedelta

import pytest
from finding_factory import PAGE, a_finding, an_item, an_obligation
from finding_pages import a_photo, text_of

from taole.core.clock import now, today
from taole.core.database import db
from taole.core.transactions import transaction
from taole.inspections.extending import list_extensions
from taole.inspections.mending import close, prove
from taole.inspections.models import Finding
from taole.inspections.system_findings import subject_of
from taole.inspections.workflow import FindingState
from taole.obligations.rules import Answer


@pytest.fixture
def finding(town):
    with transaction():
        return a_finding(town.villages[0], town.li, found_on=today(), at=now())


def test_the_secretary_asks_for_more_time_and_the_leader_grants_it(finding, sign_in):
    until = finding.due_on + timedelta(days=7)
    asked = sign_in("chen").post(
        f"/findings/{finding.id}/extension",
        data={"until_on": until.isoformat(), "reason": "玻璃要定做"},
        follow_redirects=True,
    )
    assert "等领导批示" in text_of(asked)
    (extension,) = list_extensions(finding.id)
    leader = sign_in("zhao")
    assert "同意延期" in text_of(leader.get(f"/findings/{finding.id}"))
    said = leader.post(
        f"/findings/extensions/{extension.id}/grant", data={"words": ""}, follow_redirects=True
    )
    assert "已同意延期" in text_of(said)
    assert f"原定{finding.due_on:%Y年%-m月%-d日}" in text_of(said).replace(" ", "")


def test_the_clerk_does_not_grant_more_time(finding, sign_in):
    sign_in("chen").post(
        f"/findings/{finding.id}/extension",
        data={
            "until_on": (finding.due_on + timedelta(days=7)).isoformat(),
            "reason": "玻璃要定做",
        },
    )
    (extension,) = list_extensions(finding.id)
    answer = sign_in("li").post(f"/findings/extensions/{extension.id}/grant", data={})
    assert answer.status_code == 403


def test_several_photographs_show_before_and_after_side_by_side(finding, sign_in):
    answer = sign_in("chen").post(
        f"/findings/{finding.id}/prove",
        data={
            "measures": "已换玻璃",
            "proof": [(a_photo(), "远.jpg"), (a_photo(), "近.jpg")],
            "version": "1",
        },
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    page = text_of(answer)
    assert page.count("正在检查有没有个人信息") == 2
    assert "没有整改前的照片" in page


def test_one_that_came_back_names_the_first_and_the_first_the_later(town, sign_in):
    with transaction():
        first = a_finding(
            town.villages[0], town.li, found_on=today(), at=now(), problem_kind="board-covered"
        )
        prove(first, measures="已清除", by=town.chen, on=today(), proof_link=PAGE)
        close(first, verdict="符合要求", by=town.li, on=today())
        second = a_finding(
            town.villages[0], town.li, found_on=today(), at=now(), problem_kind="board-covered"
        )
    clerk = sign_in("li")
    said = text_of(clerk.get(f"/findings/{second.id}"))
    assert "反弹：第一次是" in said
    assert f"/findings/{first.id}" in said
    assert f"/findings/{second.id}" in text_of(clerk.get(f"/findings/{first.id}"))


def test_who_answers_for_a_finding_does_not_close_it(town, sign_in):
    with transaction():
        finding = a_finding(town.township, town.wu, found_on=today(), at=now(), owner_name="李某")
        prove(finding, measures="已更新", by=town.zhao, on=today(), proof_link=PAGE)
    clerk = sign_in("li")
    answer = clerk.post(f"/findings/{finding.id}/close", data={"verdict": "符合", "version": "2"})
    assert answer.status_code == 422
    assert "您是这个问题的责任人，要请另一个人来复核" in text_of(answer)
    with transaction():
        assert db.session.get(Finding, finding.id).state is FindingState.PROOFED


def test_the_same_is_not_recorded_twice_from_the_matrix(town, sign_in):
    """What the system or somebody has open is named instead."""
    with transaction():
        a_finding(town.villages[0], town.li, found_on=today(), at=now(), subject="personal:1")
    with pytest.raises(Exception, match="已经记过"), transaction():
        a_finding(town.villages[0], town.li, found_on=today(), at=now(), subject="personal:1")


def test_the_list_is_narrowed_by_kind_severity_and_what_is_overdue(town, sign_in):
    with transaction():
        a_finding(
            town.villages[0],
            town.li,
            statement="公示栏被广告遮盖",
            problem_kind="board-covered",
            found_on=today() - timedelta(days=30),
            due_on=today() - timedelta(days=1),
            at=now(),
        )
        a_finding(town.villages[1], town.li, statement="公示栏破损", found_on=today(), at=now())
    clerk = sign_in("li")
    for query in ("kind=board-covered", "overdue=1"):
        page = text_of(clerk.get(f"/findings?{query}"))
        assert "公示栏被广告遮盖</a>" in page
        assert "公示栏破损</a>" not in page
    assert "这样筛选没有问题" in text_of(clerk.get("/findings?severity=serious"))


def test_the_statistics_count_villages_kinds_and_what_returned(town, sign_in):
    with transaction():
        for _time in range(2):
            finding = a_finding(
                town.villages[0], town.li, found_on=today(), at=now(), problem_kind="late"
            )
            prove(finding, measures="已公示", by=town.chen, on=today(), proof_link=PAGE)
            close(finding, verdict="符合", by=town.li, on=today())
    page = text_of(sign_in("li").get("/findings/statistics"))
    assert "发现 2 个问题，2 个已销号，1 个是反弹" in page
    assert "公开不及时" in page
    assert "改了又犯的问题" in page


def test_the_clerk_changes_the_sentence_of_a_finding(finding, sign_in):
    clerk = sign_in("li")
    page = text_of(clerk.get(f"/findings/{finding.id}/edit"))
    assert "公示栏没写监督电话" in page
    answer = clerk.post(
        f"/findings/{finding.id}/edit",
        data={
            "statement": "公示栏没写镇里的监督电话",
            "severity": "major",
            "basis": "县目录第3条",
            "owner_name": "陈某",
            "version": "1",
        },
        follow_redirects=True,
    )
    page = text_of(answer)
    assert "公示栏没写镇里的监督电话" in page
    assert "县目录第3条" in page


def test_two_who_change_the_same_finding_are_told(finding, sign_in):
    changed = {"statement": "公示栏没写电话", "severity": "minor", "version": "1"}
    first, second = sign_in("li"), sign_in("zhao")
    assert first.post(f"/findings/{finding.id}/edit", data=changed).status_code == 302
    again = second.post(f"/findings/{finding.id}/edit", data={**changed, "statement": "没有电话"})
    assert again.status_code == 422
    assert "别人刚刚处理过" in text_of(again)
    assert "没有电话" in text_of(again)


def test_the_office_says_after_how_many_days_the_system_records_a_problem(town, sign_in):
    clerk = sign_in("li")
    assert "系统发现的天数" in text_of(clerk.get("/findings"))
    address = f"/findings/grace/{town.township.code}"
    saved = clerk.post(address, data={"missing": "7", "late": "15"}, follow_redirects=True)
    assert "从今晚起按新的天数" in text_of(saved)
    assert 'value="7"' in text_of(clerk.get(address))
    wrong = clerk.post(address, data={"missing": "99", "late": "15"})
    assert wrong.status_code == 422
    assert "天数要在 0 到 60 之间" in text_of(wrong)


def test_who_explains_a_late_matter_finds_the_page_that_shows_it_filled_in(town, sign_in):
    with transaction():
        item = an_item()
        obligation = an_obligation(
            town.villages[0], item, answer=Answer.NOTHING, answered_on=date(2023, 11, 5)
        )
        finding = a_finding(
            town.villages[0],
            town.li,
            subject=subject_of(obligation.id),
            problem_kind="late",
            found_on=today(),
            at=now(),
        )
    page = text_of(sign_in("chen").get(f"/findings/{finding.id}"))
    assert "/s/o" in page.partition('name="proof_link"')[2].partition(">")[0]

"""李某's queue: what is wrong is marked before she looks, and the next one follows on approval."""

from __future__ import annotations

import pytest

from taole.catalogue.unified_template import CellKind, Field, UnifiedTemplate
from taole.core.clock import today
from taole.core.transactions import transaction
from taole.core.words import sentence
from taole.notices.actions import approve, submit, write
from taole.notices.check_rules import Check, Findings, Outcome, checks, is_ready
from taole.notices.queries import find_place_in_queue

DAY = today()
TEMPLATE = UnifiedTemplate(
    columns=(
        Field("姓名", CellKind.NAME, required=True),
        Field("金额", CellKind.AMOUNT, "元", required=True, is_summed=True),
    )
)
NAMES = ("姓名", "金额")


@pytest.fixture
def waiting(town, catalogue):
    """Three notices of three villages that have passed 初审 and wait for 李某."""
    found = []
    for unit, author in zip(town.villages, (town.chen, town.liu, town.wang), strict=False):
        with transaction():
            notice = write(
                unit,
                catalogue["SB-08"],
                period_key="2023-08",
                title=f"{unit.name}高龄津贴公示",
                columns=["姓名", "金额"],
                rows=[["张某某", "90.00"]],
                by=author,
            )
            submit(notice, by=author)
            approve(notice, by=town.zhou if unit is town.villages[0] else town.zhao)
            found.append(notice)
    return found


def test_the_queue_says_how_many_wait_for_me_and_that_nothing_is_wrong(waiting, sign_in):
    page = sign_in("li").get("/notices/review").text
    assert "有 3 件等您审" in page
    assert page.count("没有问题") == 3
    assert page.count("等复审") == 3


def test_what_is_wrong_is_marked_in_the_queue_and_on_the_notice(waiting, sign_in):
    with transaction():
        waiting[0].rows = [["张某某", "很多"]]
    li = sign_in("li")
    assert "1 处要改" in li.get("/notices/review").text
    page = li.get(f"/notices/{waiting[0].id}").text
    assert 'id="checks"' in page
    assert "处不对" in page
    assert "处不对" not in li.get(f"/notices/{waiting[1].id}").text


def test_a_notice_knows_its_place_and_its_neighbours(town, waiting, sign_in):
    place = find_place_in_queue(town.li.grants, town.li.id, waiting[1])
    assert (place.number, place.total) == (2, 3)
    assert (place.before, place.after) == (waiting[0].id, waiting[2].id)
    assert find_place_in_queue(town.zhou.grants, town.zhou.id, waiting[1]) is None
    page = sign_in("li").get(f"/notices/{waiting[1].id}").text
    assert "审核 第 2 条，共 3 条" in page
    for key in ("before", "next", "pass", "return"):
        assert f'data-key="{key}"' in page


def test_the_next_one_follows_on_approval(waiting, sign_in):
    li = sign_in("li")
    sent = {"step": "second", "version": str(waiting[0].version)}
    answer = li.post(f"/notices/{waiting[0].id}/approve", data=sent)
    assert answer.location == f"/notices/{waiting[1].id}"


def told(found: Findings, rows=(("张某某", "90.00"),), columns=NAMES, content=True) -> list[Check]:
    return checks(TEMPLATE, columns, rows, found, has_content=content, today=DAY)


def said(found: Findings, **values) -> list[str]:
    return [str(each.label) for each in told(found, **values)]


def test_a_sheet_without_fault_is_ready():
    found = told(Findings())
    assert is_ready(found)
    assert {each.outcome for each in found} == {Outcome.GOOD}


@pytest.mark.parametrize(
    ("found", "values", "words"),
    [
        (Findings(sums_differ=True), {}, "合计对不上"),
        (Findings(files_coming=1), {}, "附件还没传完"),
        (Findings(files_refused=1), {}, "附件里有个人信息"),
        (Findings(), {"columns": ("姓名",)}, "没用统一模板"),
        (Findings(), {"rows": (), "content": False}, "还没有内容"),
    ],
)
def test_each_of_these_keeps_a_notice_back(found, values, words):
    assert words in said(found, **values)
    assert not is_ready(told(found, **values))


def test_what_a_person_only_has_to_look_at_keeps_nothing_back():
    found = Findings(
        phones=1,
        due_on=DAY.replace(year=DAY.year - 1),
        rows_before=3,
        masked_data=2,
        files_waiting=1,
    )
    assert is_ready(told(found))
    words = said(found)
    assert "附件还没检查完" in words
    assert "监督电话不全" in words
    assert "个人信息已遮盖" in words
    assert "比上期少 2 行" in words
    assert any(each.startswith("已超期") for each in words)


def test_how_long_it_has_to_hang_is_told_and_too_short_a_period_keeps_it_back():
    assert "要挂满 7 天" in said(Findings(showing_days=7))
    assert is_ready(told(Findings(showing_days=7)))
    short = Findings(short_period=sentence("公示止写的是2023-09-23"), showing_days=7)
    assert "公示期不足" in said(short)
    assert not is_ready(told(short))


def test_more_rows_than_last_time_are_told_and_as_many_too():
    assert "比上期多 1 行" in said(Findings(rows_before=0))
    assert "和上期一样多" in said(Findings(rows_before=1))

"""The pages of inspections and findings, as the cast uses them."""

from datetime import timedelta

import pytest
from finding_factory import PAGE, a_finding, an_item, an_obligation
from finding_pages import a_photo, state_of, text_of
from sqlalchemy import select

from taole.core.clock import now, today
from taole.core.database import db
from taole.core.transactions import transaction
from taole.inspections.actions import prove
from taole.inspections.models import Finding
from taole.inspections.workflow import FindingState, InspectionKind, Severity


@pytest.fixture
def finding(town):
    """东园村 forgot the telephone number; found today."""
    with transaction():
        return a_finding(town.villages[0], town.li, found_on=today(), at=now())


@pytest.fixture
def proved(town, finding):
    with transaction():
        return prove(finding, measures="已写明", by=town.chen, on=today(), proof_link=PAGE)


def test_the_page_says_its_state_in_one_sentence(town, proved, sign_in):
    with transaction():
        a_finding(
            town.villages[1], town.li, found_on=today() - timedelta(days=9),
            due_on=today() - timedelta(days=1), at=now(),
        )  # fmt: skip
    page = text_of(sign_in("li").get("/findings"))
    assert "2 个问题，0 个已销号" in page
    assert "1 个超期" in page


def test_the_filters_narrow_the_list(town, finding, sign_in):
    with transaction():
        a_finding(
            town.villages[1], town.li, statement="过期公示没撤下",
            source=InspectionKind.COMPLAINT, found_on=today(), at=now(),
        )  # fmt: skip
    clerk = sign_in("li")
    assert "过期公示没撤下" not in text_of(clerk.get(f"/findings?unit={town.villages[0].code}"))
    complaints = text_of(clerk.get("/findings?source=complaint"))
    assert "过期公示没撤下" in complaints
    assert "公示栏没写监督电话" not in complaints
    assert "这样筛选没有问题" in text_of(clerk.get("/findings?state=closed"))
    assert clerk.get("/findings?state=nonsense&year=x&source=").status_code == 200


def test_the_chosen_finding_stands_beside_the_list(town, proved, sign_in):
    page = text_of(sign_in("li").get(f"/findings?finding={proved.id}"))
    assert "等您复核" in page
    assert "通过，销号" in page


@pytest.mark.parametrize("address", ["/findings/{id}", "/findings?finding={id}"])
def test_a_foreign_finding_does_not_exist(town, finding, sign_in, address):
    assert sign_in("liu").get(address.format(id=finding.id)).status_code == 404


def test_an_office_contributor_has_no_findings(town, sign_in):
    assert sign_in("qian").get("/findings").status_code == 403


def test_the_secretary_sees_only_the_village_and_on_the_phone(town, finding, sign_in):
    with transaction():
        a_finding(town.villages[1], town.li, statement="别村的问题", found_on=today(), at=now())
    page = text_of(sign_in("chen").get("/findings"))
    assert "公示栏没写监督电话" in page
    assert "别村的问题" not in page
    assert 'class="phone"' in page


def test_the_secretary_takes_it_up_and_proves_with_a_photograph(town, finding, sign_in):
    secretary = sign_in("chen")
    assert "签收，开始整改" in text_of(secretary.get(f"/findings/{finding.id}"))
    assert secretary.post(f"/findings/{finding.id}/start").status_code == 302
    assert state_of(finding) is FindingState.MENDING
    answer = secretary.post(
        f"/findings/{finding.id}/prove",
        data={"measures": "已写明监督电话", "proof": (a_photo(), "board.jpg")},
    )
    assert answer.status_code == 302
    assert state_of(finding) is FindingState.PROOFED
    page = text_of(secretary.get(f"/findings/{finding.id}"))
    assert "/attachments/" in page
    assert "整改后" in page
    assert "通过，销号" not in page


def test_without_proof_the_form_comes_back_with_what_was_typed(town, finding, sign_in):
    answer = sign_in("chen").post(f"/findings/{finding.id}/prove", data={"measures": "已写明电话"})
    assert answer.status_code == 422
    assert "请附上整改后的照片" in text_of(answer)
    assert "已写明电话" in text_of(answer)
    assert state_of(finding) is FindingState.OPEN


def test_the_secretary_does_not_close(town, proved, sign_in):
    answer = sign_in("chen").post(f"/findings/{proved.id}/close", data={"verdict": "好"})
    assert answer.status_code == 403


@pytest.mark.parametrize("account", ["li", "wu"])
def test_the_clerk_or_the_county_closes(town, proved, sign_in, account):
    client = sign_in(account)
    answer = client.post(
        f"/findings/{proved.id}/close",
        data={"verdict": "符合要求", "version": proved.version, "beside": "1"},
    )
    assert answer.status_code == 302
    assert answer.location.endswith(f"finding={proved.id}#story")
    assert state_of(proved) is FindingState.CLOSED
    assert "1 个已销号" in text_of(client.get("/findings"))


def test_sending_back_needs_a_reason(town, proved, sign_in):
    clerk = sign_in("li")
    assert clerk.post(f"/findings/{proved.id}/send-back").status_code == 422
    answer = clerk.post(f"/findings/{proved.id}/send-back", data={"verdict": "照片看不清"})
    assert answer.status_code == 302
    assert state_of(proved) is FindingState.MENDING
    assert "照片看不清" in text_of(clerk.get(f"/findings/{proved.id}"))


def test_the_second_of_two_verdicts_is_told_to_look_again(town, proved, sign_in):
    judged = {"verdict": "符合要求", "version": proved.version}
    assert sign_in("li").post(f"/findings/{proved.id}/close", data=judged).status_code == 302
    answer = sign_in("wu").post(f"/findings/{proved.id}/send-back", data=judged)
    assert answer.status_code == 422
    assert state_of(proved) is FindingState.CLOSED


def test_who_proved_it_is_told_that_another_person_must_look(town, finding, sign_in):
    with transaction():
        prove(finding, measures="已写明", by=town.li, on=today(), proof_link=PAGE)
    assert "要请另一个人来复核" in text_of(sign_in("li").get(f"/findings/{finding.id}"))


def test_a_problem_of_the_system_becomes_a_finding_with_its_sentence(town, sign_in):
    due = today() - timedelta(days=12)
    with transaction():
        obligation = an_obligation(town.villages[0], an_item(), period=f"{due.year}Q3", due_on=due)
    clerk = sign_in("li")
    page = text_of(clerk.get(f"/findings/new?obligation={obligation.id}"))
    sentence = f"东园村{due.year}年第三季度各项收入未公示"
    assert sentence in page
    answer = clerk.post(
        "/findings/new",
        data={
            "obligation": obligation.id,
            "unit": town.villages[0].code,
            "source": "daily",
            "statement": f"{sentence}，请补",
            "severity": "major",
            "found_on": today().isoformat(),
        },
    )
    assert answer.status_code == 302
    found = db.session.scalars(select(Finding)).one()
    assert (found.item_id, found.severity) == (obligation.item_id, Severity.MAJOR)
    on_list = text_of(clerk.get(f"/findings/checklist/{town.township.code}"))
    assert on_list.count(sentence) == 1


def test_the_obligation_of_a_foreign_township_does_not_exist(town, sign_in):
    with transaction():
        obligation = an_obligation(town.neighbour_village, an_item())
    assert sign_in("li").get(f"/findings/new?obligation={obligation.id}").status_code == 404
    assert sign_in("li").get("/findings/new?obligation=nonsense").status_code == 404


def test_a_kind_of_problem_brings_its_words_and_its_demand(town, sign_in):
    answer = sign_in("wu").post(
        "/findings/new",
        data={
            "unit": town.villages[4].code,
            "source": "supervision",
            "problem_kind": "board-damaged",
            "severity": "minor",
            "found_on": today().isoformat(),
            "photo": (a_photo(), "before.jpg"),
            "another": "1",
        },
    )
    assert f"/findings/new?unit={town.villages[4].code}" in answer.location
    found = db.session.scalars(select(Finding)).one()
    assert found.statement == "庙庙湖村公开栏破损、看不清"
    assert "重新打印张贴" in found.demand
    assert "整改前" in text_of(sign_in("ma").get(f"/findings/{found.id}"))


def test_a_finding_without_words_or_kind_is_refused_above_the_form(town, sign_in):
    answer = sign_in("li").post(
        "/findings/new",
        data={"unit": town.villages[0].code, "source": "daily", "severity": "minor",
              "found_on": "2023年9月12日"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "请写清楚发现了什么问题" in text_of(answer)


def test_the_checklist_is_seen_and_taken_home(town, finding, sign_in):
    clerk = sign_in("li")
    address = f"/findings/checklist/{town.township.code}"
    assert "公示栏没写监督电话" in text_of(clerk.get(address))
    assert "没有未销号的问题" in text_of(clerk.get(f"{address}?on=2020-01-01"))
    for suffix, kind in (("docx", "wordprocessingml"), ("xlsx", "spreadsheetml")):
        answer = clerk.get(f"{address}.{suffix}")
        assert kind in answer.content_type
        assert answer.data[:2] == b"PK"


def test_a_village_prints_its_own_checklist_only(town, finding, sign_in):
    secretary = sign_in("chen")
    assert secretary.get(f"/findings/checklist/{town.villages[0].code}").status_code == 200
    assert secretary.get(f"/findings/checklist/{town.villages[1].code}.docx").status_code == 404

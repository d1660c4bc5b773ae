"""Issuing a paper on the page, the list of papers, and who may see which."""

from __future__ import annotations

import re
from datetime import date

import pytest
from paper_scene import a_year, an_order
from sqlalchemy import select

from taole.attachments.models import Attachment, ScanState
from taole.attachments.scanning import scan_waiting
from taole.core.clock import noon
from taole.core.database import db
from taole.core.transactions import transaction
from taole.rectification_papers.issuing import issue_paper
from taole.rectification_papers.models import RectificationPaper
from taole.rectification_papers.workflow import PaperKind
from tests.inspections.finding_pages import text_of


@pytest.fixture
def year(town):
    with transaction():
        a_year(town)
    return town


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page).group(1)


def a_form(clerk, **given):
    """The answers of the form as the page gives it out."""
    page = text_of(clerk.get("/inspections/papers/new"))
    return {
        "token": hidden(page, "token"),
        "township": hidden(page, "township"),
        "kind": "ledger",
        **given,
    }


def papers():
    return db.session.scalars(
        select(RectificationPaper).order_by(RectificationPaper.entered_at)
    ).all()


def test_a_paper_is_looked_at_before_it_is_issued(year, sign_in):
    clerk = sign_in("li")
    form = a_form(clerk, unit=year.township.code, kind="checklist")
    seen = text_of(clerk.post("/inspections/papers/new", data={**form, "preview": "1"}))
    assert "施家台子村公开不及时" in seen
    assert "印发时编号" in seen
    assert "扫码报整改" in seen
    assert papers() == []
    answer = clerk.post("/inspections/papers/new", data={**form, "issue": "1"})
    page = text_of(clerk.get(answer.location))
    assert "年第1号" in page
    assert "施家台子村公开不及时" in page
    assert "下载" not in page or "Word" in page


def test_what_was_filled_in_is_still_there_when_it_is_changed(year, sign_in):
    clerk = sign_in("li")
    form = a_form(clerk, unit=year.villages[1].code, recipient="县政务公开办", sources="circular")
    page = text_of(clerk.post("/inspections/papers/new", data={**form, "edit": "1"}))
    assert 'value="县政务公开办"' in page
    assert re.search(r'value="circular"[^>]*checked|checked[^>]*value="circular"', page)


def test_the_same_page_sent_twice_issues_once(year, sign_in):
    clerk = sign_in("li")
    form = a_form(clerk, unit=year.township.code, issue="1")
    first = clerk.post("/inspections/papers/new", data=form)
    second = clerk.post("/inspections/papers/new", data=form)
    assert first.location == second.location
    assert len(papers()) == 1


def test_a_notice_to_the_whole_township_is_refused_above_the_form(year, sign_in):
    clerk = sign_in("li")
    form = a_form(clerk, unit=year.township.code, kind="notice", issue="1")
    answer = clerk.post("/inspections/papers/new", data=form)
    assert answer.status_code == 422
    assert "一次发给一个村" in text_of(answer)
    assert papers() == []


def issued(town, kind, unit):
    with transaction():
        return issue_paper(an_order(kind, unit), by=town.li, at=noon(date(2023, 11, 1)))


def test_the_list_is_narrowed_by_kind_and_year(year, sign_in):
    issued(year, PaperKind.LEDGER, year.township)
    issued(year, PaperKind.NOTICE, year.villages[0])
    clerk = sign_in("li")
    assert "2 份整改文书" in text_of(clerk.get("/inspections/papers"))
    only = text_of(clerk.get("/inspections/papers?kind=notice&year=2023"))
    assert "东园村村务公开问题整改通知书" in only
    assert "陶乐镇村务公开问题整改台账" not in only
    assert "没有印发的整改文书" in text_of(clerk.get("/inspections/papers?year=2022"))


def test_a_secretary_sees_the_papers_about_the_village_alone(year, sign_in):
    mine = issued(year, PaperKind.NOTICE, year.villages[0])
    others = issued(year, PaperKind.NOTICE, year.villages[1])
    whole = issued(year, PaperKind.LEDGER, year.township)
    secretary = sign_in("chen")
    page = text_of(secretary.get("/inspections/papers"))
    assert mine.title in page
    assert others.title not in page
    assert secretary.get(f"/inspections/papers/{mine.id}").status_code == 200
    assert secretary.get(f"/inspections/papers/{mine.id}.pdf").data.startswith(b"%PDF")
    for paper in (others, whole):
        assert secretary.get(f"/inspections/papers/{paper.id}").status_code == 404
        assert secretary.get(f"/inspections/papers/{paper.id}.docx").status_code == 404
    assert secretary.post(f"/inspections/papers/{mine.id}/submit").status_code == 403


@pytest.mark.parametrize(("suffix", "first"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_the_files_are_handed_out_by_their_names(year, sign_in, suffix, first):
    paper = issued(year, PaperKind.CHECKLIST, year.township)
    answer = sign_in("li").get(f"/inspections/papers/{paper.id}.{suffix}")
    assert answer.data.startswith(first)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Disposition"].endswith(f".{suffix}")


def test_papers_pass_the_look_for_personal_data_with_the_official_telephone(year):
    issued(year, PaperKind.CHECKLIST, year.township)
    issued(year, PaperKind.NOTICE, year.villages[0])
    assert scan_waiting(10) == 6
    states = set(db.session.scalars(select(Attachment.scan_state)))
    assert states == {ScanState.CLEAN}


def test_a_paper_in_which_something_was_found_is_held_back_and_not_lost(year, sign_in):
    paper = issued(year, PaperKind.CHECKLIST, year.township)
    with transaction():
        for kept in db.session.scalars(select(Attachment)):
            kept.scan_state = ScanState.FOUND
    answer = sign_in("li").get(f"/inspections/papers/{paper.id}.docx")
    assert "text/html" in answer.content_type
    assert f"/inspections/papers/{paper.id}" in text_of(answer)


def test_the_day_of_sending_is_noted_once(year, sign_in):
    paper = issued(year, PaperKind.REPORT, year.township)
    clerk = sign_in("li")
    at = f"/inspections/papers/{paper.id}"
    assert 'value="县政务公开办"' in text_of(clerk.get(at))
    wrong = clerk.post(
        f"{at}/submit", data={"recipient": "县政务公开办", "submitted_on": "2023-10-01"}
    )
    assert wrong.status_code == 422
    assert "早于印发日期" in text_of(wrong)
    sent = {"recipient": "县政务公开办", "submitted_on": "2023-11-06"}
    assert clerk.post(f"{at}/submit", data=sent).status_code == 302
    assert "2023年11月6日报县政务公开办" in text_of(clerk.get(at))
    again = clerk.post(f"{at}/submit", data=sent)
    assert again.status_code == 422
    assert "只记一次" in text_of(again)


def test_a_report_written_elsewhere_has_a_page_without_files(year, sign_in):
    clerk = sign_in("li")
    answer = clerk.post(
        "/inspections/reports",
        data={
            "title": "关于村务公开整改情况的报告",
            "recipient": "县政府办公室",
            "submitted_on": "2023-12-20",
        },
    )
    assert "关于村务公开整改情况的报告" in text_of(clerk.get(answer.location))
    (paper,) = papers()
    assert "在别处写的" in text_of(clerk.get(f"/inspections/papers/{paper.id}"))
    assert clerk.get(f"/inspections/papers/{paper.id}.docx").status_code == 404


def test_the_checklist_page_offers_its_files_and_to_issue_it(year, sign_in):
    clerk = sign_in("li")
    at = f"/findings/checklist/{year.township.code}"
    page = text_of(clerk.get(f"{at}?on=2023-11-01"))
    assert "施家台子村公开不及时" in page
    assert "<svg" in page
    for suffix in ("docx", "xlsx", "pdf"):
        assert f"{at}.{suffix}" in page
        assert clerk.get(f"{at}.{suffix}").status_code == 200
    assert "kind=checklist" in page
    assert "kind=checklist" not in text_of(
        sign_in("chen").get(f"/findings/checklist/{year.villages[0].code}")
    )

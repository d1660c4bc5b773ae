"""Printing from the notice's page: what may be printed, and all that is missing at once."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest

from taole.core.clock import today
from taole.core.database import db
from taole.core.transactions import transaction
from taole.notices.actions import withdraw, write
from tests.boards.sheet_factory import an_open_finding, hung, rows_of, written

VILLAGE = "640221106201"


def test_one_click_from_the_notice_prints_it(town, catalogue, sign_in):
    notice = written(town, catalogue)
    chen = sign_in("chen")
    assert f"/notices/{notice.id}/sheet" in chen.get(f"/notices/{notice.id}").text
    page = chen.get(f"/notices/{notice.id}/sheet").text
    assert notice.number in page
    assert f"/n/{notice.public_code}" in page
    assert "不给人看的话" not in page
    assert "预览，未审核" not in page
    assert "还没有登记，纸上只能写“未登记”" in page


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize(("suffix", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_sheet_comes_as_a_file_of_either_paper(town, catalogue, sign_in, suffix, begins, paper):
    notice = written(town, catalogue)
    answer = sign_in("zhou").get(f"/notices/{notice.id}/sheet.{suffix}?paper={paper}")
    assert answer.status_code == 200
    assert answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_day_of_going_up_moves_the_notice_period(town, catalogue, sign_in):
    notice = written(town, catalogue)
    day = today() + timedelta(days=2)
    page = sign_in("chen").get(f"/notices/{notice.id}/sheet?from={day}").text
    assert f"公示期：{day.year}年{day.month}月{day.day}日" in page


def test_what_is_not_reviewed_yet_is_only_a_preview(town, catalogue, sign_in):
    with transaction():
        draft = write(
            town.villages[0],
            catalogue["SB-08"],
            period_key="2023-08",
            title="高龄津贴公示",
            columns=["姓名", "金额"],
            rows=[["刘某某", "90.00"]],
            by=town.chen,
        )
    chen = sign_in("chen")
    assert "预览，未审核" in chen.get(f"/notices/{draft.id}/sheet").text
    with pypdfium2.PdfDocument(chen.get(f"/notices/{draft.id}/sheet.pdf").data) as document:
        assert "预览，未审核" in document[0].get_textpage().get_text_range()


def test_nothing_with_an_open_finding_is_printed(town, catalogue, sign_in):
    notice = written(town, catalogue)
    with transaction():
        db.session.add(an_open_finding(notice))
    chen = sign_in("chen")
    for suffix in ("", ".pdf", ".docx"):
        answer = chen.get(f"/notices/{notice.id}/sheet{suffix}")
        assert answer.status_code == 409
        assert "遮盖" in answer.text


def test_a_withdrawn_notice_is_not_printed_any_more(town, catalogue, sign_in):
    notice = hung(town, written(town, catalogue))
    with transaction():
        withdraw(notice, reason="标准写错了", by=town.li)
    answer = sign_in("chen").get(f"/notices/{notice.id}/sheet.pdf")
    assert answer.status_code == 409
    assert "不再打印" in answer.text


def test_another_village_cannot_print_it(town, catalogue, sign_in):
    notice = written(town, catalogue)
    assert sign_in("liu").get(f"/notices/{notice.id}/sheet.pdf").status_code == 404


def test_all_that_should_hang_and_does_not_prints_at_once(town, catalogue, sign_in):
    hung(town, written(town, catalogue, "已经贴了的公示"))
    missing = [written(town, catalogue, title) for title in ("没贴的一件公示", "没贴的二件公示")]
    chen = sign_in("chen")
    page = chen.get(f"/villages/{VILLAGE}/sheets").text
    assert "有 2 件该贴在公示栏" in page
    assert "已经贴了的公示" not in page
    content = chen.get(f"/villages/{VILLAGE}/sheets.pdf").data
    with pypdfium2.PdfDocument(content) as document:
        texts = [each.get_textpage().get_text_range() for each in document]
    assert len(texts) == 2
    assert all(notice.title in text for notice, text in zip(missing, texts, strict=True))


def test_when_everything_hangs_there_is_nothing_to_print(town, catalogue, sign_in):
    hung(town, written(town, catalogue))
    chen = sign_in("chen")
    assert "该贴的都在栏上了" in chen.get(f"/villages/{VILLAGE}/sheets").text
    assert chen.get(f"/villages/{VILLAGE}/sheets.pdf").status_code == 409


def test_a_hundred_rows_print_over_several_pages(town, catalogue, sign_in):
    notice = written(town, catalogue, rows=rows_of(100))
    page = sign_in("chen").get(f"/notices/{notice.id}/sheet").text
    assert "p-long" in page

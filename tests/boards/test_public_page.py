"""The page behind the code on a sheet, as a villager opens it."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from taole.core.clock import today
from taole.core.database import db
from taole.core.transactions import transaction
from taole.notices.actions import correct, submit, take_down, withdraw
from taole.notices.models import Notice
from tests.boards.sheet_factory import an_open_finding, hung, rows_of, written
from tests.notices.notice_factory import pass_reviews

WITHIN = 60_000
"""Bytes on the wire for a page that opens on 2G, its styles included."""


def opened(app: Any, notice: Notice, query: str = "", language: str = "zh") -> Any:
    browser = app.test_client()
    browser.set_cookie("language", language)
    return browser.get(f"/n/{notice.public_code}{query}")


def test_a_villager_checks_the_total_on_the_paper(app, town, catalogue):
    notice = hung(town, written(town, catalogue), until_on=today() + timedelta(days=6))
    page = opened(app, notice)
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "扫码核对：这是系统里登记的公示" in text
    assert notice.number in text
    assert "3 人、810.00 元" in text
    assert "剩 6 天" in text
    assert "0952-8011132" in text
    assert "初审初校、复审复校、终审终校均已通过" in text
    assert "noindex" in page.headers["X-Robots-Tag"]


def test_only_what_may_be_published_is_on_it_and_nobody_of_the_house(app, town, catalogue):
    notice = hung(town, written(town, catalogue))
    for query in ("", "?large=1", "?print=1"):
        text = opened(app, notice, query).get_data(as_text=True)
        assert "刘某某" in text
        for hidden in ("不给人看的话", "陈某", "周某", "李某", "赵某"):
            assert hidden not in text, (query, hidden)


def test_it_speaks_english_and_large_and_carries_its_print_view(app, town, catalogue):
    notice = hung(town, written(town, catalogue))
    assert 'lang="en"' in opened(app, notice, language="en").get_data(as_text=True)
    assert 'class="roomy large"' in opened(app, notice, "?large=1").get_data(as_text=True)
    paper = opened(app, notice, "?print=1").get_data(as_text=True)
    assert 'class="a4' in paper
    assert "公示期：" in paper


@pytest.mark.parametrize("code", ["zzzzzzzzzz", "ABC", "abcdefgh2l", "a" * 500, "%2e%2e"])
def test_an_unknown_code_is_an_unknown_page(app, town, code):
    assert app.test_client().get(f"/n/{code}").status_code == 404


def test_what_hangs_nowhere_yet_has_no_page(app, town, catalogue):
    assert opened(app, written(town, catalogue)).status_code == 404


def test_a_code_typed_in_capitals_opens_too(app, town, catalogue):
    notice = hung(town, written(town, catalogue))
    assert app.test_client().get(f"/n/{notice.public_code.upper()}").status_code == 200


def test_the_names_go_when_the_notice_has_ended(app, town, catalogue):
    notice = hung(town, written(town, catalogue))
    with transaction():
        take_down(notice.postings[0], on=today(), by=town.chen)
    text = opened(app, notice).get_data(as_text=True)
    assert "这件公示已经结束" in text
    assert "合计 3 人" in text
    assert "刘某某" not in text
    assert "刘某某" not in opened(app, notice, "?print=1").get_data(as_text=True)


def test_a_withdrawn_notice_says_why_and_shows_nothing_else(app, town, catalogue):
    notice = hung(town, written(town, catalogue))
    with transaction():
        withdraw(notice, reason="标准写错了", by=town.li)
    text = opened(app, notice).get_data(as_text=True)
    assert "已经撤回，纸上的内容不作数" in text
    assert "标准写错了" in text
    assert "刘某某" not in text
    assert "810.00" not in text


def test_a_corrected_notice_leads_to_the_new_one(app, town, catalogue):
    old = hung(town, written(town, catalogue), days_ago=3)
    with transaction():
        new = correct(old, reason="第二行金额写错", by=town.chen)
        new.rows = rows_of(2)
        submit(new, by=town.chen)
        pass_reviews(town, new)
    assert "扫码核对" in opened(app, old).get_data(as_text=True)
    hung(town, new, days_ago=0)
    text = opened(app, old).get_data(as_text=True)
    assert "已经更正，请看新的一件" in text
    assert "第二行金额写错" in text
    assert f"/n/{new.public_code}" in text
    assert "刘某某" not in text
    newer = opened(app, new).get_data(as_text=True)
    assert "2 人、540.00 元" in newer
    assert "第二行金额写错" in newer


def test_an_open_finding_hides_the_rows_until_somebody_decides(app, town, catalogue):
    notice = hung(town, written(town, catalogue))
    with transaction():
        db.session.add(an_open_finding(notice))
    text = opened(app, notice).get_data(as_text=True)
    assert "这件公示正在核对" in text
    assert "刘某某" not in text
    assert opened(app, notice, "?print=1").get_data(as_text=True).count("刘某某") == 0


def test_a_long_list_is_still_a_light_page(app, town, catalogue):
    notice = hung(town, written(town, catalogue, rows=rows_of(400)))
    browser = app.test_client()
    files = ("bootstrap.min.css", "app.css", "aloud.js", "icons.svg")
    addresses = [f"/n/{notice.public_code}", *(f"/static/{name}" for name in files)]
    sent = [gzip.compress(browser.get(each, buffered=True).data) for each in addresses]
    assert sum(map(len, sent)) < WITHIN, dict(zip(addresses, map(len, sent), strict=True))


def test_looking_writes_nothing(app, town, catalogue):
    notice = hung(town, written(town, catalogue))
    before = db.session.scalar(select(Notice.version).where(Notice.id == notice.id))
    opened(app, notice)
    db.session.expire_all()
    assert db.session.scalar(select(Notice.version).where(Notice.id == notice.id)) == before

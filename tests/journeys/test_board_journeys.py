"""From the paper on the wall: its code is scanned, and the whole board is photographed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cast import VILLAGES
from playwright.sync_api import expect

from taole.boards.code_reading import read_board
from taole.catalogue.channels import Channel
from taole.core.clock import today
from taole.core.transactions import transaction
from taole.notices.actions import post
from tests.boards.board_pictures import Shot, photograph
from tests.journeys.inside import by_title, handed_in, inside, person
from tests.journeys.served_site import DESK, PHONE

pytestmark = pytest.mark.browser
DONGYUAN = next(iter(VILLAGES))
HUNG, NEW, LOST = "栏上的慰问金公示", "刚贴的慰问金公示", "没贴的慰问金公示"
NEAR = Shot(per_mm=2.2, noise=0.5, blur=0.5)


@pytest.fixture(scope="module")
def prepare() -> Callable[[Path], None]:
    """东园村 has three notices that passed their reviews; one of them hangs since today."""

    def pass_reviews(instance: Path) -> None:
        with inside(instance), transaction():
            for title in (HUNG, NEW, LOST):
                notice = handed_in("chen", title, passed=3)
                if title == HUNG:
                    post(notice, channel=Channel.BOARD, posted_on=today(), by=person("chen"))

    return pass_reviews


def test_the_code_on_the_paper_opens_what_the_paper_must_say(site):
    """The printed sheet is scanned by somebody without an account: the number, the rows and the
    totals to compare, in large print, and no way to what is not public."""
    secretary = site.visit("chen", DESK)
    secretary.goto(f"{site.url}/notices?q={HUNG}")
    secretary.get_by_role("link", name=HUNG).click()
    secretary.get_by_role("link", name="打印这张公示").click()
    paper = secretary.get_by_role("article")
    expect(paper).to_contain_text(HUNG)
    expect(paper).to_contain_text("公示期")
    number = re.search(r"编号 (\S+)", paper.inner_text())
    assert number is not None
    site.picture(secretary, "sheet")
    codes = read_board(paper.screenshot(type="jpeg", quality=90)).codes
    assert len(codes) == 1

    villager = site.visit("", PHONE)
    villager.goto(site.url + re.sub(r"^https?://[^/]+", "", codes[0].text))
    main = villager.get_by_role("main")
    expect(main).to_contain_text("扫码核对：这是系统里登记的公示")
    expect(main).to_contain_text(number[1])
    expect(main.get_by_role("heading", level=1)).to_have_text(HUNG)
    for said in ("3 人", "860.50", "张某某", "王某某"):
        expect(main).to_contain_text(said)
    site.picture(villager, "public")
    size = "getComputedStyle(document.querySelector('main')).fontSize"
    usual = float(villager.evaluate(size)[:-2])
    villager.get_by_role("link", name="大字版").click()
    expect(villager.get_by_role("link", name="标准字号")).to_be_visible()
    assert float(villager.evaluate(size)[:-2]) >= max(20, usual * 1.2)
    expect(main).to_contain_text("860.50")
    site.picture(villager, "public-large")

    with inside(site.instance):
        not_yet = by_title(NEW).public_code
    answer = villager.goto(f"{site.url}/n/{not_yet}")
    assert answer is not None
    expect(villager.get_by_text("张某某")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_the_board_is_photographed_once_and_what_hangs_is_ticked(site, javascript):
    with inside(site.instance):
        codes = [by_title(title).public_code for title in (HUNG, NEW)]
    addresses = [f"{site.url}/n/{code}" for code in codes]
    secretary = site.visit("chen", PHONE, javascript=javascript)
    secretary.goto(f"{site.url}/villages/{DONGYUAN}/board")
    site.picture(secretary, "board")
    secretary.locator("input[type=file]").set_input_files(
        {
            "name": "公示栏.jpg",
            "mimeType": "image/jpeg",
            "buffer": photograph([*addresses, ""], NEAR, seed=2 + javascript),
        }
    )
    secretary.get_by_role("button", name="保存照片，认一认").click()
    secretary.wait_for_url(re.compile("/boards/"))
    expect(secretary.get_by_role("heading", level=1).last).to_contain_text("认出 2 张")
    main = secretary.get_by_role("main")
    expect(main).to_contain_text("没认出二维码的纸")
    expect(main).to_contain_text(LOST)
    ticks = secretary.get_by_role("checkbox", name="在栏", exact=True)
    expect(ticks).to_have_count(2)
    for tick in ticks.all():
        expect(tick).to_be_checked()
    site.picture(secretary, "recognised")
    secretary.locator(".thumb button").click()
    expect(secretary.get_by_text("已登记 2 张在栏，照片存为凭证")).to_be_visible()

    secretary.goto(f"{site.url}/notices?q={NEW}")
    secretary.get_by_role("link", name=NEW).click()
    expect(secretary.locator("#postings")).to_contain_text("公示栏")
    expect(secretary.locator("#postings li")).to_have_count(1)
    expect(secretary.get_by_alt_text("公示栏的照片")).to_be_visible()
    site.picture(secretary, "board-posted")

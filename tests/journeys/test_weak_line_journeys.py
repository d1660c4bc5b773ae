"""What a weak line, a second tab and an impatient finger do to a notice: nothing."""

from __future__ import annotations

import re

import pytest
from cast import VILLAGES
from playwright.sync_api import Page, Response, Route, expect

from tests.attachments.picture_factory import photograph
from tests.journeys.served_site import PHONE, Site

pytestmark = pytest.mark.browser
DONGYUAN = next(iter(VILLAGES))
NOTICE = re.compile(r"/notices/[0-9a-f-]{36}$")
PHOTOGRAPH = photograph(2400, 1800, turned=True)


def test_a_file_whose_line_is_cut_is_not_there_yet_and_then_arrives_whole_and_once(site):
    """The notice is saved first; the rest of the file follows when the phone has a line again."""
    page = _new_notice(site, "附会议记录的公示")
    offsets: list[int] = []
    page.context.route("**/uploads/*?offset=*", lambda route: _first_piece_only(route, offsets))
    page.locator("[name=files]").set_input_files(
        {"name": "会议记录.jpg", "mimeType": "image/jpeg", "buffer": PHOTOGRAPH}
    )
    page.get_by_role("button", name="存草稿").click()
    page.wait_for_url(NOTICE)
    address = page.url
    expect(page.get_by_text("草稿已存好，还没有提交")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("没传完")
    expect(page.get_by_role("link", name="会议记录.jpg")).to_have_count(0)
    site.picture(page, "half-sent")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("alert")).to_contain_text("还没传完")

    context = page.context
    page.close()
    context.unroute("**/uploads/*?offset=*")
    again = context.new_page()
    with again.expect_response(_is_last_piece):
        again.goto(site.url)
    again.goto(address)
    expect(again.get_by_role("link", name="会议记录.jpg")).to_have_count(1)
    expect(again.get_by_text("没传完")).to_have_count(0)
    assert offsets[0] == 0
    assert set(offsets[1:]) == {65536}
    _forget_the_dead_line(site)


def _new_notice(site: Site, title: str) -> Page:
    """陈某's phone with a notice of a few words, not saved yet."""
    page = site.visit("chen", PHONE)
    page.goto(f"{site.url}/villages/{DONGYUAN}/notices/new?item=SB-03")
    page.get_by_label("标题").fill(title)
    page.get_by_label("申请人姓名").first.fill("张某某")
    page.get_by_label("初审意见").first.fill("同意")
    return page


def _is_last_piece(answer: Response) -> bool:
    return answer.request.method == "PUT" and bool(answer.json()["attachment"])


def _first_piece_only(route: Route, offsets: list[int]) -> None:
    offsets.append(int(route.request.url.rpartition("=")[2]))
    if offsets[-1] == 0:
        route.continue_()
    else:
        route.abort("internetdisconnected")


def test_a_form_whose_answer_was_lost_is_sent_again_and_saved_once_with_its_file(site):
    page = _new_notice(site, "没收到回信的公示")
    page.locator("[name=files]").set_input_files(
        {"name": "没收到回信.jpg", "mimeType": "image/jpeg", "buffer": PHOTOGRAPH}
    )
    page.route("**/notices/new?*", _lose_the_answer)
    page.get_by_role("button", name="存草稿").click()
    expect(page.get_by_text("现在没有网络")).to_be_visible()
    expect(page.get_by_label("标题")).to_have_value("没收到回信的公示")
    page.unroute("**/notices/new?*")
    page.get_by_role("button", name="存草稿").click()
    page.wait_for_url(NOTICE)
    expect(page.get_by_role("link", name="没收到回信.jpg")).to_have_count(1)
    page.goto(site.url + "/notices?q=没收到回信的公示")
    expect(page.get_by_role("link", name="没收到回信的公示")).to_have_count(1)
    _forget_the_dead_line(site)


def _lose_the_answer(route: Route) -> None:
    route.fetch(max_redirects=0)
    route.abort("internetdisconnected")


def _forget_the_dead_line(site: Site) -> None:
    site.errors[:] = [each for each in site.errors if "ERR_INTERNET_DISCONNECTED" not in each]


def test_of_two_tabs_one_wins_and_the_other_keeps_its_words(site):
    page = _new_notice(site, "两个页面改的公示")
    page.get_by_role("button", name="存草稿").click()
    page.wait_for_url(NOTICE)
    first, second = page, page.context.new_page()
    for tab in (first, second):
        tab.goto(f"{page.url.removesuffix('/edit')}/edit")
    first.get_by_label("正文").fill("先存的一段话。")
    second.get_by_label("正文").fill("后存的一段话。")
    first.get_by_role("button", name="存草稿").click()
    first.wait_for_url(NOTICE)
    expect(first.get_by_text("先存的一段话。")).to_be_visible()
    second.get_by_role("button", name="存草稿").click()
    expect(second.get_by_role("alert")).to_contain_text("您的改动没有存")
    expect(second.get_by_label("正文")).to_have_value("后存的一段话。")
    expect(second.get_by_text("先存的一段话。")).to_be_visible()
    site.picture(second, "overtaken")
    second.get_by_role("button", name="存草稿").click()
    second.wait_for_url(NOTICE)
    expect(second.get_by_text("后存的一段话。")).to_be_visible()


def test_pressed_twice_a_notice_is_saved_once_and_handed_in_once(site):
    page = _new_notice(site, "按了两次的公示")
    page.locator("[name=files]").set_input_files(
        {"name": "按了两次.jpg", "mimeType": "image/jpeg", "buffer": PHOTOGRAPH}
    )
    page.get_by_role("button", name="下一步：核对").dblclick()
    page.wait_for_url(re.compile("/check$"))
    expect(page.get_by_text("附件还没检查完")).to_be_visible()
    page.get_by_role("button", name="提交审核").dblclick()
    page.wait_for_url(re.compile("/sent$"))
    expect(page.get_by_role("heading", name="已提交，等初审")).to_be_visible()
    page.goto(site.url + "/notices?q=按了两次的公示")
    listed = page.get_by_role("link", name="按了两次的公示")
    expect(listed).to_have_count(1)
    listed.click()
    expect(page.get_by_role("link", name="按了两次.jpg")).to_have_count(1)
    expect(page.get_by_text("没传完")).to_have_count(0)

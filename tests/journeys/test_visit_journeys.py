"""李某 goes to villages with a phone: without signal, with a dying phone, without JavaScript."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from cast import VILLAGES
from playwright.sync_api import Page, Request, Route, expect

from tests.attachments.picture_factory import photograph
from tests.journeys.pages_to_see import LEVELS
from tests.journeys.served_site import DESK, PHONE, Site

pytestmark = pytest.mark.browser
CODES = list(VILLAGES)
INSPECTION = re.compile(r"/inspections/[0-9a-f-]{36}$")
PICTURE = photograph(1200, 900, turned=True)


def test_two_problems_noted_without_signal_survive_a_dead_phone_and_are_sent_once(site):
    page = _visit(site, CODES[4])
    sent: list[Request] = []
    page.context.on("request", lambda asked: sent.append(asked) if _is_visit(asked) else None)
    page.context.set_offline(True)
    _note(page, "看不清", "公示栏玻璃破损，3 张公示看不清", ["栏.jpg", "玻璃.jpg"])
    expect(page.locator("[data-noted]")).to_have_text("已记 0 个")
    expect(page.locator(".shot")).to_have_count(2)
    site.picture(page, "visit-note")
    page.get_by_role("button", name="保存，记下一个").click()
    expect(page.locator("[data-noted]")).to_have_text("已记 1 个")
    expect(page.get_by_label("写清楚一点")).to_have_value("")
    expect(page.locator(".shot")).to_have_count(0)
    _note(page, "其他", "公示栏边上堆了砖，走不到跟前", ["砖.jpg"])
    context = page.context
    page.close()

    again = context.new_page()
    context.set_offline(False)
    context.route("**/inspections/visit/*", _no_line_for_forms)
    _open(again, site, CODES[4])
    expect(again.get_by_text("已放回上次没有送出的内容")).to_be_visible()
    expect(again.locator("[data-noted]")).to_have_text("已记 1 个")
    expect(again.get_by_label("写清楚一点")).to_have_value("公示栏边上堆了砖，走不到跟前")
    expect(again.locator(".shot")).to_have_count(1)
    again.get_by_role("button", name="记完了").click()
    expect(again.get_by_text("记的都存在手机里了")).to_be_visible()
    expect(again.locator("[data-noted]")).to_have_text("已记 2 个")
    again.close()

    context.unroute("**/inspections/visit/*")
    context.route("**/inspections/visit/*", _lose_the_answer)
    third = context.new_page()
    _open(third, site, CODES[4])
    expect(third.get_by_text("记的都存在手机里了")).to_be_visible()
    context.unroute("**/inspections/visit/*")
    third.evaluate("dispatchEvent(new Event('online'))")
    third.wait_for_url(INSPECTION)
    findings = _findings(third)
    assert len(findings) == 2
    _wait_for_pieces(third)
    pictures = {}
    for address in findings:
        third.goto(site.url + address)
        told = "玻璃" if "玻璃破损" in third.get_by_role("main").inner_text() else "砖"
        pictures[told] = third.locator(".col-6").first.locator("figure").count()
    assert pictures == {"玻璃": 2, "砖": 1}
    third.goto(f"{site.url}/inspections/visit/{CODES[4]}")
    expect(third.get_by_text("已放回上次没有送出的内容")).to_be_hidden()
    expect(third.locator("[data-noted]")).to_have_text("已记 0 个")
    assert len([asked for asked in sent if asked.headers.get("x-visit")]) >= 2
    _forget_the_dead_line(site)


KEPT_PICTURES = """() => new Promise((told) => {
  const asked = indexedDB.open("taole-uploads", 1);
  asked.onsuccess = () => {
    const counted = asked.result.transaction("files").objectStore("files").count();
    counted.onsuccess = () => { asked.result.close(); told(counted.result); };
  };
})"""


def _wait_for_pieces(page: Page) -> None:
    """Until the phone keeps no picture any more: each has come whole."""
    for _ in range(100):
        if page.evaluate(KEPT_PICTURES) == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError("pictures are left on the phone")


def _is_visit(asked: Request) -> bool:
    return asked.method == "POST" and "/inspections/visit/" in asked.url


def _visit(site: Site, code: str, **given: object) -> Page:
    page = site.visit("li", PHONE, **given)
    _open(page, site, code)
    return page


def _open(page: Page, site: Site, code: str) -> None:
    page.goto(f"{site.url}/inspections/visit/{code}")
    page.wait_for_selector("form[data-ready]")


def _note(page: Page, chip: str, words: str, pictures: list[str]) -> None:
    page.get_by_text(chip, exact=True).click()
    page.get_by_label("写清楚一点").fill(words)
    page.locator("[name=photographs]").set_input_files(
        [{"name": name, "mimeType": "image/jpeg", "buffer": PICTURE} for name in pictures]
    )
    expect(page.locator(".shot")).to_have_count(len(pictures))
    page.wait_for_timeout(200)


def _findings(page: Page) -> list[str]:
    links = page.locator("main a[href*='/findings/']")
    found = {links.nth(at).get_attribute("href") or "" for at in range(links.count())}
    return sorted(each for each in found if re.search(r"/findings/[0-9a-f-]{36}", each))


def _no_line_for_forms(route: Route) -> None:
    if route.request.method == "POST":
        route.abort("internetdisconnected")
    else:
        route.continue_()


def _lose_the_answer(route: Route) -> None:
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
        route.abort("internetdisconnected")
    else:
        route.continue_()


def _forget_the_dead_line(site: Site) -> None:
    site.errors[:] = [each for each in site.errors if "ERR_INTERNET_DISCONNECTED" not in each]


def test_a_line_of_the_check_sheet_with_a_problem_becomes_a_finding(site):
    page = _visit(site, CODES[3])
    line = page.locator("fieldset.line", has_text="公开栏没有被广告遮盖")
    line.get_by_text("有问题", exact=True).click()
    expect(line.get_by_label("问题怎么写")).to_be_visible()
    line.get_by_label("问题怎么写").fill("马太沟村公开栏上贴了两张广告")
    fine = page.locator("fieldset.line", has_text="村里设有公开栏")
    fine.get_by_text("符合", exact=True).click()
    expect(fine.get_by_label("问题怎么写")).to_be_hidden()
    page.get_by_role("button", name="记完了").click()
    page.wait_for_url(INSPECTION)
    expect(page.get_by_text("马太沟村公开栏上贴了两张广告").first).to_be_visible()
    page.goto(page.url + "/check-sheet")
    village = page.locator("section.panel", has_text="马太沟村")
    row = village.get_by_role("row", name=re.compile("公开栏没有被广告遮盖"))
    expect(row).to_contain_text("有问题")
    site.picture(page, "visit-sheet")


def test_without_javascript_the_form_is_sent_at_once_and_two_villages_are_one_round(site):
    page = site.visit("zhao", PHONE, javascript=False)
    page.goto(f"{site.url}/inspections/visit")
    page.get_by_role("link", name="王家庄村").click()
    page.get_by_text("超期", exact=True).click()
    page.locator("[name=photographs]").set_input_files(
        {"name": "栏.jpg", "mimeType": "image/jpeg", "buffer": PICTURE}
    )
    site.picture(page, "visit-plain")
    page.get_by_role("button", name="保存，记下一个").click()
    expect(page.locator("[data-noted]")).to_have_text("已记 1 个")
    page.get_by_role("button", name="记完了").click()
    page.wait_for_url(INSPECTION)
    first = page.url
    expect(page.get_by_text("王家庄村公示超过了时限").first).to_be_visible()
    page.goto(f"{site.url}/inspections/visit/{CODES[1]}")
    page.get_by_text("这一轮：到村查看，已去 王家庄村").click()
    page.get_by_role("button", name="记完了").click()
    page.wait_for_url(INSPECTION)
    assert page.url == first
    expect(page.get_by_role("main")).to_contain_text("施家台子村")


def test_a_photograph_alone_is_asked_for_words_and_nothing_is_sent(site):
    page = _visit(site, CODES[0])
    page.get_by_role("button", name="保存，记下一个").click()
    expect(page.get_by_role("alert")).to_contain_text("请写清楚发现了什么问题")
    expect(page.locator("[data-noted]")).to_have_text("已记 0 个")


CHECK_PAGES = [
    f"/inspections/visit/{CODES[4]}",
    "/inspections/visit",
    "/inspections/check-sheet",
    f"/inspections/check-sheet/{CODES[4]}/filled",
]


@pytest.mark.parametrize(("width", "language"), [(320, "en"), (PHONE, "zh"), (DESK, "en")])
def test_the_pages_of_visits_and_check_sheets_are_for_everybody(site, width, language):
    page = site.visit("li", width, language=language)
    for address in CHECK_PAGES:
        page.goto(site.url + address)
        faults = Axe().run(page, options={"runOnly": LEVELS}).response["violations"]
        assert not faults, (
            f"{address}: {[(each['id'], each['nodes'][0]['html']) for each in faults]}"
        )
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        assert not wide, f"{address} is wider than {width}"
        site.picture(page, f"check-{CHECK_PAGES.index(address)}-{language}")
    page.goto(site.url + CHECK_PAGES[0])
    small = page.evaluate(
        """() => [...document.querySelectorAll("main label:has(input), main button, main a")]
          .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 43.5
            && !each.closest("p, h1")).map((each) => each.outerHTML.slice(0, 90))"""
    )
    assert not small, small

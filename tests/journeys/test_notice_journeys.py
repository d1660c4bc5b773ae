"""A notice on its way: a village's own workbook, three reviews, a photograph on a weak line."""

from __future__ import annotations

import gettext
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from cast import SINCE, VILLAGES, settings_for
from playwright.sync_api import Locator, Page, Request, Response, Route, expect
from sqlalchemy import select

import taole
from taole.access.permissions import Role
from taole.app.factory import create_app
from taole.catalogue.queries import find_item
from taole.core.clock import today
from taole.core.database import db
from taole.core.periods import Frequency, period_containing
from taole.core.transactions import transaction
from taole.notices.actions import approve, submit, write
from taole.notices.models import Notice
from taole.notices.workflow import NoticeState
from taole.obligations.actions import unanswer
from taole.obligations.models import Obligation
from taole.organisation.actions import SYSTEM, give_role
from taole.organisation.models import Unit, User
from taole.organisation.queries import find_user, get_unit
from tests.attachments.picture_factory import photograph
from tests.filling.workbook_factory import put, saved
from tests.journeys.served_site import DESK, PHONE, Site
from tests.notices.number_factory import identity

pytestmark = pytest.mark.browser
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAST_QUARTER = period_containing(Frequency.QUARTERLY, today()).previous()
DONGYUAN, SHIJIATAIZI, WANGJIAZHUANG = list(VILLAGES)[:3]
RAW = re.compile(r"640221190001010\d{3}|13900000000")
BIG_PHOTOGRAPH = photograph(2400, 1800, turned=True)
SMALL_PHOTOGRAPH = photograph(1200, 900, seed=7)
DONOR = "爱心企业（电话13900000000）"
TRANSLATIONS = Path(taole.__file__).parent / "translations"


def gifts(village: str) -> bytes:
    """慰问品 as a village keeps them: a title, a head of two rows, a column of identity numbers and
    one more beside a gift, a donor's phone, days and amounts as people type them, and a sum."""
    start = LAST_QUARTER.start
    year, month = start.year, start.month
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "花名册"
    put(
        sheet,
        1,
        [
            [f"陶乐镇{village}慰问金、慰问品发放花名册"],
            [f"单位：{village}村委会", None, None, None, None, "单位：元"],
            ["序号", "姓名", "身份证号", "发放款物", None, "数额（元）", "发放时间"],
            [None, None, None, "品名", "来源", None, None],
            [1, "张某某", identity(1), "慰问金", "镇民政", "３００", f"{year}.{month}.7"],
            [2, "李某某", identity(2), "慰问金", "镇民政", "300元", f"{year}年{month}月7日"],
            [3, "王某某", None, f"米面油（{identity(3)}代领）", DONOR, 260.5, f"{year}-{month}-8"],
            ["合 计", None, None, None, None, "=SUM(F5:F7)", None],
            ["制表人：陈某"],
        ],
    )
    for merged in ("A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4"):
        sheet.merge_cells(merged)
    return saved(book)


@pytest.fixture(scope="module")
def prepare() -> Callable[[Path], None]:
    """Three villages are asked again for last quarter's gifts; 周某 supervises all three, and has
    let one notice of each pass.
    """

    def reopen(instance: Path) -> None:
        with _inside(instance), transaction():
            clerk, supervisor = find_user("li"), find_user("zhou")
            assert clerk is not None
            assert supervisor is not None
            for code in (DONGYUAN, SHIJIATAIZI, WANGJIAZHUANG):
                unit = get_unit(code)
                if code != DONGYUAN:
                    give_role(supervisor, Role.SUPERVISOR, unit, from_on=SINCE, by=SYSTEM)
                unanswer(_asked(unit), by=clerk, reason="请重新确认")
            for number, account in enumerate(("chen", "liu", "wang")):
                _hand_in_inside(account, f"等复审的公示第{number + 1}件", supervisor)

    return reopen


def _hand_in_inside(account: str, title: str, supervisor: User) -> None:
    writer = find_user(account)
    assert writer is not None
    unit = writer.current[0].unit
    item = find_item(unit.township_id, "SB-03", today())
    assert item is not None
    notice = write(
        unit,
        item,
        period_key=LAST_QUARTER.key,
        title=title,
        columns=["申请人姓名", "初审意见"],
        rows=[["张某某", "同意"]],
        obligations=[],
        by=writer,
    )
    submit(notice, by=writer)
    approve(notice, by=supervisor)


@contextmanager
def _inside(instance: Path) -> Iterator[None]:
    """The house from within, beside the one that is served."""
    app = create_app(settings_for(instance))
    with app.app_context():
        yield
        db.engine.dispose()


@dataclass
class Secretary:
    """Somebody at a phone who does one thing after the other, and how often she touched it.

    A file and a choice out of a list take two touches each: to open, and to choose.
    """

    site: Site
    page: Page
    say: Callable[[str], str]
    taps: int = 0
    began: float = field(default_factory=time.monotonic)

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.click()

    def press(self, words: str) -> None:
        """Press the button that says this in Chinese, in whatever language she reads."""
        self.tap(self.page.get_by_role("button", name=self.say(words)).first)

    def reads(self, words: str) -> None:
        """Wait for the heading that says this."""
        expect(self.page.get_by_role("heading", name=self.say(words)).first).to_be_visible()

    def choose(self, what: Locator, value: str) -> None:
        self.taps += 2
        what.select_option(value)

    def pick(self, what: Locator, name: str, kind: str, content: bytes) -> None:
        self.taps += 2
        what.set_input_files({"name": name, "mimeType": kind, "buffer": content})

    def sees(self, name: str) -> None:
        self.site.picture(self.page, name)


def in_language(language: str) -> Callable[[str], str]:
    """What a page says in a language, by what it says in Chinese."""
    if language == "zh":
        return str
    return gettext.translation("messages", TRANSLATIONS, [language]).gettext


READERS = [
    pytest.param("chen", DONGYUAN, "zh", True, id="in Chinese"),
    pytest.param("liu", SHIJIATAIZI, "en", True, id="in English"),
    pytest.param("wang", WANGJIAZHUANG, "zh", False, id="without scripts"),
]


@pytest.mark.parametrize(("account", "village", "language", "javascript"), READERS)
def test_a_villages_own_workbook_is_a_posted_notice_after_14_touches(
    site, record_property, account, village, language, javascript
):
    """Ten touches to hand it in (two to pick the file, two to answer about one column, one to mask
    all personal data), four to post it with a photograph."""
    page = site.visit(
        account, PHONE, javascript=javascript, language="" if language == "zh" else language
    )
    secretary = Secretary(site, page, in_language(language))
    with _inside(site.instance):
        asked = _asked(get_unit(village))
    name = f"{language}{'' if javascript else '-without-scripts'}"
    title = _hand_in(secretary, asked, VILLAGES[village][0], name)
    assert secretary.taps == 10
    seconds = time.monotonic() - secretary.began

    if account == "chen":
        _pass_by_key(site, title)
    else:
        _pass(site, title)

    secretary.began = time.monotonic()
    _post(secretary, title, name)
    assert secretary.taps == 14
    record_property(
        "seconds in the browser", round(seconds + time.monotonic() - secretary.began, 1)
    )


def _asked(unit: Unit) -> Obligation:
    found = db.session.scalar(
        select(Obligation).where(
            Obligation.unit_id == unit.id,
            Obligation.item_code == "SB-13",
            Obligation.period_key == LAST_QUARTER.key,
        )
    )
    assert found is not None
    return found


def _hand_in(secretary: Secretary, asked: Obligation, village: str, name: str) -> str:
    """From the home page to 提交审核, with the file that the village has."""
    page, say = secretary.page, secretary.say
    secretary.tap(page.locator(f"a[href*='obligation={asked.id}']").first)
    secretary.pick(page.locator("[name=workbook]"), "慰问.xlsx", XLSX, gifts(village))
    secretary.press("读进来")
    unsure = page.locator("select[name='column:品名']")
    expect(unsure).to_be_visible()
    expect(page.locator("select[name='column:身份证号']")).to_have_value("")
    secretary.sees(f"doubts-{name}")
    secretary.choose(unsure, "款物名称")
    secretary.press("就这样读")
    expect(page.locator("#personal-data")).to_be_visible()
    secretary.sees(f"personal-data-{name}")
    assert page.locator("[name=cell-0-3]").input_value() == "300.00"
    days = [page.locator(f"[name=cell-{row}-4]").input_value() for row in range(3)]
    assert days == [str(LAST_QUARTER.start.replace(day=day)) for day in (7, 7, 8)]
    secretary.tap(page.locator("#personal-data .btn-primary"))
    expect(page.locator("#personal-data")).to_have_count(0)
    for row in range(3):
        assert not RAW.search(page.locator(f"#row-{row}").inner_html())
    title = page.locator("[name=title]").input_value()
    secretary.press("下一步：核对")
    secretary.reads("核对后提交")
    expect(page.get_by_role("main")).to_contain_text("860.50")
    expect(page.get_by_text(say("个人信息已遮盖"))).to_be_visible()
    secretary.sees(f"check-{name}")
    secretary.press("提交审核")
    page.wait_for_url(re.compile("/sent$"))
    expect(page.get_by_role("main")).to_contain_text(title)
    secretary.sees(f"sent-{name}")
    return title


def _pass_by_key(site: Site, title: str) -> None:
    """周某, 李某 and 赵某 each open it out of their queue and press A."""
    for account in ("zhou", "li", "zhao"):
        reviewer = site.visit(account, DESK)
        reviewer.goto(site.url + "/notices/review")
        reviewer.get_by_role("link", name=title).click()
        expect(reviewer.get_by_role("heading", level=1).first).to_have_text(title)
        expect(reviewer.get_by_role("button", name="审通过")).to_be_visible()
        assert not RAW.search(reviewer.content())
        reviewer.keyboard.press("a")
        expect(reviewer.get_by_text(f"已通过：{title}")).to_be_visible()


def _pass(site: Site, title: str) -> None:
    """The same three let it pass, inside the house."""
    with _inside(site.instance), transaction():
        notice = db.session.scalars(select(Notice).where(Notice.title == title)).one()
        for account in ("zhou", "li", "zhao"):
            reviewer = find_user(account)
            assert reviewer is not None
            approve(notice, by=reviewer)
        assert notice.state is NoticeState.APPROVED


def _post(secretary: Secretary, title: str, name: str) -> None:
    """From the home page to the photograph of the board, made small and sent in pieces."""
    page, site = secretary.page, secretary.site
    sent: list[int] = []
    page.on("requestfinished", lambda asked: sent.append(_weight(asked)))
    page.goto(site.url)
    secretary.tap(page.locator("a[href$='/post']").first)
    expect(page.get_by_role("main")).to_contain_text(title)
    picture = page.locator("[name=photo_BOARD]")
    secretary.pick(picture, "公示栏.jpg", "image/jpeg", BIG_PHOTOGRAPH)
    secretary.sees(f"post-{name}")
    secretary.tap(page.locator(".thumb button"))
    expect(page.locator("#postings img")).to_be_visible()
    shown = page.locator("#postings img").first
    shown.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete", arg=shown.element_handle())
    secretary.sees(f"posted-{name}")
    pieces = [weight for weight in sent if weight]
    if name == "zh-without-scripts":
        assert not pieces
    else:
        assert len(pieces) > 1
        assert sum(pieces) < len(BIG_PHOTOGRAPH) / 2


def test_a_file_whose_line_is_cut_is_not_there_yet_and_then_arrives_whole_and_once(site):
    """The notice is saved first; the rest of the file follows when the phone has a line again."""
    page = _new_notice(site, "附会议记录的公示")
    offsets: list[int] = []
    page.context.route("**/uploads/*?offset=*", lambda route: _first_piece_only(route, offsets))
    page.locator("[name=files]").set_input_files(
        {"name": "会议记录.jpg", "mimeType": "image/jpeg", "buffer": BIG_PHOTOGRAPH}
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
    site.errors[:] = [each for each in site.errors if "ERR_INTERNET_DISCONNECTED" not in each]


NOTICE = re.compile(r"/notices/[0-9a-f-]{36}$")


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
        {"name": "按了两次.jpg", "mimeType": "image/jpeg", "buffer": SMALL_PHOTOGRAPH}
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


def test_a_clerk_goes_through_the_queue_by_keys(site):
    """J to the next, K back, R and a reason, A: and the next one follows."""
    clerk = site.visit("li", DESK)
    clerk.goto(site.url + "/notices/review")
    titles = clerk.locator("tbody th a").all_inner_texts()
    assert len(titles) >= 3
    clerk.locator("tbody th a").first.click()
    _reads(clerk, titles[0])
    expect(clerk.get_by_text(re.compile(f"第 1 条，共 {len(titles)} 条"))).to_be_visible()
    site.picture(clerk, "review-desk")
    clerk.keyboard.press("j")
    _reads(clerk, titles[1])
    clerk.keyboard.press("k")
    _reads(clerk, titles[0])
    clerk.keyboard.press("r")
    reason = clerk.get_by_label("给专干的话")
    expect(reason).to_be_visible()
    reason.fill("jark：请核对合计")
    expect(reason).to_have_value("jark：请核对合计")
    reason.press("Tab")
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_text(f"已退回：{titles[0]}")).to_be_visible()
    _reads(clerk, titles[1])
    clerk.keyboard.press("a")
    expect(clerk.get_by_text(f"已通过：{titles[1]}")).to_be_visible()
    _reads(clerk, titles[2])


def _reads(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1).first).to_have_text(title)
    expect(page.get_by_role("button", name="审通过")).to_be_visible()


def _weight(asked: Request) -> int:
    """The bytes of one piece of a file; 0 for every other request."""
    is_piece = asked.method == "PUT" and "/uploads/" in asked.url
    return int(asked.all_headers()["content-length"]) if is_piece else 0

"""The year of 2023 as it went: circulars, self-checks, mending, 销号, the report, the figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cast import build_town, settings_for
from playwright.sync_api import Page, expect

from taole.app.factory import create_app
from taole.app.schema import prepare_schema
from taole.core.clock import today
from taole.core.database import db
from taole.core.transactions import transaction
from tests.attachments.picture_factory import photograph
from tests.journeys.pages_to_see import TOWNSHIP
from tests.journeys.served_site import DESK, PHONE, Site

pytestmark = pytest.mark.browser
PHOTO = {"name": "整改后.jpg", "mimeType": "image/jpeg", "buffer": photograph(900, 600)}
NOTICE = "关于限时整改全县村务公开工作交叉互检发现问题的通知"
THREE = (
    ("东园村", "chen", "公示栏没写监督电话"),
    ("施家台子村", "liu", "保洁员考核没用统一表格"),
    ("王家庄村", "wang", "临时救助公示期不足七天"),
)
SIX = """县政府办公室关于第一季度村务公开工作情况的通报
一、存在的主要问题
1. 东园村第一季度各项收入公开不及时；
2. 施家台子村低保公示内容不准确；
3. 王家庄村张贴不规范；
4. 马太沟村查询机内容陈旧；
5. 庙庙湖村公示栏破损；
6. 镇政府网站栏目未更新。"""

SIX_BY_WHOM = (
    ("chen", "各项收入公开不及时"),
    ("liu", "低保公示内容不准确"),
    ("wang", "张贴不规范"),
    ("sun", "查询机内容陈旧"),
    ("ma", "公示栏破损"),
    ("zhao", "镇政府网站栏目未更新"),
)


@pytest.fixture(scope="module")
def demo_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """陶乐镇 with its people, and nothing in its records yet."""
    folder = tmp_path_factory.mktemp("empty") / "instance"
    app = create_app(settings_for(folder))
    with app.app_context():
        prepare_schema(app)
        with transaction():
            build_town()
        db.session.remove()
        db.engine.dispose()
    return folder


@pytest.fixture(scope="module")
def prepare() -> Callable[[Path], None]:
    return lambda _instance: None


def test_the_year_goes_from_the_circular_to_the_figures(site):
    clerk = site.visit("li", DESK)
    for _round in range(3):
        _record(site, clerk, direction="outbound", kind="visit", body="陶乐镇综合办公室")
    for level in ("region", "prefecture", "county", "county"):
        _record(site, clerk, direction="inbound", kind="guidance", level=level, body="政务公开办")
    for level, body in (
        ("county", "县政府办公室"),
        ("county", "农业农村局"),
        ("county", "民政局"),
        ("township", "红崖子乡"),
    ):
        _record(site, clerk, direction="inbound", kind="check", level=level, body=body)
    circular = _record_three(site, clerk)
    _villages_check_themselves(site, clerk, circular)
    _refused_in_words(site)
    for village, account, statement in THREE:
        _mend(site, account, statement)
        _close(site, clerk, village, statement)
    _load_six(site, clerk)
    for account, statement in SIX_BY_WHOM:
        _mend_by_link(site, account, statement)
    _close_six(site, clerk)
    _send_the_report_up(site, clerk)
    for key, value in {
        "P6-visit": 3,
        "P6-guidance": 4,
        "P6-check-gov": 1,
        "P6-check-agri": 1,
        "P6-check-civil": 1,
        "P6-check-peer": 1,
        "P6-cross": 3,
        "P6-cross-closed": 3,
        "P1-rectify-item": 6,
        "P1-rectify-report": 1,
    }.items():
        clerk.goto(f"{site.url}/reports/{TOWNSHIP}/{today().year}/figures/{key}")
        expect(clerk.get_by_role("heading", level=1)).to_contain_text(str(value))


def _record(
    site: Site, clerk: Page, *, direction: str, kind: str, body: str, level: str = "township"
) -> None:
    clerk.goto(site.url + "/inspections/new")
    clerk.locator(f"input[name=direction][value={direction}]").check()
    clerk.locator("[name=kind]").select_option(kind)
    clerk.get_by_label("督查单位", exact=True).fill(body)
    clerk.locator("[name=body_level]").select_option(level)
    clerk.get_by_label("东园村").first.check()
    clerk.get_by_role("button", name="保存").click()
    expect(clerk.get_by_text("这次督查已记下")).to_be_visible()


def _record_three(site: Site, clerk: Page) -> str:
    clerk.goto(site.url + "/inspections/new")
    clerk.locator("input[name=direction][value=inbound]").check()
    clerk.locator("[name=kind]").select_option("cross_check")
    clerk.get_by_label("督查单位", exact=True).fill("县人民政府")
    clerk.locator("[name=body_level]").select_option("county")
    clerk.locator("[name=document]").fill(NOTICE)
    for at, (village, _account, statement) in enumerate(THREE):
        clerk.locator(f"[name=findings-{at}-unit]").select_option(label=village)
        clerk.locator(f"[name=findings-{at}-statement]").fill(statement)
    clerk.get_by_role("button", name="保存").click()
    expect(clerk.get_by_role("heading", name="发现 3 个问题")).to_be_visible()
    return clerk.url


def _villages_check_themselves(site: Site, clerk: Page, circular: str) -> None:
    clerk.get_by_role("link", name="请各村自查").click()
    clerk.locator("[name=due_on]").fill(today().isoformat())
    clerk.get_by_role("button", name="发给各村").click()
    expect(clerk.get_by_text("已请 5 个村自查")).to_be_visible()
    for account in ("chen", "liu", "wang", "sun", "ma"):
        secretary = site.visit(account, PHONE)
        secretary.goto(site.url + "/findings")
        secretary.get_by_role("link", name=re.compile("对照通报的问题自查")).click()
        expect(secretary.get_by_text(THREE[0][2])).to_be_visible()
        secretary.get_by_label("没有同样的问题").check()
        secretary.get_by_label("怎么查的").fill("逐张核对了公示栏")
        site.picture(secretary, "self-check")
        secretary.get_by_role("button", name="报自查情况").click()
        expect(secretary.get_by_text("自查情况已报")).to_be_visible()
    clerk.goto(circular)
    expect(clerk.get_by_role("heading", name="各村自查：5 个村，5 个已报")).to_be_visible()
    site.picture(clerk, "circular-with-self-checks")


def _open(site: Site, page: Page, statement: str) -> None:
    page.goto(site.url + "/findings")
    page.get_by_role("link", name=re.compile(statement)).first.click()


def _refused_in_words(site: Site) -> None:
    """Without proof, by the owner, of a foreign village."""
    secretary = site.visit("chen", PHONE)
    _open(site, secretary, THREE[0][2])
    here = secretary.url
    secretary.get_by_label("怎么整改的").fill("已写明")
    secretary.get_by_role("button", name="已改好，送去复核").click()
    expect(secretary.get_by_text("请附上整改后的照片").first).to_be_visible()
    expect(secretary.get_by_role("button", name="通过，销号")).to_have_count(0)
    answer = secretary.request.post(here + "/close", form={"verdict": "好"})
    assert answer.status in (400, 403)

    other = site.visit("liu", PHONE)
    answer = other.goto(here)
    assert answer is not None
    assert answer.status == 404
    expect(other.get_by_role("heading", level=1)).to_be_visible()
    site.picture(other, "foreign-finding")


def _mend(site: Site, account: str, statement: str) -> None:
    secretary = site.visit(account, PHONE)
    _open(site, secretary, statement)
    secretary.get_by_role("button", name="签收，开始整改").click()
    secretary.get_by_label("怎么整改的").fill("已按要求整改")
    secretary.locator("[name=proof]").set_input_files([PHOTO])
    secretary.get_by_role("button", name="已改好，送去复核").click()
    expect(secretary.get_by_text("已提交，等待复核")).to_be_visible()
    site.picture(secretary, "mended")


def _close(site: Site, clerk: Page, village: str, statement: str) -> None:
    """李某 and 赵某 look at the same time: one verdict."""
    _open(site, clerk, statement)
    expect(clerk.get_by_text("正在检查有没有个人信息")).to_be_visible()
    leader = site.visit("zhao", DESK)
    _open(site, leader, statement)
    clerk.get_by_label("复核意见").fill("已现场复核，符合要求")
    clerk.get_by_role("button", name="通过，销号").click()
    expect(clerk.get_by_text("已销号").first).to_be_visible()
    leader.get_by_label("复核意见").fill("再看一看")
    leader.get_by_role("button", name="再改").click()
    expect(leader.get_by_text(re.compile("请刷新页面看最新情况")).first).to_be_visible()
    site.picture(clerk, f"closed-{village}")


def _load_six(site: Site, clerk: Page) -> None:
    """The quarterly circular, pasted; what names no village is asked about."""
    clerk.goto(site.url + "/findings/load?kind=circular")
    clerk.locator("[name=text]").fill(SIX)
    clerk.get_by_role("button", name="读一遍").click()
    site.picture(clerk, "circular-read")
    for question in clerk.locator("#questions select").all():
        question.select_option(label="陶乐镇")
    clerk.locator("[name=held_on]").fill(today().isoformat())
    clerk.get_by_role("button", name=re.compile("再看一遍|改好再看")).first.click()
    site.picture(clerk, "circular-answered")
    clerk.get_by_role("button", name="记下 6 个问题并立项整改").click()
    expect(clerk.get_by_role("heading", name="发现 6 个问题")).to_be_visible()


def _mend_by_link(site: Site, account: str, statement: str) -> None:
    """The leader's own website column is the clerk's to mend: 李某 stands in for 赵某 there."""
    page = site.visit("li" if account == "zhao" else account, PHONE)
    _open(site, page, statement)
    page.get_by_label("怎么整改的").fill("已按要求整改")
    page.get_by_label("或者网页链接").fill("https://example.org/notice/1")
    page.get_by_role("button", name="已改好，送去复核").click()
    expect(page.get_by_text("已提交，等待复核")).to_be_visible()


def _close_six(site: Site, clerk: Page) -> None:
    """李某 closes the villages' five; the sixth she mended herself, so 赵某 looks at it."""
    leader = site.visit("zhao", DESK)
    for account, statement in SIX_BY_WHOM:
        page = leader if account == "zhao" else clerk
        if account == "zhao":
            _open(site, clerk, statement)
            expect(clerk.get_by_text("要请另一个人来复核").first).to_be_visible()
        _open(site, page, statement)
        page.get_by_label("复核意见").fill("符合要求")
        page.get_by_role("button", name="通过，销号").click()
        expect(page.get_by_text("已销号").first).to_be_visible()


def _send_the_report_up(site: Site, clerk: Page) -> None:
    clerk.goto(site.url + "/inspections/papers/new?kind=report")
    clerk.get_by_label("发给或报给谁").fill("县政务公开办")
    clerk.get_by_role("button", name="预览").click()
    expect(clerk.get_by_text("共发现问题9个")).to_be_visible()
    clerk.get_by_role("button", name="印发").click()
    expect(clerk.get_by_text("已印发，编号")).to_be_visible()
    site.picture(clerk, "report-issued")
    clerk.get_by_label("报送日期").fill(today().isoformat())
    clerk.get_by_role("button", name="记下报送").click()
    expect(clerk.get_by_text("报县政务公开办").first).to_be_visible()

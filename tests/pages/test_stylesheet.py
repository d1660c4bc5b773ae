"""The look, read as text: sizes, contrast, and the few promises that every page relies on."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, FileSystemLoader
from wtforms import BooleanField, Form, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "taole" / "static"
TEMPLATES = ROOT / "templates"
STYLESHEET = (STATIC / "app.css").read_text(encoding="utf-8")
SPRITE = ElementTree.parse(STATIC / "icons.svg")
ICONS = {
    symbol.attrib["id"].removeprefix("i-")
    for symbol in SPRITE.getroot()
    if symbol.tag.endswith("symbol")
}
EXPORTED = {"annual_report/export.html"}
"""A file of its own, opened outside this site: it carries its style."""
PAGES = sorted(
    page for page in TEMPLATES.rglob("*.html") if str(page.relative_to(TEMPLATES)) not in EXPORTED
)
TODAY = date(2023, 9, 20)


def token(name: str) -> str:
    found = re.search(rf"--{name}:(#[0-9a-f]{{6}})", STYLESHEET)
    assert found, f"no token --{name}"
    return found[1]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, extensions=["jinja2.ext.i18n"]
    )
    env.install_null_translations(newstyle=True)
    env.globals.update(
        asset=lambda name: f"/static/{name}",
        url_for=lambda endpoint: f"/{endpoint}",
        csrf_token=lambda: "token",
        get_flashed_messages=lambda **_: [],
        request=SimpleNamespace(method="GET", full_path="/"),
        locale="zh",
    )
    env.filters["percent"] = lambda share: "–" if share is None else f"{round(share * 100)}%"
    env.filters["day"] = lambda day: f"{day.month}月{day.day}日"
    env.filters["days_left"] = lambda day, today: (
        f"剩 {(day - today).days} 天" if day > today else f"超 {(today - day).days} 天"
    )
    return env


def written(source: str, **given: object) -> str:
    template = '{% import "layout/m.html" as m with context %}' + source
    return environment().from_string(template).render(**given)


class Entry(Form):
    title = StringField("标题", [InputRequired("填标题")])
    remark = StringField("备注", [Optional()])
    item = SelectField("公开事项", choices=["高龄津贴发放", "临时救助对象"])
    channel = RadioField("渠道", choices=["公示栏", "村居通"], validators=[InputRequired("选渠道")])
    checked = BooleanField("我核对过")


@pytest.mark.parametrize(
    ("path", "limit"), [("app.css", 18_000), ("draft.js", 3_000), ("matrix.js", 3_000)]
)
def test_a_phone_on_a_weak_line_gets_small_files(path: str, limit: int) -> None:
    assert (STATIC / path).stat().st_size < limit


def test_the_stylesheet_fetches_nothing_and_needs_no_data_image() -> None:
    assert "@import" not in STYLESHEET
    assert "url(" not in STYLESHEET
    assert STYLESHEET.count("{") == STYLESHEET.count("}")


@pytest.mark.parametrize("kind", ["ok", "late", "miss", "rev"])
def test_every_status_can_be_read_on_its_tint_and_on_white(kind: str) -> None:
    assert contrast(token(kind), token(f"{kind}-l")) >= 4.5
    assert contrast(token(kind), "#ffffff") >= 4.5


@pytest.mark.parametrize("ink", ["ink", "ink-2", "ink-3", "brand"])
def test_words_can_be_read_on_the_ground(ink: str) -> None:
    assert contrast(token(ink), token("paper")) >= 4.5


def test_the_edge_of_a_field_can_be_seen() -> None:
    assert contrast(token("edge"), "#ffffff") >= 3


def test_the_stylesheet_thinks_of_paper_stillness_and_forced_colours() -> None:
    for query in ("@media print", "prefers-reduced-motion", "forced-colors", "html.large"):
        assert query in STYLESHEET


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_a_page_carries_no_inline_style_or_script(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_a_page_names_only_icons_that_are_drawn(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"\bico\('([a-z0-9]+)'[,)]", text)) <= ICONS


@pytest.mark.parametrize(
    ("standing", "kind", "icon", "word"),
    [
        ("on_time", "ok", "check", "按时"),
        ("late", "late", "clock", "迟"),
        ("missing", "miss", "miss", "缺"),
        ("in_review", "rev", "half", "审核中"),
        ("waiting", "wait", "ring", "待公示"),
        ("nothing", "na", "dash", "无事项"),
        ("not_applicable", "na", "dash", "不适用"),
    ],
)
def test_a_standing_is_told_by_colour_glyph_and_word(
    standing: str, kind: str, icon: str, word: str
) -> None:
    html = written("{{ m.standing(it) }}", it=standing)
    assert f"s-{kind}" in html
    assert f"#i-{icon}" in html
    assert word in html
    assert icon in ICONS
    assert html == written("{{ m.standing(it) }}", it=SimpleNamespace(value=standing))


@pytest.mark.parametrize(
    ("state", "word"),
    [("open", "待整改"), ("mending", "整改中"), ("proofed", "待复核"), ("closed", "已销号")],
)
def test_a_finding_says_how_far_its_mending_is(state: str, word: str) -> None:
    assert word in written("{{ m.finding_state(it) }}", it=state)


def test_a_cell_of_glyphs_alone_still_says_its_sentence() -> None:
    html = written("{{ m.cell('missing', '/o/1', '东园村 高龄津贴发放：缺', mid=True) }}")
    assert 'aria-label="东园村 高龄津贴发放：缺"' in html
    assert 'href="/o/1"' in html


def test_an_overdue_matter_is_red_and_a_far_one_is_quiet() -> None:
    for days, kind in ((-5, "s-miss"), (2, "s-late"), (30, "s-wait")):
        on = TODAY + timedelta(days)
        assert kind in written("{{ m.due(on, today) }}", on=on, today=TODAY)


def test_the_error_stands_above_the_input_and_the_input_names_it() -> None:
    form = Entry()
    form.validate()
    html = written("{{ m.field(form.title, hint='写全称') }}", form=form)
    assert html.index("填标题") < html.index("<input")
    assert 'aria-describedby="title-hint title-error"' in html
    assert 'aria-invalid="true"' in html
    assert "选填" in written("{{ m.field(form.remark) }}", form=form)


def test_a_choice_of_channels_is_one_named_group() -> None:
    html = written("{{ m.field(form.channel) }}", form=Entry())
    assert "<fieldset" in html
    assert "<legend>渠道" in html
    assert 'for="channel-0"' in html


def test_the_summary_counts_the_errors_and_links_each_field() -> None:
    form = Entry()
    form.validate()
    html = written("{{ m.error_summary(form) }}", form=form)
    assert "有 3 处要改" in html
    assert 'href="#title"' in html
    assert not written("{{ m.error_summary(form) }}", form=Entry())


def test_one_missing_notice_among_many_never_vanishes_from_the_bar() -> None:
    html = written("{{ m.bar([('ok', 5000), ('late', 0), ('miss', 1)]) }}")
    assert 'class="s-miss"' in html
    assert 'class="s-late"' not in html
    assert 'width="2"' in html
    assert "<rect" in written("{{ m.bar([('ok', 0)]) }}")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([0.91, None, 0.97], [0.84, 0.9, 0.91]),
        ([None, None, 1.0], [None, None, None]),
        ([0.0, 0.5, 1.0], [1.0, 1.0, 1.0]),
        ([None, None, None], [None, None, None]),
    ],
)
def test_a_trend_breaks_off_where_nothing_was_due(
    first: list[float | None], second: list[float | None]
) -> None:
    html = written(
        "{{ m.trend(labels, a, b, '完整率', '按时率', 0.95) }}",
        labels=["7月", "8月", "9月"],
        a=first,
        b=second,
    )
    heights = [float(y) for y in re.findall(r"[ML][\d.]+ (-?[\d.]+)", html)]
    assert all(20 <= y <= 200 for y in heights)
    if not any(v is not None for v in first + second):
        assert "还没有到期的事项" in html


def test_a_sparkline_of_nothing_is_a_dash() -> None:
    assert "–" in written("{{ m.sparkline([None, None]) }}")
    assert written("{{ m.sparkline([1.0, None, 0.5]) }}").count("M") == 2


def test_one_page_of_rows_needs_no_turning() -> None:
    one = SimpleNamespace(number=1, pages=1, has_previous=False, has_next=False, url=str)
    two = SimpleNamespace(number=1, pages=2, has_previous=False, has_next=True, url=str)
    assert not written("{{ m.pager(page) }}", page=one)
    assert 'rel="next"' in written("{{ m.pager(page) }}", page=two)


def test_a_demonstration_says_so_on_every_page() -> None:
    page = environment().get_template("layout/error.html")
    html = page.render(status=404, is_demonstration=True, person=None)
    assert "演示数据：人员和公示都是虚构的" in html
    assert "没有这个页面" in html

"""A township's own unified template: kept from a day, refused, and changed on its page."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import taole.catalogue
from taole.catalogue.actions import adopt, load_edition, replace_item
from taole.catalogue.queries import find_item
from taole.catalogue.reading import read_catalogue
from taole.catalogue.templates import (
    find_own_template,
    keep_template,
    list_own_templates,
    shipped_template,
    template_for,
)
from taole.catalogue.unified_template import CellKind, Field
from taole.core.clock import today
from taole.core.database import db
from taole.core.errors import Refused
from taole.core.transactions import transaction
from taole.organisation.actions import SYSTEM
from taole.trail.models import TrailLine
from taole.trail.words import tell

PROPOSED = (Path(taole.catalogue.__file__).parent / "data/catalogue-proposed.yaml").read_bytes()
GROUP = Field("村组")


@pytest.fixture
def adopted(town):
    """陶乐镇 follows the proposed catalogue."""
    with transaction():
        draft = read_catalogue(PROPOSED, "a.yaml")
        edition = load_edition(draft, in_force_from=today() - timedelta(days=400), by=SYSTEM)
        adopt(town.township, edition, from_on=today() - timedelta(days=400), by=SYSTEM)
    return town


def allowance(town):
    return find_item(town.township.id, "SB-02", today())


def with_group(item):
    shipped = shipped_template(item)
    return replace(shipped, columns=(*shipped.columns, GROUP))


def keep(town, template, **given):
    terms = {"from_on": today(), "by": town.li, "reason": "村里要求写村组"} | given
    with transaction():
        return keep_template(town.township, allowance(town), template, **terms)


def test_an_item_of_the_proposed_catalogue_has_the_shipped_template(adopted):
    item = allowance(adopted)
    template = template_for(item, adopted.township.id, today())
    assert template.column_names[:3] == ("申请人姓名", "家庭成员数量", "保障金额")
    assert "身份证号" in template.must_not
    assert "低保" not in template.opening
    assert "最低生活保障" in template.opening


def test_an_item_with_contents_of_its_own_has_a_template_of_its_own_words(adopted):
    with transaction():
        item = replace_item(
            allowance(adopted),
            from_on=today(),
            by=adopted.li,
            content=["户主姓名", "保障人口", "月保障金额"],
        )
    assert shipped_template(item).column_names == ("户主姓名", "保障人口", "月保障金额")


def test_the_townships_template_holds_from_its_day_and_not_before(adopted):
    tomorrow = today() + timedelta(days=1)
    item = allowance(adopted)
    keep(adopted, with_group(item), from_on=tomorrow)
    assert "村组" not in template_for(item, adopted.township.id, today()).column_names
    assert "村组" in template_for(item, adopted.township.id, tomorrow).column_names
    assert template_for(item, adopted.neighbour.id, tomorrow) == shipped_template(item)
    assert "身份证号" in template_for(item, adopted.township.id, tomorrow).must_not


def test_of_two_templates_for_the_same_day_the_later_word_holds(adopted):
    item = allowance(adopted)
    keep(adopted, with_group(item))
    keep(adopted, shipped_template(item), reason="还是用原来的")
    assert template_for(item, adopted.township.id, today()) == shipped_template(item)
    reasons = [each.reason for each in list_own_templates(adopted.township.id, "SB-02")]
    assert reasons == ["还是用原来的", "村里要求写村组"]


def test_keeping_a_template_leaves_a_line_in_the_trail_that_says_what_changed(adopted):
    own = keep(adopted, with_group(allowance(adopted)))
    line = db.session.scalars(select(TrailLine).where(TrailLine.object_id == own.id)).one()
    assert str(tell(line.object_kind, line.verb)) == "改了统一模板"
    assert line.after["changes"] == ["表格加上“村组”"]
    assert line.after["reason"] == "村里要求写村组"


@pytest.mark.parametrize(
    ("change", "given", "sentence"),
    [
        ({}, {}, "模板没有任何改动"),
        ({"columns": (GROUP, GROUP)}, {}, "“村组”有2个：名称不能重复，请改一个"),
        ({"columns": (Field(""),)}, {}, "没有名称"),
        ({"columns": (Field("姓名", CellKind.NAME, is_summed=True),)}, {}, "不能合计"),
        ({"columns": (Field("身份证号"),)}, {}, "不得公开"),
        ({"columns": (Field("残疾等级"), Field("病情诊断"))}, {}, "不得公开"),
        ({"columns": tuple(Field(f"栏{n}") for n in range(31))}, {}, "最多30栏"),
        ({"columns": (GROUP,)}, {"reason": " "}, "请写明为什么改模板"),
        ({"columns": (GROUP,)}, {"reason": "长" * 201}, "理由太长"),
        ({"columns": (GROUP,)}, {"from_on": today() - timedelta(days=1)}, "不能在今天以前"),
    ],
)
def test_a_template_that_would_not_do_is_refused_and_nothing_is_kept(
    adopted, change, given, sentence
):
    with pytest.raises(Refused, match=re.escape(sentence)):
        keep(adopted, replace(shipped_template(allowance(adopted)), **change), **given)
    assert find_own_template(adopted.township.id, "SB-02", today()) is None


# The page.


def text_of(answer):
    return answer.get_data(as_text=True)


def page_of(town):
    return f"/catalogue/items/{allowance(town).id}/template"


def typed(page):
    """What a browser would send of the form: every field as it stands."""
    form = page[page.index('<form method="post">') :]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("type") == "checkbox" and "checked" not in tag:
            continue
        sent[given["name"]] = given.get("value", "")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)">(.*?)</select>', form, re.S):
        sent[name] = re.search(r'<option selected value="(\w+)"', options)[1]
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S):
        sent[name] = text.strip()
    return sent


def names_in(page):
    return re.findall(r'name="columns-\d+-name"[^>]*value="([^"]*)"', page)


def test_the_clerk_adds_a_column_moves_it_up_sees_what_changes_and_keeps_it(adopted, sign_in):
    client, url = sign_in("li"), page_of(adopted)
    page = text_of(client.get(url))
    assert names_in(page) == ["申请人姓名", "家庭成员数量", "保障金额", "本期变动"]
    page = text_of(client.post(url, data=typed(page) | {"do": "columns-add"}))
    data = typed(page) | {"columns-4-name": "村组"}
    page = text_of(client.post(url, data=data | {"do": "columns-up-4"}))
    assert names_in(page)[3:] == ["村组", "本期变动"]
    page = text_of(client.post(url, data=typed(page) | {"look": "1", "reason": "写明村组"}))
    assert "表格加上“村组”" in page
    assert '<th scope="col">村组</th>' in page
    assert find_own_template(adopted.township.id, "SB-02", today()) is None
    answer = client.post(url, data=typed(page) | {"keep": "1"}, follow_redirects=True)
    assert "从" in text_of(answer)
    assert "写的公示用新模板" in text_of(answer)
    assert '<th scope="col">村组</th>' in text_of(answer)
    own = find_own_template(adopted.township.id, "SB-02", today())
    assert own.made_by_name == "李某"


def test_a_column_is_taken_out_and_moved_down_and_nonsense_changes_nothing(adopted, sign_in):
    client, url = sign_in("li"), page_of(adopted)
    sent = typed(text_of(client.get(url)))
    dropped = names_in(text_of(client.post(url, data=sent | {"do": "columns-drop-1"})))
    assert dropped == ["申请人姓名", "保障金额", "本期变动"]
    down = names_in(text_of(client.post(url, data=sent | {"do": "columns-down-0"})))
    assert down[:2] == ["家庭成员数量", "申请人姓名"]
    for act in ("columns-up-0", "columns-down-9", "columns-drop-x", "rows-add", "columns"):
        assert len(names_in(text_of(client.post(url, data=sent | {"do": act})))) == 4


def test_what_is_refused_stands_above_the_form_with_everything_kept(adopted, sign_in):
    client, url = sign_in("li"), page_of(adopted)
    sent = typed(text_of(client.get(url))) | {"columns-3-name": "银行卡号", "reason": "x"}
    answer = client.post(url, data=sent | {"keep": "1"})
    assert answer.status_code == 422
    assert "“银行卡号”不得公开" in text_of(answer)
    assert "银行卡号" in names_in(text_of(answer))


def test_somebody_elses_template_kept_meanwhile_is_not_overwritten_unseen(adopted, sign_in):
    client, url = sign_in("li"), page_of(adopted)
    sent = typed(text_of(client.get(url))) | {"columns-3-name": "变动", "reason": "改名"}
    keep(adopted, with_group(allowance(adopted)), by=adopted.zheng, reason="另一位先改")
    answer = client.post(url, data=sent | {"keep": "1"})
    assert answer.status_code == 422
    assert "别人存过这个模板" in text_of(answer)
    assert "另一位先改" in text_of(answer)
    again = client.post(url, data=typed(text_of(answer)) | {"keep": "1"})
    assert again.status_code == 302


def test_an_earlier_version_and_the_shipped_one_can_be_opened_again(adopted, sign_in):
    own = keep(adopted, with_group(allowance(adopted)))
    client, url = sign_in("zheng"), page_of(adopted)
    assert "村组" in names_in(text_of(client.get(url)))
    assert "村组" not in names_in(text_of(client.get(f"{url}?start=shipped")))
    assert "村组" in names_in(text_of(client.get(f"{url}?start={own.id}")))
    assert client.get(f"{url}?start=nonsense").status_code == 404


def test_the_secretary_sees_the_template_but_not_the_way_to_change_it(adopted, sign_in):
    page = text_of(sign_in("chen").get(f"/catalogue/items/{allowance(adopted).id}"))
    assert "保障金额（元）" in page
    assert "改模板" not in page
    assert sign_in("chen").get(page_of(adopted)).status_code == 403


def test_the_page_speaks_english(adopted, sign_in):
    client = sign_in("li")
    client.set_cookie("language", "en")
    answer = client.get(page_of(adopted))
    assert answer.status_code == 200
    assert "Dibao" in text_of(answer)

"""The catalogue's pages: what is published, one item, the web columns, loading and downloading."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import taole.catalogue
from taole.catalogue.actions import adopt, load_edition, override_item, replace_item
from taole.catalogue.drafts import fingerprint
from taole.catalogue.models import CatalogueKind
from taole.catalogue.queries import find_adopted, find_item, list_editions
from taole.catalogue.reading import read_catalogue
from taole.core.clock import today
from taole.core.periods import Frequency
from taole.core.transactions import transaction
from taole.organisation.actions import SYSTEM

DATA = Path(taole.catalogue.__file__).parent / "data"
PROPOSED = (DATA / "catalogue-proposed.yaml").read_bytes()
COLUMNS = (DATA / "website-columns.yaml").read_bytes()
START = date(2022, 1, 1)


@pytest.fixture
def adopted(town):
    """陶乐镇 follows the proposed catalogue and the proposed web columns."""
    with transaction():
        for content, name in ((PROPOSED, "a.yaml"), (COLUMNS, "b.yaml")):
            edition = load_edition(read_catalogue(content, name), in_force_from=START, by=SYSTEM)
            adopt(town.township, edition, from_on=START, by=SYSTEM)
    return town


def text_of(answer):
    return answer.get_data(as_text=True)


def test_the_secretary_reads_the_catalogue_and_sees_that_it_is_a_proposal(adopted, sign_in):
    page = text_of(sign_in("chen").get("/catalogue"))
    assert "要公开 70 项，分 5 个板块" in page
    assert "这是建议稿，不是《全区村务公开基准目录（标准版）》" in page
    assert "每季度首月20日前" in page
    assert "公示栏（必发）" in page
    assert "载入新目录" not in page


def test_a_township_without_a_catalogue_is_told_so(town, sign_in):
    assert "还没有采用村务公开目录" in text_of(sign_in("li").get("/catalogue"))
    assert "还没有采用网站栏目" in text_of(sign_in("li").get("/catalogue/website"))
    assert sign_in("li").get("/catalogue/download").status_code == 404


def test_the_catalogue_in_english_names_items_and_sections(adopted, sign_in):
    client = sign_in("li")
    client.set_cookie("language", "en")
    assert "Dibao: list of households and amounts" in text_of(client.get("/catalogue"))


def test_another_townships_catalogue_does_not_exist_for_the_clerk(adopted, sign_in):
    assert sign_in("li").get("/catalogue?township=640221203").status_code == 404


def test_the_inspector_of_the_county_chooses_between_townships(adopted, sign_in):
    page = text_of(sign_in("wu").get("/catalogue?township=640221203"))
    assert "红崖子乡" in page
    assert "还没有采用村务公开目录" in page


def test_one_item_shows_its_sources_versions_and_the_townships_decisions(adopted, sign_in):
    with transaction():
        item = find_item(adopted.township.id, "CW-02", today())
        override_item(
            adopted.township,
            "CW-02",
            from_on=today(),
            by=adopted.li,
            reason="收支多",
            unit=adopted.villages[4],
            frequency=Frequency.MONTHLY,
        )
        tomorrow = today().replace(year=today().year + 1)
        replace_item(item, from_on=tomorrow, by=adopted.li, title="新名称")
    client = sign_in("li")
    page = text_of(client.get(f"/catalogue/items/{item.id}"))
    for said in ("庙庙湖村", "收支多", "新名称", "核实情况", "按月公开时：次月15日前"):
        assert said in page
    assert "有 1 个村另有规定" in text_of(client.get("/catalogue"))


def test_the_web_columns_are_listed_with_their_intervals(adopted, sign_in):
    page = text_of(sign_in("qian").get("/catalogue/website"))
    assert "每180天更新" in page
    assert "常设页面：有变动才改" in page


def test_the_downloaded_workbook_loads_back_unchanged(adopted, sign_in):
    answer = sign_in("chen").get("/catalogue/download")
    read = read_catalogue(answer.data, "下载.xlsx")
    assert not read.faults
    assert fingerprint(read) == find_adopted(adopted.township.id, today()).fingerprint


def upload(client, content, name, **more):
    fields = {"township": "640221106", "from_on": today().isoformat(), **more}
    if content is not None:
        fields["file"] = (io.BytesIO(content), name)
    return client.post("/catalogue/load", data=fields)


def hidden(page):
    return dict(re.findall(r'name="(kept|filename)" type="hidden" value="([^"]*)"', page))


def test_a_checked_file_is_carried_in_the_page_and_loaded_by_the_second_button(town, sign_in):
    client = sign_in("li")
    checked = upload(client, PROPOSED, "目录.yaml", check="1")
    assert checked.status_code == 200
    assert "可以载入，共 70 项" in text_of(checked)
    assert list_editions() == []
    carried = hidden(text_of(checked))
    assert carried["filename"] == "目录.yaml"
    loaded = upload(client, None, "", load="1", **carried)
    assert loaded.status_code == 302
    assert find_adopted(town.township.id, today()).name.startswith("村务公开基准目录")
    assert find_adopted(town.township.id, today(), CatalogueKind.WEBSITE) is None


def test_the_check_shows_what_would_change(adopted, sign_in):
    changed = PROPOSED.replace("农村最低生活保障对象初审公示".encode(), "低保初审公示".encode())
    changed = changed.replace(b"- code: CW-13\n", b"- code: CW-99\n")
    page = text_of(upload(sign_in("li"), changed, "目录.yaml", check="1"))
    assert "新增 1 项，取消 1 项，改动 1 项" in page
    assert "低保初审公示" in page


def test_a_file_with_a_question_is_not_loaded_and_the_clerk_is_asked(town, sign_in):
    csv = "目录编码,一级事项,公开事项,公开时限\nX-1,财务管理,收支,及时公开\n".encode()
    answer = upload(sign_in("li"), csv, "目录.csv", load="1")
    assert answer.status_code == 422
    assert "1 个问题，请把答案写进文件" in text_of(answer)
    assert list_editions() == []


def test_a_file_that_is_no_catalogue_is_refused_above_the_form(town, sign_in):
    answer = upload(sign_in("li"), b"%PDF-1.4 not a table", "目录.xlsx", check="1")
    assert answer.status_code == 422
    assert "有 1 处要改" in text_of(answer)


def test_without_a_file_the_form_asks_for_one(town, sign_in):
    answer = upload(sign_in("li"), None, "", check="1")
    assert answer.status_code == 422
    assert "请选择目录文件" in text_of(answer)


def test_adopting_before_a_later_adoption_is_refused_and_leaves_nothing(adopted, sign_in):
    changed = PROPOSED.replace(b"CW-13", b"CW-99")
    answer = upload(sign_in("li"), changed, "目录.yaml", load="1", from_on="2021-01-01")
    assert answer.status_code == 422
    assert "请选更晚的日期" in text_of(answer)
    assert len(list_editions()) == 2


def test_the_secretary_may_not_load_a_catalogue(town, sign_in):
    assert sign_in("chen").get("/catalogue/load").status_code == 403


def test_the_clerk_may_load_a_catalogue(town, sign_in):
    assert sign_in("li").get("/catalogue/load").status_code == 200


def test_a_catalogue_in_use_is_not_replaced_from_a_day_that_has_passed(adopted, sign_in):
    changed = PROPOSED.replace("五类70项".encode(), "另一版".encode())
    yesterday = (today() - timedelta(days=1)).isoformat()
    answer = upload(sign_in("li"), changed, "目录.yaml", load="1", from_on=yesterday)
    assert answer.status_code == 422
    assert "请选今天或以后" in text_of(answer)
    assert len([each for each in list_editions() if each.name.endswith("（另一版）")]) == 0

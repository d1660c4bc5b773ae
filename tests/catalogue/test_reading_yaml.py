"""Catalogues in YAML: the shipped ones, and what people make of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import taole.catalogue
from taole.catalogue.deadlines import DeadlineKind
from taole.catalogue.draft_checks import check_draft
from taole.catalogue.drafts import CatalogueDraft, fingerprint, section_named
from taole.catalogue.reading_yaml import read_catalogue_yaml
from taole.core.errors import Refused
from taole.core.periods import Frequency
from taole.core.workdays import DayUnit

DATA = Path(taole.catalogue.__file__).parent / "data"

META = """\
meta:
  name_zh: 东园村目录
  sections: [财务管理, 组织机构建设]
  section_aliases:
    组织机构建设: [自治管理]
items:
"""
ITEM = """\
- code: CW-01
  section: 财务管理
  title_zh: 各项收入
  frequency: quarterly
  deadline: {rule: quarter_day, month_of_quarter: 1, day: 20}
  channels: [公示栏, 村居通, 政府网站]
"""


def read(text: str) -> CatalogueDraft:
    return read_catalogue_yaml(text.encode(), "目录.yaml")


def faults_of(text: str) -> list[str]:
    return [str(fault) for fault in read(text).faults]


def the_fault(text: str, *, fatal: bool = True) -> str:
    (fault,) = read(text).faults
    assert fault.fatal is fatal
    return str(fault)


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_catalogue_yaml(content, "目录.yaml")
    return str(refused.value)


def test_the_shipped_catalogue_is_a_sound_proposal_of_seventy_items():
    draft = read_catalogue_yaml((DATA / "catalogue-proposed.yaml").read_bytes(), "目录.yaml")
    assert (len(draft.items), draft.faults, draft.questions) == (70, (), ())
    assert draft.can_be_loaded
    assert draft.is_proposal
    assert draft.kind == "village"
    by_section = [sum(draft.section_of(i) == s for i in draft.items) for s in draft.sections]
    assert by_section == [17, 11, 15, 12, 15]
    first = draft.items[0]
    assert first.deadline.kind is DeadlineKind.WORKDAYS_AFTER_EVENT
    assert (first.notice_period_days, first.notice_period_unit) == (7, DayUnit.CALENDAR)
    assert first.channels == ("公示栏", "村居通", "查询机")
    assert first.compulsory_channels == ("公示栏", "村居通")
    assert first.personal_data["risk"] == "high"
    assert first.sources == ("S16", "S24", "S26")
    assert first.row is not None


def test_the_shipped_website_columns_have_intervals_and_standing_pages():
    draft = read_catalogue_yaml((DATA / "website-columns.yaml").read_bytes(), "栏目.yaml")
    assert (draft.kind, len(draft.items), draft.faults) == ("website", 16, ())
    columns = {item.title_zh: item for item in draft.items}
    assert columns["动态要闻"].update_interval_days == 14
    assert columns["通知公告"].update_interval_days == columns["文件"].update_interval_days == 180
    assert all(item.frequency is Frequency.INTERVAL for item in draft.items)
    assert columns["部门预算"].parent == columns["预决算公开"].code
    assert {name for name, item in columns.items() if item.is_standing_page} == {
        "领导信息",
        "机构设置",
        "政府信息公开指南",
    }


def test_the_same_rules_have_the_same_fingerprint_wherever_they_stand():
    one, two = read(META + ITEM), read("# 另存\n" + META + ITEM)
    assert one.items[0].row != two.items[0].row
    assert fingerprint(one) == fingerprint(replace(two, filename="另一个.yaml"))
    assert fingerprint(one) != fingerprint(read(META + ITEM.replace("day: 20", "day: 15")))


def test_an_alias_leads_to_its_section():
    draft = read(META + ITEM.replace("section: 财务管理", "section: 自治管理"))
    assert draft.faults == ()
    assert draft.section_of(draft.items[0]) == "组织机构建设"
    assert section_named("自治管理") == "组织机构建设"
    assert section_named("党务") is None


def test_an_item_without_the_usual_channels_must_be_on_its_first_one():
    draft = read(META + ITEM.replace("公示栏, 村居通, 政府网站", "政府网站, 微信公众号"))
    assert draft.items[0].compulsory_channels == ("政府网站",)


def test_a_gbk_file_is_read_as_well():
    assert read_catalogue_yaml((META + ITEM).encode("gbk"), "目录.yaml").can_be_loaded


def test_a_loop_of_aliases_is_one_fatal_fault_that_names_the_loop():
    meta = META.replace("[自治管理]", "[自治管理]\n    自治管理: [组织机构建设]")
    said = the_fault(meta + ITEM)
    assert "绕成了圈" in said
    assert "自治管理→组织机构建设→自治管理" in said


def test_an_alias_that_is_a_section_or_leads_nowhere_is_said():
    assert "既是板块" in the_fault(META.replace("[自治管理]", "[财务管理]") + ITEM)
    nowhere = META.replace("    组织机构建设: [自治管理]", "    党务: [自治管理]")
    assert "指向“党务”" in the_fault(nowhere + ITEM)
    twice = META.replace("[自治管理]", "[自治管理]\n    财务管理: [自治管理]")
    assert "别名“自治管理”同时写在" in the_fault(twice + ITEM)


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("section: 财务管理", "section: 党务", "没有“党务”这个板块"),
        ("  section: 财务管理\n", "", "缺少 section"),
        ("code: CW-01", "kode: CW-01", "缺少 code"),
        ("code: CW-01", "code: 101", "code 的内容应为文字（数字和日期请加引号），现在是数"),
        ("code: CW-01", "code: " + "C" * 25, "code 有 25 个字，最多 24 个"),
        ("title_zh: 各项收入", "title_zh: ''", "缺少 title_zh"),
        ("title_zh: 各项收入", "title_zh: 2023-01-02", "现在是日期"),
        ("frequency: quarterly", "frequency: 偶尔", "frequency 写成了“偶尔”"),
        ("frequency: quarterly", "frequency: monthly", "公开频率是“每月”，公开时限却是"),
        ("frequency: quarterly", "frequency: on-event", "公开频率是“随时”，公开时限却是"),
        ("day: 20", "day: 32", "写成了“32”"),
        ("quarter_day", "someday", "不认识公开时限规则“someday”"),
        ("  deadline: {rule: quarter_day, month_of_quarter: 1, day: 20}\n", "", "缺少 deadline"),
        ("deadline: {rule: quarter_day, month_of_quarter: 1, day: 20}", "deadline: 20", "公开时限"),
        ("channels: [公示栏, 村居通, 政府网站]", "channels: {a: 1}", "channels 的内容应为一列文字"),
        ("channels: [公示栏, 村居通, 政府网站]", "channels: [公示栏, 3]", "应为一列文字"),
        ("  channels", "  compulsory_channels: [查询机]\n  channels", "不在这一项的公开渠道里"),
        ("  channels", "  compulsory_channels: [广播]\n  channels", "不认识渠道“广播”"),
        ("  channels", "  notice_period_days: 7\n  channels", "公示期写了 7，没有写单位"),
        ("  channels", "  notice_period_unit: working\n  channels", "公示期只有单位"),
        ("  channels", "  notice_period_unit: 周\n  channels", "notice_period_unit 写成了“周”"),
        ("  channels", "  notice_period_days: 七\n  channels", "应为整数，现在是文字"),
        ("  channels", "  minimum_board_days: 0\n  channels", "应为 1 到 366 的整数"),
        ("  channels", "  standing_page: 1\n  channels", "应为true 或 false"),
        ("  channels", "  personal_data: 高\n  channels", "若干项“名称: 值”"),
        ("  channels", "  personal_data: {risk: 高}\n  channels", "个人信息风险写成了“高”"),
        ("  channels", "  content_zh: [[日期]]\n  channels", "content_zh 的内容应为一列文字"),
    ],
)
def test_a_fatal_fault_names_line_item_and_what_to_write(written: str, instead: str, said: str):
    draft = read(META + ITEM.replace(written, instead, 1))
    fatal = [str(fault) for fault in draft.faults if fault.fatal]
    assert len(fatal) == 1, fatal
    assert said in fatal[0]
    assert "文件“目录.yaml”第7行（" in fatal[0]
    assert not draft.can_be_loaded


def test_an_unknown_key_is_said_with_the_likely_right_one_and_does_not_hinder():
    said = the_fault(META + ITEM + "  minimun_board_days: 10\n", fatal=False)
    assert "不认识“minimun_board_days”" in said
    assert "是不是“minimum_board_days”" in said
    assert "请删去" in the_fault(META + ITEM + "  颜色: 红\n", fatal=False)
    assert "是不是“name_zh”" in the_fault(
        META.replace("  name_zh", "  name_z: 甲\n  name_zh") + ITEM, fatal=False
    )


def test_an_unknown_channel_is_kept_as_a_note():
    draft = read(META + ITEM.replace("政府网站]", "两微一端, 广播电视]"))
    (item,) = draft.items
    assert item.channels == ("公示栏", "村居通", "微信公众号", "微博")
    assert item.note == "其他公开渠道：广播电视"
    assert [fault.fatal for fault in draft.faults] == [False]
    assert "不认识渠道“广播电视”" in str(draft.faults[0])


def test_an_item_without_channels_goes_on_the_board_and_says_so():
    draft = read(META + ITEM.replace("  channels: [公示栏, 村居通, 政府网站]\n", ""))
    assert draft.items[0].channels == ("公示栏", "村居通")
    assert "没有写公开渠道" in str(draft.faults[0])
    assert draft.can_be_loaded


def test_a_code_used_twice_is_said_with_the_first_title_and_line():
    draft = read(META + ITEM + ITEM.replace("各项收入", "各项支出"))
    (fault,) = draft.faults
    assert "编码“CW-01”与“各项收入”（第7行）重复" in str(fault)
    assert fault.row == 13


def test_all_faults_are_listed_in_the_order_of_the_file():
    spoilt = ITEM.replace("day: 20", "day: 0") + ITEM.replace("quarterly", "每日").replace(
        "CW-01", "CW-02"
    )
    faults = read(META + spoilt + "- 随手写的\n").faults
    assert [fault.row for fault in faults] == [None, 7, 13]
    assert "items[3]" in str(faults[0])


def test_a_catalogue_without_items_is_fatal():
    assert "一个目录项也没有" in the_fault(META.replace("items:", "items: []"))


def test_faults_of_the_head_are_said():
    assert "meta”：缺少 name_zh" in the_fault(META.replace("  name_zh: 东园村目录\n", "") + ITEM)
    assert "应为 village 或 website" in the_fault(
        META.replace("  name_zh", "  kind: 党务\n  name_zh") + ITEM
    )
    assert "缺少 sections" in faults_of(META.replace("sections: [", "sektionen: [") + ITEM)[1]


def test_a_website_column_needs_a_known_parent_and_an_interval():
    head = "meta: {name_zh: 栏目, kind: website}\nitems:\n"
    column = "- {code: W1, title_zh: 文件, update_interval_days: 180}\n"
    child = "- {code: W2, title_zh: 预算, update_interval_days: 365, parent: 文件}\n"
    draft = read(head + column + child)
    assert draft.faults == ()
    assert draft.items[1].parent == "W1"
    assert draft.items[0].channels == ("政府网站",)
    assert "上级栏目“决算”不在文件里" in the_fault(head + column + child.replace("文件", "决算"))
    assert "缺少 update_interval_days" in the_fault(
        head + column + "- {code: W3, title_zh: 机构}\n"
    )
    assert "写成了“0”" in the_fault(head + column.replace("180", "0"))
    circle = column.replace("}", ", parent: W2}") + child
    assert "上级栏目绕成了圈：W1→W2→W1" in the_fault(head + circle)


def test_a_file_that_is_no_catalogue_is_refused_in_one_sentence():
    assert "应有 meta 和 items" in refusal("只有一句话".encode())
    assert "应有 meta 和 items" in refusal(b"meta: {}\nitems: 3\n")
    assert "第2行附近的 YAML 格式有误" in refusal(b"meta: {\nitems: ]\n")
    assert "不是有效的 YAML" in refusal(b"\x80abc") or "编码" in refusal(b"\x80abc")
    assert "YAML 格式有误" in refusal(b"a: !!python/object/apply:os.getcwd []\n")
    assert "最多 5 MB" in refusal(b"#" * (5 * 1024 * 1024 + 1))


def test_a_key_written_twice_is_refused_with_its_line():
    said = refusal((META + ITEM + "  title_zh: 各项支出\n").encode())
    assert "第7行起的一段里“title_zh”写了两次" in said


def test_plain_references_are_read():
    text = (
        META
        + ITEM.replace("channels: [", "channels: &渠道 [")
        + (ITEM.replace("CW-01", "CW-02").replace("[公示栏, 村居通, 政府网站]", "*渠道"))
    )
    draft = read(text.replace("渠道", "std").replace("&渠道", "&std"))
    assert draft.items[0].channels == draft.items[1].channels


def test_references_that_multiply_are_refused_with_line_and_item():
    lines = ["  note: &a0 [甲, 乙, 丙, 丁, 戊, 己, 庚, 辛, 壬, 癸]"]
    lines += [f"  k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    said = refusal((META + ITEM + "\n".join(lines)).encode())
    assert "引用（*名称）太多" in said
    assert "目录项 CW-01" in said
    assert "引用（*名称）太多" in refusal((META + ITEM + "  note: &a [*a]\n").encode())


def test_endless_nesting_is_refused():
    assert "嵌套" in refusal(b"a: " + b"[" * 50 + b"]" * 50)
    assert "YAML 格式有误" in refusal(b"a: " + b"[" * 5000)


def test_faults_of_a_draft_made_by_hand_are_found_too():
    draft = read(META + ITEM)
    (item,) = draft.items
    bare = replace(item, code="", title_zh=" ".strip(), section="", channels=("喇叭",))
    said = [str(fault) for fault in check_draft(replace(draft, items=(bare,))).faults]
    for words in ("没有编码", "没有公开事项名称", "没有写板块", "不认识渠道“喇叭”"):
        assert any(words in sentence for sentence in said)


def test_the_shipped_files_are_plain_yaml_with_a_source_for_every_item():
    loaded = yaml.safe_load((DATA / "catalogue-proposed.yaml").read_text("utf-8"))
    for item in loaded["items"]:
        assert item["source"]
        assert set(item["source"]) <= set(loaded["sources"])
        assert item["verification"]

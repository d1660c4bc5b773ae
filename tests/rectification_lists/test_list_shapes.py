"""The heads of published lists, as they were seen and as other counties might write them."""

import pytest
from list_factory import a_workbook, asked, columns_of, grid, kept, pasted, read


def of(text, **answers):
    return read(*pasted(text), answers={key.replace("_", "-"): it for key, it in answers.items()})


CERTAIN = {
    "序号 | 存在问题 | 整改措施 | 责任单位 | 整改时限 | 整改情况 | 整改链接": (
        "number statement measures unit due progress proof_link"
    ),
    "编号 | 来源 | 来源文号和日期 | 责任村或办（中心） | 问题类别 | 问题描述 | 证据 | 整改措施"
    " | 责任领导 | 责任人 | 整改时限 | 完成日期 | 整改佐证链接"
    " | 复核人 | 复核日期 | 复核结论 | 状态": (
        "number source document unit kind statement evidence measures leader owner due done_on"
        " proof_link rechecker rechecked_on verdict state"
    ),
    "序号 | 公开领域（编码） | 一级事项 | 二级事项 | 权重 | 得分 | 扣分说明 | 整改情况": (
        "number item_code item_group item weight score statement progress"
    ),
    "问题清单 | 任务清单 | 责任清单": "statement demand unit",
    "序号 | 问题表现 | 承办单位 | 整改完成时限 | 备注": "number statement unit due note",
    "序 号 | 存在的主要问题 | 责任部门 | 整改期限 | 包抓领导": "number statement unit due leader",
    "No. | 问题点 | 责任村 | 改善对策 | 预计完成日期 | 实际完成日期": (
        "number statement unit measures due done_on"
    ),
    "乡镇 | 村（社区） | 检查内容 | 检查发现的突出问题 | 扣分 | 检查时间": (
        "town unit item statement lost found_on"
    ),
    "监测日期 | 单位名称 | 栏目名称 | 问题类型 | 问题说明 | 问题链接 | 截图": (
        "found_on unit item kind statement evidence evidence"
    ),
    "考核指标 | 考核内容 | 分值 | 考核得分 | 扣分原因": "item_group item weight score statement",
    "反馈问题 | 整改责任单位（责任人） | 整改措施及完成时限 | 整改落实情况（附佐证）": (
        "statement unit measures progress"
    ),
    "问题编号 | 严重程度 | 问题具体表现 | 被检查村 | 限期整改时间 | 是否整改到位 | 佐证材料": (
        "number severity statement unit due state proof_link"
    ),
    "问题来源 | 主要问题及不足 | 整改建议 | 牵头责任单位 | 配合单位 | 时间节点 | 销号情况": (
        "source statement demand unit unused due verdict"
    ),
    "整改前照片 | 问题简述 | 所在村 | 整改后照片 | 验收人 | 验收时间": (
        "evidence statement unit proof_link rechecker rechecked_on"
    ),
}


@pytest.mark.parametrize("head", CERTAIN, ids=lambda head: head[:16])
def test_a_head_that_is_certain_is_taken_without_a_question(head):
    names = head.split(" | ")
    values = ["公示栏没写监督电话" if "问题" in name or "扣分" in name else "" for name in names]
    plan = of(f"{head}\n{' | '.join(values)}")
    assert list(columns_of(plan).values()) == CERTAIN[head].split()
    assert not [question for question in plan.open if not question.key.startswith("no-unit")]


ROW = "1 | 公示栏没有写监督电话 | 东园村 | 2023年9月18日"
UNCERTAIN = {
    "牵头单位 | 责任单位 | 整改举措 | 整改时限\n综合办公室 | 东园村 | 更新栏目 | 2023.9.18": [
        "表格：哪一列写的是问题？"
    ],
    f"序号 | 内容 | 单位 | 时限\n{ROW}": ["表格：哪一列写的是问题？"],
    f"序号 | 存在问题 | 责任单位 | 完成时间\n{ROW}": [
        "表格：“D 完成时间”这一列写的是什么？如：2023年9月18日"
    ],
    f"序号 | 存在问题 | 备注 | 整改时限\n{ROW}": ["表格：哪一列写的是责任单位？"],
    f"序号 | 存在问题 | 责任单位 | 大约\n{ROW}": [
        "表格：“D 大约”这一列写的是什么？如：2023年9月18日"
    ],
    "序号 | 存在问题 | 问题描述 | 村\n1 | 不及时 | 栏目两个月没更新 | 东园村": [
        "“B 存在问题”、“C 问题描述”都像是“问题”，用哪一列？"
    ],
    "序号 | 存在问题 | 村 | 情况\n1 | 栏目没更新 | 东园村 | 正在整改": [
        "表格：“D 情况”这一列写的是什么？如：正在整改"
    ],
    "序号 | 存在问题 | 村 | 链接\n1 | 栏目没更新 | 东园村 | https://example.org/1": [
        "表格：“D 链接”这一列写的是什么？如：https://example.org/1"
    ],
    "序号 | 存在问题 | 村 | 补充\n1 | 栏目没更新 | 东园村 | https://example.org/1": [
        "表格：“D 补充”这一列写的是什么？如：https://example.org/1"
    ],
    "序号 | 村 | 公开栏 | 财务 | 备注\n1 | 东园村 | √ | × | 财务未公开": [
        "表格：哪一列写的是问题？"
    ],
    "日期 | 村 | 查出的毛病 | 几号前改完\n9.5 | 东园村 | 公开栏玻璃碎了 | 9.15": [
        "表格：哪一列写的是问题？",
        "表格：“A 日期”这一列写的是什么？如：9.5",
        "表格：“D 几号前改完”这一列写的是什么？如：9.15",
    ],
    ROW: [
        "表格：哪一列写的是问题？",
        "表格：哪一列写的是责任单位？",
        "表格：“D”这一列写的是什么？如：2023年9月18日",
    ],
}


@pytest.mark.parametrize("text", UNCERTAIN, ids=lambda text: text[:20])
def test_what_is_not_certain_is_asked_and_nothing_is_taken_meanwhile(text):
    plan = of(text)
    assert asked(plan) == UNCERTAIN[text]
    assert not plan.entries


def test_a_question_shows_each_column_with_what_stands_in_it():
    (question,) = of("牵头单位 | 责任单位 | 整改举措\n综合办公室 | 东园村 | 更新栏目").open
    assert [str(option.label) for option in question.options] == [
        "A 牵头单位（如：综合办公室）",
        "B 责任单位（如：东园村）",
        "C 整改举措（如：更新栏目）",
        "没有，这张表不是问题清单，不读",
    ]


def test_an_answer_settles_a_question_and_nonsense_does_not():
    text = "牵头单位 | 责任单位 | 整改举措 | 整改时限\n综合办公室 | 东园村 | 更新栏目 | 2023.9.18"
    assert kept(of(text, ask_0_statement="2")) == [("dong", "更新栏目")]
    assert asked(of(text, ask_0_statement="9")) == ["表格：哪一列写的是问题？"]


def test_a_column_that_a_person_puts_right_is_taken_as_they_say():
    text = "序号 | 存在问题 | 备注 | 责任单位\n1 | 见右 | 公示栏没写电话 | 东园村"
    plan = of(text, col_0_1="unused", col_0_2="statement")
    assert kept(plan) == [("dong", "公示栏没写电话")]
    both = of(text, col_0_2="statement")
    assert "都像是“问题”" in asked(both)[0]
    assert kept(of(text, col_0_2="statement", pick_0_statement="2")) == [("dong", "公示栏没写电话")]


def test_a_time_beside_a_deadline_is_the_day_when_it_was_done():
    plan = of(f"序号 | 问题 | 单位 | 整改时限 | 完成时间\n{ROW} | 2023年9月15日")
    assert columns_of(plan)["完成时间"] == "done_on"


def test_titles_and_heads_of_two_rows_with_merged_cells():
    rows = grid(
        """
        陶乐镇村务公开问题整改台账 | | | | | |
        填报单位：陶乐镇 | | | | | 2023年9月12日 |
        序号 | 问题 | 责任 | | 整改 | |
        | | 单位 | 责任人 | 措施 | 时限 | 完成情况
        1 | 公开栏破损 | 东园村 | 陈某 | 维修 | 2023-09-20 | 已完成
        """
    )
    merged = ["A1:G1", "A3:A4", "B3:B4", "C3:D3", "E3:G3"]
    plan = read(a_workbook(rows, merged))
    taken = " ".join(columns_of(plan).values())
    assert taken == "number statement unit owner measures due progress"
    assert kept(plan) == [("dong", "公开栏破损")]
    unmerged = read(a_workbook(rows))
    assert columns_of(unmerged) == columns_of(plan)


def test_heads_with_line_breaks_and_brackets_and_the_head_again_on_each_page():
    rows = [
        ["序\n号", "存在问题\n（扣分说明）", "责任单位\n（村）", "整改时限\n（年/月/日）"],
        ["1", "公示栏没写电话", "东园村", "2023/9/18"],
        ["序\n号", "存在问题\n（扣分说明）", "责任单位\n（村）", "整改时限\n（年/月/日）"],
        ["2", "公示栏破损", "马太沟村", "2023/9/19"],
    ]
    assert kept(read(a_workbook(rows))) == [("dong", "公示栏没写电话"), ("ma", "公示栏破损")]


def test_two_tables_below_each_other():
    rows = grid(
        """
        一、村级问题 | | |
        序号 | 村 | 问题 | 时限
        1 | 东园村 | 公开栏陈旧 | 9月20日
        二、镇级问题 | | |
        序号 | 问题 | 科室 | 完成时限
        1 | 网站栏目空白 | 综合办公室 | 9月22日
        """
    )
    assert kept(read(a_workbook(rows))) == [("dong", "公开栏陈旧"), ("zhb", "网站栏目空白")]


def test_a_card_with_its_names_in_the_first_column():
    card = grid("存在问题 | 没写监督电话\n责任单位 | 东园村\n整改措施 | 补写\n整改时限 | 9月20日")
    assert kept(read(a_workbook(card))) == [("dong", "没写监督电话")]

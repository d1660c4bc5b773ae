"""Lists as counties, third parties, towns and villages lay them out, and what is read of them."""

from datetime import date

import pytest
from list_factory import a_document, a_workbook, asked, columns_of, grid, kept, pasted, read

from taole.rectification_lists.reading import PASTED

BROKEN, UNSHOWN = ("dong", "公开栏破损"), ("wang", "低保未公示")


def said(text, **answers):
    """Text as it is pasted from a chat, with the answers given."""
    return read(text.encode(), PASTED, {key.replace("_", "-"): it for key, it in answers.items()})


def of(text, **answers):
    content, name = pasted(text)
    return read(content, name, {key.replace("_", "-"): it for key, it in answers.items()})


SHEETS = {
    "villages as numbered headings": """
        序号 | 存在问题 | 责任人
        一、东园村（1个问题） | |
        1 | 公开栏破损 | 陈某
        王家庄村：1个问题 | |
        1 | 低保未公示 | 王某""",
    "a title that names the village": """
        王家庄村村务公开问题整改台账 | |
        序号 | 存在问题 | 整改时限
        1 | 低保未公示 | 9月20日
        东园村2023年检查发现问题 | |
        序号 | 存在的问题 | 整改时限
        1 | 公开栏破损 | 9月20日""",
    "a line over the table that names whose it is": """
        被检查单位：东园村 | 检查时间：2023年9月5日 |
        序号 | 存在问题 | 整改要求
        1 | 公开栏破损 | 维修
        受检村：王家庄村 | |
        序号 | 发现的问题 | 整改要求
        1 | 低保未公示 | 公示""",
    "a list on its side": """
        序号 | 1 | 2
        存在问题 | 公开栏破损 | 低保未公示
        责任单位 | 东园村 | 王家庄村
        整改时限 | 9月20日 | 9月21日""",
    "two tables beside each other": """
        东园村 | | | | 王家庄村 | |
        序号 | 问题 | 时限 | | 序号 | 问题 | 时限
        1 | 公开栏破损 | 9月20日 | | 1 | 低保未公示 | 9月21日""",
    "one cell about two villages": """
        序号 | 存在问题 | 整改时限
        1 | 东园村公开栏破损，王家庄村低保未公示 | 9月20日""",
    "同上 in place of a name": """
        序号 | 存在问题 | 责任单位
        1 | 公开栏破损 | 东园村
        2 | 低保未公示 | 王家庄村
        3 | 同上 | 〃""",
    "a head without a name over a column with days": """
        序号 | 存在问题 | 责任单位 |
        1 | 公开栏破损 | 东园村 | 限改
        2 | 低保未公示 | 王家庄村 | 限改""",
    "the county and the township before each name": """
        乡镇 | 单位 | 问题
        平罗县陶乐镇 | 平罗县陶乐镇东园村 | 公开栏破损
        陶乐 | 王家庄村 | 低保未公示
        宝丰 | 中方村 | 无公开栏""",
    "words of no problem": """
        村 | 存在问题
        东园村 | 公开栏破损
        马太沟村 | 该村公开规范，无问题
        庙庙湖村 | 暂未发现明显问题
        王家庄村 | 低保未公示""",
}


@pytest.mark.parametrize("shape", SHEETS)
def test_the_same_two_problems_are_read_from(shape):
    found = [
        (unit, words.removeprefix("东园村").removeprefix("王家庄村"))
        for unit, words in dict.fromkeys(kept(of(SHEETS[shape])))
    ]
    assert sorted(found) == [BROKEN, UNSHOWN]


CHATS = {
    "a circular in a chat": """各村书记：
        昨天检查发现以下问题，请抓紧整改：
        1、东园村公开栏破损
        2、王家庄村低保未公示
        请于9月20日前整改完成，把照片发群里。
        收到请回复""",
    "sentences in one line": "东园村公开栏破损，王家庄村低保未公示。\n9月20日前整改到位",
    "problems with names before what they say": """
        问题一：东园村公开栏破损
        整改措施：维修
        整改时限：9月20日
        问题二：王家庄村低保未公示
        整改时限：9月20日""",
    "cards below each other": """
        被检查单位：东园村
        存在问题：公开栏破损
        整改时限：2023年9月20日
        被检查单位：王家庄村
        存在问题：低保未公示
        整改时限：2023年9月20日""",
    "a notice to each village": """整改通知书
        东园村村民委员会：
        经检查，你村存在以下问题：
        1.公开栏破损；
        王家庄村：
        1.低保未公示
        其他村没有问题，继续保持。
        请于2023年9月20日前完成整改。
        陶乐镇人民政府
        2023年9月10日""",
    "a table drawn with lines": """
        | 问题 | 责任单位 | 整改时限 |
        | --- | --- | --- |
        | 公开栏破损 | 东园村 | 9月20日 |
        | 低保未公示 | 王家庄村 | 9月20日 |""",
    "a table with one cell a line": """问题
        责任单位
        整改时限
        公开栏破损
        东园村
        9月20日
        低保未公示
        王家庄村
        9月20日""",
}


@pytest.mark.parametrize("shape", CHATS)
def test_the_same_two_problems_and_their_day_are_read_from(shape):
    plan = said(CHATS[shape])
    assert [unit for unit, _words in kept(plan)] == ["dong", "wang"]
    assert [entry.statement[-5:] for entry in plan.entries] == ["公开栏破损", "低保未公示"]
    assert plan.entries[0].due_on == date(2023, 9, 20)


def test_a_form_of_names_and_values_by_turns():
    form = grid(
        """
        交办问题反馈单 | | |
        责任单位 | 东园村 | 交办时间 | 2023年9月5日
        存在问题 | 公开栏破损 | |
        整改要求 | 更换 | 整改时限 | 9月15日
        """
    )
    (entry,) = read(a_workbook(form, ["A1:D1", "B3:D3"])).entries
    assert (entry.unit, entry.statement) == BROKEN
    assert (entry.demand, entry.due_on) == ("更换", date(2023, 9, 15))


def test_a_column_for_each_village_tells_its_problems_or_its_scores():
    words = "检查项目 | 东园村 | 王家庄村\n公开栏 | 破损 | 完好\n低保公示 | 无问题 | 缺金额"
    assert kept(of(words)) == [("dong", "公开栏：破损"), ("wang", "低保公示：缺金额")]
    scores = of("考核指标 | 分值 | 东园村 | 王家庄村\n公开栏 | 10 | 8 | 10")
    assert [str(row.reason)[:4] for row in scores.left_out] == ["扣了分，", "没有扣分"]
    both = (
        "考核内容 | 分值 | 东园村 | | 王家庄村 |\n | | 得分 | 扣分原因 | 得分 | 扣分原因\n"
        "公开栏 | 10 | 8 | 破损 | 10 |"
    )
    assert kept(of(both)) == [("dong", "公开栏：破损")]


def test_a_head_of_three_rows():
    rows = grid(
        """
        序号 | 检查情况 | | | 整改 | |
        | 村 | 问题 | | 措施 | 责任 |
        | | 类别 | 描述 | | 责任人 | 时限
        1 | 东园村 | 阵地 | 公开栏破损 | 维修 | 陈某 | 9月20日
        """
    )
    merged = ["A1:A3", "B1:D1", "E1:G1", "B2:B3", "C2:D2", "E2:E3", "F2:G2"]
    plan = read(a_workbook(rows, merged))
    taken = " ".join(columns_of(plan).values())
    assert taken == "number unit kind statement measures owner due"
    assert kept(plan) == [BROKEN]


NAMES = {
    "责任人及联系电话": "owner",
    "责任单位/责任人": "unit",
    "时限清单": "due",
    "审计查出问题": "statement",
    "问题整改措施": "measures",
    "检测时间": "found_on",
    "问题个数": "unused",
    "被考核单位": "unit",
    "有无问题": "unused",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_head_of_two_names_or_with_words_before_it(name):
    plan = of(f"序号 | 村里存在问题 | {name}\n1 | 东园村公开栏破损 |")
    assert columns_of(plan)[name] == NAMES[name]


def test_several_problems_in_one_cell_are_parted_if_a_person_says_so():
    text = (
        "村 | 存在问题 | 整改措施\n东园村 | 1.公开栏破损；2.没有监督电话。 | 1.维修；2.补写\n"
        "王家庄村 | 一是低保未公示；二是缺签字 | 补"
    )
    assert asked(of(text)) == [
        "第2、3行一格里写了几个问题（“1.公开栏破损;2.没有监督电话。”）：分开记吗？"
    ]
    plan = of(text, several="apart")
    assert kept(plan) == [BROKEN, ("dong", "没有监督电话"), UNSHOWN, ("wang", "缺签字")]
    assert [entry.measures for entry in plan.entries] == ["维修", "补写", "补", "补"]
    assert len(of(text, several="one").entries) == 2


def test_two_columns_of_problems_may_both_be_meant():
    text = "村 | 党务存在问题 | 财务存在问题\n东园村 | 缺记录 | 未按季公开\n王家庄村 | 无 | 缺签字"
    (question,) = of(text).open
    assert str(question.options[-1].label) == "都是问题，各记一条"
    assert [unit for unit, _ in kept(of(text, ask_0_statement="all"))] == ["dong", "dong", "wang"]
    topics = "村名 | 党务公开 | 财务公开\n东园村 | 缺记录 | 正常\n王家庄村 | 正常 | 缺签字"
    assert kept(of(topics, ask_0_statement="all")) == [
        ("dong", "党务公开：缺记录"),
        ("wang", "财务公开：缺签字"),
    ]


def test_a_village_or_a_township_left_blank_may_be_the_one_above():
    text = "村 | 问题\n东园村 | 公开栏破损\n | 缺签字\n王家庄村 | 低保未公示\n | 缺金额"
    (question,) = of(text).open
    assert (question.guess, str(question.options[0].label)) == ("above", "同上一行的单位")
    units = [unit for unit, _ in kept(of(text, **{question.key: "above"}))]
    assert units == ["dong", "dong", "wang", "wang"]
    towns = "乡镇 | 问题\n陶乐镇 | 栏目空白\n红崖子乡 | 链接失效\n | 更新慢"
    assert asked(of(towns)) == ["第4行没有写乡镇：和上一行是同一个吗？"]
    assert kept(of(towns, town_0="above")) == [("zhen", "栏目空白")]


def test_names_that_stand_for_many_are_neither_dropped_nor_another_townships():
    text = "问题 | 单位\n缺签字 | 各乡镇、县民政局\n档案不全 | 各办（中心）\n栏目空白 | 相关乡镇"
    (question,) = of(text).open
    assert "相关乡镇" in str(question.text)
    plan = of(text, **{question.key: "skip"})
    assert [unit for unit, _ in kept(plan)] == ["zhen", "zhb", "msfw"]
    (some,) = of("问题 | 单位\n缺签字 | 东园村、王家庄村等").open
    assert str(some.options[0].label) == "写了名字的：东园村、王家庄村"


@pytest.mark.parametrize(
    "text",
    [
        "村 | 存在问题\n东园村 | 公开栏破损\n要求：以上问题请于9月20日前整改完毕。 |",
        "问题清单（整改时限：2023年9月20日） |\n村 | 存在问题\n东园村 | 公开栏破损",
        "村 | 存在问题 | 备注\n东园村 | 公开栏破损 | 9月20日前整改",
        "村 | 存在问题 | 整改情况（9月20日前完成）\n东园村 | 公开栏破损 |",
    ],
)
def test_a_day_that_is_asked_of_all_stands_around_the_table(text):
    assert of(text).entries[0].due_on == date(2023, 9, 20)


def test_a_sheet_without_problems_beside_a_list_is_named_and_not_asked():
    sheets = {
        "清单": grid("村 | 存在问题\n东园村 | 公开栏破损"),
        "统计": grid("村 | 得分 | 排名\n东园村 | 90 | 1"),
    }
    plan = read(a_workbook(sheets))
    assert kept(plan) == [BROKEN]
    assert [(row.table, str(row.reason)) for row in plan.left_out] == [("统计", "不是问题清单")]


def test_a_documents_text_is_read_when_its_table_only_has_scores():
    lines = ["关于检查情况的通报", "二、主要问题", "东园村公开栏破损。", "附件：得分表"]
    plan = read(a_document(lines, grid("村 | 得分\n东园村 | 90")), "通报.docx")
    assert [(entry.unit, entry.statement) for entry in plan.entries] == [
        ("dong", "东园村公开栏破损")
    ]


def test_heads_that_nobody_knows_are_asked_by_their_names():
    plan = of("去处 | 发现情形\n东园村 | 公开栏上锁打不开\n王家庄村 | 公示被雨淋湿")
    assert asked(plan) == ["表格：哪一列写的是问题？", "表格：哪一列写的是责任单位？"]
    assert [str(option.label) for option in plan.open[0].options[:2]] == [
        "A 去处（如：东园村）",
        "B 发现情形（如：公开栏上锁打不开）",
    ]


def test_lines_that_only_look_like_demands_or_titles_stay_problems():
    lines = ["请销假制度未公开", "各村按季公开不到位", "自查台账均填写无问题"]
    plan = said("二、存在的问题\n" + "\n".join(lines), no_unit="zhen")
    assert [entry.statement for entry in plan.entries] == lines

"""Whether a problem that a county named was foreseen by ours."""

from taole.oversight.received_rules import compare

OURS = {
    "王家庄村": [
        "王家庄村2023年2月残疾人补贴应于3月15日前公示，至3月31日未公示，超期16天",
        "王家庄村2023年3月高龄津贴发放应于4月15日前公示，4月20日才公示，迟5天",
    ],
    "陶乐镇": ["镇政府网站“动态要闻”栏目更新不及时", "镇政府网站“社会救助”为空栏目"],
}


def foreseen(unit, statement):
    return compare([(unit, statement)], OURS)[0].foreseen


def test_a_problem_is_foreseen_when_the_same_matter_of_the_same_unit_was_named():
    late = foreseen("王家庄村", "第一季度高龄津贴发放情况公示晚于规定时间")
    assert late == OURS["王家庄村"][1]
    assert foreseen("东园村", "第一季度高龄津贴发放情况公示晚于规定时间") == ""


def test_a_shared_name_or_deadline_alone_foresees_nothing():
    said = "王家庄村2023年3月临时救助应于4月15日前公示，至4月28日未公示，超期13天"
    assert foreseen("王家庄村", said) == ""
    assert foreseen("王家庄村", "公示表没有使用统一模板，缺少监督电话") == ""


def test_a_column_named_in_quotes_is_foreseen_only_by_that_very_column():
    assert foreseen("陶乐镇", "镇政府网站“动态要闻”栏目长期更新不及时") == OURS["陶乐镇"][0]
    assert foreseen("陶乐镇", "镇政府网站“预决算公开”栏目更新不及时") == ""
    assert foreseen("陶乐镇", "网站栏目更新不及时") == OURS["陶乐镇"][0]

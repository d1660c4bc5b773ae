"""A county's circular, pasted: whose line it is, by when, and whether it was foreseen."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from taole.oversight.received_rules import ReceivedLine, compare, read_lines

UNITS = ["东园村", "园村", "王家庄村", "马太沟村", "综合办公室"]
ISSUED = date(2023, 4, 28)


def read(text):
    return read_lines(text, UNITS, ISSUED)


def test_numbering_headings_and_blank_lines_are_no_problems():
    lines = read(
        "一、存在的问题\n\n（一）东园村高龄津贴公示晚于规定时间；\n2、王家庄村没有使用统一模板。\n"
        "（3）镇政府网站更新不及时\n通报如下：\n无"
    )
    assert lines == [
        ReceivedLine("东园村", "东园村高龄津贴公示晚于规定时间"),
        ReceivedLine("王家庄村", "王家庄村没有使用统一模板"),
        ReceivedLine("", "镇政府网站更新不及时"),
    ]


def test_a_line_belongs_to_the_village_that_it_names_first():
    (line,) = read("马太沟村、王家庄村公示栏不一致")
    assert line.unit == "马太沟村"
    (longer,) = read("东园村公示栏玻璃破损")
    assert longer.unit == "东园村", "园村 is another one"


def test_a_day_by_which_to_mend_is_read_only_when_it_is_one():
    texts = {
        "王家庄村公示栏破损，限5月10日前整改": date(2023, 5, 10),
        "王家庄村公示栏破损，请于2024年1月5日前整改": date(2024, 1, 5),
        "王家庄村公示栏破损，限2月30日前整改": None,
        "王家庄村应于3月15日公示而没有公示": None,
        "王家庄村公示栏破损": None,
    }
    assert {text: read(text)[0].due_on for text in texts} == texts


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_word_of_it_invented(text):
    for line in read(text):
        assert line.statement in " ".join(text.split()) or line.statement in " ".join(
            " ".join(each.split()) for each in text.splitlines()
        )
        assert line.unit == "" or line.unit in line.statement
        assert 4 <= len(line.statement) <= 400


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

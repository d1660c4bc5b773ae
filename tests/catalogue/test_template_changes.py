"""What a township may make of a template, and how the change is told."""

from dataclasses import replace

import pytest

from taole.catalogue.template_changes import differences, template_faults
from taole.catalogue.unified_template import CellKind, Field, UnifiedTemplate

PERSON = Field("姓名", CellKind.NAME, required=True)
MONEY = Field("金额", CellKind.AMOUNT, "元", is_summed=True)
SHEET = UnifiedTemplate(head=(Field("政策依据"),), columns=(PERSON, MONEY))


def faults(template, must_not=()):
    return [str(each) for each in template_faults(template, must_not)]


def changes(after, before=SHEET):
    return [str(each) for each in differences(before, after)]


def with_columns(*columns):
    return replace(SHEET, columns=columns)


def test_a_plain_template_may_be_kept():
    assert faults(SHEET) == []


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        (
            with_columns(PERSON, replace(PERSON, name="姓 名")),
            "“姓名”有2个：名称不能重复，请改一个",
        ),
        (with_columns(PERSON, Field("政策依据")), "“政策依据”有2个：名称不能重复，请改一个"),
        (with_columns(PERSON, Field(" ")), "表格第2栏没有名称：请填上，或者去掉这一栏"),
        (
            replace(SHEET, head=(Field(""),)),
            "表头第1项没有名称：请填上，或者去掉这一项",
        ),
        (
            with_columns(replace(PERSON, is_summed=True)),
            "“姓名”是姓名，不能合计：请去掉“合计”，或者改成数量、金额、面积",
        ),
        (replace(SHEET, head=(MONEY,), columns=(PERSON,)), "“金额”在表头里不能合计：请去掉“合计”"),
        (
            with_columns(*(Field(f"栏{number}") for number in range(31))),
            "表格有31栏，最多30栏：请去掉几栏",
        ),
        (
            replace(SHEET, head=tuple(Field(f"项{number}") for number in range(21))),
            "表头有21项，最多20项：请去掉几项",
        ),
        (UnifiedTemplate(), "模板里一栏也没有：请至少加一栏"),
        (
            with_columns(PERSON, Field("身份证号码")),
            "“身份证号码”不得公开（身份证）：请去掉，或者不勾“可以公开”",
        ),
        (with_columns(Field("长" * 41)), f"“{'长' * 19}…”太长：名称最多40个字"),
        (with_columns(Field("金额", unit="长" * 13)), "“金额”的单位太长：最多12个字"),
        (with_columns(Field("金额", hint="长" * 61)), "“金额”的说明太长：最多60个字"),
        (replace(SHEET, opening=" "), "请写开头的一句话"),
        (replace(SHEET, opening="长" * 301), "开头太长：最多300个字"),
        (
            replace(SHEET, opening="{village}公示"),
            "开头里的“{village}”不认识：只能用 {unit} {period} {matter} {notice_period}",
        ),
        (replace(SHEET, opening="{unit}公示{"), "开头里的大括号没有成对：请补上或者去掉"),
    ],
)
def test_what_makes_a_template_useless_is_said_in_one_sentence(template, sentence):
    assert faults(template) == [sentence]


def test_a_forbidden_field_may_be_filled_for_the_office_only():
    assert faults(with_columns(PERSON, Field("残疾证号", may_publish=False)), ["残疾证号"]) == []
    assert faults(with_columns(PERSON, Field("残疾证号")), ["残疾证号"])


def test_the_same_template_has_no_differences():
    assert changes(SHEET) == []


@pytest.mark.parametrize(
    ("after", "sentences"),
    [
        (with_columns(PERSON), ["表格去掉“金额”"]),
        (with_columns(PERSON, MONEY, Field("村组")), ["表格加上“村组”"]),
        (with_columns(MONEY, PERSON), ["表格的次序变了"]),
        (replace(SHEET, head=()), ["表头去掉“政策依据”"]),
        (
            with_columns(replace(PERSON, required=False), replace(MONEY, is_summed=False)),
            ["“姓名”改为选填", "“金额”不再合计"],
        ),
        (
            with_columns(PERSON, replace(MONEY, kind=CellKind.COUNT, unit="", hint="整数")),
            ["“金额”改填数量", "“金额”的单位改成“–”", "“金额”的说明变了"],
        ),
        (with_columns(PERSON, replace(MONEY, may_publish=False)), ["“金额”改为不公开"]),
        (replace(SHEET, opening="请看。"), ["开头改成“请看。”"]),
        (replace(SHEET, with_phones=False), ["末尾不再写监督电话"]),
    ],
)
def test_each_change_is_told_in_a_sentence(after, sentences):
    assert changes(after) == sentences


def test_going_back_is_told_the_other_way_round():
    assert changes(SHEET, replace(SHEET, with_phones=False)) == ["末尾写上监督电话"]
    hidden = with_columns(PERSON, replace(MONEY, may_publish=False, is_summed=False))
    assert changes(SHEET, hidden) == ["“金额”要合计", "“金额”改为公开"]

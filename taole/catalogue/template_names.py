"""Names of fields: the same name again however it is written, and those that must not be told."""

from __future__ import annotations

import re
from collections.abc import Iterable

_UNIT_IN_BRACKETS = re.compile(
    r"[（(](?:单位[：:])?(?:万?元|亩|平方米|㎡|户|人次?|个|台|天|票|元/[月年亩人户])[）)]$"
)
_ALWAYS = ("身份证", "银行卡", "一卡通", "社保卡", "社会保障卡")
_WORDS: tuple[tuple[str, str], ...] = (
    ("身份证", "身份证"),
    ("银行卡|银行账号|账号|一卡通", r"银行卡|一卡通|账号|帐号|账户|卡号|存折"),
    ("手机|电话", r"手机|移动电话|联系电话|本人电话|私人电话"),
    ("门牌|住址", r"门牌|住址|家庭地址|居住地址|户籍地址"),
    ("健康|病|医疗费|就诊", r"健康|病情|病名|病因|疾病|诊断|医疗费|就诊|住院|医院"),
    ("残疾|伤残", r"(?:残疾|伤残)(?:类别|等级|种类|程度|情况|证)|残疾证号"),
    ("未成年|儿童|学生|子女", r"未成年|儿童姓名|孩子|学生姓名|子女|学校|班级|监护人电话"),
    ("照片", "照片|相片"),
    ("出生", "出生|生日"),
    ("死亡", "死亡|死因"),
    ("自理能力", "自理能力"),
    ("服役", "服役单位|部队"),
    ("困难成因|风险细节", "致贫原因|返贫原因|困难成因|风险细节|困难原因"),
    ("户号", "户号"),
    ("欠费", "欠费户"),
    ("投票", "个人投票|投票人"),
    ("发言", "发言"),
    ("育龄", "育龄|孕检"),
)


def fold_name(written: str) -> str:
    """A column's name without spaces and unit: ``发放金额 （元）`` is 发放金额."""
    name = "".join(written.split())
    return _UNIT_IN_BRACKETS.sub("", name) or name


def forbidden_word(name: str, must_not: Iterable[str]) -> str:
    """What must not be published that a field of this name would hold; "" when it may be told.

    ``must_not``: the catalogue's 不得公开 of the matter. Identity numbers, bank cards and social
    security cards never may (个人信息保护法 art 28; handbook 4).
    """
    folded = fold_name(name)
    for word in _ALWAYS:
        if word in folded:
            return word
    for told in must_not:
        plain = re.sub(r"[（(].*?[）)]", "", told)
        if plain and plain in folded:
            return told
        for of_catalogue, of_names in _WORDS:
            if re.search(of_catalogue, told) and re.search(of_names, folded):
                return told
    return ""

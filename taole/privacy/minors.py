"""Minors: a child's name, alone or with age, school and class (个人信息保护法 arts 28 and 31)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taole.privacy.findings import Kind
from taole.privacy.ground import Found, Ground
from taole.privacy.labels import Label, column_label
from taole.privacy.people import NAME, is_name, name_in_cell

_TRIGGER = re.compile(
    "童|孩|婴|岁|班|孤儿|学生|儿子|女儿|孙子|孙女|幼儿|未成年|子女|被监护|长子|长女|次子|次女|之子|之女|"
    "其子|其女|年级|初一|初二|初三|高一|高二|高三"
)
_AFTER = r"(?=[，,。；;、：:（(）)\s0-9〔【\[/男女等就因在患系于上入读今现年\x1e\x1f]|$)"
_ROLES = (
    "留守儿童|困境儿童|困难儿童|儿童|学生|孤儿|孩子|小孩|婴儿|幼儿|未成年人|未成年子女|被监护人|儿子|女儿|孙子|"
    "孙女|外孙|外孙女|长子|次子|长女|次女|之子|之女|其子|其女|子女"
)
_CALLED = r"(?:姓名|名叫|名字|叫|名单|为|是)?[：:\s“\"]{0,2}"
_ROLE = re.compile(rf"(?:{_ROLES}){_CALLED}(?P<name>{NAME}){_AFTER}")
_USUAL_SURNAMES = (
    "王李张刘陈杨赵黄吴徐孙朱郭何罗郑梁谢宋唐邓韩曹彭蔡潘董袁蒋杜苏魏吕沈姚卢姜崔谭廖汪陆贾邹"
    "薛郝龚邵马丁周胡林高秦江顾侯孟龙段雷钱汤尹黎乔贺赖傅萧曾叶阎余戴夏钟任范方石姚熊金孔白康毛邱史易常武"
    "虎哈妥撒纳海拜者买摆"
)
_GOES_ON = re.compile(
    rf"(?:{_ROLES}){_CALLED}(?P<name>[{_USUAL_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=获得|获|每月|每年|由|与|从|受|领取|享受|被|转学|参加|符合|随|已|无人|缺|成绩|放学|上学|住|曾|和)"
)
_NUMBER = r"(?:\d{1,2}|十?[一二三四五六七八九]|十)"
_AGED = re.compile(
    rf"(?P<name>{NAME})(?:[，,、（(\s]{{0,2}}[男女])?[，,、（(\s]{{0,2}}(?:今年|现年|年仅|年龄|刚满|年)?"
    rf"[：:]?(?P<age>{_NUMBER})周?岁"
)
_GRADE = (
    r"(?:[一二三四五六七八九1-9]年级|初[一二三]|高[一二三])(?:[（(]?[0-9一二三四五六七八九十]{1,2}[)）]?班)?"
    r"|[大中小]班"
)
_CLASSED = re.compile(
    rf"(?P<name>{NAME})(?P<between>[，,、（(\s]{{0,2}}[^，,。；;、\n\x1e\x1f]{{0,14}}?)(?:{_GRADE})"
)
_GRADE_WORD = re.compile(_GRADE)
_AGE = re.compile("岁")
_CLASS_FIRST = re.compile(rf"(?:{_GRADE})(?:的|学生|[：:，,\s])*(?P<name>{NAME}){_AFTER}")
_GROWN = re.compile(r"大学|本科|大专|专科|研究生|硕士|博士|教师|老师|班主任|校长|家长")
_AGE_AFTER = re.compile(
    r"[^。；;\n]{0,8}?(?P<age>\d{1,3}|[二三四五六七八九]十[一二三四五六七八九]?)周?岁"
)
_ADULT = 18
_CHINESE = {sign: at for at, sign in enumerate("零一二三四五六七八九")}


def find_minors(ground: Ground) -> Iterator[Found]:
    """Names of minors, with the class where it stands beside; masked names (张某某) are none."""
    text = ground.text
    if _TRIGGER.search(text):
        yield from _in_text(text)
    for start, cell in ground.cells_of(_is_childs_column):
        if span := name_in_cell(cell):
            yield Found(Kind.MINOR, start + span[0], start + span[1], 0.9)
    yield from _in_class_lists(ground)


def _in_text(text: str) -> Iterator[Found]:
    for match in _ROLE.finditer(text):
        if (end := _name_end(match)) and not _is_grown(text, match.start(), end):
            yield Found(Kind.MINOR, match.start("name"), end, 0.8)
    for match in _GOES_ON.finditer(text):
        if _name_end(match, exact=True) and not _is_grown(text, match.start(), match.end("name")):
            yield Found(Kind.MINOR, *match.span("name"), 0.7)
    for age in _AGE.finditer(text):
        for match in _AGED.finditer(text, max(0, age.start() - 24), age.end()):
            if (end := _name_end(match, exact=True)) and _years(match["age"]) < _ADULT:
                yield Found(Kind.MINOR, match.start("name"), end, 0.85)
    for grade in _GRADE_WORD.finditer(text):
        for match in _CLASSED.finditer(text, max(0, grade.start() - 24), grade.end()):
            if (end := _name_end(match, exact=True)) and not _GROWN.search(match["between"]):
                yield Found(Kind.MINOR, match.start(), match.end(), 0.75)
    for match in _CLASS_FIRST.finditer(text):
        if (end := _name_end(match)) and not _GROWN.search(text, end, end + 6):
            yield Found(Kind.MINOR, match.start(), end, 0.75)


def _in_class_lists(ground: Ground) -> Iterator[Found]:
    """Names in a table of pupils (年级, 班级, 就读学校), or beside an age under fourteen."""
    if ground.rows is None:
        return
    names = [at for at, one in enumerate(ground.contexts) if column_label(one.column) is Label.NAME]
    columns = [context.column for context in ground.contexts]
    classes = any(re.search(r"年级|班级|就读", column) for column in columns)
    ages = [at for at, column in enumerate(columns) if re.fullmatch(r"年龄.{0,4}|周?岁", column)]
    if not names or not (classes or ages):
        return
    place = 0
    for row in ground.rows:
        young = any(at < len(row) and 0 < _years(row[at].strip()) < 14 for at in ages)
        for at, cell in enumerate(row or ("",)):
            if at in names and (classes or young) and (span := name_in_cell(cell)):
                yield Found(Kind.MINOR, place + span[0], place + span[1], 0.8)
            place += len(cell) + 1


def _is_childs_column(column: str) -> bool:
    return column_label(column) is Label.MINOR


def _name_end(match: re.Match[str], *, exact: bool = False) -> int:
    """Where the name ends: three signs when they may be one, else two; 0 when it is none."""
    name = match["name"]
    if is_name(name):
        return match.end("name")
    if (
        not exact
        and len(name) == 3
        and name[2] in "就因在患系于上入读今现男女"
        and is_name(name[:2])
    ):
        return match.end("name") - 1
    return 0


def _is_grown(text: str, start: int, end: int) -> bool:
    if _GROWN.search(text, max(0, start - 4), end + 12):
        return True
    match = _AGE_AFTER.match(text, end)
    return match is not None and _years(match["age"]) >= _ADULT


def _years(text: str) -> int:
    """An age in digits or Chinese; 999 when it is none."""
    text = text.removesuffix("岁").removesuffix("周")
    if text.isascii() and text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not set(tens + ones) <= set(_CHINESE) or not text:
        return 999
    if not ten:
        return _CHINESE[text] if len(text) == 1 else 999
    return _CHINESE.get(tens, 1) * 10 + _CHINESE.get(ones, 0)

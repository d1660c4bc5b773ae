"""Names of persons in a text: a common surname and one or two signs. Masked names are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taole.privacy.findings import Kind
from taole.privacy.ground import Found, Ground
from taole.privacy.labels import Label, column_label
from taole.privacy.name_words import WORDS_LIKE_NAMES

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕"
    "丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武"
    "戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪"
    "梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简"
    "车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄"
    "丛仲虞敖巩明佘池查麻苑迟邝哈纳撒虎拜摆妥者罕萧傅常阎赖买海"
)
_DOUBLE = "欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|东方"
_DOUBLE_SURNAMES = frozenset(_DOUBLE.split("|"))
SURNAME = f"(?:{_DOUBLE}|[{_SURNAMES}])"
NAME = f"{SURNAME}[\u4e00-\u9fff]{{1,2}}"
"""A name as a pattern; ``is_name`` says whether it may be one."""

_NOT_GIVEN = re.compile(
    r"[某村镇乡县市省区路街组队社号楼室亩月日时分个户人名次项批期级科局厂店校院站所等与及或的了"
    r"是在为将按由至共已未不被把对向从到其该本各每且但并而就也都又上下前后内外]|家[庄沟湾堡台渠圈营寨子]"
)
_BORDER = r"(?=[，,。；;、：:（(）)\s0-9〔【\[/\x1e\x1f]|$)"
_PERSON = re.compile(
    f"{SURNAME}(?:某{{1,2}}|[\u4e00-\u9fff]?[*＊×]{{1,2}})|{NAME}(?=[，,（(、：:\\s因患身系男女])|"
    r"[其之](?:妻|夫|子|女|母|父|配偶|丈夫|妻子|母亲|父亲|儿子|女儿)|本人|户主|患者[\u4e00-\u9fff]某|"
    r"母亲|父亲|丈夫|妻子|老伴|该户|该村民|儿子|女儿|孙子|孙女"
)
_INTRODUCED = re.compile(
    r"(?:姓名|户主|申请人|联系人|经办人|承包人|村民|党员|受益人|救助对象|低保户|领取人|同志)"
    f"[：:为是\\s]{{0,2}}(?P<name>{NAME}){_BORDER}"
    f"|(?P<addressed>{NAME})(?=同志|先生|女士|大爷|大妈|一家|家庭|户(?:[，,。；;、\\s]|$))"
)
_LISTED = re.compile(f"(?:(?<=[、，,：:\\s])|\\A)(?P<name>{NAME}){_BORDER}")
_CELL_NAME = re.compile(f"\\s*(?P<name>{NAME}|[\u4e00-\u9fff]{{2,4}}·[\u4e00-\u9fff]{{2,8}})\\s*")


def is_name(text: str) -> bool:
    """Whether two to four signs may be a person's name in full."""
    given = text[2:] if text[:2] in _DOUBLE_SURNAMES else text[1:]
    return not (_NOT_GIVEN.search(given) or text in WORDS_LIKE_NAMES)


def speaks_of_a_person(text: str) -> bool:
    """Whether a clause speaks of one person: a name, masked or not, or a member of a family."""
    return _PERSON.search(text) is not None


def name_in_cell(cell: str) -> tuple[int, int] | None:
    """Where the name stands in a cell that holds nothing else; None when it holds none."""
    match = _CELL_NAME.fullmatch(cell)
    if match is None or ("·" not in cell and not is_name(match["name"])):
        return None
    return match.span("name")


def find_names(ground: Ground) -> Iterator[Found]:
    """Names where the matter forbids them: introduced, listed, or alone in their cell."""
    if not any(context.names_forbidden for context in ground.contexts):
        return
    if ground.rows is None and len(ground.text) <= 8 and (span := name_in_cell(ground.text)):
        yield Found(Kind.NAME, *span, 0.8)
    for pattern, confidence in ((_INTRODUCED, 0.75), (_LISTED, 0.6)):
        for match in pattern.finditer(ground.text):
            group = str(match.lastgroup)
            start, end = match.span(group)
            if is_name(match[group]) and ground.context_at(start).names_forbidden:
                yield Found(Kind.NAME, start, end, confidence)
    for start, cell in ground.cells_of(_is_name_column):
        span = name_in_cell(cell)
        if span and ground.context_at(start).names_forbidden:
            yield Found(Kind.NAME, start + span[0], start + span[1], 0.85)


def _is_name_column(column: str) -> bool:
    return column_label(column) is Label.NAME

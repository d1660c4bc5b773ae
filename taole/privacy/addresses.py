"""Home addresses to the door; a village, a group or an office's address is no finding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taole.privacy.findings import Kind
from taole.privacy.ground import Found, Ground
from taole.privacy.labels import Label, column_label
from taole.privacy.people import speaks_of_a_person

_H = "\u4e00-\u9fff"
_N = r"(?:[0-9０-９]{1,5}|[一二三四五六七八九十百零〇]{1,5})"
_DOOR = rf"(?:[-－之附]\s?{_N})?"
_S = r"\s?"
_GROUP = re.compile(
    rf"(?P<place>[{_H}]{{1,20}}(?:村|社区|屯|庄|湖|台子|移民点)|[{_H}]{{2,20}}?)?{_S}第?{_N}{_S}"
    rf"(?:村民小组|小组|组|队|社){_S}{_N}{_DOOR}{_S}(?:号|户)"
)
_BLOCK = re.compile(
    rf"(?P<place>[{_H}]{{0,24}}){_S}{_N}{_DOOR}{_S}(?:号楼|栋|幢|#楼?|＃楼?|座|号院|楼){_S}"
    rf"(?:(?P<unit>{_N}{_S}单元){_S})?(?:{_N}{_S}层{_S})?{_N}{_DOOR}{_S}(?:室|号|户|房)?"
)
_DASHED = re.compile(
    rf"(?P<place>[{_H}]{{2,16}}(?:小区|花园|家园|新村|新居|新区|公寓|家属院|嘉园|苑|府)){_S}"
    r"[0-9０-９]{1,3}[-－—#][0-9０-９]{1,3}[-－—][0-9０-９]{1,4}(?!\d)"
)
_STREET = re.compile(
    rf"(?P<place>[{_H}]{{2,24}}(?:路|街|巷|胡同|大道|道|弄|街道)[{_H}]{{0,2}}?){_S}{_N}{_DOOR}{_S}号"
    rf"(?:院|楼)?(?:{_S}{_N}{_S}(?:号楼|栋|幢))?(?:{_S}{_N}{_S}单元)?(?:{_S}{_N}{_S}(?:室|户))?"
)
_UNIT_ONLY = re.compile(rf"(?P<place>[{_H}]{{2,16}}){_S}{_N}{_S}单元{_S}{_N}{_S}(?:室|号|户)?")
_COLUMN = re.compile(
    rf"[^\n；;]*{_N}{_DOOR}{_S}(?:号|室|单元|户|栋|幢)[^\n；;，,。]*|.*\d+-\d+-\d+"
)
_RESIDENTIAL = re.compile(
    r"小区|花园|家园|苑|新村|新居|新区|公寓|宿舍|家属|家属院|嘉园|府|安置|住宅|城|湾|庭|社区|里|村$"
)
_LIVES = re.compile(
    r"住址|家庭地址|住所|家住|住在|现住|居住|暂住|户籍|户口所在|常住|租住|家在|住于|住"
)
_CUT = re.compile(
    r".*(?:住址为?|地址为?|住所|家住|住在|现住在?|居住在?|居住于|暂住|户籍所在地|户籍|常住|租住|家在|住于|住|位于|系|是|为)"
)
_OFFICE = re.compile(
    r"政府|村委|居委|办公|会议|大厅|中心|公司|财政|派出所|医院|卫生|学校|幼儿园|银行|信用社|合作社|仓库|"
    r"工厂|商铺|门面|窗口|市场|广场|单位|机关|法院|局|站|党群|服务|施工|工程|改造|维修|绿化|硬化|"
    r"亮化|路灯|公示栏|招租|出租|厂房|办事处|委员会"
)
_NO_DOOR_AFTER = re.compile(
    r"\s?(?:令|文|公告|通知|议案|决议|地块|图斑|宗地|田|机井|井|渠|温棚|大棚|棚|圈舍|项目|标段|合同|线|"
    r"档|办公|会议|大厅|窗口|商铺|门面|机|桥|泵|路灯|变压器|台区|垃圾|楼道|电梯|加装|屋面|外墙|改造|维修|"
    r"居民|住户|人|次)"
)
_TRIGGERS = ("号", "室", "单元", "户", "小区", "住址")


def find_addresses(ground: Ground) -> Iterator[Found]:
    """Addresses with a door; streets only where the text speaks of a person or a home."""
    text = ground.text
    if any(trigger in text for trigger in _TRIGGERS):
        yield from _in_groups(ground)
        yield from _in_blocks(ground)
        yield from _in_streets(ground)
    for start, cell in ground.cells_of(_is_home_column):
        match = _COLUMN.search(cell)
        if match and not _OFFICE.search(cell):
            yield Found(Kind.ADDRESS, start + match.start(), start + match.end(), 0.9)


def _in_groups(ground: Ground) -> Iterator[Found]:
    for match in _GROUP.finditer(ground.text):
        if _NO_DOOR_AFTER.match(ground.text, match.end()) or _is_office(ground, match):
            continue
        if match["place"] or _at_home(ground, match):
            yield _found(match, 0.85)


def _in_blocks(ground: Ground) -> Iterator[Found]:
    for match in _BLOCK.finditer(ground.text):
        if _NO_DOOR_AFTER.match(ground.text, match.end()) or _is_office(ground, match):
            continue
        has_room = match[0][-1] in "室户房" or match["unit"]
        named = _RESIDENTIAL.search(match["place"]) or _at_home(ground, match)
        if match["unit"] or (has_room and named):
            yield _found(match, 0.9 if match["unit"] else 0.8)
    for pattern in (_DASHED, _UNIT_ONLY):
        for match in pattern.finditer(ground.text):
            if not _NO_DOOR_AFTER.match(ground.text, match.end()) and not _is_office(ground, match):
                yield _found(match, 0.8)


def _in_streets(ground: Ground) -> Iterator[Found]:
    for match in _STREET.finditer(ground.text):
        if _NO_DOOR_AFTER.match(ground.text, match.end()) or _is_office(ground, match):
            continue
        if _at_home(ground, match):
            yield _found(match, 0.8)


def _at_home(ground: Ground, match: re.Match[str]) -> bool:
    """Whether the text before, the address's own beginning or the column speak of a home."""
    before = re.split(r"[。；;\n]", ground.sentence_before(match.start(), 24))[-1]
    if _LIVES.search(before + match[0]) or speaks_of_a_person(before + match[0]):
        return True
    return _is_home_column(ground.context_at(match.start()).column)


def _is_office(ground: Ground, match: re.Match[str]) -> bool:
    before = re.split(r"[。；;，,\n]", ground.sentence_before(match.start(), 16))[-1]
    after = re.split(r"[。；;，,\n\x1e\x1f]", ground.text[match.end() : match.end() + 8])[0]
    return _OFFICE.search(before + match[0] + after) is not None


def _found(match: re.Match[str], confidence: float) -> Found:
    cut = _CUT.match(match["place"] or "")
    return Found(Kind.ADDRESS, match.start() + (cut.end() if cut else 0), match.end(), confidence)


def _is_home_column(column: str) -> bool:
    return column_label(column) is Label.HOME

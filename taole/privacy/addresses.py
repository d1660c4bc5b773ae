"""Home addresses to the door; a village, a group or an office's address is no finding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taole.privacy.findings import Kind
from taole.privacy.ground import Found, Ground
from taole.privacy.labels import Label, column_label
from taole.privacy.people import speaks_of_a_person

_H = "\u4e00-\u9fff"
_D = "[0-9０-９一二三四五六七八九十百零〇]"
_N = f"{_D}{{1,5}}"
_START = f"{_D}(?<!{_D}.){_D}{{0,4}}+"
_DOOR = rf"(?:[-－之附]\s?{_N})?"
_S = r"\s?"
_GROUP = re.compile(
    rf"{_START}{_S}(?:村民小组|小组|组|队|社|排|巷|区){_S}{_N}{_DOOR}{_S}(?:号|户)", re.DOTALL
)
_BLOCK = re.compile(
    rf"{_START}{_DOOR}{_S}(?:号楼|栋|幢|#楼?|＃楼?|座|号院|楼){_S}"
    rf"(?:{_N}{_S}(?:号楼|栋|幢|#楼?|＃楼?){_S})?(?P<unit>{_N}{_S}单元{_S})?"
    rf"(?:{_N}{_S}层{_S})?{_N}{_DOOR}{_S}(?P<room>室|号|户|房)?",
    re.DOTALL,
)
_DASHED = re.compile(
    r"(?:小区|花园|家园|新村|新居|新区|公寓|家属院|嘉园|苑|府)\s?[0-9０-９]{1,3}[-－—#][0-9０-９]{1,3}[-－—]"
    r"[0-9０-９]{1,4}(?![-\d])"
)
_STREET = re.compile(
    rf"{_START}{_DOOR}{_S}号(?:院|楼)?(?:{_S}{_N}{_S}(?:号楼|栋|幢))?(?:{_S}{_N}{_S}单元)?"
    rf"(?:{_S}{_N}{_S}(?:室|户))?",
    re.DOTALL,
)
_UNIT_ONLY = re.compile(rf"{_START}{_S}单元{_S}{_N}{_S}(?:室|号|户)?", re.DOTALL)
_PLACE = re.compile(rf"[{_H}]{{0,24}}\s?(?:[0-9]{{1,3}}[区组队排栋])?(?:第\s?)?\Z")
_ROAD = re.compile(
    rf"[{_H}]{{2}}(?:路|街|巷|胡同|大道|道|弄|街道|村|庄|[东西南北中]区)[东西南北段]{{0,2}}\s?\Z"
)
_COLUMN = re.compile(
    rf"[^\n；;]*{_N}{_DOOR}{_S}(?:号|室|单元|户|栋|幢)[^\n；;，,。]*|.*\d+-\d+-\d+"
)
_RESIDENTIAL = re.compile(
    r"小区|花园|家园|苑|新村|新居|新区|公寓|宿舍|家属|家属院|嘉园|府|安置|住宅|城|湾|庭|社区|里|村$"
)
_LIVES = re.compile(
    r"住址|(?:家庭|详细|通讯|联系|户籍|现住)地址|住所|家住|住在|现住|居住|暂住|户籍|户口所在|常住|租住|家在|住于|住"
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
    r"\s?(?:令|文|楼|公告|地|院|通知|议案|决议|地块|图斑|宗地|田|机井|井|渠|温棚|大棚|棚|圈舍|项目|标段|合同|线|"
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
    yield from _in_estates(ground)
    for start, cell in ground.cells_of(_is_home_column):
        match = _COLUMN.search(cell)
        if match and not _OFFICE.search(cell):
            yield Found(Kind.ADDRESS, start + match.start(), start + match.end(), 0.9)


def _in_groups(ground: Ground) -> Iterator[Found]:
    for match in _GROUP.finditer(ground.text):
        start = _place_start(ground, match)
        counted = match[0].endswith("户")
        if _is_door(ground, start, match.end()) and (
            (match.start() - start >= 2 and not counted) or _at_home(ground, start, match.end())
        ):
            yield _found(ground, start, match, 0.85)


def _in_blocks(ground: Ground) -> Iterator[Found]:
    for match in _BLOCK.finditer(ground.text):
        start = _place_start(ground, match)
        place = ground.text[start : match.start()]
        named = _RESIDENTIAL.search(place) or _at_home(ground, start, match.end())
        if (match["unit"] or (match["room"] and named)) and _is_door(ground, start, match.end()):
            yield _found(ground, start, match, 0.9 if match["unit"] else 0.8)
    for match in _UNIT_ONLY.finditer(ground.text):
        start = _place_start(ground, match)
        if match.start() - start >= 2 and _is_door(ground, start, match.end()):
            yield _found(ground, start, match, 0.75)


def _in_estates(ground: Ground) -> Iterator[Found]:
    for match in _DASHED.finditer(ground.text):
        start = _place_start(ground, match)
        if _is_door(ground, start, match.end()):
            yield _found(ground, start, match, 0.8)


def _in_streets(ground: Ground) -> Iterator[Found]:
    for match in _STREET.finditer(ground.text):
        start = _place_start(ground, match)
        if not _ROAD.search(ground.text[start : match.start()]):
            continue
        if _at_home(ground, start, match.end()) and _is_door(ground, start, match.end()):
            yield _found(ground, start, match, 0.8)


def _place_start(ground: Ground, match: re.Match[str]) -> int:
    """Where the name of the place before a door begins: at most 24 signs before its number."""
    place = _PLACE.search(ground.text, max(0, match.start() - 26), match.start())
    return place.start() if place else match.start()


def _at_home(ground: Ground, start: int, end: int) -> bool:
    """Whether the text before, the address's own beginning or the column speak of a home."""
    before = re.split(r"[。；;\n]", ground.sentence_before(start, 24))[-1]
    clause = before + ground.text[start:end]
    if _LIVES.search(clause) or speaks_of_a_person(clause):
        return True
    return _is_home_column(ground.context_at(start).column)


def _is_door(ground: Ground, start: int, end: int) -> bool:
    """Whether the number is a home's: no office before or after, no well, plot or lamp."""
    if _NO_DOOR_AFTER.match(ground.text, end):
        return False
    before = re.split(r"[。；;，,\n]", ground.sentence_before(start, 16))[-1]
    after = re.split(r"[。；;，,\n\x1e\x1f]", ground.text[end : end + 8])[0]
    return _OFFICE.search(before + ground.text[start:end] + after) is None


def _found(ground: Ground, start: int, match: re.Match[str], confidence: float) -> Found:
    cut = _CUT.match(ground.text, start, match.start())
    return Found(Kind.ADDRESS, cut.end() if cut else start, match.end(), confidence)


def _is_home_column(column: str) -> bool:
    return column_label(column) is Label.HOME

"""Phones of persons; those of offices, for supervision and advice, are to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taole.privacy.accounts import is_amount
from taole.privacy.findings import Kind
from taole.privacy.folding import ACROSS, CELL, CELL_ENDS, GAP, SEP, without_separators
from taole.privacy.ground import Found, Ground, goes_on, in_a_code, in_a_link, is_masked_rest
from taole.privacy.labels import Label
from taole.privacy.people import NAME, SURNAME

_MOBILE = re.compile(f"1(?<![0-9]1)(?:{SEP}[3-9])(?:{SEP}[0-9]){{9}}(?![0-9])")
_SPLIT_MOBILE = re.compile(
    f"1(?<![0-9]1)(?![0-9]{{10}})(?:{ACROSS}[3-9])(?:{ACROSS}[0-9]){{9}}(?![0-9])"
)
_COUNTRY_CODED = re.compile(f"8(?<![1-9]8){SEP}6[)）]?{SEP}1{SEP}[3-9](?:{SEP}[0-9]){{9}}(?![0-9])")
_AREA = (
    "(?:10|2[0-9]|3(?:1[0-9]|[35][0-9]|7[0-9]|9[1-8])|4(?:[1235678][0-9])|5(?:[1-9][0-9])|"
    "6(?:3[1-5]|6[0-8]|9[12])|7(?:[0-9][0-9])|8(?:[1-9][0-9])|9(?:[0-9][0-9]))"
)
_LANDLINE = re.compile(
    f"0(?<![0-9*]0)(?<![0-9][.,，]0){_AREA}[)）]?[ \u00a0\u3000\u200b\\-\u2010-\u2015－_]{{0,3}}"
    r"[2-9][0-9]{2,3}[ \-]?[0-9]{4}(?![0-9])"
    f"|0(?<![0-9]0)(?:{GAP}[0-9]){{2,3}}{GAP}[2-9](?:{GAP}[0-9]){{6,7}}(?![0-9])"
    f"|8(?:(?<=[+]8)|(?<=008))6[- ]?{_AREA}[- ]?[2-9][0-9]{{6,7}}(?![0-9])"
)
_LOCAL = re.compile(r"[2-9](?<![0-9A-Za-z\-][0-9])[0-9]{2,3}[- ]?[0-9]{4}(?![0-9\-])")
_MOBILE_DIGITS = 11
_USUAL_GROUPS = (
    (3, 4, 4),
    (3, 8),
    (7, 4),
    (4, 4, 3),
    (3, 3, 5),
    (5, 6),
    (4, 7),
    (6, 5),
    (3, 2, 2, 2, 2),
)
_CALLED = re.compile(rf"(?:来电|联系|拨打|致电|[☎📞📱]|{NAME}[（(：:，,]?)\Z")
_SPACED_GROUPS = ((3, 4, 4), (3, 8), (7, 4), (3, 2, 2, 2, 2))
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_OFFICE = re.compile(
    r"政府|办公室|办公点|村委|居委|村两委|村部|党支部|党委|中心|大厅|派出所|卫生[院室所]|医院|诊所|学校|"
    r"幼儿园|银行|信用社|合作社|公司|法院|检察|司法所|信访|纪委|监委|委员会|办事处|财政所|民政|残联|"
    r"服务站|工作站|供电所|水务|窗口|平台|书记|主任|监理|企业|单位|社区|局"
)
_OFFICE_LABEL = re.compile(
    r"(?:政府|委会|办公室|中心|大厅|站|所|局|院|窗口|部门|纪委|办)的?(?:联系)?(?:电话|方式|手机)[：:为\s]{0,3}\Z"
)
_OFFICE_AFTER = re.compile(
    r"\s?[（(][^）)\n]{0,10}(?:监督|举报|咨询|值班|投诉|纪委|政府|办公|村委|中心|大厅|信访|派出所)"
)
_OTHER_AFTER = re.compile(
    r"\s+(?:(?:19|20)[0-9]{2}[-./年]|[0-9.]{1,7}\s?[人口户亩元组号岁队斤只头袋份]"
    r"|1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d))"
)
_OTHER_BEFORE = re.compile(rf"(?:1[3-9]\d\D\d{{4}}\D\d{{4}}|{NAME}|{SURNAME}某{{1,2}})\s{{1,2}}\Z")


def find_mobiles(ground: Ground, text: str) -> Iterator[Found]:
    """Mobile numbers: 1, then 3 to 9, then nine digits, with or without +86 before them."""
    taken = -1
    for coded in _COUNTRY_CODED.finditer(text):
        start = coded.start()
        start -= (
            2 if text[max(0, start - 2) : start] == "00" else text[max(0, start - 1) : start] == "+"
        )
        if text[max(0, start - 1) : start].isdigit() or goes_on(text, start, coded.end()):
            continue
        if _is_private(ground, text, start, coded.end(), mobile=True):
            taken = coded.end()
            yield Found(Kind.MOBILE, start, coded.end(), 0.97)
    place = 0
    while match := _MOBILE.search(text, place):
        start, end = match.span()
        place = start + 1
        if end == taken:
            continue
        plain = end - start == _MOBILE_DIGITS
        if not plain and not _is_grouped(ground, text, start, end, match[0]):
            continue
        if _is_private(ground, text, start, end, mobile=True):
            place = end
            yield Found(Kind.MOBILE, start, end, 0.95 if plain else 0.9)


def find_split_mobiles(ground: Ground, text: str) -> Iterator[Found]:
    """Mobile numbers over several cells of a row, where the first cell's column is of phones."""
    for match in _SPLIT_MOBILE.finditer(text):
        if CELL not in match[0] or text[match.end() : match.end() + 1] not in CELL_ENDS:
            continue
        if ground.governing(match.start()) is Label.PHONE:
            yield Found(Kind.MOBILE, *match.span(), 0.8)


def find_landlines(ground: Ground, text: str) -> Iterator[Found]:
    """Fixed phones with their area code, unless an office's."""
    for match in _LANDLINE.finditer(text):
        start = match.start() - (text[match.start() - 1 : match.start()] in ("(", "（"))
        if goes_on(text, start, match.end()):
            continue
        if _is_private(ground, text, start, match.end(), mobile=False):
            yield Found(Kind.LANDLINE, start, match.end(), 0.85)


def find_labelled_phones(ground: Ground, text: str) -> Iterator[Found]:
    """Seven or eight digits after a label or under a column of phones."""
    for match in _LOCAL.finditer(text):
        if _DAY.fullmatch(without_separators(match[0])):
            continue
        if ground.governing(match.start()) is not Label.PHONE:
            continue
        if _is_private(ground, text, *match.span(), mobile=False):
            yield Found(Kind.LANDLINE, *match.span(), 0.8)


def _is_private(ground: Ground, text: str, start: int, end: int, *, mobile: bool) -> bool:
    if is_amount(text, end) or is_masked_rest(ground.text, start, end):
        return False
    if in_a_code(ground.text, start, end) or in_a_link(ground.text, start):
        return False
    if _is_allowed(ground.context_at(start).allowed_phones, text[start:end]):
        return False
    label = ground.governing(start)
    if label in (Label.OTHER, Label.OFFICE_PHONE):
        return False
    if _OFFICE_AFTER.match(ground.text, end):
        return False
    if mobile:
        plain = end - start == _MOBILE_DIGITS
        return (plain or label is not Label.ACCOUNT) and not _OFFICE_LABEL.search(
            ground.sentence_before(start, 24)
        )
    around = ground.sentence_before(start, 40)
    clause = re.split(r"[。；;\n]", around)[-1]
    return _OFFICE.search(clause) is None


def _is_allowed(allowed: frozenset[str], written: str) -> bool:
    if not allowed:
        return False
    number = re.sub(r"\D", "", written)
    local = number[2:] if number.startswith("86") and len(number) == 13 else number
    return any(
        local == phone or (len(local) >= 7 and phone.endswith(local)) or local.endswith(phone)
        for phone in allowed
        if len(phone) >= 7
    )


def _is_grouped(ground: Ground, text: str, start: int, end: int, written: str) -> bool:
    """Whether separated digits are a phone's: grouped as phones are, and nothing joined on."""
    if ground.governing(start) is Label.PHONE:
        return True
    gaps = set(re.findall(r"(?<=[0-9])[^0-9]+(?=[0-9])", written))
    parts = tuple(len(part) for part in re.split(r"[^0-9]+", written))
    lines = len(parts) == 2 and "\n" in written
    if not (parts in _USUAL_GROUPS or lines or (set(parts) == {1} and len(gaps) == 1)):
        return False
    spaced = set(parts) != {1} and ground.text[start:end].isascii() and not "".join(gaps).strip()
    if spaced and parts not in _SPACED_GROUPS and not lines:
        alone = not (text[max(0, start - 1) : start] + text[end : end + 1]).strip(CELL_ENDS)
        return alone or _CALLED.search(text[max(0, start - 6) : start]) is not None
    if any("\t" in gap or ("\n" in gap and not lines) for gap in gaps):
        return False
    if not goes_on(text, start, end) or _OTHER_AFTER.match(text, end):
        return True
    before = text[max(0, start - 16) : start]
    return parts == (3, 4, 4) and _OTHER_BEFORE.search(before) is not None

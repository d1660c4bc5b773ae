"""Reading the time limits (公开时限) that people write in catalogues.

A phrase becomes one deadline rule, or one question to the clerk; never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from taole.catalogue.deadlines import LAST_DAY_OF_ANY_MONTH, DeadlineKind, DeadlineRule
from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence
from taole.core.workdays import DayUnit

QUOTED_AT_MOST = 40
LONGEST_NOTICE_PERIOD = 366

_READ = "■"  # stands for a phrase that was understood, so that no later reading takes it again
_IMPOSSIBLE = 999  # no rule accepts it, so it becomes a question
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

_NUMERAL = r"(?<![\d一二三四五六七八九十两])(?:\d{1,4}|[一二三四五六七八九十两]{1,3})"
_N = rf"(?P<n>{_NUMERAL})"
_DAYS = rf"{_N}个?(?P<unit>工作日|日|天)"
_WITHIN = r"(?:之内|以内|内)"
_BEFORE = r"(?:之前|以前|前)"
_DAY_OF_MONTH = rf"月份?的?(?:{_N}[日号]|底|末){_BEFORE}?"
_QUARTER = r"(?<![首一二三四\d])(?:每|各|次|下)?一?个?季度?的?"
_AFTER_ITS_END = rf"(?:(?:结束|终了)之?)?后的?{_N}[日天]{_WITHIN}"
_ONCE = r"(?:(?:至少)?(?:更新|维护)(?:[一1]次)?|(?:至少)?[一1]次)"

Reader = Callable[[re.Match[str]], DeadlineRule]


def _number(text: str) -> int:
    """Arabic numerals, or Chinese ones up to 九十九."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or tens == "十":
        return _IMPOSSIBLE
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _n(match: re.Match[str]) -> int:
    return _number(match["n"]) if match["n"] else LAST_DAY_OF_ANY_MONTH


def _quarter_day(month_of_quarter: int) -> Reader:
    return lambda match: DeadlineRule(
        DeadlineKind.QUARTER_DAY, month_of_quarter=month_of_quarter, day=_n(match)
    )


def _month_day(match: re.Match[str]) -> DeadlineRule:
    return DeadlineRule(DeadlineKind.MONTH_DAY, day=_n(match))


def _year_date(match: re.Match[str]) -> DeadlineRule:
    return DeadlineRule(DeadlineKind.YEAR_DATE, month=_number(match["month"]), day=_n(match))


def _first_month(match: re.Match[str]) -> DeadlineRule:
    return DeadlineRule(DeadlineKind.YEAR_DATE, month=1, day=_n(match))


def _days(calendar_kind: DeadlineKind, working_kind: DeadlineKind) -> Reader:
    return lambda match: DeadlineRule(
        working_kind if match["unit"] == "工作日" else calendar_kind, days=_n(match)
    )


def _weeks_after(match: re.Match[str]) -> DeadlineRule:
    return DeadlineRule(DeadlineKind.DAYS_AFTER_EVENT, days=_n(match) * 7)


def _interval(match: re.Match[str]) -> DeadlineRule:
    length = 1 if match["unit"] in ("日", "天") else 7
    every = _number(match["n"]) if match["n"] else 1
    return DeadlineRule(DeadlineKind.UPDATE_INTERVAL, days=every * length)


def _always(rule: DeadlineRule) -> Reader:
    return lambda _: rule


_BEFORE_DAYS = _days(DeadlineKind.DAYS_BEFORE_EVENT, DeadlineKind.WORKDAYS_BEFORE_EVENT)
_AFTER_DAYS = _days(DeadlineKind.DAYS_AFTER_EVENT, DeadlineKind.WORKDAYS_AFTER_EVENT)
_SAME_DAY = DeadlineRule(DeadlineKind.DAYS_AFTER_EVENT, days=0)
_NEXT_DAY = DeadlineRule(DeadlineKind.DAYS_AFTER_EVENT, days=1)
_END_OF_YEAR = DeadlineRule(DeadlineKind.YEAR_DATE, month=12, day=31)

# The order decides: a phrase belongs to the first reading that takes it.
_READINGS: tuple[tuple[str, Reader], ...] = (
    (rf"(?:每年度?)?(?:首|第[一1])季度?的?(?:首个?|第[一1]个?){_DAY_OF_MONTH}", _first_month),
    (rf"{_QUARTER}(?:首个?|第[一1]个?){_DAY_OF_MONTH}", _quarter_day(1)),
    (rf"{_QUARTER}第[二2]个?{_DAY_OF_MONTH}", _quarter_day(2)),
    (rf"{_QUARTER}(?:末|第[三3]个?|最后一?个?){_DAY_OF_MONTH}", _quarter_day(3)),
    (rf"(?:每年)?1[,、]4[,、]7[,、]10{_DAY_OF_MONTH}", _quarter_day(1)),
    (rf"(?:每年)?2[,、]5[,、]8[,、]11{_DAY_OF_MONTH}", _quarter_day(2)),
    (rf"(?:每年)?3[,、]6[,、]9[,、]12{_DAY_OF_MONTH}", _quarter_day(3)),
    (rf"{_QUARTER}{_AFTER_ITS_END}", _quarter_day(1)),
    (rf"(?:每|次|下)一?个?月?{_DAY_OF_MONTH}", _month_day),
    (rf"(?:每个?)?(?<![\d一二三四五六七八九十个])月度?{_AFTER_ITS_END}", _month_day),
    (
        r"(?:每年度?|次年度?|翌年|下一?年度?)?(?<!\d年)(?<![\d一二三四五六七八九十第])"
        rf"(?P<month>\d{{1,2}}|十[一二]?|[一二三四五六七八九]){_DAY_OF_MONTH}",
        _year_date,
    ),
    (rf"(?<!\d)(?:每一?)?年度?(?:底|末|终){_BEFORE}?", _always(_END_OF_YEAR)),
    (rf"提前{_DAYS}", _BEFORE_DAYS),
    (rf"(?<=[\u4e00-\u9fff])(?<![目当提之以])前的?{_DAYS}(?:{_WITHIN}|{_BEFORE})?", _BEFORE_DAYS),
    (rf"(?<=[\u4e00-\u9fff])(?<![于在每至到第]){_DAYS}{_BEFORE}", _BEFORE_DAYS),
    (rf"{_N}个?(?P<unit>工作日|天){_BEFORE}", _BEFORE_DAYS),
    (rf"每隔?(?:{_N}个?)?(?P<unit>日|天|周|星期){_ONCE}?", _interval),
    (rf"{_N}个?(?P<unit>日|天|周|星期){_ONCE}", _interval),
    (rf"^{_N}个?(?P<unit>周|星期)$", _interval),
    (rf"(?<![每隔]){_N}个?(?P<unit>工作日){_WITHIN}?", _AFTER_DAYS),
    (rf"{_N}个?(?P<unit>日|天){_WITHIN}", _AFTER_DAYS),
    (rf"(?<=[后起]){_N}个?(?P<unit>日|天)(?!{_BEFORE})", _AFTER_DAYS),
    (rf"{_N}个?(?:周|星期){_WITHIN}", _weeks_after),
    (rf"(?<!\d)24个?小时{_WITHIN}", _always(_NEXT_DAY)),
    (r"当日|当天|当场|即日", _always(_SAME_DAY)),
    (
        r"(?<=[\u4e00-\u9fff])(?<![\d一二三四五六七八九十][日号月年天周])(?<![之以目当提])"
        r"(?:之|以)?前(?=$|[,;、。/()]|公开|公示|公布|予以|向)",
        _always(DeadlineRule(DeadlineKind.BEFORE_EVENT)),
    ),
)
_COMPILED = tuple((re.compile(pattern), reader) for pattern, reader in _READINGS)

_AT_LEAST = r"(?:不得?少于|不低于|至少)"
_NOTICE_UNIT = r"个?(?P<unit>工作日|日|天|周|星期)"
_NOTICE = re.compile(
    rf"(?:公示(?:期限|时限|时间|期)?(?:为|满|的|:|原则上|一般|{_AT_LEAST})*"
    rf"|(?:公开|公布|张贴|展示)(?:期限|时间|期)?为?(?:原则上)?{_AT_LEAST})"
    rf"{_N}{_NOTICE_UNIT}(?!{_WITHIN}|{_BEFORE})"
)
_NOTICE_ALONE = re.compile(rf"(?:为|{_AT_LEAST})?{_N}{_NOTICE_UNIT}(?:以上)?")

_PERIODIC = {
    DeadlineKind.QUARTER_DAY: re.compile(r"每一?个?季|按季|逐季|季度(?:公开|公布|公示|$)"),
    DeadlineKind.MONTH_DAY: re.compile(r"每一?个?月|按月|逐月|月度(?:公开|公布|公示|$)"),
    DeadlineKind.YEAR_DATE: re.compile(
        r"每一?个?年|按年|逐年|年初|[当次]年|年度(?:公开|公布|公示|$)"
    ),
}
_LONG_TERM = re.compile(r"长期|常年")
_REGULARLY = re.compile(r"(?<!不)定期")
_PROMPTLY = re.compile(r"及时|随时|即时|实时|适时|立即|尽快|第一时间|不定期|同步")
_AFTER_EVENT = re.compile(r"后(?=$|[,;。]|即|公开|公布|公示|予以)|之日起$")
_OTHER_NUMBER = re.compile(rf"{_NUMERAL}(?:[日号天]|个?工作日|个?月{_WITHIN})|半年|半个?月")
_BARE_DAY = re.compile(rf"{_NUMERAL}[日号]{_BEFORE}?")
_STAGES = re.compile(r"后|事中|[过施]程?中")

_ONE_YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d\d年度?(?:第?[一二三四]季度|上半年|下半年|\d{1,2}月|底|末)"
)

_TWO_DEADLINES = N_("公开时限“%(text)s”写了不止一个时限：请分成几个事项，或只留一个。")
_ASK_DAY = {
    DeadlineKind.QUARTER_DAY: N_(
        "公开时限“%(text)s”没有写明哪一天：请写成例如“每季度首月20日前”。"
    ),
    DeadlineKind.MONTH_DAY: N_("公开时限“%(text)s”没有写明哪一天：请写成例如“次月15日前”。"),
    DeadlineKind.YEAR_DATE: N_("公开时限“%(text)s”没有写明几月几日：请写成例如“每年1月31日前”。"),
}


def read_deadline(text: str) -> DeadlineRule | Sentence:
    """The rule that a catalogue's words state, with the words kept in it; else one question."""
    plain = _plain(text)
    if _ONE_YEAR.search(plain):
        return _ask(
            N_("公开时限“%(text)s”只说某一年：请写成每年都用得上的，例如“每年3月31日前”。"), text
        )
    rest = _NOTICE.sub(_READ, plain)
    rules: list[DeadlineRule] = []
    for pattern, reader in _COMPILED:
        for match in pattern.finditer(rest):
            try:
                rules.append(reader(match))
            except Refused:
                return _ask(
                    N_("公开时限“%(text)s”里的数字不对：日应为1到31，月为1到12，天数不超过366。"),
                    text,
                )
        rest = pattern.sub(_READ, rest)
    if not rules:
        return _question(text, plain, rest)
    if len(set(rules)) > 1 or _says_another(rules[0], rest):
        return _ask(_TWO_DEADLINES, text)
    return replace(rules[0], text=text.strip())


def read_notice_period(text: str) -> tuple[int, DayUnit] | None:
    """How long a notice must stand (公示期), if the words say so: 公示7个工作日, 不少于10天."""
    plain = _plain(text)
    match = _NOTICE.search(plain) or _NOTICE_ALONE.fullmatch(plain)
    if match is None:
        return None
    days = _n(match) * (7 if match["unit"] in ("周", "星期") else 1)
    if not 1 <= days <= LONGEST_NOTICE_PERIOD:
        return None
    return days, DayUnit.WORKING if match["unit"] == "工作日" else DayUnit.CALENDAR


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _ask(msgid: str, text: str) -> Sentence:
    shown = " ".join(text.split())
    if len(shown) > QUOTED_AT_MOST:
        shown = shown[: QUOTED_AT_MOST - 1] + "…"
    return sentence(msgid, text=shown)


def _says_another(rule: DeadlineRule, rest: str) -> bool:
    if _LONG_TERM.search(rest) or _OTHER_NUMBER.search(rest):
        return True
    if rule.needs_event and _REGULARLY.search(rest):
        return True
    if "before" in rule.kind and _STAGES.search(rest):
        return True
    return any(kind is not rule.kind and words.search(rest) for kind, words in _PERIODIC.items())


def _question(text: str, plain: str, rest: str) -> Sentence:
    if not plain:
        return _ask(N_("没有写公开时限：请写成例如“每季度首月20日前”或“10个工作日内”。"), text)
    periodic = [kind for kind, words in _PERIODIC.items() if words.search(rest)]
    promptly = bool(_PROMPTLY.search(rest))
    after_event = bool(_AFTER_EVENT.search(rest))
    long_term = bool(_LONG_TERM.search(rest))
    regularly = bool(_REGULARLY.search(rest)) and not periodic
    if len(periodic) + promptly + long_term + regularly > 1:
        return _ask(_TWO_DEADLINES, text)
    if periodic:
        return _ask(_ASK_DAY[periodic[0]], text)
    if promptly or after_event:
        return _ask(
            N_("公开时限“%(text)s”没有写明几日内：请写成例如“10日内”或“10个工作日内”。"), text
        )
    if regularly:
        return _ask(
            N_("公开时限“%(text)s”没有写明多久更新一次：请写成例如“每14天更新一次”。"), text
        )
    if long_term:
        return _ask(
            N_("公开时限“%(text)s”只说公开多久：请另写何时公开，例如“10个工作日内”。"), text
        )
    if re.search(rf"{_NUMERAL}个?月{_WITHIN}", rest):
        return _ask(N_("公开时限“%(text)s”按月计算：请换成天数，例如“30日内”。"), text)
    if _BARE_DAY.search(rest):
        return _ask(N_("公开时限“%(text)s”没有写明是哪个月，还是某事之前几天：请写完整。"), text)
    if read_notice_period(text):
        return _ask(
            N_("“%(text)s”是公示期，不是公开时限：请另写何时开始公示，例如“10个工作日内”。"), text
        )
    return _ask(
        N_("公开时限“%(text)s”看不懂：请写成例如“每季度首月20日前”“次月15日前”或“10日内”。"), text
    )

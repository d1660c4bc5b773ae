"""Birth dates: after their label, beside a name or a sex, under their column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from taole.privacy.findings import Kind
from taole.privacy.ground import Found, Ground
from taole.privacy.labels import Label, column_label
from taole.privacy.people import NAME, SURNAME

_D = "[0-9０-９]"
_YEAR = f"(?:(?:1[89]|20|１[８９]|２０){_D}{{2}}|[一二][〇零○八九][〇零○一二三四五六七八九]{{2}})"
_SHORT = f"(?:{_D}{{1,2}}|[一二三]?十?[一二三四五六七八九十])"
_DATE = (
    rf"(?:{_YEAR}\s?[-./年－．／]\s?{_SHORT}(?:\s?[-./月－．／]\s?{_SHORT}日?|月)?"
    rf"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))"
)
_LABELLED = re.compile(
    rf"(?:出生(?:日期|年月日|年月|时间)?|生日|生于)[：:为是于在\s（(]{{0,4}}(?P<date>{_DATE})"
)
_BIRTH = re.compile(
    r"出生(?!的?(?:登记|证|缺陷|人口|儿童|婴))|生人|生(?=[，,。；;（(）)、\s\x1e\x1f]|$)"
)
_DATE_BEFORE = re.compile(rf"(?P<date>{_DATE})\s?\Z")
_AFTER_SEX = re.compile(
    rf"[男女](?:性)?[，,、\s/]{{1,2}}(?:[汉回满蒙藏][族]?[，,、\s/]{{1,2}})?(?P<date>{_DATE})"
)
_AFTER_NAME = re.compile(
    rf"(?:{NAME}|{SURNAME}某{{1,2}})[（(]\s?(?P<date>(?=19|200|201[0-2]){_DATE})\s?[）)]"
)
_IN_COLUMN = re.compile(rf"{_DATE}|{_YEAR}年?")


def find_birth_dates(ground: Ground) -> Iterator[Found]:
    """Dates that are somebody's birthday; those of notices, meetings and foundings are none."""
    text = ground.text
    if "生" in text:
        for match in _LABELLED.finditer(text):
            yield Found(Kind.BIRTH_DATE, *match.span("date"), 0.9)
        for birth in _BIRTH.finditer(text):
            if before := _DATE_BEFORE.search(text, max(0, birth.start() - 16), birth.start()):
                yield Found(Kind.BIRTH_DATE, *before.span("date"), 0.9)
    if "男" in text or "女" in text:
        for match in _AFTER_SEX.finditer(text):
            yield Found(Kind.BIRTH_DATE, *match.span("date"), 0.85)
    if "（19" in text or "(19" in text or "（20" in text or "(20" in text:
        for match in _AFTER_NAME.finditer(text):
            yield Found(Kind.BIRTH_DATE, *match.span("date"), 0.7)
    for start, cell in ground.cells_of(_is_birth_column):
        for match in _IN_COLUMN.finditer(cell):
            yield Found(Kind.BIRTH_DATE, start + match.start(), start + match.end(), 0.9)


def _is_birth_column(column: str) -> bool:
    return column_label(column) is Label.BIRTH

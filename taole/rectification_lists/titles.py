"""What the lines over and under a list tell of it: its kind, sender, number and day. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from taole.inspections.workflow import BodyLevel, InspectionKind
from taole.rectification_lists.days import days_named

_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[（(【]\s*20\d\d\s*[〕\]）)】]\s*第?\s*\d{1,4}\s*号|第\d{1,4}期"
)
_BODY = re.compile(r"(?P<body>[\u4e00-\u9fff（）]{2,40}?)关于")
_LABELLED = re.compile(
    r"(?:通报|检查|督查|发文|印发|制发|交办|反馈|评估|牵头)(?:单位|部门|机关)\s*[:：]\s*(?P<body>[\u4e00-\u9fff（）]{2,40})"
)
_SIGNED = re.compile(
    r"[\u4e00-\u9fff]{2,30}(?:办公室|领导小组|人民政府|局|委员会|委|督查组|检查组|工作组|中心|办)(?:（代章）)?"
)
_TITLE = re.compile(
    r".*(?:通报|清单|台账|通知|反馈|情况|报告|问题|一览表|汇总表|交办单|评分表|检查表)(?:[（(][^（）()]{0,40}[）)])?[）)]?"
)
_KINDS: tuple[tuple[str, InspectionKind], ...] = (
    (r"交叉|互检|互查|互评", InspectionKind.CROSS_CHECK),
    (r"第三方|评估|测评", InspectionKind.EVALUATION),
    (r"自查", InspectionKind.SELF_CHECK),
    (r"督查|督办|督导", InspectionKind.SUPERVISION),
    (r"抽查|随机", InspectionKind.SPOT_CHECK),
    (r"通报", InspectionKind.CIRCULAR),
    (r"日常监测|日常监督|监测", InspectionKind.DAILY),
    (r"指导", InspectionKind.GUIDANCE),
    (r"检查|考核|评分", InspectionKind.CHECK),
    (r"信访|投诉|反映|留言", InspectionKind.COMPLAINT),
)
_LEVELS: tuple[tuple[str, BodyLevel], ...] = (
    (r"自治区|省", BodyLevel.REGION),
    (r"县|区|旗", BodyLevel.COUNTY),
    (r"市", BodyLevel.PREFECTURE),
    (r"镇|乡|街道", BodyLevel.TOWNSHIP),
)


@dataclass(frozen=True)
class Heading:
    """What can be filled in beforehand; empty where the lines do not say it."""

    title: str = ""
    body: str = ""
    level: BodyLevel | None = None
    kind: InspectionKind | None = None
    document: str = ""
    day: date | None = None


def read_heading(lines: Sequence[str], filename: str = "") -> Heading:
    """What the lines of a paper (its title first, its signature last) and its file name say."""
    said = [line for line in (" ".join(each.split()) for each in lines) if line]
    stem = filename.rsplit(".", 1)[0] if filename else ""
    title = next((line for line in said if len(line) >= 6 and _is_title(line)), "")
    title = (title or (stem if _TITLE.fullmatch(stem) else ""))[:150]
    number = next((match[0] for line in said if (match := _NUMBER.search(line))), "")
    body = _body(said, title)
    days = [day for line in (*said, stem) for day in days_named(line)]
    kind = next((kind for form, kind in _KINDS if re.search(form, title)), None)
    level = next((level for form, level in _LEVELS if re.search(form, body)), None)
    document = " ".join(part for part in (title, number if number not in title else "") if part)
    return Heading(title, body, level, kind, document[:200], days[-1] if days else None)


def _is_title(line: str) -> bool:
    return (
        bool(_TITLE.fullmatch(line))
        and not re.search("[:：]", line)
        and not re.match(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]", line)
    )


def _body(lines: Sequence[str], title: str) -> str:
    for line in lines:
        labelled = _LABELLED.search(line)
        if labelled is not None:
            return labelled["body"]
    found = _BODY.match(title)
    if found is not None:
        return found["body"].removesuffix("办公室文件")
    signed = [line for line in lines[-4:] if _SIGNED.fullmatch(line.replace(" ", ""))]
    return signed[-1].replace(" ", "") if signed else ""

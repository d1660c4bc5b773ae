"""What single cells of a list say: a kind, a severity, a state, a matter, a link. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from taole.catalogue.rules import plain_title
from taole.core.words import N_, Sentence, quoted, sentence
from taole.inspections.problem_kinds import problem_kinds
from taole.inspections.workflow import Severity

_LINK_NAME = re.compile(
    r"[（(，,；;。\s]*(?:整改|佐证|公开|页面|详见)*(?:链接|网址|网页|地址)?[:：为是]?\s*$"
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s，。；、）)<>“”]+", re.IGNORECASE)
_KINDS: tuple[tuple[str, str], ...] = (
    ("更新不及时", "column-stale"),
    ("未及时更新", "column-stale"),
    ("空白栏目", "wrong-column"),
    ("空栏目", "wrong-column"),
    ("情况说明", "false-content"),
    ("严重表述错误", "serious-wording"),
    ("错敏", "typos"),
    ("错别字", "typos"),
    ("表述错误", "typos"),
    ("错链", "links"),
    ("断链", "links"),
    ("外链", "links"),
    ("超期公开", "late"),
    ("公开超期", "late"),
    ("公开不及时", "late"),
    ("内容不全", "partial"),
    ("内容不完整", "partial"),
    ("身份证", "identity-number"),
    ("银行卡", "bank-account"),
    ("手机号", "mobile-number"),
    ("家庭住址", "home-address"),
    ("留言逾期", "account-idle"),
    ("档案不规范", "papers-unsorted"),
    ("未归档", "papers-unsorted"),
)
"""Classes of problems as counties name them, and the house's kind where it is clearly the same."""

_SEVERITIES: tuple[tuple[Severity, str], ...] = (
    (Severity.SERIOUS, r"严重|重大|特别严重|高|重|红|Ⅰ级|一级|A级?"),
    (Severity.MAJOR, r"较重|较大|较严重|中|中等|突出|黄|Ⅱ级|二级|B级?"),
    (Severity.MINOR, r"一般|轻微|较轻|轻|低|普通|蓝|Ⅲ级|三级|C级?"),
)
_STATES: tuple[tuple[str, str], ...] = (
    ("closed", r"已?销号|销号完成|已办结销号"),
    ("recurred", r"复发|反弹|回潮|再次出现"),
    ("overdue", r"逾期|超期|逾期未整改|逾期未完成|未按期完成|已逾期|超期未改"),
    ("checking", r"待复核|待验收|待核查|待销号|申请销号|复核中"),
    (
        "mending",
        r"整改中|正在整改|推进中|进行中|持续整改|持续推进|长期坚持|部分完成|部分整改|限期整改",
    ),
    ("open", r"未开始|未整改|待整改|未完成|未启动|否|×|未落实|尚未整改"),
    (
        "done",
        r"(?:已|均已|全部|已全部|均)?(?:整改|完成|落实|办结|整改完成|完成整改|整改到位|整改完毕|落实到位|办理完毕)(?:完成|到位|完毕)?"
        r"|是|√|✓|到位|立行立改已完成",
    ),
)


_NOTHING = re.compile(
    r"(?:无|没有|暂无|未发现|没有发现|均无|不扣分|未扣分|无扣分|不涉及|/|-|—+|0|符合要求|正常|合格|完好|良好|达标|齐全|规范|√|✓)"
    r"(?:明显|任何|其他)?(?:问题|扣分|情况|不足)?"
    r"|(?!.*[填写报称])(?!.*自查).{0,12}(?:未发现|没有发现|未见|暂无|没有|没|不存在|无)(?:明显|任何|其他|突出|存在|的)*问题(?:[，,；;。].{0,15})?"
)


@dataclass(frozen=True)
class KnownItem:
    """A matter of the catalogue in force."""

    id: UUID
    code: str
    title: str


class ItemsByName:
    """The matters in force by code and by title; what two share means none."""

    def __init__(self, items: Sequence[KnownItem]) -> None:
        self._found: dict[str, set[KnownItem]] = {}
        for item in items:
            for name in (item.code, item.title):
                self._found.setdefault(plain_title(name), set()).add(item)

    def find(self, *texts: str) -> KnownItem | None:
        """The one matter that the first telling of these texts means."""
        for text in texts:
            for way in _ways(text):
                found = self._found.get(plain_title(way), set())
                if len(found) == 1:
                    return next(iter(found))
        return None


def _ways(text: str) -> list[str]:
    """A text, without its brackets, and what stands in them: 社会救助（SB-08）."""
    inside = re.findall(r"[（(]([^（）()]+)[)）]", text)
    outside = re.sub(r"[（(][^（）()]*[)）]", "", text)
    return [way for way in (text, outside, *inside, *text.split()) if way.strip()]


def kind_of_problem(kind: str, statement: str) -> str:
    """The code of the house's kind that a list's words clearly mean; empty where they do not."""
    for text in (kind, statement):
        plain = "".join(text.split())
        if not plain:
            continue
        for each in problem_kinds():
            if plain == each.label or (text is kind and plain == each.code):
                return each.code
        found = next((code for words, code in _KINDS if words in plain), "")
        if found:
            return found
    return ""


def severity_of(text: str) -> Severity | None:
    """The severity that a cell names; None when it names none."""
    plain = re.sub(r"(?:问题|程度|风险|错误)", "", "".join(text.split()))
    return next((each for each, form in _SEVERITIES if re.fullmatch(form, plain)), None)


def state_of(text: str) -> str:
    """What a cell says of the standing: closed, done, mending …; empty for other words."""
    plain = "".join(text.split()).strip("。；;.")
    return next((state for state, form in _STATES if re.fullmatch(form, plain)), "")


def says_nothing(statement: str) -> bool:
    """Whether a text says that there is no problem."""
    return _NOTHING.fullmatch("".join(statement.split()).rstrip("。.；;")) is not None


def link_in(text: str) -> tuple[str, str]:
    """The first address in a cell, and what else it says."""
    found = _LINK.search(text)
    if found is None:
        return "", text.strip()
    link = found[0] if found[0].lower().startswith("http") else f"http://{found[0]}"
    before = _LINK_NAME.sub("", text[: found.start()])
    return link[:300], (before + text[found.end() :].lstrip("）)")).strip("；;，, ")


def claim(state: str, words: str, *, has_link: bool) -> Sentence | None:
    """What is said of a state that a list claims: only proof and another's look close."""
    shown = quoted(words, 12)
    if state in ("done", "closed") and not has_link:
        return sentence(
            N_("名单里写“%(state)s”，但没有佐证链接：按没有整改记，不销号"), state=shown
        )
    if state in ("done", "closed", "checking"):
        return sentence(
            N_("名单里写“%(state)s”并附了链接：先记为待整改，提交后由别人复核才销号"), state=shown
        )
    if state == "recurred":
        return sentence(
            N_("名单里写“%(state)s”：和以前销号的问题同类同事项的，记为反弹"), state=shown
        )
    if state == "overdue":
        return sentence(N_("名单里写“%(state)s”：请尽快整改"), state=shown)
    return None

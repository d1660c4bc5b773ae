"""What is looked at before a notice is handed in and when it is judged: one list for both.

The faults are those that inspectors write down (handbook 3.5: 15 partial content, 17 sums, 20
imprecise, 21 not the unified table, 30 to 35 personal data).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from taole.catalogue.template_rules import Fault
from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.words import N_, Sentence, sentence


class Outcome(StrEnum):
    """How a check came out; BAD keeps the notice back, DOUBT is for a person to look at."""

    GOOD = "ok"
    DOUBT = "late"
    BAD = "miss"
    TOLD = "wait"


@dataclass(frozen=True)
class Check:
    """One line of the list; ``where`` names the field of the form that mends it."""

    outcome: Outcome
    label: Sentence
    detail: Sentence | str = ""
    where: str = ""


@dataclass(frozen=True)
class Findings:
    """What was found in a notice, gathered for the rules.

    ``open_data``: unresolved personal data, in words; ``masked_data``: how many were masked.
    ``files_coming``: files that have not wholly arrived. ``files_waiting``: files that nobody
    looked into yet; they keep no notice from being handed in, only from passing its review.
    ``short_period``: what is wrong with the period of a sheet that hangs; ``showing_days``: how
    long one put up today has to hang. ``due_on``: of what it answers. ``rows_before``: rows of the
    notice before, None if none.
    """

    faults: Sequence[Fault] = ()
    sums_differ: bool = False
    open_data: Sequence[Sentence] = ()
    masked_data: int = 0
    files_coming: int = 0
    files_waiting: int = 0
    files_refused: int = 0
    short_period: Sentence | None = None
    showing_days: int | None = None
    due_on: date | None = None
    rows_before: int | None = None
    phones: int = 2


def checks(
    template: UnifiedTemplate,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    found: Findings,
    *,
    has_content: bool,
    today: date,
) -> list[Check]:
    """The list, in the order in which a reviewer looks; nothing in it is decided twice."""
    told = [_content(template, rows, found, has_content), _template(template, columns)]
    if template.has_sum_line and rows:
        told.append(_sums(found))
    told += [_personal(found), *_files(found), *_period(found)]
    if found.due_on is not None:
        told.append(_in_time(found.due_on, today))
    if template.with_phones and found.phones < 2:
        told.append(
            Check(
                Outcome.DOUBT,
                sentence(N_("监督电话不全")),
                sentence(N_("村和镇要各登记一个，纸上才印得全")),
            )
        )
    if found.rows_before is not None and rows:
        told.append(_compared(len(rows), found.rows_before))
    return told


def is_ready(told: Sequence[Check]) -> bool:
    """Whether nothing keeps the notice back."""
    return all(check.outcome is not Outcome.BAD for check in told)


def _content(
    template: UnifiedTemplate, rows: Sequence[Sequence[str]], found: Findings, has_content: bool
) -> Check:
    lacking = [each for each in found.faults if each.is_fatal]
    if lacking:
        return Check(
            Outcome.BAD,
            sentence(N_("有 %(count)s 处要改"), count=len(lacking)),
            lacking[0].sentence,
            "rows",
        )
    if not has_content:
        return Check(
            Outcome.BAD,
            sentence(N_("还没有内容")),
            sentence(N_("请填表格、写正文，或者传一个附件")),
            "rows",
        )
    doubts = [each for each in found.faults if not each.is_fatal]
    if doubts:
        return Check(
            Outcome.DOUBT,
            sentence(N_("有 %(count)s 处请再看看"), count=len(doubts)),
            doubts[0].sentence,
            "rows",
        )
    size = sentence(
        N_("%(rows)s 行 × %(columns)s 栏"), rows=len(rows), columns=len(template.columns)
    )
    return Check(Outcome.GOOD, sentence(N_("没有缺项")), size if rows else "")


def _template(template: UnifiedTemplate, columns: Sequence[str]) -> Check:
    if not columns or tuple(columns) == template.column_names:
        return Check(Outcome.GOOD, sentence(N_("用的是统一模板")), template.name)
    return Check(
        Outcome.BAD,
        sentence(N_("没用统一模板")),
        sentence(N_("应有的栏目：%(columns)s"), columns="、".join(template.column_names)),
        "rows",
    )


def _sums(found: Findings) -> Check:
    if found.sums_differ:
        return Check(Outcome.BAD, sentence(N_("合计对不上")), "", "rows")
    return Check(Outcome.GOOD, sentence(N_("合计对得上")))


def _personal(found: Findings) -> Check:
    if found.open_data:
        return Check(
            Outcome.BAD,
            sentence(N_("个人信息 %(count)s 处没处理"), count=len(found.open_data)),
            found.open_data[0],
            "personal",
        )
    if found.masked_data:
        return Check(
            Outcome.GOOD,
            sentence(N_("个人信息已遮盖")),
            sentence(N_("%(count)s 处"), count=found.masked_data),
        )
    return Check(Outcome.GOOD, sentence(N_("没有发现个人信息")))


def _files(found: Findings) -> list[Check]:
    told = []
    if found.files_refused:
        told.append(
            Check(
                Outcome.BAD,
                sentence(N_("附件里有个人信息")),
                sentence(N_("%(count)s 个文件要先遮盖"), count=found.files_refused),
                "files",
            )
        )
    if found.files_coming:
        told.append(
            Check(
                Outcome.BAD,
                sentence(N_("附件还没传完")),
                sentence(N_("%(count)s 个文件"), count=found.files_coming),
                "files",
            )
        )
    if found.files_waiting:
        told.append(
            Check(
                Outcome.DOUBT,
                sentence(N_("附件还没检查完")),
                sentence(N_("%(count)s 个文件，一般一分钟内查完"), count=found.files_waiting),
                "files",
            )
        )
    return told


def _period(found: Findings) -> list[Check]:
    """How long it has to hang; one that is up already, ahead of its review, may be too short."""
    if found.short_period is not None:
        return [Check(Outcome.BAD, sentence(N_("公示期不足")), found.short_period, "postings")]
    if found.showing_days is None:
        return []
    shown = sentence(N_("要挂满 %(days)s 天"), days=found.showing_days)
    return [Check(Outcome.TOLD, shown, sentence(N_("登记公示时短了不收")))]


def _in_time(due_on: date, today: date) -> Check:
    left = (due_on - today).days
    if left < 0:
        return Check(
            Outcome.DOUBT,
            sentence(N_("已超期 %(days)s 天"), days=-left),
            sentence(N_("公示后记为“迟”")),
        )
    return Check(
        Outcome.GOOD,
        sentence(N_("没超期")),
        sentence(N_("应于 %(due)s 前公示，还有 %(days)s 天"), due=due_on, days=left),
    )


def _compared(now: int, before: int) -> Check:
    more = now - before
    if more == 0:
        return Check(Outcome.TOLD, sentence(N_("和上期一样多")), f"{now}")
    msgid = N_("比上期多 %(count)s 行") if more > 0 else N_("比上期少 %(count)s 行")
    return Check(Outcome.TOLD, sentence(msgid, count=abs(more)), f"{before} → {now}")

"""Numbers in the words: they agree with the tables, with their parts and with each other."""

from __future__ import annotations

from taole.annual_report.content import Paragraph, ReportContent
from taole.annual_report.official_format import FORMAT
from taole.annual_report.rule import Faults, Rule
from taole.annual_report.tables import CARRIED_IN, RECEIVED, TOTAL, Tables
from taole.core.words import N_, sentence

REQUESTS = "P1-request"
INFORMATION_FEE = "P6-infofee"


def requests_as_in_table_three(report: ReportContent, _: Tables | None) -> Faults:
    """TX-REQ: requests named in part 1 are item one of table three, or items one and two."""
    told = report.number(REQUESTS)
    if told is None:
        return
    table = report.tables.three
    received = table.number(RECEIVED, TOTAL)
    allowed = (received, received + table.number(CARRIED_IN, TOTAL))
    if told not in allowed:
        yield sentence(
            N_("正文写收到公开申请%(told)s件，表三新收%(received)s件，请统一。"),
            key=REQUESTS,
            told=told,
            received=received,
        )


def breakdowns_add_up(report: ReportContent, _: Tables | None) -> Faults:
    """TX-BREAKDOWN: a total equals the sum of its parts (not below it, if they are not all)."""
    for breakdown in report.breakdowns:
        total = report.number(breakdown.total)
        parts = [report.number(key) for key in breakdown.parts]
        if total is None or any(part is None for part in parts):
            continue
        known = [part for part in parts if part is not None]
        added = sum(known)
        if (total != added) if breakdown.exhaustive else (total < added):
            yield sentence(
                N_(
                    "总数%(total)s（%(key)s）与分项不符：%(parts)s=%(added)s，请核对少记或重记的记录。"
                ),
                total=total,
                key=breakdown.total,
                parts="+".join(str(part) for part in known),
                added=added,
            )


def same_fact_same_number(report: ReportContent, _: Tables | None) -> Faults:
    """TX-REPEAT: a fact told twice has one number, a section has one name.

    (Article 6 of the 条例: information is to be accurate.)
    """
    for repeat in FORMAT.repeats:
        first, second = report.number(repeat.first), report.number(repeat.second)
        if first is None or second is None:
            continue
        if repeat.same and first != second:
            yield sentence(
                N_("同一件事两处数字不同：%(a)s是%(first)s，%(b)s是%(second)s，请用同一个数字。"),
                a=repeat.first,
                b=repeat.second,
                first=first,
                second=second,
            )
        if not repeat.same and first > second:
            yield sentence(
                N_("部分大于全部：%(a)s是%(first)s，%(b)s是%(second)s，请核对记录。"),
                a=repeat.first,
                b=repeat.second,
                first=first,
                second=second,
            )
    for name, aliases in FORMAT.section_names.items():
        for alias in aliases:
            if any(alias in _own_words(paragraph.text) for paragraph in report.paragraphs()):
                yield sentence(
                    N_("正文把“%(name)s”写成“%(alias)s”，与目录的名称不一样，请改成“%(name)s”。"),
                    name=name,
                    alias=alias,
                )


def scopes_are_told(report: ReportContent, _: Tables | None) -> Faults:
    """TX-SCOPE: numbers that look alike and count different things tell how they count."""
    untold = [scope for scope in FORMAT.scopes if not _told_beside(report, scope.key, scope.rule)]
    for scope in untold:
        yield sentence(
            N_("口径不同：%(number)s（%(key)s）是%(rule)s的，请在数字旁写明，免得被当成写错。"),
            number=report.values[scope.key].text,
            key=scope.key,
            rule=scope.rule,
        )


def percentages_agree(report: ReportContent, _: Tables | None) -> Faults:
    """TX-PERCENT: a rate agrees with its two numbers within half of its last printed digit."""
    for percentage in FORMAT.percentages:
        rate, part, whole = (
            report.number(key) for key in (percentage.rate, percentage.part, percentage.whole)
        )
        if rate is None or part is None or not whole:
            continue
        printed = report.values[percentage.rate].text.rstrip("%")
        decimals = len(printed.partition(".")[2])
        expected = 100 * float(part) / float(whole)
        if abs(float(rate) - expected) > 0.5 * 10**-decimals + 1e-9:
            yield sentence(
                N_("比率写%(rate)s%%，按%(part)s÷%(whole)s应是%(expected)s%%，请核对。"),
                key=percentage.rate,
                rate=printed,
                part=part,
                whole=whole,
                expected=f"{expected:.{max(decimals, 1)}f}",
            )


def no_number_missing(report: ReportContent, _: Tables | None) -> Faults:
    """TX-MISSING: no place for a number stays empty."""
    missing = {
        run.key: None for paragraph in report.paragraphs() for run in paragraph.runs if run.missing
    }
    for key in missing:
        yield sentence(N_("正文里〔缺数：%(key)s〕一处还没有值，请先补登相应的记录。"), key=key)


def problems_and_measures(report: ReportContent, _: Tables | None) -> Faults:
    """P5-EMPTY: problems and improvements are told, in pairs (条例 article 50 (四))."""
    told = dict.fromkeys(FORMAT.listings, 0)
    for paragraph in report.paragraphs():
        if paragraph.item_of in told and paragraph.text.rstrip("。").split("是", 1)[-1] != "无":
            told[paragraph.item_of] += 1
    if not told["problems"] or not told["measures"]:
        yield sentence(N_("第五部分要写存在的问题和改进情况，各至少一条，不能写“无”。"))
    elif told["problems"] != told["measures"]:
        yield sentence(
            N_("第五部分问题%(problems)s条、改进情况%(measures)s条，请逐条对应。"),
            problems=told["problems"],
            measures=told["measures"],
        )
    for name, key in FORMAT.listings.items():
        number = report.number(key)
        if number is not None and number != told[name]:
            yield sentence(
                N_("数字%(key)s是%(number)s，正文列了%(listed)s条，请补齐或删去。"),
                key=key,
                number=number,
                listed=told[name],
            )


def information_fee_told(report: ReportContent, _: Tables | None) -> Faults:
    """P6-FEE: part 6 tells the fee for information processing, also that none was taken.

    (国办函〔2020〕109号; amount in 元, from the fee register.)
    """
    part = report.part(6)
    told = [
        block
        for block in (part.blocks if part else ())
        if isinstance(block, Paragraph)
        and "信息处理费" in block.text
        and any(run.key == INFORMATION_FEE for run in block.runs)
    ]
    amount = report.number(INFORMATION_FEE)
    if not told:
        yield sentence(N_("第六部分要写明信息处理费收取情况，没有收取也要写明未收取。"))
    elif amount and any("未收取" in paragraph.text for paragraph in told):
        yield sentence(
            N_("第六部分写未收取信息处理费，收费登记有%(amount)s元，请改正。"), amount=amount
        )


def _own_words(text: str) -> str:
    """Text without 村民自治管理, a phrase of the committee law and no section's name."""
    return text.replace("村民自治管理", "")


def _told_beside(report: ReportContent, key: str, rule: str) -> bool:
    """Whether each paragraph that prints the figure also prints how it counts."""
    return all(
        rule in paragraph.text
        for paragraph in report.paragraphs()
        if any(run.key == key for run in paragraph.runs)
    )


TEXT_RULES = (
    Rule("TX-REQ", sentence(N_("正文的申请件数与表三一致。")), requests_as_in_table_three),
    Rule("TX-BREAKDOWN", sentence(N_("正文各处总数等于分项之和。")), breakdowns_add_up),
    Rule("TX-REPEAT", sentence(N_("同一件事各处数字一致，类别名称一致。")), same_fact_same_number),
    Rule("TX-SCOPE", sentence(N_("口径不同的数字都写明了口径。")), scopes_are_told),
    Rule("TX-PERCENT", sentence(N_("百分数与其两个数相符。")), percentages_agree),
    Rule("TX-MISSING", sentence(N_("正文没有空着的数字。")), no_number_missing),
    Rule("P5-EMPTY", sentence(N_("问题和改进情况逐条对应。")), problems_and_measures),
    Rule("P6-FEE", sentence(N_("信息处理费收取情况已写明。")), information_fee_told),
)

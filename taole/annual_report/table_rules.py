"""Arithmetic of the three tables (国办公开办函〔2021〕30号)."""

from __future__ import annotations

from decimal import Decimal

from taole.annual_report.content import ReportContent
from taole.annual_report.official_format import FORMAT
from taole.annual_report.rule import Faults, Rule
from taole.annual_report.tables import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    DECISIONS,
    PATHS,
    RECEIVED,
    RESULTS,
    RESULTS_TOTAL,
    TOTAL,
    Tables,
)
from taole.core.words import N_, sentence

FEE_SUSPECT = 100_000
"""A yearly fee of 100,000 万元 or more is most likely written in 元."""

NO_RULE_MAKING = ("township", "county_department", "county")
"""Organs without power to make 规章 (立法法 articles 91 and 93)."""

_COLUMNS = {column.key: column.label for column in FORMAT.applicants}
_ROWS = {row.code: row.label for row in FORMAT.rows}
_PATHS = {path.key: path.label for path in FORMAT.paths}
_KINDS = {"rules": "规章", "normative": "行政规范性文件"}


def row_totals(report: ReportContent, _: Tables | None) -> Faults:
    """T3-ROW: 总计 is the sum of the six kinds of applicant, in each of 25 rows (table head)."""
    table = report.tables.three
    for row in FORMAT.rows:
        parts = sum(table.number(row.code, kind) for kind in APPLICANTS)
        total = table.number(row.code, TOTAL)
        if total != parts:
            yield sentence(
                N_("表三“%(row)s”总计写%(total)s，各类申请人相加是%(parts)s，请改正这一行。"),
                row=row.label,
                total=total,
                parts=parts,
            )


def result_totals(report: ReportContent, _: Tables | None) -> Faults:
    """T3-SUM: item three (七) is the sum of the 21 outcomes, in each column."""
    table = report.tables.three
    for column, label in _COLUMNS.items():
        parts = sum(table.number(row, column) for row in DECISIONS.values())
        total = table.number(RESULTS_TOTAL, column)
        if total != parts:
            yield sentence(
                N_(
                    "表三“%(column)s”列办理结果总计写%(total)s，各项相加是%(parts)s，请改正这一列。"
                ),
                column=label,
                total=total,
                parts=parts,
            )


def balance(report: ReportContent, _: Tables | None) -> Faults:
    """T3-BAL: item one plus item two equals item three plus item four (corner of table three)."""
    table = report.tables.three
    for column, label in _COLUMNS.items():
        came = table.number(RECEIVED, column) + table.number(CARRIED_IN, column)
        went = table.number(RESULTS_TOTAL, column) + table.number(CARRIED_OUT, column)
        if came != went:
            yield sentence(
                N_(
                    "表三“%(column)s”列不平：新收加上年结转是%(came)s，"
                    "办结加结转下年是%(went)s，请核对申请台账。"
                ),
                column=label,
                came=came,
                went=went,
            )


def carried_over(report: ReportContent, last_year: Tables | None) -> Faults:
    """T3-CARRY: what last year's report carried out is what this year's carries in."""
    if last_year is None:
        return
    for column, label in _COLUMNS.items():
        now = report.tables.three.number(CARRIED_IN, column)
        before = last_year.three.number(CARRIED_OUT, column)
        if now != before:
            yield sentence(
                N_("表三“%(column)s”列上年结转写%(now)s，上年报告结转下年是%(before)s，请核对。"),
                column=label,
                now=now,
                before=before,
            )


def whole_requests(report: ReportContent, _: Tables | None) -> Faults:
    """T3-INT: each of the 175 cells is a whole number, not below 0."""
    for (row, column), number in report.tables.three.numbers.items():
        if not _is_count(number):
            yield sentence(
                N_("表三“%(row)s”行“%(column)s”列应填0或正整数，现在是%(number)s。"),
                row=_ROWS.get(row, row),
                column=_COLUMNS.get(column, column),
                number=number,
            )


def official_rows(report: ReportContent, _: Tables | None) -> Faults:
    """T3-LABEL: 25 rows with the official labels, in order."""
    rows = report.tables.three.rows
    for place, official in enumerate(FORMAT.rows):
        written = rows[place].label if place < len(rows) else ""
        if place >= len(rows) or rows[place] != official:
            yield sentence(
                N_("表三第%(place)s行应是“%(official)s”，现在是“%(written)s”，请按官方表样改。"),
                place=place + 1,
                official=official.label,
                written=written,
            )
    if len(rows) > len(FORMAT.rows):
        yield sentence(N_("表三应有25行，现在有%(rows)s行，请删去多出的行。"), rows=len(rows))


def case_totals(report: ReportContent, _: Tables | None) -> Faults:
    """T4-SUM: the total of each path is the sum of its four results (table four)."""
    table = report.tables.four
    for path, label in _PATHS.items():
        parts = sum(table.number(path, result) for result in RESULTS)
        total = table.number(path, TOTAL)
        if total != parts:
            yield sentence(
                N_("表四“%(path)s”总计写%(total)s，四种结果相加是%(parts)s，请改正。"),
                path=label,
                total=total,
                parts=parts,
            )


def whole_cases(report: ReportContent, _: Tables | None) -> Faults:
    """T4-INT: each of the 15 cells is a whole number, not below 0."""
    for path in PATHS:
        for result in (*RESULTS, TOTAL):
            number = report.tables.four.number(path, result)
            if not _is_count(number):
                yield sentence(
                    N_("表四“%(path)s”里的数应是0或正整数，现在是%(number)s。"),
                    path=_PATHS[path],
                    number=number,
                )


def documents_in_force(report: ReportContent, last_year: Tables | None) -> Faults:
    """T2-CHAIN: in force = last year's in force + issued − repealed; a clean-up may break it."""
    if last_year is None:
        return
    for kind, label in _KINDS.items():
        numbers = report.tables.two.numbers
        issued, repealed, in_force = (
            numbers[f"T2-{kind}-{column}"] for column in ("issued", "repealed", "in_force")
        )
        expected = last_year.two.numbers[f"T2-{kind}-in_force"] + issued - repealed
        if in_force != expected:
            yield sentence(
                N_(
                    "表二“%(kind)s”现行有效写%(in_force)s件，按上年数加制发减废止应是%(expected)s件，"
                    "请确认是否做过清理。"
                ),
                kind=label,
                in_force=in_force,
                expected=expected,
            )


def in_force_floor(report: ReportContent, _: Tables | None) -> Faults:
    """T2-FLOOR: what was issued this year and not repealed is still in force."""
    for kind, label in _KINDS.items():
        numbers = report.tables.two.numbers
        least = numbers[f"T2-{kind}-issued"] - numbers[f"T2-{kind}-repealed"]
        in_force = numbers[f"T2-{kind}-in_force"]
        if in_force < least:
            yield sentence(
                N_(
                    "表二“%(kind)s”现行有效%(in_force)s件，少于本年制发减废止的%(least)s件，请核对。"
                ),
                kind=label,
                in_force=in_force,
                least=least,
            )


def no_rules_in_a_township(report: ReportContent, _: Tables | None) -> Faults:
    """T2-RULES-TOWN: townships and county organs make no 规章 (立法法 articles 91 and 93)."""
    if report.organ_level not in NO_RULE_MAKING:
        return
    numbers = report.tables.two.numbers
    if any(numbers[f"T2-rules-{column}"] for column in ("issued", "repealed", "in_force")):
        yield sentence(N_("表二“规章”三格应为0：乡镇没有规章制定权，请把文件改记为规范性文件。"))


def fee_in_ten_thousands(report: ReportContent, _: Tables | None) -> Faults:
    """T2-FEE: the fee is in 万元 and not negative; a very large one was written in 元."""
    fee = report.tables.two.numbers["T2-fee"]
    if fee < 0 or fee >= FEE_SUSPECT:
        yield sentence(
            N_("表二收费金额写%(fee)s万元，请核对单位是不是把元当成了万元。"),
            fee=report.tables.two.cell("T2-fee").text,
        )
    for key, number in report.tables.two.numbers.items():
        if key != "T2-fee" and not _is_count(number):
            yield sentence(N_("表二的件数应是0或正整数，现在有一格是%(number)s。"), number=number)


def _is_count(number: int | Decimal) -> bool:
    return type(number) is int and number >= 0


TABLE_RULES = (
    Rule("T3-ROW", sentence(N_("表三各行总计等于各类申请人之和。")), row_totals),
    Rule("T3-SUM", sentence(N_("表三各列办理结果总计等于各项之和。")), result_totals),
    Rule("T3-BAL", sentence(N_("表三各列：新收加上年结转，等于办结加结转下年。")), balance),
    Rule(
        "T3-CARRY",
        sentence(N_("表三上年结转与上年报告一致。")),
        carried_over,
        compares_years=True,
    ),
    Rule("T3-INT", sentence(N_("表三175格都是0或正整数。")), whole_requests),
    Rule("T3-LABEL", sentence(N_("表三25行的行标和次序与官方表样一致。")), official_rows),
    Rule("T4-SUM", sentence(N_("表四各组总计等于四种结果之和。")), case_totals),
    Rule("T4-INT", sentence(N_("表四15格都是0或正整数。")), whole_cases),
    Rule(
        "T2-CHAIN",
        sentence(N_("表二现行有效件数与上年报告衔接。")),
        documents_in_force,
        compares_years=True,
    ),
    Rule("T2-FLOOR", sentence(N_("表二现行有效件数不少于本年制发减废止。")), in_force_floor),
    Rule("T2-RULES-TOWN", sentence(N_("表二“规章”三格符合本级权限。")), no_rules_in_a_township),
    Rule(
        "T2-FEE", sentence(N_("表二件数和收费金额的单位、大小没有可疑处。")), fee_in_ten_thousands
    ),
)

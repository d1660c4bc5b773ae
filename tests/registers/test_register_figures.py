"""The report's numbers, counted from a handful of entries of 陶乐镇."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from taole.annual_report.tables import build_table_four
from taole.core.figures import Scope, measure
from taole.core.settings_store import keep_setting
from taole.organisation.actions import close_unit
from taole.registers.actions import enter
from taole.registers.queries import review_grid

if TYPE_CHECKING:
    from cast import Town

LAST_DAY, NEW_YEAR = date(2023, 12, 31), date(2024, 1, 1)


def year(town: Town, number: int = 2023) -> Scope:
    return Scope(town.township.id, town.township.path, date(number, 1, 1), date(number, 12, 31))


def counted(key: str, scope: Scope) -> tuple[Any, list[str]]:
    """The figure's value and the labels of its records."""
    measured = measure(key, scope)
    return measured.value, [record.label for record in measured.records]


def put(town: Town, key: str, **values: Any) -> None:
    enter(key, town.township, values, by=town.li)


def message(town: Town, subject: str, received: date, due: date, replied: date | None) -> None:
    put(
        town,
        "public_messages",
        channel="12345",
        subject=subject,
        received_on=received,
        due_on=due,
        replied_on=replied,
    )


def document(town: Town, title: str, issued: date, repealed: date | None = None) -> None:
    put(
        town,
        "normative_documents",
        kind="行政规范性文件",
        title=title,
        issued_on=issued,
        repealed_on=repealed,
    )


def test_messages_of_the_year_are_counted_and_those_replied_late_are_not_on_time(
    town: Town,
) -> None:
    message(town, "元旦", date(2023, 1, 1), date(2023, 1, 9), date(2023, 1, 9))
    message(town, "年底", LAST_DAY, date(2024, 1, 8), date(2024, 1, 5))
    message(town, "迟复", date(2023, 5, 4), date(2023, 5, 11), date(2023, 5, 12))
    message(town, "未复", date(2023, 6, 1), date(2023, 6, 8), None)
    message(town, "次年", NEW_YEAR, date(2024, 1, 9), date(2024, 1, 2))
    scope = year(town)
    assert counted("P1-inquiry", scope) == (4, ["元旦", "迟复", "未复", "年底"])
    assert counted("P1-inquiry-ontime", scope) == (2, ["元旦", "年底"])
    assert counted("P1-inquiry-rate", scope) == (75, ["元旦", "迟复", "年底"])


def test_a_year_without_messages_has_no_rate(town: Town) -> None:
    assert counted("P1-inquiry", year(town)) == (0, [])
    assert counted("P1-inquiry-rate", year(town)) == (None, [])


def test_a_neighbours_messages_are_not_ours(town: Town) -> None:
    values = {
        "channel": "12345",
        "subject": "邻乡",
        "received_on": date(2023, 2, 1),
        "due_on": date(2023, 2, 8),
    }
    enter("public_messages", town.neighbour, values, by=town.wu)
    assert counted("P1-inquiry", year(town)) == (0, [])


def test_a_document_repealed_in_the_year_is_not_in_force_at_its_end(town: Town) -> None:
    document(town, "旧办法", date(2019, 1, 1), LAST_DAY)
    document(town, "久办法", date(2019, 1, 1), NEW_YEAR)
    document(town, "新办法", LAST_DAY)
    document(town, "次年办法", NEW_YEAR)
    scope = year(town)
    assert counted("T2-normative-issued", scope) == (1, ["新办法"])
    assert counted("T2-normative-repealed", scope) == (1, ["旧办法"])
    assert counted("T2-normative-in_force", scope) == (2, ["久办法", "新办法"])
    for part in ("issued", "repealed", "in_force"):
        assert counted(f"T2-rules-{part}", scope) == (0, [])


def test_decisions_are_counted_by_kind(town: Town) -> None:
    for kind, on in (("行政许可", LAST_DAY), ("行政处罚", NEW_YEAR), ("行政处罚", LAST_DAY)):
        put(town, "administrative_decisions", kind=kind, decided_on=on, subject=f"{kind}一件")
    assert counted("T2-licence", year(town)) == (1, ["行政许可一件"])
    assert counted("T2-penalty", year(town)) == (1, ["行政处罚一件"])
    assert counted("T2-coercion", year(town)) == (0, [])


def test_fees_are_summed_to_the_cent_each_in_its_own_unit(town: Town) -> None:
    for kind, amount, on in (
        ("行政事业性收费", "12345.60", LAST_DAY),
        ("行政事业性收费", "0.40", date(2023, 1, 1)),
        ("行政事业性收费", "99999.99", NEW_YEAR),
        ("信息处理费", "110.05", date(2023, 7, 1)),
    ):
        put(town, "fee_receipts", kind=kind, amount=Decimal(amount), received_on=on)
    value, records = counted("T2-fee", year(town))
    assert (value, len(records)) == (Decimal("1.2346"), 2)
    assert counted("P6-infofee", year(town)) == (Decimal("110.05"), ["信息处理费"])


def test_no_fee_is_nothing_and_not_unknown(town: Town) -> None:
    assert counted("T2-fee", year(town)) == (0, [])
    assert counted("P6-infofee", year(town)) == (0, [])


def test_trainings_held_and_attended_are_counted_apart(town: Town) -> None:
    for role, topic in (
        ("举办", "政府信息公开暨村务公开培训"),
        ("举办", "保密培训"),
        ("参加", "全县村务公开培训"),
    ):
        put(town, "trainings", role=role, topic=topic, held_on=date(2023, 4, 19))
    scope = year(town)
    assert counted("P1-training-host", scope)[0] == 2
    assert counted("P6-training-host", scope) == (1, ["政府信息公开暨村务公开培训"])
    assert counted("P6-training-attend", scope) == (1, ["全县村务公开培训"])


def test_what_was_closed_on_the_last_day_is_not_there_at_the_years_end(town: Town) -> None:
    for closed in (None, LAST_DAY, NEW_YEAR):
        opened = date(2022, 1, 1)
        put(
            town,
            "facilities",
            kind="政务公开专区",
            place="大厅",
            opened_on=opened,
            closed_on=closed,
        )
        put(
            town, "media_accounts", platform="微博", name="陶乐", opened_on=opened, closed_on=closed
        )
        put(town, "chat_groups", name="工作群", opened_on=opened, closed_on=closed, is_idle=True)
        put(
            town,
            "duty_assignments",
            duty="网民回应",
            person_name="李某",
            from_on=opened,
            until_on=closed,
        )
    put(town, "facilities", kind="公示栏", place="村部", opened_on=date(2022, 1, 1))
    put(town, "chat_groups", name="活跃群", opened_on=LAST_DAY)
    put(town, "duty_assignments", duty="政务公开", person_name="李某", from_on=date(2022, 1, 1))
    scope = year(town)
    assert counted("P1-zone", scope) == (2, ["大厅", "大厅"])
    assert counted("P1-newmedia-acc", scope)[0] == 2
    assert counted("P6-chatgroup", scope)[0] == 3
    assert counted("P6-chatgroup-clean", scope) == (2, ["工作群", "工作群"])
    assert counted("P6-reply-staff", scope) == (2, ["李某", "李某"])


def test_only_the_years_rules_of_release_review_are_counted(town: Town) -> None:
    for topic, on in (
        ("发布审核", date(2023, 2, 20)),
        ("发布审核", date(2022, 2, 20)),
        ("考勤", date(2023, 3, 1)),
    ):
        put(town, "internal_rules", title=f"{on.year}年{topic}制度", topic=topic, issued_on=on)
    assert counted("P1-system", year(town)) == (1, ["2023年发布审核制度"])


def test_the_last_evaluation_of_the_year_stands_in_the_report(town: Town) -> None:
    assert counted("P1-evaluation", year(town)) == (None, [])
    for result, on in (("优秀", NEW_YEAR), ("良好", LAST_DAY), ("一般", date(2023, 6, 30))):
        put(town, "evaluations", result=result, held_on=on)
    assert counted("P1-evaluation", year(town)) == ("良好", ["良好"])


def test_pursuits_and_incidents_of_the_year_are_counted(town: Town) -> None:
    put(town, "accountability_cases", subject="通报批评", decided_on=LAST_DAY)
    put(town, "incidents", kind="舆情", subject="网上热议", happened_on=date(2023, 8, 1))
    put(town, "incidents", kind="泄密", subject="次年", happened_on=NEW_YEAR)
    assert counted("P1-accountability", year(town)) == (1, ["通报批评"])
    assert counted("P6-leak", year(town)) == (1, ["网上热议"])


def test_ledgers_handed_in_every_quarter_give_once_a_quarter(town: Town) -> None:
    for on in (date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30)):
        put(town, "ledger_submissions", recipient="县政务公开办", submitted_on=on)
    assert counted("P6-ledger-freq", year(town))[0] == 0
    put(town, "ledger_submissions", recipient="县政务公开办", submitted_on=LAST_DAY)
    value, records = counted("P6-ledger-freq", year(town))
    assert (value, len(records)) == (1, 4)


def test_key_tasks_come_in_their_order_and_last_years_stand_apart(town: Town) -> None:
    for number, of_year in ((2, 2023), (1, 2023), (1, 2022)):
        put(
            town,
            "key_tasks",
            year=of_year,
            number=number,
            title=f"{of_year}第{number}条",
            state="已完成",
        )
    assert counted("P6-items", year(town)) == (2, ["2023第1条", "2023第2条"])
    assert counted("P6-lastyear", year(town)) == (2022, ["2022第1条"])


def test_the_township_collects_every_two_weeks_unless_it_says_otherwise(town: Town) -> None:
    assert measure("P5-collect-freq", year(town)).value == 2
    keep_setting("collection_interval", {"weeks": 4}, town.township.id)
    assert measure("P5-collect-freq", year(town)).value == 4


def test_a_village_closed_in_the_year_is_not_counted_at_its_end(town: Town) -> None:
    assert counted("P6-villages", year(town))[0] == 5
    close_unit(town.villages[0], on=LAST_DAY, by=town.li)
    close_unit(town.villages[1], on=NEW_YEAR, by=town.li)
    assert counted("P6-villages", year(town))[0] == 4
    assert counted("P6-villages", year(town, 2022))[0] == 5
    assert measure("P6-phone", year(town)).value == "0952-8011132"


def test_a_township_without_an_adopted_catalogue_has_no_categories(town: Town) -> None:
    assert counted("P5-categories", year(town)) == (0, [])


def case(town: Town, path: str, received: date, concluded: date | None, result: str = "") -> None:
    put(
        town,
        "review_cases",
        path=path,
        subject="对答复不服",
        received_on=received,
        concluded_on=concluded,
        result=result,
    )


def test_table_four_counts_what_was_concluded_in_the_year_or_open_at_its_end(town: Town) -> None:
    case(town, "行政复议", date(2022, 11, 1), date(2023, 1, 1), "结果维持")
    case(town, "行政复议", date(2022, 11, 1), date(2022, 12, 31), "结果纠正")
    case(town, "行政复议", LAST_DAY, NEW_YEAR, "结果纠正")
    case(town, "未经复议直接起诉", date(2021, 5, 1), None)
    case(town, "复议后起诉", date(2023, 5, 1), LAST_DAY, "其他结果")
    case(town, "复议后起诉", NEW_YEAR, None)
    grid = review_grid(town.township.id, 2023)
    assert grid == {
        ("review", "upheld"): 1,
        ("review", "pending"): 1,
        ("direct", "pending"): 1,
        ("after_review", "other"): 1,
    }
    table = build_table_four(grid)
    value, records = counted("T4-cells", year(town))
    assert (
        value
        == len(records)
        == sum(table.number(p, "total") for p in ("review", "direct", "after_review"))
    )

"""What the website duty has to tell people: columns that run out, messages that wait too long."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from taole.core.clock import today
from taole.core.words import N_, Sentence, sentence
from taole.notifications.lines import Audience, Line
from taole.notifications.plan import Plan
from taole.notifications.sources import Source
from taole.organisation.models import Unit
from taole.organisation.queries import find_unit, list_children
from taole.organisation.rules import UnitKind
from taole.oversight.column_rules import STEPS, Standing, in_words
from taole.oversight.website_queries import (
    ColumnState,
    WaitingMessage,
    list_ids_unanswered,
    list_messages_near_three_months,
    website_columns,
)

NEVER = "never"
NEAR, OVER = "near", "over"


def column_lines(township: Unit, on: date, plan: Plan) -> Iterator[Line]:
    """To the office that publishes a column and to the clerk: day 10, day 14, and when it is stale.

    An empty column stands in a digest that goes anyway. A column whose office is not one of the
    township's is the clerk's alone.
    """
    pressing = [each for each in website_columns(township, on) if _presses(each)]
    if not pressing:
        return
    offices = {
        each.name: each
        for each in list_children(township)
        if each.kind is UnitKind.OFFICE and each.is_open_on(on)
    }
    for column in pressing:
        said = in_words(column.item.title, column.standing, column.clock, on)
        subject, step = _subject(township, column), _step(column, plan)
        due_on = column.clock.due_on if column.clock else None
        page = f"/website-duty/{township.code}/columns/{column.item.code}"
        yield Line(subject, step, township.id, Audience.CLERK, said, page, due_on)
        office = offices.get(column.item.publisher)
        if office is not None:
            form = f"/villages/{office.code}/notices/new?item={column.item.code}"
            yield Line(subject, step, office.id, Audience.CONTRIBUTOR, said, form, due_on)


def open_columns(subjects: Collection[str]) -> set[str]:
    """Those columns that press and have not been updated since."""
    codes = {subject.split(":")[1] for subject in subjects}
    townships = [found for code in codes if (found := find_unit(code)) is not None]
    pressing = {
        _subject(township, each)
        for township in townships
        for each in website_columns(township, today())
        if _presses(each)
    }
    return pressing & set(subjects)


def _presses(column: ColumnState) -> bool:
    return column.standing in STEPS or column.standing is Standing.EMPTY


def _subject(township: Unit, column: ColumnState) -> str:
    """One cycle of a column: after an update it is another subject, and is told of again."""
    updated = column.last_on.isoformat() if column.last_on else NEVER
    return f"column:{township.code}:{column.item.code}:{updated}"


def _step(column: ColumnState, plan: Plan) -> str:
    """The step that is told of; none for what was reached before reminders were switched on."""
    step = STEPS.get(column.standing, "")
    reached = column.clock.reached_on(column.standing) if column.clock else None
    is_backlog = plan.since is not None and reached is not None and reached < plan.since
    return "" if is_backlog else step


def message_lines(township: Unit, on: date, plan: Plan) -> Iterator[Line]:
    """To the clerk: messages that have waited nearly three months, or longer."""
    for each in list_messages_near_three_months(township, on):
        step, reached = (OVER, each.until) if each.is_over else (NEAR, each.waiting.near_on)
        is_backlog = plan.since is not None and reached < plan.since
        yield Line(
            f"message:{each.message.id}",
            "" if is_backlog else step,
            township.id,
            Audience.CLERK,
            message_in_words(each),
            f"/registers/public_messages/{each.message.id}",
            each.until,
        )


def message_in_words(waiting: WaitingMessage) -> Sentence:
    """A message that waits, with its day and how long it may still wait."""
    told = {
        "subject": waiting.message.subject,
        "day": waiting.message.received_on.isoformat(),
        "until": waiting.until.isoformat(),
    }
    if waiting.is_over:
        return sentence(
            N_("%(day)s 收到的留言“%(subject)s”还没有答复，%(until)s 已满三个月，超%(over)s天。"),
            **told,
            over=-waiting.days_left,
        )
    return sentence(
        N_("%(day)s 收到的留言“%(subject)s”还没有答复，%(until)s 满三个月，剩%(left)s天。"),
        **told,
        left=waiting.days_left,
    )


def open_messages(subjects: Collection[str]) -> set[str]:
    """Those messages that nobody has answered yet."""
    ids = [UUID(subject.split(":")[1]) for subject in subjects]
    return {f"message:{each}" for each in list_ids_unanswered(ids)}


SOURCES: tuple[Source, ...] = (
    Source("column", N_("网站栏目"), column_lines, open_columns),
    Source("message", N_("群众留言"), message_lines, open_messages),
)

"""What the system sees of the website: columns that were not updated in time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from taole.catalogue.channels import Channel
from taole.core.words import N_, day_text, sentence
from taole.inspections.rules import named_day
from taole.inspections.seen import Detector, Mended, Seen
from taole.inspections.workflow import Severity
from taole.organisation.models import Unit
from taole.organisation.queries import find_unit
from taole.oversight.column_rules import Standing
from taole.oversight.website_queries import website_columns

PREFIX = "column"


def look(township: Unit, on: date) -> Iterator[Seen]:
    """The columns that are stale on a day, as problems of the township."""
    for column in website_columns(township, on):
        if column.standing is Standing.STALE and column.clock is not None:
            due_on = column.clock.due_on
            yield Seen(
                subject=f"{PREFIX}:{township.code}:{column.item.code}",
                unit=township,
                since=due_on + timedelta(days=1),
                statement=sentence(
                    N_("%(unit)s网站栏目“%(column)s”未更新，应于%(due)s前更新，超期%(days)s天"),
                    unit=township.name,
                    column=column.item.title,
                    due=named_day(due_on, on.year),
                    days=(on - due_on).days,
                ),
                severity=Severity.MAJOR,
                problem_kind="column-stale",
                demand=N_("更新栏目内容，此后按规定间隔更新"),
                basis="国办秘函〔2019〕19号",
                item=column.item,
                channel=Channel.WEBSITE,
            )


def mended(subjects: Collection[str], on: date) -> Mapping[str, Mended]:
    """The columns that have been updated since."""
    over = {}
    for code in {subject.split(":")[1] for subject in subjects}:
        township = find_unit(code)
        for column in website_columns(township, on) if township else ():
            subject = f"{PREFIX}:{code}:{column.item.code}"
            is_fresh = column.standing not in (Standing.STALE, Standing.EMPTY)
            if subject in subjects and is_fresh and column.last_on is not None:
                over[subject] = Mended(
                    sentence(N_("%(day)s已更新"), day=day_text(column.last_on)),
                    column.last_on,
                    page=f"/website-duty/{code}/columns/{column.item.code}",
                )
    return over


DETECTOR = Detector(PREFIX, look, mended)

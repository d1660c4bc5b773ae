"""What the system sees by itself: each kind of trouble has a detector, registered by the house."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from taole.attachments.models import Attachment
from taole.catalogue.channels import Channel
from taole.catalogue.models import CatalogueItem
from taole.core.words import Sentence
from taole.inspections.workflow import Severity
from taole.organisation.models import Unit, User


@dataclass(frozen=True)
class Seen:
    """A trouble on a day: its subject ("<prefix>:…"), whose it is, since when, what is said of it.

    ``since``: the first day of this stretch of trouble. ``basis``: the rule that it breaks.
    """

    subject: str
    unit: Unit
    since: date
    statement: Sentence
    severity: Severity
    problem_kind: str = ""
    demand: str = ""
    basis: str = ""
    item: CatalogueItem | None = None
    channel: Channel | None = None


@dataclass(frozen=True)
class Mended:
    """That a trouble is over: what was done, on which day, and where it can be seen.

    ``page``: the path of the house's page that shows it, where no photograph or link does.
    ``by``: who did it; somebody else has to look.
    """

    words: Sentence
    on: date
    proof: Attachment | None = None
    link: str = ""
    page: str = ""
    by: User | None = None


def _nothing_mended(_subjects: Collection[str], _on: date) -> Mapping[str, Mended]:
    return {}


def _never_back(_subject: str) -> date | None:
    return None


@dataclass(frozen=True)
class Detector:
    """``look(township, on)``: the troubles of a day, each named once. ``mended(subjects, on)``:
    those of its own subjects that are over, with what shows it. ``back_on(subject)``: the last day
    on which something that was in order was undone."""

    prefix: str
    look: Callable[[Unit, date], Iterable[Seen]]
    mended: Callable[[Collection[str], date], Mapping[str, Mended]] = _nothing_mended
    back_on: Callable[[str], date | None] = _never_back


DETECTORS: dict[str, Detector] = {}


def register_detectors(detectors: Iterable[Detector]) -> None:
    for each in detectors:
        DETECTORS[each.prefix] = each


def detector_of(subject: str) -> Detector | None:
    return DETECTORS.get(subject.partition(":")[0])

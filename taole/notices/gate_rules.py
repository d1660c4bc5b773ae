"""Personal data in the words of a notice: where it stands, and what is shown instead.

A masked value is as long as what it hides, so that places stay where they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.words import N_, Sentence, quoted, sentence
from taole.privacy.findings import KIND_LABELS, Context, Hit, Kind, MaskPatterns
from taole.privacy.masking import STAR
from taole.privacy.rules import find, find_in_rows

TITLE, BODY, COLUMNS = "title", "body", "columns"
HEAD, CELL = "head:", "cell:"
LONGEST_PLACE = 80
LONGEST_HIT = 200
IN_NAMES = frozenset(
    {Kind.IDENTITY, Kind.BANK_CARD, Kind.SOCIAL_CARD, Kind.MOBILE, Kind.LANDLINE, Kind.PLATE}
)
"""What is looked for in the names of columns, which are words of the matter themselves."""

_NAMES = re.compile(r"姓名(?:（.*）)?$|名单$")
_LONG_NUMBER = re.compile(r"[\d*零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖 Xx\-－—]{7,}")
_PHONE = re.compile(r"\d[\d－—\- ]{5,}\d")


class Slot(NamedTuple):
    """A text of a notice: its place, and for cells row and column, for names their number."""

    place: str
    row: int = 0
    cell: int = 0


@dataclass(frozen=True)
class Words:
    """What a notice says, as texts; a row may be shorter than the head."""

    title: str = ""
    body: str = ""
    head: Mapping[str, str] = field(default_factory=dict)
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()

    def texts(self) -> dict[Slot, str]:
        """Every text by its slot, in the order in which it is read."""
        found = {Slot(TITLE): self.title, Slot(BODY): self.body}
        for at, (name, text) in enumerate(self.head.items()):
            found[Slot(place_of(HEAD, name), 0, at)] = text
        for at, name in enumerate(self.columns):
            found[Slot(COLUMNS, 0, at)] = name
        places = self.places()
        for number, row in enumerate(self.rows):
            for at, text in enumerate(row[: len(places)]):
                found[Slot(places[at], number, at)] = text
        return found

    def places(self) -> list[str]:
        """The place of each column's cells."""
        return [place_of(CELL, name) for name in self.columns]

    def changed(self, texts: Mapping[Slot, str]) -> Words:
        """The words with other texts in these slots."""
        names = list(self.head)
        head, columns = dict(self.head), list(self.columns)
        rows = list(self.rows)
        touched: dict[int, list[str]] = {}
        for slot, text in texts.items():
            if slot.place == COLUMNS:
                columns[slot.cell] = text
            elif slot.place.startswith(HEAD):
                head[names[slot.cell]] = text
            elif slot.place.startswith(CELL):
                touched.setdefault(slot.row, list(rows[slot.row]))[slot.cell] = text
        for at, row in touched.items():
            rows[at] = row
        title, body = texts.get(Slot(TITLE), self.title), texts.get(Slot(BODY), self.body)
        return Words(title, body, head, columns, rows)


@dataclass(frozen=True)
class Spot:
    """A masked value: its slot, where in the text it begins, and what it hides (fingerprint)."""

    slot: Slot
    start: int
    masked: str
    fingerprint: str

    @property
    def end(self) -> int:
        return self.start + len(self.masked)

    def stands_in(self, texts: Mapping[Slot, str]) -> bool:
        return texts.get(self.slot, "").startswith(self.masked, self.start)

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True)
class Finding:
    """Personal data found; ``raw`` is to be sealed and goes nowhere else."""

    spot: Spot
    kind: Kind
    raw: str = field(repr=False)
    confidence: float
    suggestion: str


def place_of(part: str, name: str) -> str:
    """The name of a place; a number in a column's name, masked or not, is left out of it."""
    return f"{part}{_LONG_NUMBER.sub('…', name)}"[:LONGEST_PLACE]


def allowed(template: UnifiedTemplate, phones: Iterable[str]) -> Context:
    """What the matter allows: may names be told, and which phones have to be printed."""
    digits = {re.sub(r"\D", "", each) for phone in phones for each in _PHONE.findall(phone)}
    return Context(
        names_forbidden=any(_NAMES.search(each) for each in template.must_not),
        allowed_phones=frozenset(digits),
        forbidden=template.must_not,
    )


def look(
    words: Words,
    context: Context,
    patterns: MaskPatterns,
    *,
    fingerprint: Callable[[str], str],
    known: Iterable[Spot] = (),
    dismissed: frozenset[str] = frozenset(),
) -> list[Finding]:
    """Personal data in all words of a notice, but for what is masked already (``known``) and
    what a person said is none (``dismissed``, by fingerprint)."""
    covered: dict[Slot, list[Spot]] = defaultdict(list)
    for spot in known:
        covered[spot.slot].append(spot)
    found = []
    for slot, hit in _hits(words, context, patterns):
        for start, raw, shown in _pieces(hit):
            sign = fingerprint(raw)
            is_masked = any(each.overlaps(start, start + len(raw)) for each in covered[slot])
            if raw != shown and not is_masked and sign not in dismissed:
                spot = Spot(slot, start, shown, sign)
                found.append(Finding(spot, hit.kind, raw, hit.confidence, str(hit.suggestion)))
    return found


def _hits(words: Words, context: Context, patterns: MaskPatterns) -> Iterator[tuple[Slot, Hit]]:
    for place, text in ((TITLE, words.title), (BODY, words.body)):
        for hit in find(text, context, patterns):
            yield Slot(place), hit
    for at, (name, text) in enumerate(words.head.items()):
        for hit in find(text, replace(context, column=name), patterns):
            yield Slot(place_of(HEAD, name), 0, at), hit
    for at, name in enumerate(words.columns):
        for hit in find(name, context, patterns):
            if hit.kind in IN_NAMES:
                yield Slot(COLUMNS, 0, at), hit
    places = words.places()
    contexts = {name: replace(context, column=name) for name in words.columns}
    for each in find_in_rows(words.columns, words.rows, contexts, patterns):
        if each.column < len(places):
            yield Slot(places[each.column], each.row, each.column), each.hit


def _pieces(hit: Hit) -> Iterator[tuple[int, str, str]]:
    """A hit as (start, raw, masked) pieces that fit into the database, each as long as before."""
    shown = hit.masked if len(hit.masked) == len(hit.text) else STAR * len(hit.text)
    for at in range(0, len(hit.text), LONGEST_HIT):
        cut = slice(at, at + LONGEST_HIT)
        yield hit.start + at, hit.text[cut], shown[cut]


def hidden(words: Words, findings: Iterable[Finding]) -> Words:
    """The words with every finding masked."""
    return put(words, ((each.spot, each.spot.masked) for each in findings))


def put(words: Words, pieces: Iterable[tuple[Spot, str]]) -> Words:
    """The words with another piece of text, as long as the masked one, at each spot."""
    texts = words.texts()
    changed: dict[Slot, str] = {}
    for spot, piece in pieces:
        text = changed.get(spot.slot, texts[spot.slot])
        changed[spot.slot] = text[: spot.start] + piece + text[spot.end :]
    return words.changed(changed)


def name_place(place: str, row: int, kind: str, column: str = "") -> Sentence:
    """Where personal data stands, and of what kind: 第3行“备注”里有身份证号."""
    what = sentence(KIND_LABELS[Kind(kind)])
    if place == TITLE:
        return sentence(N_("标题里有%(kind)s"), kind=what)
    if place == BODY:
        return sentence(N_("正文里有%(kind)s"), kind=what)
    if place == COLUMNS:
        return sentence(N_("表头第%(column)s栏里有%(kind)s"), column=column, kind=what)
    name = quoted(place.partition(":")[2])
    if place.startswith(HEAD):
        return sentence(N_("“%(field)s”里有%(kind)s"), field=name, kind=what)
    return sentence(N_("第%(row)s行“%(column)s”里有%(kind)s"), row=row, column=name, kind=what)

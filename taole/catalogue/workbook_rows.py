"""From the rows under a catalogue's head to one entry an item: banners, totals, merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from taole.catalogue.drafts import section_named
from taole.catalogue.workbook_columns import text_of, without_numbering
from taole.documents.columns import Header, plain_name
from taole.documents.workbooks import Row

_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|共\d+项)")
_REMARK = re.compile(r"^(?:注|备注|说明|填表|制表|审核|监督电话|联系电话|填报)[：:人说单日]?")


@dataclass
class Entry:
    """One item's row; ``more`` are the rows below that only continue its cells."""

    row: Row
    section: str
    title: str
    more: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Stray:
    """A row that is neither item, banner, total nor remark: it has no 公开事项."""

    row: Row
    has_time_limit: bool


def entries(rows: Sequence[Row], header: Header) -> Iterator[Entry | Stray]:
    """The items under the head, in order, each with the 一级事项 that holds for it.

    A 一级事项 written once (merged, or in a row of its own) holds for the rows below. A row with
    the same 序号 and 公开事项 as the one above, or with neither, continues it. Skipped are empty
    rows, totals, remarks and a repeated head.
    """
    section, open_entry = "", None
    for row in rows:
        if row.number <= header.last_row_number or row.is_empty:
            continue
        title = " ".join(text_of(header.value(row, "title")).split())
        banner = _only_text(row)
        if banner is not None and _closes(banner):
            continue
        if banner is not None and (named := section_named(without_numbering(banner))):
            section = named
            continue
        if _closes(_first_text(row)) or _repeats_head(title, header):
            continue
        section = without_numbering(text_of(header.value(row, "section"))) or section
        if open_entry is not None and _continues(row, title, section, open_entry, header):
            open_entry.more.append(row)
            continue
        if open_entry is not None:
            yield open_entry
            open_entry = None
        if title:
            open_entry = Entry(row, section, title)
        else:
            yield Stray(row, header.value(row, "time_limit") is not None)
    if open_entry is not None:
        yield open_entry


def joined(entry: Entry, header: Header, name: str) -> str:
    """An item's text in a column over all its rows, each different text once, by line."""
    texts: list[str] = []
    for row in (entry.row, *entry.more):
        text = text_of(header.value(row, name))
        if text and text not in texts:
            texts.append(text)
    return "\n".join(texts)


def _continues(row: Row, title: str, section: str, above: Entry, header: Header) -> bool:
    number = header.value(row, "number")
    if title:
        return (
            (title, section) == (above.title, above.section)
            and number is not None
            and number == header.value(above.row, "number")
        )
    own_limit = header.value(row, "time_limit")
    limits = (None, header.value(above.row, "time_limit"))
    return number is None and own_limit in limits and header.value(row, "content") is not None


def _only_text(row: Row) -> str | None:
    """The row's text when it says one thing only (once, or repeated by a merged range)."""
    said = {text_of(cell) for cell in row.cells if cell is not None}
    return said.pop() if len(said) == 1 else None


def _first_text(row: Row) -> str:
    return next((text_of(cell) for cell in row.cells if cell is not None), "")


def _closes(text: str) -> bool:
    plain = "".join(text.split())
    return bool(_TOTAL.match(plain) or _REMARK.match(plain)) and plain != "说明"


def _repeats_head(title: str, header: Header) -> bool:
    column = header.columns["title"]
    return bool(title) and plain_name(title) == plain_name(header.names.get(column, ""))

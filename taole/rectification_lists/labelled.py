"""Text that names what it says (存在问题：… 整改时限：…), or draws its table with | signs. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from taole.rectification_lists.fields import Field
from taole.rectification_lists.heads import sure_field

_LABEL = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?(?P<label>[^：:]{1,14})[：:]\s*(?P<said>.*)"
)
_NUMBERED_PROBLEM = re.compile(r"问题\s*[一二三四五六七八九十\d]{1,3}")
_NUMBER = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]?\s*")
_RULE = re.compile(r"[|\s:：\-—]+")


def piped_cells(lines: Sequence[str]) -> list[list[str]]:
    """The cells of a table drawn with | signs; empty where the lines draw none."""
    drawn = [line.strip() for line in lines if line.strip().startswith("|")]
    if len(drawn) < 2:
        return []
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in drawn
        if not _RULE.fullmatch(line)
    ]


def stacked_cells(lines: Sequence[str]) -> list[list[str]]:
    """The cells of a table that was copied with one cell a line; empty where it is none."""
    said = [line.strip() for line in lines if line.strip()]
    width = next((at for at, line in enumerate(said) if not sure_field(line)), len(said))
    if width < 3 or len(said) <= width or len(said) % width:
        return []
    return [said[at : at + width] for at in range(0, len(said), width)]


def labelled_cells(lines: Sequence[str], is_unit: Callable[[str], bool]) -> list[list[str]]:
    """A list of the records in a text, its head first; empty where it has none.

    A record begins where a name comes again; a line without a name goes on, or heads the records
    of a unit.
    """
    names: list[str] = []
    records: list[dict[str, str]] = []
    last = ""
    for line in lines:
        label, said = label_of(line)
        if label:
            if not records or label in records[-1]:
                records.append({})
            names += [label] if label not in names else []
            records[-1][label] = said
            last = label
        elif is_unit(line.strip()):
            records += [{"": line.strip()}, {}]
            last = ""
        elif records and last and not _NUMBER.fullmatch(line):
            records[-1][last] = f"{records[-1][last]} {line.strip()}".strip()
    fields = [sure_field(name) for name in names]
    statements = [name for name in names if sure_field(name) is Field.STATEMENT]
    told = sum(1 for record in records for name in statements if record.get(name))
    if not told or len(set(fields) - {Field.UNUSED, None}) < 2:
        return []
    rows = [
        [record[""]] if "" in record else [record.get(name, "") for name in names]
        for record in records
        if record
    ]
    return [names, *rows]


def label_of(line: str) -> tuple[str, str]:
    """The name that a line begins with, if it is one of a list's columns, and what it says."""
    found = _LABEL.fullmatch(line)
    if found is None:
        return "", line
    label = "".join(found["label"].split())
    if _NUMBERED_PROBLEM.fullmatch(label):
        return "存在问题", found["said"].strip()
    return (label, found["said"].strip()) if sure_field(label) else ("", line)

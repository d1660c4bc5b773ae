"""A text that is copied into a chat group: short enough to be read there, and pure."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 499
"""Signs of a whole text, its link included: longer ones are folded by the chat."""
_TITLE = 60
_FOOT = 160


def chat_text(
    *,
    head: str,
    items: Sequence[tuple[str, str, str]],
    foot: str = "",
    link: str = "",
    most: int = MOST,
) -> str:
    """Head, one line for each item, foot and link; at most ``most`` signs whatever is put in.

    An item is (unit or "", what, how long: 超5天, 剩2天); those of one unit stand under its name.
    Items are left out whole, and how many is said.
    """
    head, foot = _cut(head, 2 * _TITLE), _cut(foot, _FOOT)
    tail = [line for line in (foot, link) if line]
    lines = _lines(items)
    for shown in range(len(lines), -1, -1):
        left = len(items) - sum(kept for _line, kept in lines[:shown])
        body = [line for line, _kept in lines[:shown]]
        if left:
            body.append(f"……另有{left}项")
        text = "\n".join([head, *body, *tail])
        if len(text) <= most:
            return text
    return "\n".join([_cut(head, most - len(link) - 1), link]) if link else _cut(head, most)


def _lines(items: Sequence[tuple[str, str, str]]) -> list[tuple[str, int]]:
    """The lines, each with how many items it tells of (a unit's name alone tells of none)."""
    lines: list[tuple[str, int]] = []
    unit = ""
    for named, what, how_long in items:
        if named and named != unit:
            lines.append((f"{_cut(named, _TITLE)}：", 0))
            unit = named
        said = f"{_cut(what, _TITLE)}（{how_long}）" if how_long else _cut(what, 2 * _TITLE)
        lines.append((f"· {said}" if named else said, 1))
    return lines


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: max(0, most - 1)]}…"

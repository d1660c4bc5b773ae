"""How the cells of a printed workbook look: 宋体 11, ruled, wrapped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

_FONT = {"font_name": "宋体", "font_size": 11}


@dataclass(frozen=True)
class Formats:
    title: Format
    subtitle: Format
    number_line: Format
    head: Format
    note: Format
    text: Format
    digits: Format
    guarded: Format
    number: Format
    middle: Format
    day: Format
    moment: Format
    tinted: Callable[[str], Format]

    @classmethod
    def of(cls, workbook: Workbook) -> Formats:
        cell = {**_FONT, "border": 1, "valign": "vcenter", "text_wrap": True}
        middle = {**cell, "align": "center"}
        return cls(
            title=workbook.add_format(
                {
                    **_FONT,
                    "bold": True,
                    "font_size": 16,
                    "align": "center",
                    "valign": "vcenter",
                    "text_wrap": True,
                }
            ),
            subtitle=workbook.add_format({**_FONT, "align": "right", "valign": "vcenter"}),
            number_line=workbook.add_format({**_FONT, "align": "center", "valign": "vcenter"}),
            head=workbook.add_format({**middle, "bold": True, "bg_color": "#E7EFE9"}),
            note=workbook.add_format({**_FONT, "text_wrap": True, "valign": "top"}),
            text=workbook.add_format({**cell, "align": "left"}),
            digits=workbook.add_format({**middle, "num_format": "@"}),
            guarded=workbook.add_format({**cell, "align": "left", "quote_prefix": True}),
            middle=workbook.add_format(middle),
            number=workbook.add_format({**cell, "align": "right"}),
            day=workbook.add_format({**middle, "num_format": "yyyy-mm-dd"}),
            moment=workbook.add_format({**middle, "num_format": "yyyy-mm-dd hh:mm"}),
            tinted=cache(lambda ground: workbook.add_format({**middle, "bg_color": ground})),
        )

    def centred(self) -> Formats:
        """The same, with texts and numbers in the middle of their cells."""
        return replace(self, text=self.middle, number=self.middle)

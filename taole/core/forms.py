"""Fields that forms of several packages share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from wtforms import DateField

DAY_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]


class DayField(DateField):
    """A day, as the browser's calendar gives it or as people type it."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **given: Any) -> None:
        super().__init__(label, list(validators), format=DAY_FORMATS, **given)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError(gettext("请填日期，如 2023-09-12")) from None

"""Typed reading of one YAML mapping, collecting a fault for everything that is not as expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from taole.catalogue.drafts import Fault, place
from taole.catalogue.yaml_guard import LINE
from taole.core.words import N_, Sentence, sentence

_KIND_OF_VALUE = (
    (bool, N_("是/否")),
    (str, N_("文字")),
    (int | float, N_("数")),
    (list, N_("列表")),
    (dict, N_("若干项“名称: 值”")),
)


class Fields:
    """The keys of one mapping in a file: the item ``item`` beginning on line ``row``.

    Every reader returns an empty value where the key is missing or wrong; what was wrong is in
    ``faults``, shared by all mappings of the file.
    """

    def __init__(
        self,
        mapping: Mapping[Any, Any],
        file: str,
        row: int | None,
        item: str,
        faults: list[Fault],
    ) -> None:
        self._mapping = mapping
        self._where = place(file, row, item)
        self._faults = faults
        self._file = file
        self._item = item
        self.row = row
        self.is_sound = True

    def fault(self, message: Sentence, *, fatal: bool = True) -> None:
        """Note what is wrong here; a fatal fault also makes this mapping unsound."""
        self.is_sound = self.is_sound and not fatal
        self._faults.append(Fault(self._where, message, fatal, self.row))

    def text_keys(self) -> list[str]:
        """The keys that are texts, in the file's order."""
        return [key for key in self._mapping if isinstance(key, str) and key != LINE]

    def refuse_unknown(self, known: Sequence[str]) -> None:
        """A fault, not a fatal one, for each key outside ``known``, with the likely right one."""
        for key in self._mapping:
            if key in known or key == LINE:
                continue
            near = get_close_matches(str(key)[:80], known, 1)
            if near:
                said = sentence(
                    N_("不认识“%(key)s”，这一行没有采用：是不是“%(near)s”？"),
                    key=str(key)[:40],
                    near=near[0],
                )
            else:
                said = sentence(N_("不认识“%(key)s”，这一行没有采用：请删去。"), key=str(key)[:40])
            self.fault(said, fatal=False)

    def raw(self, key: str) -> Any:
        """The value as it stands; None where there is none."""
        return self._mapping.get(key)

    def text(self, key: str, *, required: bool = False) -> str:
        """A text, stripped; the empty text where there is none."""
        value = self._mapping.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None and not isinstance(value, str):
            self._wrong_type(key, value, N_("文字（数字和日期请加引号）"))
        elif required:
            self._missing(key)
        return ""

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        value = self._mapping.get(key)
        if isinstance(value, str) and value.strip():
            return (value.strip(),)
        if isinstance(value, list):
            if all(isinstance(entry, str) for entry in value):
                found = tuple(entry.strip() for entry in value if entry.strip())
                if required and not found:
                    self._missing(key)
                return found
            wrong = next(entry for entry in value if not isinstance(entry, str))
            self._wrong_type(key, wrong, N_("一列文字（数字和日期请加引号）"))
        elif value is not None and not isinstance(value, str):
            self._wrong_type(key, value, N_("一列文字（每行以“- ”开头）"))
        elif required:
            self._missing(key)
        return ()

    def number(self, key: str) -> int | None:
        """A whole number; None where there is none."""
        value = self._mapping.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self._wrong_type(key, value, N_("整数"))
        return None

    def truth(self, key: str) -> bool:
        """True or false; false where there is none."""
        value = self._mapping.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self._wrong_type(key, value, N_("true 或 false"))
        return False

    def mapping(self, key: str) -> Mapping[Any, Any]:
        """A mapping; the empty one where there is none."""
        value = self._mapping.get(key)
        if isinstance(value, Mapping):
            return value
        if value is not None:
            self._wrong_type(key, value, N_("若干项“名称: 值”"))
        return {}

    def inner(self, key: str) -> Fields:
        """The fields of a mapping under a key, said to be in the same item."""
        return Fields(self.mapping(key), self._file, self.row, self._item, self._faults)

    def _missing(self, key: str) -> None:
        self.fault(sentence(N_("缺少 %(key)s：请补上。"), key=key))

    def _wrong_type(self, key: str, value: object, wanted: str) -> None:
        found = next((name for kind, name in _KIND_OF_VALUE if isinstance(value, kind)), None)
        self.fault(
            sentence(
                N_("%(key)s 的内容应为%(wanted)s，现在是%(found)s：请对照样本改写。"),
                key=key[:40],
                wanted=sentence(wanted),
                found=sentence(found or N_("日期")),
            )
        )

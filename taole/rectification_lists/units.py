"""Whose problem it is: the units that a cell names, by name, alias or several at once. Pure."""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from taole.core.words import N_, Sentence, quoted, sentence
from taole.organisation.rules import GRASSROOTS, UnitKind
from taole.rectification_lists.tables import Option, Question

SKIP, NAMED = "skip", "named"
_BESIDE = 4
"""So many signs may stand beside a unit's name: 东园村陈某."""
_BRACKETED = re.compile(r"[(（【\[〔][^)）】\]〕]*[)）】\]〕]")
_PARTS = re.compile(r"[、,，;；/／+＋&\n]|\s+|(?<=[村区办心室镇会])[和及与]")
_ALL_VILLAGES = re.compile(
    r"(?:全镇|全乡|本镇|辖区|镇辖|镇属)?(?:各|所有|全部|全体|\d+个|[一二三四五六七八九十]+个)(?:个)?(?:行政)?"
    r"(?:村|村居|村社区|村级|村组|村委会|村和社区|村及社区|村\(社区\))(?:社区)?"
)
_ALL_OFFICES = re.compile(
    r"(?:镇|机关|镇机关|镇属|镇直)?(?:各|所有)(?:个)?(?:(?:办|办公室|中心|科室|站所)[、和及]?)+"
)
_GENERAL = re.compile(r"各.*|(?:有关|相关|其他|其它|其余|镇属|镇直).*|.*(?:村|社区)")
_WHOLE = re.compile(
    r"(?:全|本|我)(?:镇|乡)|(?:镇|乡)(?:政府|人民政府|党委|党委政府|级|机关)?|乡镇|乡镇人民政府"
    r"|(?:全县)?(?:各|所有|\d+个)(?:乡镇|镇乡|镇|乡)(?:街道|人民政府|党委政府)?"
)
_SOME = re.compile(r"(?:有关|相关|涉及|部分|个别|其他|其它|其余).*")
_NUMBERED = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十]{1,3}[、.．]|[（(]?[一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．])\s*"
)
_OF_PROBLEMS = re.compile(
    r"[:：]?(?:存在的?)?(?:以下|主要|的)*(?:\d+[个条项])?问题(?:清单)?[:：]?$"
)
_COMMITTEE = re.compile(r"(?:村民委员会|居民委员会|村委会|居委会|村委|党支部|党总支|村支部)$")
_COUNTY = re.compile(r"^[\u4e00-\u9fff]{2,6}?[县市区旗](?=.{2})")
_OFFICIAL = re.compile(r"(?:党委)?(?:人民)?政府$|党委$")
_EXCEPT = re.compile(r"除|以外|之外|等")
_ALL_BUT = re.compile(r"除(?P<some>.+?)(?:以外|之外|外)的?(?P<all>.+)")
_SO_MANY = re.compile(
    r"(?:等)?(?:[\d一二两三四五六七八九十]+个|各)(?:行政)?(?:村|单位|部门|村社区|村居|办)$"
)
_FOREIGN = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:乡|镇|街道|街道办|街道办事处|办事处|农场|镇人民政府|乡人民政府)"
)
_ABOVE = re.compile(r"(?:县|市|区|自治区|省).{0,20}|.{2,20}(?:局|委员会|委|厅|集团|公司|法院)")


@dataclass(frozen=True)
class KnownUnit:
    """A unit of the township as far as a list can name it."""

    code: str
    name: str
    kind: UnitKind
    full_name: str = ""


@dataclass(frozen=True)
class Named:
    """What a cell names: units of the township by code, others, and what nobody knows."""

    codes: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class UnitNames:
    """The units of one township and all the ways in which lists name them."""

    def __init__(self, units: Sequence[KnownUnit]) -> None:
        self.units = list(units)
        self.township = next(unit for unit in units if unit.kind is UnitKind.TOWNSHIP)
        self._prefixes = sorted(
            {self.township.name, self.township.full_name, "镇", "乡", "本镇"} - {""},
            key=len,
            reverse=True,
        )
        self._by_name: dict[str, set[str]] = {}
        for unit in units:
            for name in _ways(unit):
                self._by_name.setdefault(_folded(name), set()).add(unit.code)
        self._by_length = sorted((unit for unit in units), key=lambda unit: -len(unit.name))

    def find(self, text: str) -> Named:
        """What a cell names; several units are parted by 、 or 和 and each counts."""
        text = _plain(text)
        whole = self._one(_BRACKETED.sub("", text) or text)
        if whole:
            return Named(whole)
        but = _ALL_BUT.fullmatch(_folded(text))
        if but is not None:
            some, rest = self.find(but["some"]), self._one(but["all"].replace("其他", "各"))
            if some.codes and rest and not some.unknown:
                return Named(tuple(code for code in rest if code not in some.codes))
        codes: list[str] = []
        foreign: list[str] = []
        unknown: list[str] = []
        for part in _PARTS.split(_BRACKETED.sub("", text)):
            if not part.strip():
                continue
            found = self._one(part) or self._one(_SO_MANY.sub("", part)) or self._inside(part)
            if found:
                codes.extend(found)
            elif self.is_foreign(part):
                foreign.append(part.strip())
            else:
                unknown.append(part.strip())
        if codes and unknown and not _EXCEPT.search(text):
            unknown = [part for part in unknown if len(part) > 4 or _GENERAL.fullmatch(part)]
        elif _EXCEPT.search(text):
            return Named((), (), (text.strip(),))
        return Named(tuple(dict.fromkeys(codes)), tuple(foreign), tuple(unknown))

    def names_units(self, text: str) -> bool:
        """Whether a cell names units, of the township or of another, and says little besides."""
        text = _plain(text)
        parts = [part for part in _PARTS.split(_BRACKETED.sub("", text)) if part.strip()]
        if len(text) > 60 or not parts:
            return False
        return bool(self._one(text)) or all(self._is_name(part) for part in parts)

    def are_names(self, text: str) -> bool:
        """Whether a text is nothing but names of the township's units."""
        parts = [part for part in _PARTS.split(_BRACKETED.sub("", _plain(text))) if part.strip()]
        return bool(parts) and all(self._one(part) for part in parts)

    def _is_name(self, part: str) -> bool:
        if self._one(part) or self.is_foreign(part):
            return True
        mentions = self._mentions(part)
        return bool(mentions) and len(part) - sum(e - s for s, e, _c in mentions) <= _BESIDE

    def named_in(self, sentence_text: str) -> tuple[str, ...]:
        """The units that a sentence is about: those that stand together at their first mention."""
        places = self._mentions(sentence_text)
        if not places:
            return ()
        codes = [places[0][2]]
        end = places[0][1]
        for start, until, code in places[1:]:
            if not re.fullmatch(r"[、,，和及与\s]*", sentence_text[end:start]):
                break
            codes.append(code)
            end = until
        return tuple(dict.fromkeys(codes))

    def begins(self, text: str) -> bool:
        """Whether a text begins with a unit's name."""
        places = self._mentions(text)
        return bool(places) and not places[0][0]

    def is_foreign(self, text: str) -> bool:
        """Whether this is another township."""
        plain = _folded(_BRACKETED.sub("", text))
        return (
            bool(_FOREIGN.fullmatch(plain)) and not self._one(plain) and not _SOME.fullmatch(plain)
        )

    def is_ours(self, text: str) -> bool:
        """Whether a cell of a column of townships means this one."""
        return bool(self.find(text).codes)

    def question(self, text: str, places: Sentence) -> Question:
        """Which unit a text means that nobody knows; ``places`` names its rows."""
        near = difflib.get_close_matches(text, [unit.name for unit in self.units], n=1, cutoff=0.5)
        guess = next((unit.code for unit in self.units if near and unit.name == near[0]), "")
        if not guess and _ABOVE.fullmatch(text):
            guess = SKIP
        known = self._inside(text)
        named = "、".join(unit.name for unit in self.units if unit.code in known)
        written = [Option(NAMED, sentence(N_("写了名字的：%(names)s"), names=named))]
        return Question(
            key_of("unit", text),
            sentence(
                N_("%(places)s的“%(name)s”是哪个单位？"), places=places, name=quoted(text, 24)
            ),
            (
                *(written if named else []),
                *self.options(),
                Option(SKIP, sentence(N_("不是本镇的，不记"))),
            ),
            NAMED if named else guess,
        )

    def options(self) -> tuple[Option, ...]:
        return (
            *(Option(unit.code, unit.name) for unit in self.units),
            Option("villages", sentence(N_("各村（社区），每个记一条"))),
            Option("offices", sentence(N_("各办（中心），每个记一条"))),
        )

    def codes_of_answer(self, answer: str, text: str = "") -> tuple[str, ...]:
        if answer == NAMED:
            return self._inside(text)
        if answer == "villages":
            return self._villages()
        if answer == "offices":
            return self._offices()
        return (answer,) if any(unit.code == answer for unit in self.units) else ()

    def _villages(self) -> tuple[str, ...]:
        return tuple(unit.code for unit in self.units if unit.kind in GRASSROOTS)

    def _offices(self) -> tuple[str, ...]:
        return tuple(unit.code for unit in self.units if unit.kind is UnitKind.OFFICE)

    def _one(self, text: str) -> tuple[str, ...]:
        plain = _folded(text)
        if not plain:
            return ()
        if _ALL_VILLAGES.fullmatch(plain):
            return self._villages()
        if _ALL_OFFICES.fullmatch(plain):
            return self._offices()
        if _WHOLE.fullmatch(plain):
            return (self.township.code,)
        for name in self._spellings(plain):
            known = self._by_name.get(name, set())
            if len(known) == 1:
                return tuple(known)
        return ()

    def _spellings(self, plain: str) -> list[str]:
        within = _COUNTY.sub("", plain)
        names = [plain, within, _COMMITTEE.sub("", within), _OFFICIAL.sub("", within)]
        names += [f"{name}村" for name in names[2:] if name != plain]
        for name in list(names):
            names += [
                name.removeprefix(_folded(prefix))
                for prefix in self._prefixes
                if name.startswith(_folded(prefix))
            ]
        return [name for name in dict.fromkeys(names) if name]

    def _inside(self, part: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for _at, _end, code in self._mentions(part)))

    def _mentions(self, text: str) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        for unit in self._by_length:
            if unit.kind is UnitKind.TOWNSHIP:
                continue
            for match in re.finditer(re.escape(unit.name), text):
                if all(match.end() <= start or match.start() >= end for start, end, _c in found):
                    found.append((match.start(), match.end(), unit.code))
        return sorted(found)


def key_of(kind: str, text: str) -> str:
    """The name of the form's field that asks about a text."""
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def _plain(text: str) -> str:
    """A heading's words without its number and brackets: 一、东园村（2个问题） is 东园村."""
    bare = _OF_PROBLEMS.sub("", _NUMBERED.sub("", text.strip()))
    return (bare or text).strip("【】[]〔〕 ")


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).strip(":：。;；")


def _ways(unit: KnownUnit) -> set[str]:
    names = {unit.code, unit.name, unit.full_name} - {""}
    if unit.kind is UnitKind.TOWNSHIP:
        names.add(unit.name.removesuffix("镇").removesuffix("乡"))
    if unit.kind is UnitKind.VILLAGE and unit.name.endswith("村"):
        names.add(unit.name.removesuffix("村"))
    if unit.kind is UnitKind.COMMUNITY and unit.name.endswith("社区"):
        names.add(unit.name.removesuffix("社区"))
    if unit.kind is UnitKind.OFFICE:
        for long, short in (
            ("办公室", "办"),
            ("服务中心", "中心"),
            ("中心", "服务中心"),
            ("办", "办公室"),
        ):
            if unit.name.endswith(long):
                names.add(unit.name.removesuffix(long) + short)
        names |= {f"党政{name}" for name in list(names) if name.startswith("综合办")}
        if unit.name.startswith("综合办"):
            names |= {"党政办", "党政办公室"}
    return {name for name in names if len(name) > 1}

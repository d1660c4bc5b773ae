"""What a township may make of a unified template, and what that changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from taole.catalogue.template_names import fold_name, forbidden_word
from taole.catalogue.template_opening import PLACES
from taole.catalogue.unified_template import CELL_KIND_LABELS, NUMERIC, Field, UnifiedTemplate
from taole.core.words import N_, Sentence, quoted, sentence

MOST_COLUMNS = 30
MOST_HEAD_FIELDS = 20
LONGEST_NAME = 40
LONGEST_UNIT = 12
LONGEST_HINT = 60
LONGEST_OPENING = 300

_PLACE = re.compile(r"\{([^{}]*)\}")


def template_faults(template: UnifiedTemplate, must_not: Sequence[str]) -> list[Sentence]:
    """Why a template cannot be kept, each naming the field and what to do; empty when it can."""
    return [
        *_of_opening(template.opening),
        *_of_size(template),
        *_of_names(template),
        *(
            fault
            for field in (*template.head, *template.columns)
            for fault in _of_field(field, must_not)
        ),
        *(
            sentence(N_("“%(name)s”在表头里不能合计：请去掉“合计”"), name=quoted(field.name))
            for field in template.head
            if field.is_summed
        ),
    ]


def _of_opening(opening: str) -> Iterator[Sentence]:
    if not opening.strip():
        yield sentence(N_("请写开头的一句话"))
    if len(opening) > LONGEST_OPENING:
        yield sentence(N_("开头太长：最多%(most)s个字"), most=LONGEST_OPENING)
    for place in _PLACE.findall(opening):
        if place not in PLACES:
            yield sentence(
                N_("开头里的“%(place)s”不认识：只能用 %(places)s"),
                place=quoted("{" + place + "}"),
                places=" ".join("{" + each + "}" for each in PLACES),
            )
    if _PLACE.sub("", opening).count("{") or _PLACE.sub("", opening).count("}"):
        yield sentence(N_("开头里的大括号没有成对：请补上或者去掉"))


def _of_size(template: UnifiedTemplate) -> Iterator[Sentence]:
    if not template.columns and not template.head:
        yield sentence(N_("模板里一栏也没有：请至少加一栏"))
    if len(template.columns) > MOST_COLUMNS:
        yield sentence(
            N_("表格有%(count)s栏，最多%(most)s栏：请去掉几栏"),
            count=len(template.columns),
            most=MOST_COLUMNS,
        )
    if len(template.head) > MOST_HEAD_FIELDS:
        yield sentence(
            N_("表头有%(count)s项，最多%(most)s项：请去掉几项"),
            count=len(template.head),
            most=MOST_HEAD_FIELDS,
        )


def _of_names(template: UnifiedTemplate) -> Iterator[Sentence]:
    for fields, empty in (
        (template.head, N_("表头第%(number)s项没有名称：请填上，或者去掉这一项")),
        (template.columns, N_("表格第%(number)s栏没有名称：请填上，或者去掉这一栏")),
    ):
        for number, field in enumerate(fields, start=1):
            if not fold_name(field.name):
                yield sentence(empty, number=number)
    names = Counter(fold_name(field.name) for field in (*template.head, *template.columns))
    for name, count in names.items():
        if name and count > 1:
            yield sentence(
                N_("“%(name)s”有%(count)s个：名称不能重复，请改一个"),
                name=quoted(name),
                count=count,
            )


def _of_field(field: Field, must_not: Sequence[str]) -> Iterator[Sentence]:
    for text, most, said in (
        (field.name, LONGEST_NAME, N_("“%(name)s”太长：名称最多%(most)s个字")),
        (field.unit, LONGEST_UNIT, N_("“%(name)s”的单位太长：最多%(most)s个字")),
        (field.hint, LONGEST_HINT, N_("“%(name)s”的说明太长：最多%(most)s个字")),
    ):
        if len(text) > most:
            yield sentence(said, name=quoted(field.name), most=most)
    if field.is_summed and field.kind not in NUMERIC:
        yield sentence(
            N_("“%(name)s”是%(kind)s，不能合计：请去掉“合计”，或者改成数量、金额、面积"),
            name=quoted(field.name),
            kind=sentence(CELL_KIND_LABELS[field.kind]),
        )
    forbidden = forbidden_word(field.name, must_not)
    if forbidden and field.may_publish:
        yield sentence(
            N_("“%(name)s”不得公开（%(word)s）：请去掉，或者不勾“可以公开”"),
            name=quoted(field.name),
            word=forbidden,
        )


def differences(before: UnifiedTemplate, after: UnifiedTemplate) -> list[Sentence]:
    """What ``after`` changes, a sentence each; empty when it says the same."""
    told = [
        *_moved(before.head, after.head, N_("表头")),
        *_moved(before.columns, after.columns, N_("表格")),
    ]
    if before.opening != after.opening:
        told.append(sentence(N_("开头改成“%(opening)s”"), opening=after.opening))
    if before.with_phones != after.with_phones:
        told.append(
            sentence(N_("末尾写上监督电话"))
            if after.with_phones
            else sentence(N_("末尾不再写监督电话"))
        )
    return told


def _moved(before: tuple[Field, ...], after: tuple[Field, ...], where: str) -> Iterator[Sentence]:
    old, new = ({field.name: field for field in fields} for fields in (before, after))
    place = sentence(where)
    for name in [each for each in old if each not in new]:
        yield sentence(N_("%(where)s去掉“%(name)s”"), where=place, name=name)
    for name in [each for each in new if each not in old]:
        yield sentence(N_("%(where)s加上“%(name)s”"), where=place, name=name)
    for name in [each for each in new if each in old]:
        yield from _altered(old[name], new[name])
    if [each for each in old if each in new] != [each for each in new if each in old]:
        yield sentence(N_("%(where)s的次序变了"), where=place)


def _altered(old: Field, new: Field) -> Iterator[Sentence]:
    name = new.name
    if old.kind is not new.kind:
        yield sentence(
            N_("“%(name)s”改填%(kind)s"), name=name, kind=sentence(CELL_KIND_LABELS[new.kind])
        )
    if old.unit != new.unit:
        yield sentence(N_("“%(name)s”的单位改成“%(unit)s”"), name=name, unit=new.unit or "–")
    if old.hint != new.hint:
        yield sentence(N_("“%(name)s”的说明变了"), name=name)
    for was, now, yes, no in (
        (old.required, new.required, N_("“%(name)s”改为必填"), N_("“%(name)s”改为选填")),
        (old.is_summed, new.is_summed, N_("“%(name)s”要合计"), N_("“%(name)s”不再合计")),
        (
            old.may_publish,
            new.may_publish,
            N_("“%(name)s”改为公开"),
            N_("“%(name)s”改为不公开"),
        ),
    ):
        if was != now:
            yield sentence(yes if now else no, name=name)

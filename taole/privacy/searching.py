"""One search over a ground: cheap scans say where to look, exact checks say what is there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from taole.core.words import N_, Sentence, sentence
from taole.privacy.accounts import (
    find_cards,
    find_labelled_accounts,
    find_labelled_social_cards,
    find_split_cards,
)
from taole.privacy.addresses import find_addresses
from taole.privacy.birth_dates import find_birth_dates
from taole.privacy.findings import Hit, Kind, MaskPatterns
from taole.privacy.folding import (
    dresses,
    has_invisible,
    has_long_piece,
    has_long_run,
    visible_places,
)
from taole.privacy.ground import Found, Ground
from taole.privacy.health import find_health, find_labelled_disability_cards
from taole.privacy.identity import (
    find_identities,
    find_identities_by_other_signs,
    find_labelled_identities,
    find_split_identities,
)
from taole.privacy.labels import Label
from taole.privacy.masking import masked_value
from taole.privacy.minors import find_minors
from taole.privacy.people import find_names
from taole.privacy.phones import (
    find_labelled_phones,
    find_landlines,
    find_mobiles,
    find_split_mobiles,
)
from taole.privacy.plates import find_plates

SUGGESTIONS: dict[Kind, Sentence] = {
    Kind.IDENTITY: sentence(N_("公示不需要身份证号：遮盖出生日期各位，或删去这一列。")),
    Kind.BANK_CARD: sentence(N_("公示不需要账号：遮盖中间各位，或删去这一列。")),
    Kind.MOBILE: sentence(N_("个人手机号不公开：遮盖中间四位；监督电话请填在“监督电话”栏。")),
    Kind.LANDLINE: sentence(N_("个人电话不公开：遮盖或删去；监督电话请填在“监督电话”栏。")),
    Kind.SOCIAL_CARD: sentence(N_("公示不需要社会保障卡号：遮盖或删去。")),
    Kind.ADDRESS: sentence(N_("住址只写到村民小组：遮盖门牌号。")),
    Kind.HEALTH: sentence(N_("不公开个人的病情和残疾情况：遮盖或改写为救助类别。")),
    Kind.MINOR: sentence(N_("不公开未成年人的姓名、学校和班级：遮盖，只写监护人或人数。")),
    Kind.BIRTH_DATE: sentence(N_("不公开个人的出生日期：遮盖或删去。")),
    Kind.PLATE: sentence(N_("不公开车牌号：遮盖中间各位。")),
    Kind.NAME: sentence(N_("这个事项不公开姓名：只留姓，或改写为人数。")),
    Kind.POSITION: sentence(N_("照片带有拍摄地点：去掉后再公开。")),
}


def search(ground: Ground, *, secrets_only: bool = False) -> list[Found]:
    """What is found in a ground, in its order and not overlapping.

    ``secrets_only``: identity numbers, accounts and cards alone, as what is kept must not hold.
    """
    if has_invisible(ground.text):
        places = visible_places(ground.text)
        return [
            Found(kind, places[start], places[end - 1] + 1, confidence)
            for kind, start, end, confidence in search(
                ground.without_invisible(), secrets_only=secrets_only
            )
        ]
    found: list[Found] = []
    for text in dresses(ground.text):
        found += _labelled(ground, text, secrets_only)
        found += find_identities_by_other_signs(ground, text)
        if has_long_run(text):
            found += find_identities(ground, text)
            found += find_cards(ground, text)
            if not secrets_only:
                found += find_mobiles(ground, text)
        if not secrets_only:
            found += find_landlines(ground, text)
        if ground.rows is not None:
            found += _split(ground, text)
    if not secrets_only:
        for words in (find_addresses, find_health, find_minors, find_birth_dates, find_plates):
            found += words(ground)
        found += find_names(ground)
    return settled(found)


def settled(found: Iterable[Found]) -> list[Found]:
    """What stays of overlapping findings: the more certain, then the longer, then the first."""
    kept: list[Found] = []
    rivals: list[Found] = []
    reach = 0
    for one in sorted(found, key=_start):
        if one.start >= reach and rivals:
            kept += _surest(rivals, reach) if len(rivals) > 1 else rivals
            rivals = []
        rivals.append(one)
        reach = max(reach, one.end)
    return kept + (_surest(rivals, reach) if len(rivals) > 1 else rivals)


def _surest(rivals: list[Found], reach: int) -> list[Found]:
    """What stays of findings that overlap in a chain, the first in front; they end at ``reach``."""
    best = min(rivals, key=_rank)
    if best.start == rivals[0].start and best.end == reach:
        return [best]
    kept: list[Found] = []
    for one in sorted(rivals, key=_rank):
        at = bisect_left(kept, one.start, key=_start)
        free_before = at == 0 or kept[at - 1].end <= one.start
        if free_before and (at == len(kept) or one.end <= kept[at].start):
            kept.insert(at, one)
    return kept


def _start(found: Found) -> int:
    return found.start


def _rank(found: Found) -> tuple[float, int, int]:
    _, start, end, confidence = found
    return -confidence, start - end, start


def hits_in(ground: Ground, found: Iterable[Found], patterns: MaskPatterns) -> list[Hit]:
    """The findings as hits, each with its raw text and what may be shown instead."""
    text, hits = ground.text, []
    for kind, start, end, confidence in found:
        raw = text[start:end]
        shown = masked_value(kind, raw, patterns)
        hits.append(Hit(kind, start, end, raw, shown, confidence, SUGGESTIONS[kind]))
    return hits


def _labelled(ground: Ground, text: str, secrets_only: bool) -> Iterator[Found]:
    if Label.IDENTITY in ground.announced:
        yield from find_labelled_identities(ground, text)
    if Label.ACCOUNT in ground.announced or "行" in text or "信" in text:
        yield from find_labelled_accounts(ground, text)
    if Label.SOCIAL in ground.announced:
        yield from find_labelled_social_cards(ground, text)
    if Label.DISABILITY_CARD in ground.announced:
        yield from find_labelled_disability_cards(ground, text)
    if Label.PHONE in ground.announced and not secrets_only:
        yield from find_labelled_phones(ground, text)


def _split(ground: Ground, text: str) -> Iterator[Found]:
    if has_long_piece(text):
        yield from find_split_identities(text)
    if Label.ACCOUNT in ground.announced:
        yield from find_split_cards(ground, text)
    if Label.PHONE in ground.announced:
        yield from find_split_mobiles(ground, text)

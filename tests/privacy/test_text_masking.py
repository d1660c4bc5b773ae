"""Masking: what is found is hidden once and for all, and nothing else is touched."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taole.privacy.findings import Kind, MaskPatterns
from taole.privacy.rules import find, fingerprint, has_secret, mask_secrets, masked
from tests.privacy.corpus import samples
from tests.privacy.corpus_values import IDENTITY_DRESSES, card, check_sign, identity, mobile

IDENTITY = "64022119000101000" + check_sign("64022119000101000")
KEY = b"of this township"

born = st.dates(date(1930, 1, 1), date(2015, 12, 31))
seeds = st.integers(0, 2**32)
around = st.sampled_from(
    ["", "张某某，", "身份证号：", "东园村3组 ", "（", "补贴4860.00元，", "\n"]
)


@st.composite
def identities(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(["640221", "640106", "110105", "512501"]))
    front = f"{region}{draw(born):%Y%m%d}{draw(st.integers(1, 999)):03}"
    return front + check_sign(front)


@given(identities(), st.sampled_from(sorted(IDENTITY_DRESSES)), seeds, around, around)
def test_an_identity_number_in_any_dress_is_found_and_its_mask_is_not(
    number: str, dress: str, seed: int, before: str, after: str
) -> None:
    written = IDENTITY_DRESSES[dress](random.Random(seed), number)
    text = f"{before}{written}，{after}"
    hits = find(text)
    assert [hit.kind for hit in hits] == [Kind.IDENTITY]
    assert hits[0].text == written
    shown = masked(text, hits)
    assert len(shown) == len(text)
    assert shown.startswith(before)
    assert shown.endswith(f"，{after}")
    assert find(shown) == []


@given(st.text(alphabet="0123456789 -.xX*，：:\n六〇零一卡号账电话监督手机东园村张某", max_size=90))
def test_masking_secrets_twice_is_masking_them_once(text: str) -> None:
    once = mask_secrets(text)
    assert len(once) == len(text)
    assert mask_secrets(once) == once


@given(seeds)
def test_a_line_with_three_numbers_keeps_none(seed: int) -> None:
    rng = random.Random(seed)
    numbers = identity(rng), card(rng), mobile(rng)
    text = f"张某某，身份证{numbers[0]}，卡号{numbers[1]}，手机{numbers[2]}，补贴500.00元"
    shown = masked(text, find(text))
    assert not any(number in shown for number in numbers)
    assert shown.endswith("补贴500.00元")
    assert find(shown) == []


def test_the_corpus_once_masked_is_clean() -> None:
    for sample in samples()[::7]:
        shown = masked(sample.text, find(sample.text, sample.context))
        assert len(shown) == len(sample.text)
        assert find(shown, sample.context) == [], sample


def test_only_secrets_are_masked_in_the_trail() -> None:
    text = f"张某某 {IDENTITY} 手机13800000000 补贴4860.00元"
    assert mask_secrets(text) == "张某某 640221********0000 手机13800000000 补贴4860.00元"
    assert has_secret(text)
    assert not has_secret("手机13800000000，监督电话0952-5550126，20230907101530")
    assert mask_secrets("社保卡号C12345678") == "社保卡号C1*****78"


def test_the_township_says_how_much_is_shown() -> None:
    patterns = MaskPatterns({Kind.IDENTITY: (3, 2), Kind.MOBILE: (0, 4)})
    text = f"{IDENTITY}、13800000000"
    assert masked(text, find(text, patterns=patterns)) == "640*************00、*******0000"


def test_a_pattern_never_shows_most_of_a_number() -> None:
    patterns = MaskPatterns({Kind.IDENTITY: (10, 8)})
    assert find(IDENTITY, patterns=patterns)[0].masked == "6402**********0000"


def test_a_hit_never_tells_its_value() -> None:
    assert IDENTITY not in repr(find(IDENTITY))


@pytest.mark.parametrize("dress", sorted(set(IDENTITY_DRESSES) - {"other X"}))
def test_the_same_number_in_another_dress_has_the_same_fingerprint(dress: str) -> None:
    written = IDENTITY_DRESSES[dress](random.Random(7), IDENTITY)
    assert fingerprint(written, KEY) == fingerprint(IDENTITY, KEY)
    assert fingerprint(written, b"another") != fingerprint(IDENTITY, KEY)
    assert len(fingerprint(written, KEY)) == 32

"""Lists and texts that are full of personal data, all of it invented: region 640221, born 19000101.

They are what nobody should publish and what a village hands in all the same: a register with an
identity number, an account and a phone in every row.
"""

from __future__ import annotations

import random

from taole.privacy.accounts import passes_luhn
from taole.privacy.identity import check_sign

COLUMNS = (
    "序号",
    "户主姓名",
    "身份证号",
    "一卡通账号",
    "联系电话",
    "补贴面积（亩）",
    "补贴金额（元）",
    "备注",
)
_SENTENCES = (
    "{name}，身份证号{identity}，卡号{card}，手机{phone}，补贴{amount}元。\n",
    "{village}{name}（{identity}）领取{amount}元，打入{card}。\n",
    "{name}电话{phone}，一卡通{card}，承包地{amount}亩；\n",
    "{name} {identity} {card} {phone} {amount}\n",
)


def identity(rng: random.Random) -> str:
    """An identity number with the right check sign, of somebody who cannot be."""
    first = f"64022119000101{rng.randrange(1000):03}"
    return first + check_sign(first)


def card(rng: random.Random) -> str:
    """Nineteen digits of a bank card with the right check digit."""
    first = f"622848{rng.randrange(10**12):012}"
    return next(first + digit for digit in "0123456789" if passes_luhn(first + digit))


def phone(rng: random.Random) -> str:
    return f"1{rng.choice('3589')}{rng.randrange(10**9):09}"


def amount(rng: random.Random) -> str:
    return f"{rng.uniform(50, 9000):.2f}"


def name(rng: random.Random) -> str:
    return rng.choice("张刘陈王孙马周") + "某某"


def dense_rows(rng: random.Random, count: int) -> list[list[str]]:
    """Rows of a register in eight columns, three numbers in each."""
    return [
        [
            str(at + 1),
            name(rng),
            identity(rng),
            card(rng),
            phone(rng),
            amount(rng),
            amount(rng),
            rng.choice(("", "", "已打卡", "本人领取")),
        ]
        for at in range(count)
    ]


def dense_prose(rng: random.Random, size: int) -> str:
    """Sentences with two to three numbers in each, ``size`` UTF-8 bytes long."""
    parts, length = [], 0
    while length < size:
        parts.append(
            rng.choice(_SENTENCES).format(
                name=name(rng),
                village=rng.choice(("庙庙湖村", "东园村", "马太沟村")),
                identity=identity(rng),
                card=card(rng),
                phone=phone(rng),
                amount=amount(rng),
            )
        )
        length += len(parts[-1].encode())
    return "".join(parts)

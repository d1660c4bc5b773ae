"""The labelled corpus of texts: what must be found, in every dress, and what must be let pass.

``python -m tests.privacy.corpus`` prints recall and precision of each kind, as in docs/privacy.md.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from taole.privacy.findings import Context, Kind
from tests.privacy import corpus_values as values
from tests.privacy.corpus_innocent import innocent_texts
from tests.privacy.corpus_values import Dress

SEED = 20230907
NAMES = (
    "张某某",
    "陈某",
    "刘某",
    "王某",
    "孙某",
    "马某",
    "周某",
    "李某",
    "赵某",
    "钱某",
    "吴某",
    "郑某",
)
CHILDREN = (
    "王小宝",
    "李明轩",
    "马晓燕",
    "陈子涵",
    "刘思雨",
    "周浩然",
    "丁一诺",
    "杨佳怡",
    "赵文博",
    "吴桐",
)
_LEFT = ("", "公示如下：", "经核实，", "1. ", "（一）", "东园村村民", "备注：")
_RIGHT = ("", "。", "，特此公示。", "；", "\n", "，已核实", "（本人提供）")


@dataclass(frozen=True)
class Sample:
    """A text and the one stretch in it that is personal data; ``kind`` None when there is none."""

    text: str
    kind: Kind | None = None
    start: int = 0
    end: int = 0
    context: Context = Context()  # noqa: RUF009
    dress: str = ""


def samples() -> list[Sample]:
    """The whole corpus, the same each time."""
    rng = random.Random(SEED)
    innocent = [
        Sample(text, context=Context(column=column)) for text, column in innocent_texts(rng)
    ]
    return [*_numbers(rng), *_words(rng), *innocent]


def _placed(
    rng: random.Random, kind: Kind, frame: str, value: str, *, dress: str = "", column: str = ""
) -> Sample:
    """The value in its frame; what the frame puts around it is chosen here."""
    left, right = frame.split("{v}")
    if not column:
        left, right = rng.choice(_LEFT) + left, right + rng.choice(_RIGHT)
    name = rng.choice(NAMES)
    left, right = left.replace("{n}", name), right.replace("{n}", name)
    return Sample(
        left + value + right, kind, len(left), len(left) + len(value), Context(column=column), dress
    )


def _numbers(rng: random.Random) -> Iterator[Sample]:
    yield from _dressed(
        rng,
        Kind.IDENTITY,
        values.identity,
        values.IDENTITY_DRESSES,
        (
            "{v}",
            "{n}{v}",
            "{n}，身份证号：{v}",
            "{n}（{v}）",
            "身份证号码{v}，一级",
            "公民身份号码为{v}",
            "{n} {v} 东园村",
            '"idCard":"{v}"',
            "{n},{v},东园村3组",
            "证件类型：居民身份证 证件号：{v}",
            "身 份 证 号：{v}",
        ),
        8,
    )
    for _ in range(60):
        number = values.wrong_check(rng, values.identity(rng))
        yield _placed(rng, Kind.IDENTITY, "{n}，身份证号：{v}", number, dress="wrong check")
        old = values.old_identity(rng)
        yield _placed(rng, Kind.IDENTITY, "{n} 身份证 {v}", old, dress="15 digits")
        yield _placed(rng, Kind.IDENTITY, "{v}", old, column="身份证号", dress="15 digits")
        yield _placed(rng, Kind.IDENTITY, "{v}", values.identity(rng), column="备注", dress="cell")
        carried = values.identity(rng) + rng.choice("1234567") + rng.choice("1234")
        yield _placed(rng, Kind.HEALTH, "{n}，残疾证号{v}", carried, dress="card")
    yield from _dressed(
        rng,
        Kind.BANK_CARD,
        values.card,
        values.CARD_DRESSES,
        (
            "{v}",
            "{n}银行卡号：{v}",
            "卡号{v}，开户行：平罗农商行",
            "{n} {v}",
            "打入{v}",
            "一卡通：{v}",
            "账 号：{v}",
            "户名{n}，账号{v}",
            "{n},{v},500.00",
        ),
        12,
    )
    for _ in range(60):
        number = values.account(rng)
        frame = rng.choice(("{n}一卡通账号：{v}", "账号：{v}", "存折号 {v}", "惠民惠农一卡通{v}"))
        yield _placed(rng, Kind.BANK_CARD, frame, number, dress="account")
        yield _placed(rng, Kind.BANK_CARD, "{v}", number, column="一卡通账号", dress="account")
        social = rng.choice(("C1234567", "A0512345", "640000123")) + str(rng.randrange(10))
        yield _placed(rng, Kind.SOCIAL_CARD, "{n}社会保障卡号：{v}", social)
        yield _placed(rng, Kind.SOCIAL_CARD, "{v}", social, column="社保卡号")
        home = values.local_phone(rng)
        yield _placed(rng, Kind.LANDLINE, "{n}，家庭电话：{v}", home, dress="bare")
        yield _placed(rng, Kind.LANDLINE, "{v}", home, column="联系电话", dress="bare")
        phone = values.landline(rng)
        form = rng.choice((phone, phone.replace("-", ""), phone.replace("-", " ")))
        yield _placed(rng, Kind.LANDLINE, rng.choice(("{n}，电话：{v}", "{n} {v}")), form)
    yield from _dressed(
        rng,
        Kind.MOBILE,
        values.mobile,
        values.PHONE_DRESSES,
        (
            "{v}",
            "{n}{v}",
            "{n}，手机：{v}",
            "联系人：{n}，联系电话：{v}",
            "{n} {v}",
            "电话{v}（{n}）",
            "微信同号{v}",
            "服务对象联系电话：{v}",
            "举报人电话 {v}",
            "电 话：{v}",
            "{n},{v},东园村",
        ),
        12,
    )


def _dressed(
    rng: random.Random,
    kind: Kind,
    make: Callable[[random.Random], str],
    dresses: dict[str, Dress],
    frames: Sequence[str],
    each: int,
) -> Iterator[Sample]:
    for name, dress in dresses.items():
        for frame in frames:
            for _ in range(each):
                number = make(rng)
                while name == "other X" and not number.endswith("X"):
                    number = make(rng)
                yield _placed(rng, kind, frame, dress(rng, number), dress=name)


def _words(rng: random.Random) -> Iterator[Sample]:
    def number(most: int) -> str:
        return str(rng.randint(1, most))

    for _ in range(20):
        group, door = number(12), number(300)
        han = rng.choice("一二三四五六"), rng.choice("七八九十")
        for frame, value in (
            ("{n}家住{v}", f"庙庙湖村{group}组{door}号"),
            ("住址：{v}", f"陶乐镇东园村{han[0]}组{han[1]}号"),
            ("{n}，现住{v}", f"阳光小区{group}号楼2单元{door}室"),
            ("{n}，{v}", f"幸福家园{group}栋1单元502"),
            ("{n}家庭住址：{v}", f"平罗县人民路{door}号"),
            ("{n} {v}", f"马太沟村{group}队{door}号"),
            ("户籍地址：{v}", f"石嘴山市平罗县团结巷{door}号"),
            ("{n}住{v}", f"惠民新村{group}-2-{door}"),
            ("{n}住{v}", f"东园村{door}号"),
            ("{n}，{v}", f"庙庙湖村{group}排{door}号"),
            ("现居住地：{v}", f"银川市兴庆区胜利街{door}号院{group}号楼1单元"),
        ):
            yield _placed(rng, Kind.ADDRESS, frame, value)
        yield _placed(rng, Kind.ADDRESS, "{v}", f"{group}组{door}号", column="家庭住址")
        for frame, value in (
            ("{n}因{v}住院治疗", "肺癌"),
            ("{n}之妻患{v}", "尿毒症"),
            ("户主{n}，{v}，无劳动能力", "精神分裂症"),
            ("{n}，{v}", f"肢体残疾{rng.choice('一二三四')}级"),
            ("{n}系{v}", f"视力{rng.choice('一二三四')}级残疾"),
            ("{n}患有{v}，长期服药", rng.choice(("糖尿病", "冠心病", "高血压", "癫痫"))),
            ("{n}突发{v}，家庭困难", rng.choice(("脑梗死", "脑出血", "心肌梗死"))),
            ("救助{n}一次性2000元，其子{v}", rng.choice(("白血病", "脑瘫", "自闭症"))),
            ("{n}，{v}，生活不能自理", rng.choice(("高位截瘫", "小儿麻痹症", "双目失明", "偏瘫"))),
            ("家庭情况：{n}，{v}", rng.choice(("尘肺病", "红斑狼疮", "股骨头坏死", "肾衰竭"))),
            ("{n}身患{v}", rng.choice(("胃癌晚期", "乳腺癌", "肝硬化"))),
        ):
            yield _placed(rng, Kind.HEALTH, frame, value)
        yield _placed(rng, Kind.HEALTH, "{v}", rng.choice(("肢体二级", "一级")), column="残疾等级")
        child, age = rng.choice(CHILDREN), number(13)
        for frame in (
            "留守儿童{v}，父母在外务工",
            "{n}之子{v}，现年" + age + "岁",
            "学生{v}获得助学金500元",
            "{v}，女，" + age + "岁，由祖母照看",
            "孩子{v}就读于平罗二小",
            "困境儿童：{v}",
            "孤儿{v}每月发放1000元",
            "监护人{n}，未成年人{v}",
            "资助学生：{v}（" + rng.choice("一二三四五六") + "年级）",
        ):
            yield _placed(rng, Kind.MINOR, frame, child)
        yield _placed(
            rng, Kind.MINOR, "{v}获得资助", f"{child}（{rng.choice('一二三四五六')}年级二班"
        )
        yield _placed(rng, Kind.MINOR, "{v}", child, column="学生姓名")
        year, month, day = rng.randint(1940, 2010), number(12), number(28)
        for frame, value in (
            ("{n}，男，{v}出生，汉族", f"{year}年{month}月{day}日"),
            ("{n}，出生日期：{v}", f"{year}-{int(month):02}-{int(day):02}"),
            ("{n}，女，{v}，回族", f"{year}.{month}"),
            ("{n}生于{v}", f"{year}年{month}月"),
            ("{n}，{v}生", f"{year}年{month}月{day}日"),
        ):
            yield _placed(rng, Kind.BIRTH_DATE, frame, value)
        compact = f"{year}{int(month):02}{int(day):02}"
        yield _placed(rng, Kind.BIRTH_DATE, "{v}", compact, column="出生日期")
        for frame in (
            "{n}名下车辆{v}",
            "车牌号：{v}",
            "{v}违规停放",
            "{n}驾驶{v}",
            "车辆{v}，{n}所有",
        ):
            yield _placed(rng, Kind.PLATE, frame, values.plate(rng))


if __name__ == "__main__":
    import sys

    from tests.privacy.corpus_scores import report

    sys.stdout.write(report(samples()) + "\n")

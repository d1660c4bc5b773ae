"""How fast the guard reads texts and cells, beside a plain search for fifteen to eighteen digits.

``.venv/bin/python benchmarks/privacy_text.py [megabytes]``; MB are UTF-8 bytes, one process. It
ends with status 1 when prose, cells or digits are read slower than 5 MB/s.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable, Sequence

import dense_texts

from taole.privacy.rules import find, find_in_rows, mask_secrets

_PLAIN = re.compile(r"\d{15,18}")
_LIMIT = 5.0
_RUNS = 5

_PARAGRAPHS = (
    "根据《平罗县村务公开目录》和国办公开办函〔2021〕30号文件要求，现将{village}{year}年{month}月财务收支"
    "情况公示如下，公示期自{year}年{month}月7日至{month}月16日，共7个工作日。\n",
    "本月村集体经济收入{amount}元，其中机动地承包费{amount}元、温棚租赁收入{amount}元；支出{amount}元，主要"
    "用于渠道清淤、环境卫生整治和村级公益岗位补助。\n",
    "经村民代表会议讨论，应到{count}人、实到{count}人，一致同意实施{village}{count}组道路硬化工程，长"
    "1.25公里、宽3.5米，概算投资{amount}元，资金来源为一事一议财政奖补。\n",
    "重度残疾人护理补贴、困难残疾人生活补贴、高龄津贴和临时救助对象名单已在公示栏张贴，村民如有异议，请向镇"
    "民生服务中心反映，监督电话：0952-5550126、0952-5550127。\n",
    "张某某户纳入最低生活保障，家庭成员{count}人，保障金额{amount}元；刘某某户因家庭收入超过标准退出。\n",
)
_COLUMNS = (
    "序号",
    "户主姓名",
    "村组",
    "面积（亩）",
    "补贴标准（元）",
    "补贴金额（元）",
    "发放日期",
    "备注",
)


def prose(rng: random.Random, size: int) -> str:
    """Notices as villages write them, ``size`` UTF-8 bytes long."""
    parts, length = [], 0
    while length < size:
        parts.append(
            rng.choice(_PARAGRAPHS).format(
                village=rng.choice(("庙庙湖村", "东园村", "马太沟村")),
                year=rng.randint(2019, 2026),
                month=rng.randint(1, 12),
                count=rng.randint(2, 60),
                amount=f"{rng.uniform(100, 99999):,.2f}",
            )
        )
        length += len(parts[-1].encode())
    return "".join(parts)


def table(rng: random.Random, size: int) -> list[list[str]]:
    """Rows of a subsidy list, without personal data but the names that may be told."""
    rows, length = [], 0
    while length < size:
        row = [
            str(len(rows) + 1),
            rng.choice("张刘陈王孙马周") + "某某",
            f"庙庙湖村{rng.randint(1, 12)}组",
            f"{rng.uniform(1, 90):.2f}",
            f"{rng.uniform(50, 120):.2f}",
            f"{rng.uniform(50, 9000):.2f}",
            f"2023-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            rng.choice(("", "", "已打卡", "本人领取")),
        ]
        length += sum(len(cell.encode()) for cell in row)
        rows.append(row)
    return rows


def figures(rng: random.Random, size: int) -> str:
    """Amounts, codes, moments, document and order numbers without many words between."""
    parts, length = [], 0
    while length < size:
        part = rng.choice(
            (
                f"{rng.uniform(1, 10**8):,.2f} ",
                f"{rng.uniform(1, 10**6):.2f} ",
                f"640221{rng.randrange(10**6):06} ",
                f"2023{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randrange(10**6):06}\n",
                f"HT2023{rng.randrange(10**8):08} ",
                f"{rng.randrange(10**15, 10**18)} ",
                f"{rng.randrange(10**6)}\t{rng.randrange(10**4)}\t",
            )
        )
        parts.append(part)
        length += len(part)
    return "".join(parts)


def speed(work: Callable[[], object], size: int) -> float:
    """The best of a few runs, in MB of UTF-8 a second of one core (the process's own time)."""
    best = 0.0
    for _ in range(_RUNS):
        begun = time.process_time()
        work()
        best = max(best, size / 1e6 / (time.process_time() - begun))
    return best


def report(
    name: str, size: int, product: Callable[[], object], plain: Callable[[], object]
) -> bool:
    ours, theirs = speed(product, size), speed(plain, size)
    print(
        f"{name:<34}{size / 1e6:6.2f} MB {ours:8.1f} MB/s {theirs:8.1f} MB/s {theirs / ours:6.1f}"
    )
    return ours >= _LIMIT


def plain_rows(rows: Sequence[Sequence[str]]) -> int:
    return sum(len(_PLAIN.findall(cell)) for row in rows for cell in row)


def main() -> int:
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else 1) * 1e6)
    rng = random.Random(20230907)
    text, rows, digits = prose(rng, size), table(rng, size), figures(rng, size)
    notices = [text[at : at + 800] for at in range(0, len(text), 800)]
    trail = [cell for row in rows for cell in row]
    cells = sum(len(cell.encode()) for cell in trail)
    length = len(text.encode())
    print(f"{'':<34}{'':>9} {'product':>13} {'plain re':>13} {'times':>6}")
    fast = [
        report("prose, one text", length, lambda: find(text), lambda: _PLAIN.findall(text)),
        report(
            "prose, a notice at a time",
            length,
            lambda: [find(one) for one in notices],
            lambda: [_PLAIN.findall(one) for one in notices],
        ),
        report("cells", cells, lambda: find_in_rows(_COLUMNS, rows), lambda: plain_rows(rows)),
        report("digits", len(digits), lambda: find(digits), lambda: _PLAIN.findall(digits)),
    ]
    report(
        "strings of the trail, secrets only",
        cells,
        lambda: [mask_secrets(cell) for cell in trail],
        lambda: [_PLAIN.findall(cell) for cell in trail],
    )
    report_dense(rng, size)
    return 0 if all(fast) else 1


def report_dense(rng: random.Random, size: int) -> None:
    """Lists and sentences full of personal data: told beside the plain search, without a limit."""
    rows = dense_texts.dense_rows(rng, 2000)
    text = dense_texts.dense_prose(rng, size // 2)
    lines = text.splitlines()
    cells = sum(len(cell.encode()) for row in rows for cell in row)
    length = len(text.encode())
    report(
        "dense: 2,000 rows, 6,000 numbers",
        cells,
        lambda: find_in_rows(dense_texts.COLUMNS, rows),
        lambda: plain_rows(rows),
    )
    report("dense prose, one text", length, lambda: find(text), lambda: _PLAIN.findall(text))
    report(
        "dense prose, a sentence at a time",
        length,
        lambda: [find(line) for line in lines],
        lambda: [_PLAIN.findall(line) for line in lines],
    )


if __name__ == "__main__":
    sys.exit(main())

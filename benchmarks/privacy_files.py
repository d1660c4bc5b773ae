"""Looking inside files: recall and precision by kind of file, and what a photograph costs.

``.venv/bin/python benchmarks/privacy_files.py [--files N] [--photographs N] [--rounds N]``. The
corpus is made anew from a seed; it touches no instance. Ends with status 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import gc
import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from PIL import Image

sys.path.insert(0, str(Path(__file__).parent.parent))

from taole.privacy.files import scan_file
from taole.privacy.findings import PLAIN, USUAL_PATTERNS
from taole.privacy.found import Guard
from taole.privacy.inspecting import inspect
from taole.privacy.worker import the_worker
from tests.privacy.file_corpus import files, kinds
from tests.privacy.file_factory import identity, workbook
from tests.privacy.file_scores import Score, score

PHOTOGRAPH = "photograph"
LEAST_RECALL, LEAST_PRECISION, LEAST_IN_PHOTOGRAPHS = 0.995, 0.97, 0.90
MOST_RATIO = 1.2

_ALONE = """
import sys, time
began = time.perf_counter()
from rapidocr import RapidOCR
engine = RapidOCR(params={"Global.log_level": "critical"})
loaded = time.perf_counter()
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    engine(sys.argv[1])
    print(time.perf_counter() - start)
"""


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--files", type=int, default=40)
    asked.add_argument("--photographs", type=int, default=12)
    asked.add_argument("--rounds", type=int, default=5)
    given = asked.parse_args()
    fine = True
    print("| kind | files | numbers | recall | precision |\n|---|--:|--:|--:|--:|")
    for kind in kinds():
        count = given.photographs if kind == PHOTOGRAPH else given.files
        scored = score(kind, files(kind, count))
        fine &= _is_fine(scored)
        print(
            f"| {kind} | {scored.files} | {scored.planted} "
            f"| {scored.recall:.2%} | {scored.precision:.2%} |",
            flush=True,
        )
    ratio = photograph_ratio(given.rounds)
    fine &= ratio <= MOST_RATIO
    reading_speed()
    the_worker().close()
    return 0 if fine else 1


def _is_fine(scored: Score) -> bool:
    least = LEAST_IN_PHOTOGRAPHS if scored.kind == PHOTOGRAPH else LEAST_RECALL
    return scored.recall >= least and scored.precision >= LEAST_PRECISION


def photograph_ratio(rounds: int) -> float:
    """``scan_file`` against the OCR library alone on the same photograph, in turns, both warm."""
    board = next(files(PHOTOGRAPH, 1)).content
    large = io.BytesIO()
    Image.open(io.BytesIO(board)).resize((3024, 2268)).save(large, "JPEG", quality=88)
    kept = Path(tempfile.mkdtemp()) / "board.jpg"
    kept.write_bytes(large.getvalue())
    alone: list[float] = []
    ours: list[float] = []
    scan_file(large.getvalue(), "board.jpg")
    for _ in range(rounds):
        said = subprocess.run(
            [sys.executable, "-c", _ALONE, str(kept), "2"],
            capture_output=True,
            text=True,
            check=True,
        )
        alone.append(float(said.stdout.split()[-1]))
        start = time.perf_counter()
        scan_file(large.getvalue(), "board.jpg")
        ours.append(time.perf_counter() - start)
    kept.unlink()
    ratio = median(ours) / median(alone)
    print(
        f"photograph 3024 × 2268: rapidocr alone {median(alone):.2f} s, "
        f"scan_file {median(ours):.2f} s, ratio {ratio:.2f} (limit {MOST_RATIO})"
    )
    return ratio


def reading_speed() -> None:
    """Megabytes of usual words, a number on each twentieth line, in a second of one core.

    Without looking for circles of objects, as in the child.
    """
    gc.disable()
    guard = Guard(PLAIN, USUAL_PATTERNS)
    rows = [["序号", "户主", "村组", "面积（亩）", "补贴金额（元）", "备注"]]
    rows += [
        [
            str(at),
            "张某某",
            "东园村三组",
            f"{at * 0.5}",
            f"{at}.00",
            "" if at % 20 else identity(at % 1000),
        ]
        for at in range(1, 8001)
    ]
    table = "\n".join(",".join(row) for row in rows).encode()
    for name, content in (("a.txt", table), ("a.csv", table), ("a.xlsx", workbook(rows))):
        start = time.process_time()
        inspect(content, name, guard)
        taken = time.process_time() - start
        print(f"{name[2:]}: {len(table) / taken / 1e6:.1f} MB of words a second")


if __name__ == "__main__":
    sys.exit(main())

"""What an operator typed wrong: one sentence, the right status, nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

import taole.app.cli

TOWNSHIP, VILLAGE = "640221106", "640221106201"
CATALOGUE = Path(taole.app.cli.__file__).parents[1] / "catalogue/data/catalogue-proposed.yaml"
YEAR = ("--from", "2023-01-01", "--to", "2023-12-31", "--on", "2024-01-31")
NO_UNIT = ("--unit", "640221999")
REFUSED: dict[str, tuple[int, tuple[object, ...], str]] = {
    "completeness of nobody": (1, ("completeness", *NO_UNIT, *YEAR), "640221999"),
    "dates the wrong way round": (
        1,
        ("completeness", "--unit", TOWNSHIP, "--from", "2023-12-31", "--to", "2023-01-01"),
        "写反了",
    ),
    "no day": (2, ("completeness", "--unit", TOWNSHIP, "--from", "2023-13-40"), "--from"),
    "no year of ours": (2, ("obligations", "open", "--through", "9999-12-31"), "9999"),
    "unknown grouping": (2, ("completeness", "--unit", TOWNSHIP, *YEAR, "--by", "x"), "--by"),
    "obligations of nobody": (
        1,
        ("obligations", "open", "--through", "2027-01-31", *NO_UNIT),
        "640221999",
    ),
    "obligations of a village": (
        1,
        ("obligations", "open", "--through", "2027-01-31", "--unit", VILLAGE),
        "东园村",
    ),
    "report of nobody": (1, ("report", "make", 2023, "--json", *NO_UNIT), "640221999"),
    "report of a village": (1, ("report", "make", 2023, "--json", "--unit", VILLAGE), VILLAGE),
    "report of a year to come": (1, ("report", "make", 2999, "--json"), "2999"),
    "report into nowhere": (2, ("report", "make", 2023), "--out"),
    "report of another format": (
        2,
        ("report", "make", 2023, "--out", "OUT", "--format", "pdf"),
        "pdf",
    ),
    "report into a file": (1, ("report", "make", 2023, "--out", "FILE/x"), "文件夹"),
    "checklist of nobody": (1, ("checklist", *NO_UNIT, "--out", "OUT.docx"), "640221999"),
    "checklist of another format": (
        2,
        ("checklist", "--unit", TOWNSHIP, "--out", "OUT.odt"),
        ".docx",
    ),
    "checklist into nowhere": (
        1,
        ("checklist", "--unit", TOWNSHIP, "--out", "OUT/OUT.docx"),
        "文件夹",
    ),
    "checklist of year one": (
        2,
        ("checklist", "--unit", TOWNSHIP, "--on", "0001-01-01", "--out", "OUT.docx"),
        "0001",
    ),
    "ledger that is missing": (2, ("notices", "import", "OUT.xlsx"), "OUT.xlsx"),
    "ledger that is no workbook": (1, ("notices", "import", "FILE.xlsx"), "FILE.xlsx"),
    "ledger of nobody": (2, ("notices", "import", "FILE.xlsx", *NO_UNIT), "640221999"),
    "catalogue that is missing": (2, ("catalogue", "load", "OUT.yaml"), "OUT.yaml"),
    "catalogue that is none": (1, ("catalogue", "load", "FILE.yaml"), "FILE.yaml"),
    "catalogue that is no workbook": (1, ("catalogue", "load", "FILE.xlsx"), "FILE.xlsx"),
    "catalogue for nobody": (
        2,
        ("catalogue", "load", CATALOGUE, "--adopt", "640221999"),
        "640221999",
    ),
    "catalogue compared with nothing": (2, ("catalogue", "diff", "甲", "乙"), "甲"),
    "organisation that is none": (1, ("organisation", "load", "FILE.yaml"), ""),
    "organisation that is no workbook": (1, ("organisation", "load", "FILE.xlsx"), ""),
    "working days of nobody's year": (1, ("workdays", "add", "2099-12-31", "1"), "放假安排"),
    "too many working days": (2, ("workdays", "add", "2023-01-01", "99999"), "99999"),
    "unknown job": (2, ("schedule", "once", "nothing"), "nothing"),
    "unknown command": (2, ("nothing",), "nothing"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_one_sentence_and_leaves_nothing(run, scene, tmp_path, case):
    status, words, named = REFUSED[case]
    for name in ("FILE", "FILE.xlsx", "FILE.yaml"):
        (tmp_path / name).write_bytes(b"\x00not what it says\xff")
    files = sorted(tmp_path.iterdir())
    before = scene.version
    placed = [
        tmp_path / word
        if isinstance(word, str) and word[:4] in ("OUT", "OUT.", "OUT/", "FILE")
        else word
        for word in words
    ]
    done = run(*placed, status=status)
    said = done.stderr.strip()
    assert named in said
    assert "Traceback" not in done.output
    assert done.stdout == ""
    if status == 1:
        assert len(said.splitlines()) == 1, said
    else:
        assert "Error: " in said
    assert scene.version == before
    assert sorted(tmp_path.iterdir()) == files

"""What the documents say of the code and of the pages is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from taole.app.cli import main
from taole.schedule.timetable import TIMETABLE

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DOCUMENTS = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(DOCS.glob("*.md")),
    *sorted((DOCS / "decisions").glob("*.md")),
)
SOURCES = sorted((ROOT / "taole").rglob("*.py"))
CODE = "\n".join(file.read_text(encoding="utf-8") for file in SOURCES)
WORDS = frozenset(re.findall(r"\w+", CODE)) | {file.stem for file in SOURCES}


def anchor_of(heading: str) -> str:
    """The anchor of a heading as the common renderers make it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def is_there(document: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    file = document.parent / path if path else document
    if not anchor:
        return file.exists()
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.M)
    return anchor in {anchor_of(heading) for heading in headings}


def test_every_name_of_the_glossary_is_in_the_code() -> None:
    rows = (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()
    names = [
        name for row in rows if row.count(" | ") >= 2 for name in re.findall(r"`([^`]+)`", row)
    ]
    assert len(names) > 100
    missing = [name for name in names if not set(re.findall(r"\w+", name)) <= WORDS]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.stem)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    lost = [link for link in links if "://" not in link and not is_there(document, link)]
    assert lost == []


def test_every_command_of_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`taole (\w+)", readme))
    assert len(named) > 8
    assert named <= set(main.commands)


def test_operations_tell_of_every_job_of_the_timetable() -> None:
    told = set(
        re.findall(
            r"^\| `([a-z-]+)` \|", (DOCS / "operations.md").read_text(encoding="utf-8"), re.M
        )
    )
    assert told >= {job.name for job in TIMETABLE}


def test_the_architecture_has_a_line_for_every_package_and_finds_its_files() -> None:
    said = (DOCS / "architecture.md").read_text(encoding="utf-8")
    packages = {file.parent.name for file in SOURCES if file.parent.parent.name == "taole"}
    assert {name for name in packages if f"| `{name}` |" not in said} == set()
    files = re.findall(r"`((?:\w+/)?[\w*]+\.py)`", said)
    assert len(files) > 40
    assert [name for name in files if not list((ROOT / "taole").rglob(name))] == []
    families = re.findall(r"`(\w+/\w+\*)`", said)
    assert [name for name in families if not list((ROOT / "taole").glob(name))] == []

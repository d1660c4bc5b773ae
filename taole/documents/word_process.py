"""The reader of Word documents in a process of its own, run by its file name.

Takes a .docx on standard input and the most cells as argument; answers one JSON object on
standard output: ``{"blocks": [{"text"} | {"rows": [[{"text", "span", "goes_on"}]]}]}`` in the
document's order, or ``{"unreadable": "damaged" | "large"}``. ``span`` is how many columns a cell
takes, ``goes_on`` whether it continues the one above it. What a damaged or hostile file asks of
memory or time ends only this process.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

MOST_MEMORY = 1024**3
MOST_SECONDS = 30
MOST_BYTES = 60 * 1024 * 1024
MOST_SPAN = 100
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def limit_resources() -> None:
    """Bound this process's memory and processor time, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(content: bytes, max_cells: int) -> dict[str, object]:
    """Paragraphs and tables of a document as plain values, or why there are none."""
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            archive.open("word/document.xml") as part,
        ):
            xml = part.read(MOST_BYTES + 1)
        if len(xml) > MOST_BYTES:
            return {"unreadable": "large"}
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        body = etree.fromstring(xml, parser).find(f"{W}body")
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, etree.XMLSyntaxError):
        return {"unreadable": "damaged"}
    if body is None:
        return {"unreadable": "damaged"}
    blocks: list[dict[str, object]] = []
    cells = 0
    for block in _blocks(body):
        if block.tag == f"{W}p":
            blocks.append({"text": _text(block)})
            continue
        rows = [_row(row) for row in _inside(block, "tr")]
        cells += sum(int(cell["span"]) for row in rows for cell in row)
        if cells > max_cells:
            return {"unreadable": "large"}
        blocks.append({"rows": rows})
    return {"blocks": blocks}


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside a content control."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent"):
            yield from _blocks(child)


def _inside(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those inside a content control."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent"):
            yield from _inside(child, name)


def _row(row: Any) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = []
    before = _number(row.find(f"{W}trPr/{W}gridBefore"))
    if before:
        cells.append({"text": "", "span": before, "goes_on": False})
    for cell in _inside(row, "tc"):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        text = "\n".join(_text(paragraph) for paragraph in cell.iter(f"{W}p"))
        span = _number(cell.find(f"{W}tcPr/{W}gridSpan")) or 1
        cells.append({"text": text, "span": span, "goes_on": goes_on})
    return cells


def _number(element: Any) -> int:
    written = element.get(f"{W}val", "") if element is not None else ""
    return min(int(written), MOST_SPAN) if written.isdecimal() else 0


def _text(paragraph: Any) -> str:
    parts = []
    for piece in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr"):
        if piece.tag == f"{W}t":
            parts.append(piece.text or "")
        else:
            parts.append("\t" if piece.tag == f"{W}tab" else "\n")
    return "".join(parts).strip()


def main() -> None:
    limit_resources()
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read(), int(sys.argv[1]))))


if __name__ == "__main__":
    main()

"""Masking a file of any kind: every hit written over, what hides taken out, then looked at again.

Runs in the child process, as ``inspecting`` does.
"""

from __future__ import annotations

from collections.abc import Iterable

from taole.privacy.file_refusals import nested_too_deep, not_maskable, other_format_needed
from taole.privacy.found import Guard
from taole.privacy.inspecting import MOST_DEEP, hits_in_words, inspect
from taole.privacy.masking_pictures import masked_pdf, masked_photograph
from taole.privacy.passages import Carrier, Inner, Passage, Picture, Table, write_over
from taole.privacy.reading_containers import Package, local, unpacked
from taole.privacy.reading_kinds import FileType, type_of
from taole.privacy.reading_ole import as_workbook, carriers_of_old_sheets, old_sheets
from taole.privacy.reading_packages import carriers_of_package
from taole.privacy.reading_sheets import UNUSED_STRINGS
from taole.privacy.reading_text import carriers_of_text, read_text
from taole.privacy.reading_word import accept_changes
from taole.privacy.rules import find, masked

_MOST_PASSES = 3
_THUMBNAILS = ("docProps/thumbnail.jpeg", "docProps/thumbnail.png", "docProps/thumbnail.emf")
_PERSONAL = frozenset(
    {"creator", "lastModifiedBy", "Manager", "Company", "keywords", "description", "subject",
     "category", "contentStatus", "HyperlinkBase"}
)  # fmt: skip


def masked_file(content: bytes, filename: str, guard: Guard, depth: int = 0) -> bytes:
    """The masked file; raises Refused where something found cannot be masked."""
    if depth > MOST_DEEP:
        raise nested_too_deep(filename)
    match type_of(content, filename):
        case FileType.PHOTOGRAPH:
            return masked_photograph(content, filename, guard)
        case FileType.PDF:
            return masked_pdf(content, filename, guard)
        case FileType.OLE:
            return _masked_old(content, filename, guard, depth)
        case FileType.TEXT:
            return _masked_text(content, filename, guard)
    made = content
    for _ in range(_MOST_PASSES):
        made = _masked_package(made, filename, guard, depth)
        left = inspect(made, filename, guard, depth)
        if not left:
            return made
    raise not_maskable(filename, left[0].place)


def _masked_text(content: bytes, filename: str, guard: Guard) -> bytes:
    made = content
    for _ in range(_MOST_PASSES):
        file = read_text(made, filename)
        if not _write_over_all(carriers_of_text(file), filename, guard):
            return made
        made = file.written()
    return made


def _masked_old(content: bytes, filename: str, guard: Guard, depth: int) -> bytes:
    sheets = old_sheets(content, filename)
    if not sheets:
        raise other_format_needed(filename, ".docx")
    _write_over_all(carriers_of_old_sheets(sheets), filename, guard)
    for sheet in sheets:
        sheet.name = _masked_name(sheet.name, guard)
    return masked_file(as_workbook(sheets), filename, guard, depth)


def _masked_name(name: str, guard: Guard) -> str:
    """A sheet's name masked; the star is not allowed in it."""
    hits = find(name, guard.context, guard.patterns)
    return masked(name, hits).replace("*", "_") if hits else name


def _masked_package(content: bytes, filename: str, guard: Guard, depth: int) -> bytes:
    package = unpacked(content, filename)
    package.comment = b""
    if package.is_word:
        accept_changes(package)
    for part in _THUMBNAILS:
        if part in package.parts:
            package.remove(part)
    _empty_properties(package)
    if package.is_workbook:
        for sheet in package.tree("xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
            sheet.set("name", _masked_name(sheet.get("name") or "", guard))
    carriers = list(carriers_of_package(package))
    _drop_unused_strings(carriers)
    _write_over_all(carriers, filename, guard)
    for carrier in carriers:
        if isinstance(carrier, Picture):
            carrier.put(masked_photograph(carrier.content, carrier.filename, guard))
        elif isinstance(carrier, Inner):
            if type_of(carrier.content, carrier.filename) is FileType.OLE:
                if inspect(carrier.content, carrier.filename, guard, depth + 1):
                    raise not_maskable(filename, carrier.place)
                continue
            carrier.put(masked_file(carrier.content, carrier.filename, guard, depth + 1))
    return package.written()


def _write_over_all(carriers: Iterable[Carrier], filename: str, guard: Guard) -> int:
    """How many hits were written over; raises Refused for words in raw bytes."""
    written = 0
    for carrier in list(carriers):
        if not isinstance(carrier, Passage | Table):
            continue
        edits = list(hits_in_words(carrier, guard))
        if edits and isinstance(carrier, Passage) and carrier.numbers_only:
            raise not_maskable(filename, edits[0][0].place)
        done: set[tuple[int, int, int]] = set()
        # cells that show the same shared string are the same pieces
        for _, edit in sorted(edits, key=lambda one: -one[1].start):
            key = (id(edit.pieces), edit.start, edit.end)
            if key not in done:
                done.add(key)
                write_over(edit.pieces, edit.start, edit.end, edit.masked)
                written += 1
    return written


def _empty_properties(package: Package) -> None:
    """Nobody's name in the properties; the values of fields of one's own are taken out."""
    for part in package.parts:
        if not part.startswith("docProps/") or not part.endswith(".xml"):
            continue
        own = part.endswith("custom.xml")
        for element in package.tree(part).iter():
            if element.text and (local(element) in _PERSONAL or (own and not len(element))):
                element.text = ""


def _drop_unused_strings(carriers: list[Carrier]) -> None:
    for carrier in carriers:
        if isinstance(carrier, Passage) and carrier.place(0) == UNUSED_STRINGS:
            for piece in carrier.pieces:
                piece.put("")

"""The container of a Word or Excel file: its directory looked at first, its parts as XML trees.

Nothing is unpacked before the directory has been found honest: sizes within limits, parts that do
not overlap, names that stay inside. XML is parsed without entities, DTD, network and huge nodes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from taole.privacy.file_refusals import (
    damaged,
    declares_entities,
    encrypted,
    unknown,
    unpacks_too_large,
    with_macros,
)

MOST_UNPACKED = 150 * 1024 * 1024
MOST_XML = 80 * 1024 * 1024
MOST_RATIO = 150
RATIO_MATTERS_FROM = 10 * 1024 * 1024
MOST_PARTS = 4000
MOST_TAGS = 10_000_000

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OFFICE = ("word/document", "xl/workbook", "ppt/presentation")
_XML_SUFFIXES = (".xml", ".rels", ".vml")


@dataclass
class Package:
    """The parts of an OOXML file by name; trees are parsed once and written back if changed."""

    filename: str
    parts: dict[str, bytes]
    trees: dict[str, Any] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    comment: bytes = b""

    @property
    def is_word(self) -> bool:
        return any(name.startswith("word/document") for name in self.parts)

    @property
    def is_workbook(self) -> bool:
        return "xl/workbook.xml" in self.parts

    def is_xml(self, name: str) -> bool:
        return name.lower().endswith(_XML_SUFFIXES) or name == "[Content_Types].xml"

    def tree(self, name: str) -> Any:
        """The root of an XML part; raises Refused for a damaged one and for declarations."""
        if name not in self.trees:
            self.trees[name] = parsed(self.parts[name], self.filename)
        return self.trees[name]

    def remove(self, name: str) -> None:
        """Leave a part out of what is written, with what points at it."""
        self.removed.add(name)
        for rels in [part for part in self.parts if part.endswith(".rels")]:
            root = self.tree(rels)
            for relation in list(root):
                if target_of(rels, relation.get("Target") or "") == name:
                    root.remove(relation)
        for override in list(self.tree("[Content_Types].xml")):
            if (override.get("PartName") or "").lstrip("/") == name:
                override.getparent().remove(override)

    def written(self) -> bytes:
        """The whole file again, with the changed trees, without what was removed."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                if name in self.removed:
                    continue
                if name in self.trees:
                    content = etree.tostring(
                        self.trees[name], xml_declaration=True, encoding="UTF-8", standalone=True
                    )
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
        return out.getvalue()


def unpacked(content: bytes, filename: str) -> Package:
    """The parts of an OOXML file; raises Refused for what is hostile, damaged or another zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _refuse_dishonest(infos, len(content), filename)
            parts = {info.filename: _read(archive, info, filename) for info in infos}
            comment = archive.comment
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise damaged(filename) from error
    if any(_is_program(name.lower()) for name in parts):
        raise with_macros(filename)
    if "[Content_Types].xml" not in parts:
        raise unknown(filename)
    if "xl/workbook.bin" in parts or not any(name.startswith(_OFFICE) for name in parts):
        raise unknown(filename)
    return Package(filename, parts, comment=comment)


def _is_program(name: str) -> bool:
    return name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/")


def _refuse_dishonest(infos: list[zipfile.ZipInfo], packed: int, filename: str) -> None:
    total = sum(info.file_size for info in infos)
    if total > MOST_UNPACKED or (total > RATIO_MATTERS_FROM and total > packed * MOST_RATIO):
        raise unpacks_too_large(filename, total // 2**20)
    if any(info.file_size > MOST_XML for info in infos if info.filename.endswith(".xml")):
        raise unpacks_too_large(filename, total // 2**20)
    names = [info.filename for info in infos]
    if len(infos) > MOST_PARTS or len(set(names)) != len(names):
        raise damaged(filename)
    if any(info.flag_bits & 1 for info in infos):
        raise encrypted(filename)
    if any(info.compress_type not in _METHODS for info in infos):
        raise damaged(filename)
    if any(_is_absurd(name) for name in names):
        raise damaged(filename)
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise damaged(filename)
        end = info.header_offset + 30 + info.compress_size


def _is_absurd(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return len(name) > 250 or name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, filename: str) -> bytes:
    with archive.open(info) as stream:
        content = stream.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise damaged(filename)
    return content


def parsed(content: bytes, filename: str) -> Any:
    """The root element of an XML part."""
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise declares_entities(filename)
    if content.count(b"<") > MOST_TAGS:
        raise unpacks_too_large(filename, len(content) // 2**20)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(filename) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise declares_entities(filename)
    return root


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for a comment."""
    tag = element.tag
    return tag[tag.find("}") + 1 :] if isinstance(tag, str) else ""


def target_of(rels: str, target: str) -> str:
    """The part that a relation of a ``.rels`` part points at."""
    if target.startswith("/"):
        return target[1:]
    folder = posixpath.dirname(posixpath.dirname(rels))
    return posixpath.normpath(posixpath.join(folder, target))


def relations(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """(id, target part) of everything inside the package that a part points at."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if rels in package.parts:
        for relation in package.tree(rels):
            if relation.get("TargetMode") != "External" and relation.get("Target"):
                yield relation.get("Id"), target_of(rels, relation.get("Target"))

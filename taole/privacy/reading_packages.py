"""Every part of a Word, Excel or PowerPoint file in turn, with what a person calls its place."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator

from taole.privacy.passages import Carrier, Inner, Picture
from taole.privacy.raw_strings import passages_of_bytes
from taole.privacy.reading_containers import Package
from taole.privacy.reading_kinds import is_photograph
from taole.privacy.reading_ole import is_old_workbook
from taole.privacy.reading_sheets import carriers_of_sheets
from taole.privacy.reading_word import carriers_of_word, story_place
from taole.privacy.reading_xml import passages_of, remarks_of

_PLACES = (
    ("docProps/", "文档属性"),
    ("customXml/", "自定义 XML"),
    ("xl/comments", "批注"),
    ("xl/threadedComments/", "批注"),
    ("xl/persons/", "批注的作者"),
    ("xl/pivotCache/", "数据透视表的缓存"),
    ("xl/pivotTables/", "数据透视表"),
    ("xl/drawings/", "文本框"),
    ("word/drawings/", "文本框"),
    ("xl/externalLinks/", "外部链接的缓存"),
    ("xl/tables/", "表格的列名"),
    ("xl/workbook.xml", "定义的名称"),
    ("xl/revisions/", "修订记录"),
    ("xl/queryTables/", "数据连接"),
    ("xl/connections", "数据连接"),
    ("word/settings", "文档设置"),
    ("word/glossary/", "文档部件"),
    ("word/comments", "批注"),
    ("word/people", "批注的作者"),
    ("ppt/slides/", "幻灯片"),
    ("ppt/notesSlides/", "幻灯片备注"),
    ("ppt/comments/", "批注"),
)
_ANYWHERE = (("/charts/", "图表"), ("/diagrams/", "图示"), ("/ink/", "墨迹"))
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml$")
_STOCK_THUMBNAIL = "96367138dc44ce09bf2c8f0f8e49348a1478d2c5c0af69bbc2bbc38b63cdcead"
"""SHA-256 of the empty page that python-docx puts into every file it makes."""

_FONTS = (".odttf", ".ttf", ".fntdata")


def carriers_of_package(package: Package) -> Iterator[Carrier]:
    """All that can carry words; raises Refused for a damaged part."""
    read_apart: set[str] = {"[Content_Types].xml"}
    if package.is_word:
        yield from carriers_of_word(package)
        read_apart |= {part for part in package.parts if story_place_of(part)}
    if package.is_workbook:
        yield from carriers_of_sheets(package)
        read_apart |= {
            part
            for part in package.parts
            if part == "xl/sharedStrings.xml" or part.startswith("xl/worksheets/sheet")
        }
    for part, content in package.parts.items():
        if part in read_apart or part.lower().endswith(_FONTS):
            continue
        if package.is_xml(part) or part.lower().endswith(".svg"):
            yield from passages_of(package.tree(part), place_of(part))
        else:
            yield from _binary(package, part, content)
    for part in read_apart & package.parts.keys():
        if b"<!--" in package.parts[part] and package.is_xml(part):
            yield from remarks_of(package.tree(part), place_of(part))
    yield from passages_of_bytes("\n".join(package.parts).encode(), "内部文件的名称")
    yield from passages_of_bytes(package.comment, "压缩包的注释")


def story_place_of(part: str) -> str:
    """The place of a Word story; "" for any other part."""
    return story_place(part) if part.startswith("word/") and part.endswith(".xml") else ""


def _binary(package: Package, part: str, content: bytes) -> Iterator[Carrier]:
    name = posixpath.basename(part)

    def put(changed: bytes) -> None:
        package.parts[part] = changed

    if hashlib.sha256(content).hexdigest() == _STOCK_THUMBNAIL:
        return
    if is_photograph(content):
        place = "缩略图" if part.startswith("docProps/") else f"图片“{name}”"
        yield Picture(place, name, content, put)
    elif content.startswith((b"PK\x03\x04", b"%PDF")) or is_old_workbook(content):
        yield Inner(f"嵌入的文件“{name}”", name, content, put)
    else:
        yield from passages_of_bytes(content, f"嵌入的对象“{name}”")


def place_of(part: str) -> str:
    slide = _SLIDE.match(part)
    if slide:
        return f"第{slide[1]}张幻灯片"
    if part.endswith(".rels"):
        return "链接"
    for start, place in _PLACES:
        if part.startswith(start):
            return place
    for inside, place in _ANYWHERE:
        if inside in part:
            return place
    return f"内部文件“{posixpath.basename(part)}”"

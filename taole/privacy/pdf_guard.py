"""A look at a PDF before it is opened: what its streams inflate to, and the words in its objects.

ISO 32000-1, 7.3.8 and 7.4: a stream may be packed several times over; a few kilobytes can become
gigabytes. Streams are inflated here in small steps and counted, never kept whole when large.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from taole.privacy.file_refusals import unpacks_too_large
from taole.privacy.passages import APART, Inner, Passage, Words, at

MOST_INFLATED = 400 * 1024 * 1024
MOST_ONE_STREAM = 160 * 1024 * 1024
_MOST_RATIO = 250
_RATIO_MATTERS_FROM = 20 * 1024 * 1024
_STEP = 1 << 20
_KEPT = 4 * 1024 * 1024

_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_IMAGE = re.compile(rb"/(?:Subtype\s*/Image|FontFile|Length1)")
_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.){6,4000})\)|<([0-9A-Fa-f\s]{24,8000})>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_MARKUP = re.compile(rb"\s{0,60}<[?A-Za-z][^<>]{2,400}>|\s{0,60}<[A-Za-z]{3,20}><")
_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"[0-9０-９](?:[\s\-]?[0-9０-９]){6}")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"", b"\n": b"", b"\r": b""}


@dataclass(frozen=True)
class Stream:
    """A stream that was kept: whether it is a file inside the PDF, and its bytes."""

    is_file: bool
    content: bytes


def inflated_streams(content: bytes, filename: str) -> Iterator[Stream]:
    """The small packed streams that are neither pictures nor fonts; counts all of them.

    Raises Refused when a stream or all together inflate beyond the limits.
    """
    total = 0
    for match in _STREAM.finditer(content):
        dictionary = content[max(0, match.start() - 600) : match.start()]
        dictionary = dictionary[dictionary.rfind(b" obj") + 1 :]
        is_file = b"/EmbeddedFile" in dictionary
        layers = len(_FLATE.findall(dictionary))
        if is_file and not layers:
            end = content.find(b"endstream", match.end())
            yield Stream(True, content[match.end() : end].rstrip(b"\r\n"))
            continue
        if not layers and content[match.end() : match.end() + 1] not in {b"\x78", b"\x48"}:
            continue
        size, kept, packed = _inflate(content, match.end(), max(1, layers), filename)
        total += size
        if total > MOST_INFLATED:
            raise unpacks_too_large(filename, total // 2**20)
        if size > _RATIO_MATTERS_FROM and size > max(packed, 1) * _MOST_RATIO:
            raise unpacks_too_large(filename, size // 2**20)
        if kept and not _IMAGE.search(dictionary):
            yield Stream(is_file, kept)


def _inflate(content: bytes, start: int, layers: int, filename: str) -> tuple[int, bytes, int]:
    """(inflated size of the largest layer, the bytes if few, packed size of one stream)."""
    unpackers = [zlib.decompressobj() for _ in range(min(layers, 4))]
    kept: list[bytes] = []
    largest = [0] * len(unpackers)

    def feed(level: int, piece: bytes) -> None:
        if level == len(unpackers):
            if largest[-1] <= _KEPT:
                kept.append(piece)
            return
        unpacker = unpackers[level]
        while piece and not unpacker.eof:
            out = unpacker.decompress(piece, _STEP)
            piece = unpacker.unconsumed_tail
            largest[level] += len(out)
            if largest[level] > MOST_ONE_STREAM:
                raise unpacks_too_large(filename, largest[level] // 2**20)
            feed(level + 1, out)
            if not out and not piece:
                break

    place = start
    try:
        while place < len(content) and not unpackers[0].eof:
            feed(0, content[place : place + 65_536])
            place += 65_536
    except zlib.error:
        pass
    packed = min(place, len(content)) - start - len(unpackers[0].unused_data)
    few = b"".join(kept) if largest[-1] <= _KEPT else b""
    return max(largest), few, packed


def carriers_of_objects(content: bytes, filename: str) -> Iterator[Passage | Inner]:
    """Files in streams; then the strings with numbers that stand in objects.

    Such are notes, fields, bookmarks, forms in XML, and what older versions of the file said.
    """
    strings: dict[str, None] = {}
    streams = list(inflated_streams(content, filename))
    for stream in streams:
        if stream.is_file and stream.content:
            yield Inner("PDF 内嵌的文件", "内嵌的文件", stream.content)
    for source in (content, *(stream.content for stream in streams if not stream.is_file)):
        for match in _LITERAL.finditer(source):
            text = _literal(match[1]) if match[1] is not None else _hex(match[2])
            if _NUMBER.search(text):
                strings[text] = None
        if _MARKUP.match(source):
            strings[_TAG.sub(APART, source.decode("utf-8", "ignore"))] = None
        for packet in _XMP.findall(source):
            strings[_TAG.sub(" ", packet.decode("utf-8", "ignore"))] = None
    if strings:
        yield Passage(at("PDF 内部的对象"), [Words(APART.join(strings))], numbers_only=True)


def _literal(raw: bytes) -> str:
    return _decoded(_ESCAPE.sub(_unescaped, raw))


def _unescaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    if sign[:1].isdigit() and sign[0] < 0x38:
        return bytes([int(sign, 8) & 0xFF])
    return _ESCAPED.get(sign, sign)


def _hex(raw: bytes) -> str:
    digits = re.sub(rb"\s", b"", raw)
    return _decoded(bytes.fromhex(digits.decode() + ("0" if len(digits) % 2 else "")))


def _decoded(raw: bytes) -> str:
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "ignore")
    if raw.startswith(b"\xff\xfe"):
        return raw[2:].decode("utf-16-le", "ignore")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", "ignore")
    if raw.count(b"\x00") * 3 > len(raw):
        return raw.decode("utf-16-be", "ignore")
    return raw.decode("latin-1")

"""Looking inside a file for personal data, and masking it: what the rest of the house calls.

个人信息保护法 arts 28 and 51. Whatever parses a file runs in a child process with limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from taole.core.errors import Refused
from taole.core.words import Sentence
from taole.privacy.file_refusals import own_name
from taole.privacy.findings import PLAIN, USUAL_PATTERNS, Context, Kind, MaskPatterns
from taole.privacy.reading_kinds import type_of
from taole.privacy.rules import find, fingerprint
from taole.privacy.worker import the_worker

IN_THE_NAME = "文件名"


@dataclass(frozen=True)
class FileHit:
    """Personal data in a file: where a person finds it, never the value itself.

    ``fingerprint``: HMAC of the value under the caller's key, to know it again.
    """

    where: str
    kind: Kind
    masked: str
    confidence: float
    suggestion: Sentence | str
    fingerprint: str

    def to_mapping(self) -> dict[str, Any]:
        """As JSON holds it; ``suggestion`` as message id and what goes into it."""
        said = self.suggestion
        return {
            "where": self.where,
            "kind": self.kind.value,
            "masked": self.masked,
            "confidence": self.confidence,
            "suggestion": [said.msgid, dict(said.params)] if isinstance(said, Sentence) else said,
            "fingerprint": self.fingerprint,
        }

    @classmethod
    def from_mapping(cls, kept: Mapping[str, Any]) -> FileHit:
        said = kept["suggestion"]
        return cls(
            where=str(kept["where"]),
            kind=Kind(kept["kind"]),
            masked=str(kept["masked"]),
            confidence=float(kept["confidence"]),
            suggestion=said if isinstance(said, str) else Sentence(said[0], said[1]),
            fingerprint=str(kept["fingerprint"]),
        )


def scan_file(
    content: bytes, filename: str, *, context: Context = PLAIN, key: bytes = b""
) -> list[FileHit]:
    """Personal data in the name of a file and everywhere inside it.

    ``key``: for the fingerprints. Raises Refused with one sentence for a file that cannot be
    looked into: hostile, encrypted, damaged, of no known type, or too large.
    """
    name = own_name(filename)
    type_of(content, name)
    hits = [
        FileHit(
            IN_THE_NAME,
            hit.kind,
            hit.masked,
            hit.confidence,
            hit.suggestion,
            fingerprint(hit.text, key),
        )
        for hit in find(name, context)
    ]
    header = _header("scan", name, context, USUAL_PATTERNS)
    said, _ = the_worker().ask(header | {"key": key.hex()}, content)
    return hits + [FileHit.from_mapping(one) for one in _heard(said)["hits"]]


def mask_file(
    content: bytes,
    filename: str,
    *,
    context: Context = PLAIN,
    patterns: MaskPatterns = USUAL_PATTERNS,
) -> bytes:
    """The same kind of file with every hit masked and what hides in it removed.

    .xls becomes .xlsx; a PDF becomes pictures of its pages with black boxes; a photograph loses
    its metadata. Raises Refused as ``scan_file`` does, and where a hit cannot be masked.
    """
    name = own_name(filename)
    type_of(content, name)
    said, made = the_worker().ask(_header("mask", name, context, patterns), content)
    _heard(said)
    return made


def _header(verb: str, name: str, context: Context, patterns: MaskPatterns) -> dict[str, Any]:
    plain = replace(context, column="")
    return {
        "verb": verb,
        "filename": name,
        "context": {
            "column": plain.column,
            "names_forbidden": plain.names_forbidden,
            "allowed_phones": sorted(plain.allowed_phones),
            "forbidden": list(plain.forbidden),
        },
        "keep": [[kind.value, front, back] for kind, (front, back) in patterns.keep.items()],
    }


def _heard(said: dict[str, Any]) -> dict[str, Any]:
    if "refused" in said:
        raise Refused(*[Sentence(msgid, params) for msgid, params in said["refused"]])
    return said

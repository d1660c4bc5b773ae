"""The copy of a file that people may be given: what was found in it is covered."""

from __future__ import annotations

from dataclasses import dataclass

from taole.attachments.models import Attachment
from taole.attachments.preparing import keep_for_this_request, kept_for_this_request
from taole.attachments.rules import FileKind, kind_of, tidy_name
from taole.attachments.storage import load
from taole.core.media_types import MEDIA_TYPES
from taole.core.transactions import let_go
from taole.organisation.models import Unit
from taole.privacy.files import mask_file
from taole.privacy.findings import Context
from taole.privacy.rules import find, masked


@dataclass(frozen=True)
class MaskedCopy:
    content: bytes
    filename: str
    media_type: str


def masked_copy(attachment: Attachment) -> MaskedCopy:
    """The public version with every finding masked; seconds of work for a photograph.

    Raises Refused where the machine cannot cover what was found.
    """
    known = kept_for_this_request(_key(attachment))
    return known if isinstance(known, MaskedCopy) else _cover(_material(attachment))


def mask_ahead(attachment: Attachment) -> None:
    """Make the masked copy with the lock given back; ``masked_copy`` finds it in this request."""
    key, material = _key(attachment), _material(attachment)
    let_go()
    keep_for_this_request(key, _cover(material))


@dataclass(frozen=True)
class _Material:
    content: bytes
    filename: str
    media_type: str
    context: Context


def _material(attachment: Attachment) -> _Material:
    return _Material(
        load(attachment.digest),
        attachment.filename,
        attachment.media_type,
        context_of(attachment),
    )


def _cover(given: _Material) -> MaskedCopy:
    content = mask_file(given.content, given.filename, context=given.context)
    kind = kind_of(content, given.filename)
    if kind is FileKind.CONTAINER:
        was_word = given.media_type == MEDIA_TYPES[FileKind.DOCX]
        kind = FileKind.DOCX if was_word else FileKind.XLSX
    stem = given.filename.rpartition(".")[0]
    name = tidy_name(f"{masked(stem, find(stem, given.context))}.{kind.value}", kind)
    return MaskedCopy(content, name, MEDIA_TYPES[kind])


def context_of(attachment: Attachment) -> Context:
    """What may stand in a unit's files: the phones that its notices must print."""
    unit: Unit | None = attachment.unit
    phones: set[str] = set()
    while unit is not None and unit.township_id is not None:
        phones.add("".join(sign for sign in unit.phone if sign.isdigit()))
        unit = unit.parent
    return Context(allowed_phones=frozenset(phones - {""}))


def _key(attachment: Attachment) -> str:
    return f"masked {attachment.id} {attachment.digest}"

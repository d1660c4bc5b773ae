"""Reading a catalogue from YAML, in the format of the shipped ``catalogue-proposed.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from taole.catalogue.draft_checks import check_draft
from taole.catalogue.drafts import CatalogueDraft, CatalogueFileKind, Fault, ItemDraft, place
from taole.catalogue.yaml_fields import Fields
from taole.catalogue.yaml_guard import LINE, load_yaml
from taole.catalogue.yaml_items import read_item
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.file_kinds import named

_TOP_KEYS = ("meta", "sources", "items")
_META_KEYS = (
    "name_zh",
    "kind",
    "is_proposal",
    "status",
    "sections",
    "section_aliases",
    "source",
)
_META_NOTES = (
    "section_assignment",
    "law_note",
    "deadline_note",
    "channels_note",
    "notice_period_rule",
    "provenance_values",
    "frequency_values",
)


def read_catalogue_yaml(content: bytes, filename: str) -> CatalogueDraft:
    """The draft of a catalogue (meta.kind village, the default) or of website columns (website).

    A file that is no catalogue at all raises Refused; what is wrong inside one is listed as
    faults, all of them, each with line, item code and what to write instead. Unknown keys are
    faults that do not hinder loading. A catalogue is a proposal when ``meta.is_proposal`` says so
    or ``meta.status`` begins with PROPOSAL. Where ``meta.source`` is missing, the publications
    listed under ``sources`` are the draft's source, one a line.
    """
    file = named(filename)
    loaded = load_yaml(content, filename)
    if not isinstance(loaded, Mapping) or not isinstance(loaded.get("items"), list):
        raise Refused(
            sentence(N_("文件“%(file)s”不是目录文件：应有 meta 和 items 两部分。"), file=file)
        )
    faults: list[Fault] = []
    top = Fields(loaded, file, None, "", faults)
    top.refuse_unknown(_TOP_KEYS)
    meta = Fields(top.mapping("meta"), file, None, "meta", faults)
    meta.refuse_unknown((*_META_KEYS, *_META_NOTES))
    kind = _kind(meta)
    sections = meta.texts("sections", required=kind == "village")
    items = [
        item
        for position, entry in enumerate(loaded["items"], 1)
        if (item := _item(entry, position, kind, file, faults)) is not None
    ]
    status = meta.text("status")
    return check_draft(
        CatalogueDraft(
            name=meta.text("name_zh", required=True) or file,
            kind=kind,
            is_proposal=meta.truth("is_proposal") or status.upper().startswith("PROPOSAL"),
            sections=sections,
            aliases=_aliases(meta, faults, file),
            items=tuple(_with_parent_codes(items)),
            faults=tuple(faults),
            filename=file,
            source=meta.text("source") or _publications(top.raw("sources")),
        )
    )


def _kind(meta: Fields) -> CatalogueFileKind:
    written = meta.text("kind") or "village"
    if written == "website":
        return "website"
    if written != "village":
        meta.fault(
            sentence(N_("kind 写成了“%(value)s”：应为 village 或 website。"), value=written[:20])
        )
    return "village"


def _aliases(meta: Fields, faults: list[Fault], file: str) -> dict[str, str]:
    aliases: dict[str, str] = {}
    written = Fields(meta.mapping("section_aliases"), file, None, "section_aliases", faults)
    for section in written.text_keys():
        for alias in written.texts(section):
            if aliases.get(alias, section) != section:
                written.fault(
                    sentence(
                        N_("别名“%(alias)s”同时写在“%(one)s”和“%(two)s”下：请只留一处。"),
                        alias=alias,
                        one=aliases[alias],
                        two=section,
                    )
                )
            aliases[alias] = section
    return aliases


def _item(
    entry: Any, position: int, kind: CatalogueFileKind, file: str, faults: list[Fault]
) -> ItemDraft | None:
    if not isinstance(entry, Mapping):
        faults.append(
            Fault(
                place(file, item=f"items[{position}]"),
                sentence(N_("这里应是一个目录项（若干行“名称: 值”）：请对照样本改写。")),
                True,
            )
        )
        return None
    line = entry.get(LINE)
    code = entry.get("code")
    label = code if isinstance(code, str) and code else f"items[{position}]"
    return read_item(Fields(entry, file, line, label[:40], faults), kind)


def _with_parent_codes(items: list[ItemDraft]) -> list[ItemDraft]:
    codes = {item.title_zh: item.code for item in items}
    return [replace(item, parent=codes.get(item.parent, item.parent)) for item in items]


def _publications(listed: object) -> str:
    if not isinstance(listed, Mapping):
        return ""
    lines = []
    for key, entry in listed.items():
        if isinstance(entry, Mapping):
            said = [str(entry[name]) for name in ("title", "issuer") if entry.get(name)]
            lines.append(f"{key} {' · '.join(said)}")
        else:
            lines.append(f"{key} {entry}")
    return "\n".join(lines)

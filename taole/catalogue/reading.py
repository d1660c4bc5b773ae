"""Reading a catalogue file of either form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

from taole.catalogue.drafts import CatalogueDraft
from taole.catalogue.house_columns import with_house_columns
from taole.catalogue.reading_workbook import read_catalogue_workbook
from taole.catalogue.reading_yaml import read_catalogue_yaml
from taole.catalogue.yaml_guard import load_yaml

YAML_ENDINGS = frozenset({".yaml", ".yml"})


def read_catalogue(content: bytes, filename: str) -> CatalogueDraft:
    """The draft of a catalogue from YAML (by the ending .yaml or .yml) or else from a workbook.

    Raises Refused when the file is no catalogue at all. The publications that a YAML file lists
    under ``sources`` become the draft's source, one a line, unless it names its source itself.
    """
    if PurePath(filename).suffix.lower() not in YAML_ENDINGS:
        return with_house_columns(read_catalogue_workbook(content, filename), content, filename)
    draft = read_catalogue_yaml(content, filename)
    if draft.source:
        return draft
    return replace(draft, source=_publications(load_yaml(content, filename)))


def _publications(loaded: object) -> str:
    listed = loaded.get("sources") if isinstance(loaded, Mapping) else None
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

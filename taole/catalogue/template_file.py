"""The shipped templates, read once from ``data/unified-templates.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from taole.catalogue.reading_yaml import read_catalogue_yaml
from taole.catalogue.unified_template import UnifiedTemplate
from taole.catalogue.yaml_guard import load_yaml

_DATA = Path(__file__).parent / "data"


@cache
def read_shipped() -> Mapping[str, UnifiedTemplate]:
    """Item code → template, without what must not be published: that is the catalogue's to say."""
    name = "unified-templates.yaml"
    loaded = load_yaml((_DATA / name).read_bytes(), name)
    closings: Mapping[str, str] = loaded["closings"]
    return {
        code: UnifiedTemplate.from_mapping(_with_closing(written, closings))
        for code, written in loaded["templates"].items()
    }


def _with_closing(written: Mapping[str, Any], closings: Mapping[str, str]) -> dict[str, Any]:
    return {**written, "opening": written["opening"] + closings[written["closing"]]}


@cache
def read_shipped_contents() -> Mapping[str, tuple[str, ...]]:
    """Item code → 公开内容 of the shipped catalogue, for which the templates were made."""
    name = "catalogue-proposed.yaml"
    draft = read_catalogue_yaml((_DATA / name).read_bytes(), name)
    return {item.code: tuple(item.content) for item in draft.items}

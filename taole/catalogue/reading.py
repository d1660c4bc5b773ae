"""Reading a catalogue file of either form."""

from __future__ import annotations

from pathlib import PurePath

from taole.catalogue.drafts import CatalogueDraft
from taole.catalogue.reading_workbook import read_catalogue_workbook
from taole.catalogue.reading_yaml import read_catalogue_yaml

YAML_ENDINGS = frozenset({".yaml", ".yml"})


def read_catalogue(content: bytes, filename: str) -> CatalogueDraft:
    """The draft of a catalogue from YAML (by the ending .yaml or .yml) or else from a workbook.

    Raises Refused when the file is no catalogue at all.
    """
    is_yaml = PurePath(filename).suffix.lower() in YAML_ENDINGS
    read = read_catalogue_yaml if is_yaml else read_catalogue_workbook
    return read(content, filename)

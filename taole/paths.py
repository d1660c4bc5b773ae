"""Where the templates and the migrations are, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path


def resource_folder(name: str) -> Path:
    """The folder ``name``: inside the package (a wheel), else beside it (a checkout)."""
    package = Path(__file__).resolve().parent
    for place in (package / name, package.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(name)

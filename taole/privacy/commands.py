"""``taole privacy``: files looked into and masked at the operator's desk; no instance is needed.

Status 0: nothing found, or masked. 1: something found, or a file that cannot be looked into.
2: wrong use.
"""

from __future__ import annotations

import os
import sys
from errno import EINVAL
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

import click

from taole.core.commands import json_option, print_json
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.privacy.file_refusals import too_large
from taole.privacy.files import FileHit, mask_file, scan_file
from taole.privacy.findings import KIND_LABELS
from taole.privacy.reading_kinds import MOST_BYTES
from taole.privacy.rules import find, masked

_MANY = 3
_SAME_SUFFIX = {".jpeg": ".jpg", ".heif": ".heic", ".tif": ".tiff", ".xls": ".xlsx"}
_WRITES_NOT = frozenset({".xls"})


@click.command("scan")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def scan(files: tuple[Path, ...], as_json: bool) -> None:
    """Say where personal data stands in FILES; exit status 1 when there is any."""
    said: list[dict[str, Any]] = []
    refused = False
    for number, path in enumerate(files, 1):
        shown = shown_name(path)
        if len(files) > _MANY:
            click.echo(f"[{number}/{len(files)}] {shown} …", err=True)
        try:
            hits = scan_file(content_of(path), path.name)
        except Refused as refusal:
            refused = True
            click.echo(str(refusal), err=True)
            continue
        for hit in hits:
            if not as_json:
                click.echo(line_of(shown, hit))
            said.append(mapping_of(shown, hit))
    if as_json:
        print_json(said)
    elif not said and not refused:
        click.echo("没有发现个人信息。")
    sys.exit(1 if said or refused else 0)


@click.command("mask")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
def mask(source: Path, target: Path) -> None:
    """Write IN to OUT with its personal data masked; IN stays as it is."""
    wanted = kept_suffix(source)
    if kept_suffix(target) != wanted or target.suffix.lower() in _WRITES_NOT:
        raise click.UsageError(f"OUT 的扩展名应为 {wanted or '空'}，与 IN 的类型一致。")
    if target.exists() and source.exists() and os.path.samefile(source, target):
        raise click.UsageError("OUT 就是 IN：请另给一个文件名，原件保留不动。")
    try:
        made = mask_file(content_of(source), source.name)
        write_whole(target, made)
    except Refused as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    click.echo(f"已写好：{shown_name(target)}", err=True)


def content_of(path: Path) -> bytes:
    """The bytes of a file; raises Refused where it cannot be read or is too large."""
    try:
        about = path.stat()
        if not (S_ISREG(about.st_mode) or S_ISDIR(about.st_mode)):
            raise OSError(EINVAL, os.strerror(EINVAL))
        if about.st_size > MOST_BYTES:
            raise too_large(path.name, MOST_BYTES // 2**20)
        return path.read_bytes()
    except (OSError, ValueError) as trouble:
        raise unusable(path, trouble) from trouble


def write_whole(path: Path, content: bytes) -> None:
    """Write a file all at once: a broken write leaves what was there."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except (OSError, ValueError) as trouble:
        beside.unlink(missing_ok=True)
        raise unusable(path, trouble) from trouble


def unusable(path: Path, trouble: Exception) -> Refused:
    why = trouble.strerror if isinstance(trouble, OSError) and trouble.strerror else str(trouble)
    return Refused(
        sentence(
            N_("不能读写“%(file)s”：%(why)s。请核对路径和权限。"), file=shown_name(path), why=why
        )
    )


def kept_suffix(path: Path) -> str:
    """The suffix that what is written must have."""
    suffix = path.suffix.lower()
    return _SAME_SUFFIX.get(suffix, suffix)


def shown_name(path: Path) -> str:
    """The path as it may be shown: a number in it is masked."""
    text = str(path)
    return masked(text, find(text))


def line_of(shown: str, hit: FileHit) -> str:
    label = KIND_LABELS[hit.kind]
    return f"{shown}：{hit.where}：{label} {hit.masked}（{hit.confidence:.0%}）{hit.suggestion}"


def mapping_of(shown: str, hit: FileHit) -> dict[str, Any]:
    return {
        "file": shown,
        "where": hit.where,
        "kind": hit.kind.value,
        "masked": hit.masked,
        "confidence": hit.confidence,
        "suggestion": str(hit.suggestion),
    }


COMMANDS: tuple[click.Command, ...] = (scan, mask)

"""Loading YAML that a stranger wrote: bounded, without doubled keys, with the items' lines."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

from taole.core.errors import Refused
from taole.core.words import N_, Sentence, sentence
from taole.documents.file_kinds import named
from taole.documents.text_encodings import decode_text

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 20
MAX_NODES = 200_000
LINE = "__line__"

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):
    """A safe loader that refuses doubled keys and notes on which line a mapping with a code is."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        written = [key.value for key, _ in node.value if isinstance(key.value, str)]
        for key in written:
            if key != "<<" and written.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    problem=f"doubled:{key}", problem_mark=node.start_mark
                )
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        if "code" in mapping or "title_zh" in mapping:
            mapping[LINE] = node.start_mark.line + 1
        return mapping


def load_yaml(content: bytes, filename: str) -> Any:
    """The plain values of a YAML file; a mapping with a code or title has its line under LINE.

    Raises Refused, naming file, line and item as far as known, for more than MAX_BYTES bytes,
    MAX_DEPTH levels or MAX_NODES values with references (*name) written out, for references in a
    circle, for a key that stands twice, for types beyond plain YAML, and for syntax errors.
    """
    file = named(filename)
    if len(content) > MAX_BYTES:
        raise Refused(
            sentence(
                N_("文件“%(file)s”有 %(size)s MB，目录文件最多 5 MB：请检查是不是选错了文件。"),
                file=file,
                size=round(len(content) / 1024 / 1024, 1),
            )
        )
    text = decode_text(content, file)
    try:
        _measure(text, file)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - derived from the safe loader
    except yaml.MarkedYAMLError as error:
        raise Refused(_said_of(error, file)) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Refused(
            sentence(N_("文件“%(file)s”不是有效的 YAML：请对照样本检查格式。"), file=file)
        ) from error


def _said_of(error: yaml.MarkedYAMLError, file: str) -> Sentence:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else "?"
    problem = error.problem or ""
    if problem.startswith("doubled:"):
        return sentence(
            N_("文件“%(file)s”第%(row)s行起的一段里“%(key)s”写了两次：请删去一个。"),
            file=file,
            row=line,
            key=problem.removeprefix("doubled:")[:40],
        )
    return sentence(
        N_("文件“%(file)s”第%(row)s行附近的 YAML 格式有误：请检查缩进、冒号后的空格和引号。"),
        file=file,
        row=line,
    )


def _measure(text: str, file: str) -> None:
    """Walk the events, counting values as if every reference were written out in full."""
    weights: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []
    total, code, previous = 0, "?", ""
    for event in yaml.parse(text, Loader=_SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            open_nodes.append((event.anchor, total))
            if len(open_nodes) > MAX_DEPTH:
                raise _bomb(file, event, code)
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_nodes.pop()
            if anchor:
                weights[anchor] = total - before
        elif isinstance(event, yaml.ScalarEvent):
            total += 1
            if event.anchor:
                weights[event.anchor] = 1
            code = event.value[:24] if previous == "code" else code
            previous = event.value
        elif isinstance(event, yaml.AliasEvent):
            if any(anchor == event.anchor for anchor, _ in open_nodes):
                raise _bomb(file, event, code)
            total += weights.get(event.anchor or "", 1)
        if total > MAX_NODES:
            raise _bomb(file, event, code)


def _bomb(file: str, event: yaml.Event, code: str) -> Refused:
    return Refused(
        sentence(
            N_(
                "文件“%(file)s”第%(row)s行（目录项 %(item)s 附近）嵌套或引用（*名称）太多："
                "请把引用写成完整内容，层次照样本。"
            ),
            file=file,
            row=event.start_mark.line + 1 if event.start_mark else "?",
            item=code,
        )
    )

"""The two lists of a YAML file of units and people, with the line of each entry."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import yaml

from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.file_kinds import named
from taole.documents.text_encodings import decode_text

MAX_BYTES = 5 * 1024 * 1024
ROW = "__line__"
LISTS = ("units", "people")


class _Loader(yaml.SafeLoader):
    """A safe loader without references, which notes the line of every mapping."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem_mark=event.start_mark)
        return super().compose_node(parent, index)

    def construct_yaml_timestamp(self, node: Any) -> Any:
        """A day; one that no calendar has stays text, so that its row can be named."""
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError:
            return node.value

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        mapping = super().construct_mapping(node, deep)
        mapping[ROW] = node.start_mark.line + 1
        return mapping


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)


def read_lists(content: bytes, filename: str) -> dict[str, list[dict[str, Any]]]:
    """``units`` and ``people``, each entry a mapping with its line under ROW.

    Raises Refused, naming file and line as far as known, for what is no such file: syntax errors,
    references (*name), more than 5 MB, other keys than the two lists, entries that are no mapping.
    """
    file = named(filename)
    if len(content) > MAX_BYTES:
        raise Refused(sentence(N_("文件“%(file)s”超过 5 MB：请检查是不是选错了文件。"), file=file))
    try:
        loaded = yaml.load(decode_text(content, file), Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise Refused(
            sentence(
                N_("文件“%(file)s”第%(row)s行附近的 YAML 格式有误：请检查缩进、冒号和引号。"),
                file=file,
                row=row,
            )
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Refused(
            sentence(N_("文件“%(file)s”不是有效的 YAML：请对照样本检查格式。"), file=file)
        ) from error
    if not isinstance(loaded, Mapping) or not loaded.keys() <= {*LISTS, ROW}:
        raise Refused(sentence(N_("文件“%(file)s”应只有 units 和 people 两个列表。"), file=file))
    return {name: _entries(loaded.get(name), name, file) for name in LISTS}


def _entries(listed: Any, name: str, file: str) -> list[dict[str, Any]]:
    entries = [] if listed is None else listed
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise Refused(
            sentence(
                N_("文件“%(file)s”的 %(name)s 应是一个列表，每一项写成若干行“名称: 值”。"),
                file=file,
                name=name,
            )
        )
    return entries

"""Text files as Chinese offices save them: UTF-8, GBK/GB18030 or UTF-16."""

from __future__ import annotations

import codecs
import re

from taole.core.errors import Refused
from taole.core.words import N_, sentence

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufffd\ufffe\uffff\ue000-\uf8ff]")
_GB2312_SHARE = 0.6


def decode_text(content: bytes, filename: str) -> str:
    """The text of a file, without its byte-order mark; raises Refused for an unknown encoding.

    Read are UTF-8 with or without a mark, UTF-16 with one, and GB18030 (GBK and GB2312 are parts
    of it, GB 18030-2022), also behind a stray UTF-8 mark that some programs put in front. Bytes
    that decode as GB18030 only into characters nobody writes (Big5, Latin-1) are refused.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(content, "utf-16")
    else:
        body = content.removeprefix(codecs.BOM_UTF8)
        text = _decoded(body, "utf-8")
        if text is None:
            text = _decoded(body, "gb18030")
            if text is not None and not _reads_as_chinese(text):
                text = None
    if text is None or _CONTROLS.search(text):
        raise Refused(
            sentence(
                N_(
                    "文件“%(file)s”不是表格，或文字编码认不出："
                    "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
                ),
                file=filename,
            )
        )
    return text


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _reads_as_chinese(text: str) -> bool:
    foreign = [character for character in text if ord(character) > 127]
    usual = sum(1 for character in foreign if character.encode("gb2312", "ignore"))
    return usual >= len(foreign) * _GB2312_SHARE

"""What is said of a file that cannot be looked into: one sentence that names it."""

from __future__ import annotations

from pathlib import PurePath

from taole.core.errors import Refused
from taole.core.words import N_, quoted, sentence


def own_name(filename: str) -> str:
    """The file's name without folders."""
    return PurePath(filename.replace("\\", "/")).name


def named(filename: str) -> str:
    """The file's own name without folders and long numbers, at most 60 signs, for a sentence."""
    return quoted(own_name(filename), 60) or "?"


def refused(msgid: str, filename: str, **params: object) -> Refused:
    """``msgid`` names the file as ``%(file)s``."""
    return Refused(sentence(msgid, file=named(filename), **params))


def empty(filename: str) -> Refused:
    return refused(N_("文件“%(file)s”是空的：请选择有内容的文件。"), filename)


def damaged(filename: str) -> Refused:
    return refused(N_("文件“%(file)s”已损坏，打不开：请用原来的程序打开，另存后再检查。"), filename)


def encrypted(filename: str) -> Refused:
    return refused(N_("文件“%(file)s”设了打开密码，没法检查：请取消密码，保存后再检查。"), filename)


def unknown(filename: str) -> Refused:
    return refused(
        N_(
            "文件“%(file)s”的类型认不出，没法检查："
            "请用 Word、Excel、PDF、照片（JPEG、PNG、WebP、HEIC）或文本文件。"
        ),
        filename,
    )


def with_macros(filename: str) -> Refused:
    return refused(
        N_("文件“%(file)s”带有宏程序，没有打开：请另存为不带宏的 .docx 或 .xlsx。"), filename
    )


def two_in_one(filename: str) -> Refused:
    return refused(
        N_("文件“%(file)s”里还藏着另一种文件，没有打开：请用原来的程序打开，另存为新文件。"),
        filename,
    )


def declares_entities(filename: str) -> Refused:
    return refused(
        N_("文件“%(file)s”里有外部引用的声明（DTD），没有打开：请用原来的程序打开，另存为新文件。"),
        filename,
    )


def unpacks_too_large(filename: str, megabytes: int) -> Refused:
    return refused(
        N_(
            "文件“%(file)s”解开后有 %(size)s MB，大得不正常，没有打开："
            "请只保留需要的内容，另存为新文件。"
        ),
        filename,
        size=megabytes,
    )


def too_large(filename: str, most_megabytes: int) -> Refused:
    return refused(
        N_("文件“%(file)s”太大：最多 %(most)s MB，请压缩或分成几份。"),
        filename,
        most=most_megabytes,
    )


def too_many_rows(filename: str, most: int) -> Refused:
    return refused(
        N_("文件“%(file)s”的一张表超过 %(most)s 行，没有检查：请只保留需要的行，另存为新文件。"),
        filename,
        most=most,
    )


def too_many_pages(filename: str, most: int) -> Refused:
    return refused(
        N_("文件“%(file)s”超过 %(most)s 页，没有检查：请分成几份。"), filename, most=most
    )


def too_many_pixels(filename: str) -> Refused:
    return refused(N_("照片“%(file)s”的尺寸太大，没有打开：请缩小到一亿像素以内。"), filename)


def nested_too_deep(filename: str) -> Refused:
    return refused(
        N_("文件“%(file)s”里一层套一层的文件太多，没有查完：请把里面的文件取出来分开检查。"),
        filename,
    )


def took_too_much(filename: str) -> Refused:
    return refused(
        N_("检查文件“%(file)s”用的时间或内存超过了限度，没有查完：请分成几份，或另存为新文件。"),
        filename,
    )


def without_reader(filename: str) -> Refused:
    return refused(
        N_(
            "文件“%(file)s”里有照片，本机没有装识别照片文字的部件，没法检查："
            "请管理员执行 pip install 'taole[ocr]'。"
        ),
        filename,
    )


def not_maskable(filename: str, where: str) -> Refused:
    return refused(
        N_("文件“%(file)s”的%(where)s有个人信息，但不能自动遮盖：请打开文件删去这一处。"),
        filename,
        where=where,
    )


def other_format_needed(filename: str, wanted: str) -> Refused:
    return refused(
        N_("文件“%(file)s”的格式只能检查，不能遮盖：请另存为%(wanted)s再遮盖。"),
        filename,
        wanted=wanted,
    )

"""The channels on which matters are published, and what official catalogues call them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from taole.core.words import N_
from taole.documents.columns import plain_name


class Channel(StrEnum):
    """Catalogues, ledgers and the database name the channels by these very words."""

    BOARD = N_("公示栏")
    VILLAGE_APP = N_("村居通")
    KIOSK = N_("查询机")
    WEBSITE = N_("政府网站")
    WECHAT = N_("微信公众号")
    WEIBO = N_("微博")


CHANNELS = tuple(Channel)
USUAL_CHANNELS = (Channel.BOARD, Channel.VILLAGE_APP)
"""What binds a village whose catalogue names no channel."""

_ALSO_CALLED: dict[tuple[str, ...], tuple[str, ...]] = {
    (Channel.BOARD,): (
        "公示栏",
        "公开栏",
        "村公示栏",
        "村级公示栏",
        "村务公示栏",
        "村务公开栏",
        "村居公示栏",
        "行政村公示栏",
        "村社区公示栏",
        "社区公示栏",
        "社区/企事业单位/村公示栏",
        "村委会公示栏",
        "公示栏电子屏",
    ),
    (Channel.VILLAGE_APP,): ("村居通", "村居通平台", "村居通系统", "村居通小程序"),
    (Channel.KIOSK,): ("查询机", "自助查询机", "触摸查询机", "村务公开查询机", "触摸屏"),
    (Channel.WEBSITE,): (
        "政府网站",
        "政府门户网站",
        "门户网站",
        "县政府网站",
        "县政府门户网站",
        "县人民政府网站",
        "县人民政府门户网站",
        "镇政府网站",
        "网站",
    ),
    (Channel.WECHAT,): ("微信公众号", "微信", "公众号", "政务微信", "微信公众平台"),
    (Channel.WEIBO,): ("微博", "政务微博", "官方微博", "新浪微博"),
    (Channel.WECHAT, Channel.WEIBO): ("两微一端", "两微", "微信微博"),
}
_BY_NAME = {
    plain_name(name): channels for channels, names in _ALSO_CALLED.items() for name in names
}
_MARKED = re.compile(r"[■☑✓✔√▣◼●]\s*([^■☑✓✔√▣◼●□☐○◻\n、,，;；]+)")
_BOXES = re.compile(r"[■☑✓✔√▣◼●□☐○◻]")
_BETWEEN = re.compile(r"[\n、,，;；。+＋]|\s{1,}|和|及")


def recognise_channels(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The known channels that the names mean, in the house's order, and the names not known.

    两微一端 is 微信公众号 and 微博; a name such as 社区/公示栏 is also tried part by part.
    """
    known: set[str] = set()
    others: list[str] = []
    for name in names:
        parts = [name] if plain_name(name) in _BY_NAME else name.split("/")
        for part in parts:
            found = _BY_NAME.get(plain_name(part))
            if found:
                known.update(found)
            elif part.strip() and part.strip() not in others:
                others.append(part.strip())
    return tuple(channel for channel in CHANNELS if channel in known), tuple(others)


def names_in_text(text: str) -> list[str]:
    """The channel names in a catalogue's cell; of a list of boxes (■ □) only the ticked ones."""
    if _BOXES.search(text):
        return [name.strip() for name in _MARKED.findall(text) if name.strip()]
    return [name for name in _BETWEEN.split(text) if name]


def usually_compulsory(channels: Iterable[str]) -> tuple[str, ...]:
    """The board and 村居通 where an item lists them; an item with neither has its first channel."""
    listed = tuple(channels)
    return tuple(each for each in USUAL_CHANNELS if each in listed) or listed[:1]

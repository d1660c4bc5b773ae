"""The addresses of group robots and webhooks: what a person pastes, what is kept of it, who may
be reached. Pure but for ``is_inside``, which asks for a host's numbers."""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from taole.core.errors import Refused
from taole.core.words import N_
from taole.notifications.models import RouteKind

HOSTS = {
    RouteKind.WECOM: "qyapi.weixin.qq.com",
    RouteKind.DINGTALK: "oapi.dingtalk.com",
    RouteKind.FEISHU: "open.feishu.cn",
}
PATHS = {
    RouteKind.WECOM: "/cgi-bin/webhook/send?key={key}",
    RouteKind.DINGTALK: "/robot/send?access_token={token}",
    RouteKind.FEISHU: "/open-apis/bot/v2/hook/{token}/",
}
_SHOWN = 4


def read_address(kind: RouteKind, address: str, secret: str = "") -> str:
    """What is kept (sealed) of a pasted address: JSON of its key, or of the webhook's own address.

    Refused when it is not of this kind: the group's settings show the whole address to copy.
    """
    written = address.strip()
    try:
        parts = urlsplit(written)
        _ = parts.port
    except ValueError as wrong:
        raise Refused(N_("地址写得不对：请到群设置里重新复制完整地址。")) from wrong
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(N_("请粘贴群机器人的完整地址，以 https:// 开头。"))
    if kind is RouteKind.WEBHOOK:
        return json.dumps({"url": written})
    if parts.hostname != HOSTS[kind]:
        raise Refused(N_("这个地址不是这一种机器人的：请核对种类，或者到群设置里重新复制。"))
    asked = parse_qs(parts.query)
    name = "key" if kind is RouteKind.WECOM else "access_token"
    key = (
        parts.path.removeprefix("/open-apis/bot/v2/hook/").strip("/")
        if kind is RouteKind.FEISHU
        else asked.get(name, [""])[0]
    )
    if not key.replace("-", "").replace("_", "").isalnum():
        raise Refused(N_("地址里没有机器人的密钥：请到群设置里重新复制完整地址。"))
    kept = {"key" if kind is RouteKind.WECOM else "token": key}
    if kind is RouteKind.DINGTALK and secret.strip():
        kept["secret"] = secret.strip()
    return json.dumps(kept)


def read_gateway(written: str) -> str:
    """The gateway's address without its path, or nothing. Refused when it is no address."""
    gateway = written.strip().rstrip("/")
    if gateway and (
        urlsplit(gateway).scheme not in ("http", "https") or not urlsplit(gateway).hostname
    ):
        raise Refused(N_("网关地址请写成 https://主机，不用网关就空着。"))
    return gateway


def hint_of(kept: Mapping[str, str]) -> str:
    """How a kept address is shown: its last four signs only."""
    value = kept.get("key") or kept.get("token") or kept.get("url") or ""
    return f"…{value[-_SHOWN:]}"


def host_of(kind: RouteKind, kept: Mapping[str, str], gateway: str) -> str:
    """The host that is called: the gateway's where there is one."""
    return urlsplit(gateway or kept.get("url", "")).hostname or HOSTS.get(kind, "")


def is_inside(host: str) -> bool:
    """Whether a host lies within this machine or its network: nobody's webhook may reach there."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return False  # not found: the sending itself will say so
    return any(not ipaddress.ip_address(str(each)).is_global for each in found)

"""Sending to group robots and webhooks, by Apprise's plugins; what they answer, in our own words.

The robots of 企业微信 and 钉钉 answer 200 with an error code in the body, of which Apprise tells
nothing: its plugins are given ``requests`` with an ear (docs/decisions/0014).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from apprise.plugins import custom_json, dingtalk, feishu, wecombot
from urllib3.exceptions import NewConnectionError

from taole.core.errors import Refused
from taole.core.words import N_
from taole.notifications.models import RouteKind
from taole.notifications.outcomes import (
    BUSY,
    KEYWORD,
    LOST,
    NO_ANSWER,
    NO_ROBOT,
    NOT_ALLOWED_HOST,
    REFUSED,
    SENT,
    TROUBLE,
    Outcome,
    later,
    never,
)
from taole.notifications.robot_addresses import PATHS, host_of, is_inside

TIMEOUT = 8.0
_BUSY_CODES = {45009, 45033, 130101, 11232}
_KEYWORD_CODES = {310000, 19021, 19022, 19024}
_GONE_CODES = {93000, 93008, 300001, 19001, 19002, 40014}

logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its lines may carry the robot's key

_heard: ContextVar[requests.Response | None] = ContextVar("heard", default=None)

_lost: ContextVar[bool] = ContextVar("lost", default=False)


def _never_left(broken: requests.RequestException) -> bool:
    """Whether the other side was never reached: then it can be tried again without doubling."""
    reason = getattr(broken.args[0] if broken.args else None, "reason", None)
    return isinstance(broken, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)


_BOTS = {
    RouteKind.WECOM: wecombot.NotifyWeComBot,
    RouteKind.DINGTALK: dingtalk.NotifyDingTalk,
    RouteKind.FEISHU: feishu.NotifyFeishu,
    RouteKind.WEBHOOK: custom_json.NotifyJSON,
}


class _Listening:
    """``requests`` as Apprise's plugins call it; the last answer is remembered."""

    def __getattr__(self, name: str) -> Any:
        return getattr(requests, name)

    def post(self, url: str, **how: Any) -> requests.Response:
        return self.request("POST", url, **how)

    def request(self, method: str, url: str, **how: Any) -> requests.Response:
        try:
            answer = requests.request(method, url, **how)  # noqa: S113 - Apprise sets the time-out
        except (requests.ReadTimeout, requests.ConnectionError) as broken:
            _lost.set(not _never_left(broken))
            raise
        _heard.set(answer)
        return answer


for _plugin in (custom_json, dingtalk, feishu, wecombot):
    vars(_plugin)["requests"] = _Listening()


def send_by_robot(
    kind: RouteKind,
    kept: Mapping[str, str],
    *,
    title: str,
    text: str,
    gateway: str = "",
    allowed_hosts: frozenset[str] = frozenset(),
    timeout: float = TIMEOUT,
) -> Outcome:
    """Send one text to a group; how that went. ``kept`` as ``read_address`` made it."""
    host = host_of(kind, kept, gateway)
    if host.lower() not in allowed_hosts and is_inside(host):
        return never(NOT_ALLOWED_HOST)
    plugin = _plugin_of(kind, kept)
    if gateway and kind in PATHS:
        plugin.notify_url = gateway + PATHS[kind]
        if kind is RouteKind.WECOM:
            plugin.api_url = plugin.notify_url.format(key=kept["key"])
    plugin.redirects, plugin.request_rate_per_sec = False, 0
    plugin.socket_connect_timeout = plugin.socket_read_timeout = timeout
    _heard.set(None)
    _lost.set(False)
    went = plugin.send(body=text, title="" if kind in PATHS else title)
    return LOST if _lost.get() else _judged(bool(went), _heard.get())


def check_robot(kind: RouteKind, kept: Mapping[str, str]) -> None:
    """Refused when the robot's plugin does not take such a key."""
    try:
        _plugin_of(kind, kept)
    except TypeError as wrong:
        raise Refused(N_("机器人的密钥写得不对：请到群设置里重新复制完整地址和密钥。")) from wrong


def _plugin_of(kind: RouteKind, kept: Mapping[str, str]) -> Any:
    bots: Any = _BOTS[kind]
    match kind:
        case RouteKind.WECOM:
            return bots(key=kept["key"])
        case RouteKind.DINGTALK:
            return bots(token=kept["token"], secret=kept.get("secret"))
        case RouteKind.FEISHU:
            return bots(token=kept["token"])
        case RouteKind.WEBHOOK:
            parts = urlsplit(kept["url"])
            return bots(
                host=parts.hostname,
                port=parts.port,
                secure=parts.scheme == "https",
                fullpath=parts.path or "/",
                params=dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair),
            )


def _judged(went: bool, answer: requests.Response | None) -> Outcome:
    if answer is None:
        return later(NO_ANSWER)
    status = answer.status_code
    if status == 429:
        return later(BUSY, _asked_wait(answer))
    if status in (401, 403, 404, 410):
        return never(NO_ROBOT)
    if status >= 500:
        return later(TROUBLE)
    if status >= 300:
        return never(REFUSED)
    code = _error_code(answer)
    if code in _BUSY_CODES:
        return later(BUSY)
    if code in _KEYWORD_CODES:
        return never(KEYWORD)
    if code in _GONE_CODES:
        return never(NO_ROBOT)
    return SENT if went and not code else never(REFUSED)


def _error_code(answer: requests.Response) -> int:
    """The error code in a body of JSON (errcode, code); 0 when there is none."""
    try:
        said = json.loads(answer.content)
    except ValueError:
        return 0
    if not isinstance(said, dict):
        return 0
    code = said.get("errcode") or said.get("code") or 0
    return code if isinstance(code, int) else 0


def _asked_wait(answer: requests.Response) -> timedelta | None:
    asked = answer.headers.get("Retry-After", "")
    return timedelta(seconds=int(asked)) if asked.isdecimal() and len(asked) < 7 else None

"""How sending went, the same for a mail server and for a robot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from taole.core.words import N_

RETRY_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=60),
)
"""The waits between the five tries of one delivery."""

TRIES = len(RETRY_AFTER) + 1

NO_ANSWER = N_("对方没有应答，稍后再试")
BUSY = N_("对方说太频繁，稍后再试")
TROUBLE = N_("对方出了故障，稍后再试")
UNKNOWN_ADDRESS = N_("邮箱地址对方不认：请核对这个人的邮箱")
MAIL_REFUSED = N_("邮件服务器拒收这封邮件")
BAD_LOGIN = N_("邮件服务器的用户名或密码不对：请管理员核对 TAOLE_SMTP_URL")
NO_MAIL_SERVER = N_("没有设置邮件服务器：请管理员设好 TAOLE_SMTP_URL")
NO_WAY = N_("这种发送方式没有接上")
NO_ADDRESS = N_("这个人没有留邮箱")
NO_ROBOT = N_("机器人不在了，或者地址里的密钥不对：请重新添加")
KEYWORD = N_("机器人要求消息里有关键词或签名：请在群里改机器人的安全设置")
REFUSED = N_("对方不收这条消息")
NOT_ALLOWED_HOST = N_("这个地址不许发：请管理员把主机写进 TAOLE_WEBHOOK_HOSTS")
SWITCHED_OFF = N_("这个群机器人已经停用")
SETTLED = N_("要办的都办好了，没有再发")
TOO_OLD = N_("过了一天还没发出去，不再发")
UNSURE = N_("发送时程序中断，不知道发到没有；要紧的请再发一次")


@dataclass(frozen=True)
class Outcome:
    """``reason`` is empty when it went. A final one is not tried again by itself, nor one of which
    nobody knows whether it arrived (``is_unsure``).
    """

    reason: str = ""
    is_final: bool = False
    wait: timedelta | None = None
    is_unsure: bool = False

    @property
    def is_sent(self) -> bool:
        return not self.reason


SENT = Outcome()


def later(reason: str, wait: timedelta | None = None) -> Outcome:
    return Outcome(reason, wait=wait)


def never(reason: str) -> Outcome:
    return Outcome(reason, is_final=True)


LOST = Outcome(N_("对方收了一半没有应答，不知道发到没有；要紧的请再发一次"), True, is_unsure=True)


def wait_before(attempt: int, asked: timedelta | None) -> timedelta | None:
    """How long to wait after the ``attempt``-th try (1 is the first); None when it was the last.

    What the other side asked for (Retry-After) counts when it is longer, up to four hours.
    """
    if attempt >= TRIES:
        return None
    usual = RETRY_AFTER[attempt - 1]
    return usual if asked is None else min(max(usual, asked), timedelta(hours=4))

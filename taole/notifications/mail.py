"""E-mail by SMTP: plain text, with a Message-ID that stays the same however often it is tried."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from taole.notifications.outcomes import (
    BAD_LOGIN,
    LOST,
    MAIL_REFUSED,
    NO_ANSWER,
    SENT,
    TROUBLE,
    UNKNOWN_ADDRESS,
    Outcome,
    later,
    never,
)
from taole.settings import Smtp

TIMEOUT = 10.0
_FOR_NOW, _PERMANENT = 400, 500


def send_mail(
    server: Smtp, *, to: str, subject: str, body: str, message_id: str, timeout: float = TIMEOUT
) -> Outcome:
    """Hand one mail to the server; how that went. Never raises for what a server may answer."""
    letter = EmailMessage()
    letter["From"] = server.sender
    letter["To"] = to
    letter["Subject"] = " ".join(subject.split())
    letter["Date"] = formatdate(localtime=True)
    letter["Message-ID"] = f"<{message_id}@{server.sender.rpartition('@')[2] or 'taole'}>"
    letter.set_content(body)
    try:
        with _connected(server, timeout) as connection:
            if server.user:
                connection.login(server.user, server.password)
            connection.ehlo_or_helo_if_needed()
            _checked(connection.mail(server.sender), MAIL_REFUSED)
            _checked(connection.rcpt(to), UNKNOWN_ADDRESS)
            return _handed_over(connection, letter)
    except smtplib.SMTPAuthenticationError:
        return never(BAD_LOGIN)
    except _Answered as answered:
        return answered.outcome
    except (smtplib.SMTPException, OSError, ValueError):
        return later(NO_ANSWER)


def check_login(server: Smtp, *, timeout: float = TIMEOUT) -> Outcome:
    """Whether the server lets us in; nothing is sent."""
    try:
        with _connected(server, timeout) as connection:
            if server.user:
                connection.login(server.user, server.password)
            connection.noop()
    except smtplib.SMTPAuthenticationError:
        return never(BAD_LOGIN)
    except (smtplib.SMTPException, OSError, ValueError):
        return later(NO_ANSWER)
    return SENT


class _Answered(Exception):
    """The server refused a step, for now or for good."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


def _checked(answer: tuple[int, bytes], refusal: str) -> None:
    code = answer[0]
    if code >= _PERMANENT:
        raise _Answered(never(refusal))
    if code >= _FOR_NOW:
        raise _Answered(later(TROUBLE))


def _handed_over(connection: smtplib.SMTP, letter: EmailMessage) -> Outcome:
    """The letter itself: from here on a silence tells nothing about whether it arrived."""
    try:
        _checked(connection.data(letter.as_bytes(policy=SMTP)), MAIL_REFUSED)
    except smtplib.SMTPDataError as answered:
        is_final = answered.smtp_code >= _PERMANENT
        return never(MAIL_REFUSED) if is_final else later(TROUBLE)
    except (smtplib.SMTPException, OSError):
        return LOST
    return SENT


def _connected(server: Smtp, timeout: float) -> smtplib.SMTP:
    if server.is_tls:
        return smtplib.SMTP_SSL(
            server.host, server.port, timeout=timeout, context=ssl.create_default_context()
        )
    connection = smtplib.SMTP(server.host, server.port, timeout=timeout)
    if server.starttls:
        try:
            connection.starttls(context=ssl.create_default_context())
        except BaseException:
            connection.close()
            raise
    return connection

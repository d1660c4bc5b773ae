"""E-mail by SMTP: plain text, with a Message-ID that stays the same however often it is tried."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate

from taole.notifications.outcomes import (
    BAD_LOGIN,
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
_PERMANENT = 500


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
            connection.send_message(letter)
    except smtplib.SMTPAuthenticationError:
        return never(BAD_LOGIN)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _said in refused.recipients.values()]
        return never(UNKNOWN_ADDRESS) if min(codes) >= _PERMANENT else later(TROUBLE)
    except smtplib.SMTPResponseException as answered:
        is_final = answered.smtp_code >= _PERMANENT
        return never(MAIL_REFUSED) if is_final else later(TROUBLE)
    except (smtplib.SMTPException, OSError, ValueError):
        return later(NO_ANSWER)
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

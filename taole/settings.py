"""The one frozen set of settings, and the only reader of the environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

DATABASES = ("sqlite:", "postgresql+psycopg:")
SHORTEST_KEY = 32


class SettingFault(Exception):
    """A ``TAOLE_…`` variable that cannot be used; its text names the variable and what to do."""


@dataclass(frozen=True)
class Smtp:
    """The mail server of ``TAOLE_SMTP_URL``: smtp(s)://user:password@host:port/?from=…&starttls=1."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    is_tls: bool = False
    starttls: bool = False


@dataclass(frozen=True)
class Settings:
    """What an operator may set, each from one ``TAOLE_…`` variable.

    ``instance`` is the folder that holds the embedded database, the attachments and the two
    secrets. ``data_key`` seals the originals of masked personal data. ``database_url`` is an
    SQLAlchemy address; empty means SQLite in the instance folder. ``public_url`` is what links
    and QR codes carry. ``password_cost`` is argon2's time cost. ``smtp`` is where e-mail goes out
    (None: nowhere); ``webhook_hosts`` are hosts of the own network that a webhook may reach.
    """

    instance: Path
    database_url: str
    secret_key: str
    data_key: str
    public_url: str
    host: str
    port: int
    session_hours: int
    password_cost: int
    upload_megabytes: int
    smtp: Smtp | None = None
    webhook_hosts: frozenset[str] = frozenset()

    @property
    def is_embedded(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def attachments(self) -> Path:
        return self.instance / "attachments"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings of the environment; SettingFault for a variable that cannot be used."""
        env = os.environ if environment is None else environment
        instance = Path(env.get("TAOLE_INSTANCE") or "instance").resolve()
        url = env.get("TAOLE_DATABASE_URL") or f"sqlite:///{instance / 'taole.sqlite3'}"
        if url.startswith(("postgres://", "postgresql://")):
            url = "postgresql+psycopg://" + url.split("://", 1)[1]
        if not url.startswith(DATABASES):
            raise SettingFault(
                "TAOLE_DATABASE_URL 应写成 postgresql://用户:密码@主机/库名；"
                "不设就用实例里的 SQLite"
            )
        port = _number(env, "TAOLE_PORT", 8000, most=65535)
        host = env.get("TAOLE_HOST") or "127.0.0.1"
        return cls(
            instance=instance,
            database_url=url,
            secret_key=env.get("TAOLE_SECRET_KEY") or _kept_secret(instance, "secret_key"),
            data_key=_data_key(env, instance),
            public_url=(env.get("TAOLE_PUBLIC_URL") or f"http://{host}:{port}").rstrip("/"),
            host=host,
            port=port,
            session_hours=_number(env, "TAOLE_SESSION_HOURS", 12, most=8784),
            password_cost=_number(env, "TAOLE_PASSWORD_COST", 3, most=100),
            upload_megabytes=_number(env, "TAOLE_UPLOAD_MEGABYTES", 20, most=2048),
            smtp=_smtp(env.get("TAOLE_SMTP_URL") or ""),
            webhook_hosts=frozenset(
                host.strip().lower()
                for host in (env.get("TAOLE_WEBHOOK_HOSTS") or "").split(",")
                if host.strip()
            ),
        )


def _number(env: Mapping[str, str], name: str, usual: int, *, most: int) -> int:
    written = env.get(name) or str(usual)
    if not (written.isascii() and written.isdecimal() and 1 <= int(written) <= most):
        raise SettingFault(f"{name} 写成了“{written[:40]}”：应为 1 到 {most} 的整数")
    return int(written)


def _smtp(written: str) -> Smtp | None:
    if not written:
        return None
    wanted = "TAOLE_SMTP_URL 应写成 smtp://用户:密码@主机:端口/?from=发信邮箱（加密用 smtps://）"
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError as wrong:
        raise SettingFault(wanted) from wrong
    asked = parse_qs(parts.query)
    sender = asked.get("from", [""])[0] or unquote(parts.username or "")
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or "@" not in sender:
        raise SettingFault(wanted)
    is_tls = parts.scheme == "smtps"
    return Smtp(
        host=parts.hostname,
        port=port or (465 if is_tls else 25),
        sender=sender,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=is_tls,
        starttls=asked.get("starttls", ["0"])[0] == "1",
    )


def _data_key(env: Mapping[str, str], instance: Path) -> str:
    given = env.get("TAOLE_DATA_KEY")
    if given is not None and len(given.strip()) < SHORTEST_KEY:
        raise SettingFault(f"TAOLE_DATA_KEY 太短：至少 {SHORTEST_KEY} 个字符，且以后不能再变")
    return given.strip() if given else _kept_secret(instance, "data_key")


def _kept_secret(instance: Path, name: str) -> str:
    """A secret of this instance, made once and whole, readable by its owner only."""
    file = instance / name
    if not file.exists():
        instance.mkdir(parents=True, exist_ok=True)
        draft = instance / f".{name}-{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(48))
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)  # unlike a rename it never replaces one that is there
        draft.unlink(missing_ok=True)
    return file.read_text(encoding="ascii").strip()

"""The one frozen set of settings, and the only reader of the environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """What an operator may set, each from one ``TAOLE_…`` variable.

    ``instance`` is the folder that holds the embedded database, the attachments and the secret
    key. ``database_url`` is an SQLAlchemy address; empty means SQLite in the instance folder.
    ``public_url`` is what links and QR codes carry. ``password_cost`` is argon2's time cost.
    """

    instance: Path
    database_url: str
    secret_key: str
    public_url: str
    host: str
    port: int
    session_hours: int
    password_cost: int
    upload_megabytes: int

    @property
    def is_embedded(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def attachments(self) -> Path:
        return self.instance / "attachments"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        env = os.environ if environment is None else environment
        instance = Path(env.get("TAOLE_INSTANCE") or "instance").resolve()
        url = env.get("TAOLE_DATABASE_URL") or f"sqlite:///{instance / 'taole.sqlite3'}"
        if url.startswith(("postgres://", "postgresql://")):
            url = "postgresql+psycopg://" + url.split("://", 1)[1]
        port = int(env.get("TAOLE_PORT") or 8000)
        host = env.get("TAOLE_HOST") or "127.0.0.1"
        return cls(
            instance=instance,
            database_url=url,
            secret_key=env.get("TAOLE_SECRET_KEY") or _kept_secret(instance),
            public_url=(env.get("TAOLE_PUBLIC_URL") or f"http://{host}:{port}").rstrip("/"),
            host=host,
            port=port,
            session_hours=int(env.get("TAOLE_SESSION_HOURS") or 12),
            password_cost=int(env.get("TAOLE_PASSWORD_COST") or 3),
            upload_megabytes=int(env.get("TAOLE_UPLOAD_MEGABYTES") or 20),
        )


def _kept_secret(instance: Path) -> str:
    """The secret of this instance, made once and readable by its owner only."""
    file = instance / "secret_key"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii").strip()

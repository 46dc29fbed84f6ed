"""From a database address to Django's database settings."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# WAL lets readers go on during a write; FULL keeps every commit through a power cut; secure_delete overwrites
# what is deleted, so erased patient content does not linger in free pages.
SQLITE_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
)
SQLITE_WAIT_S: Final = 20


def database_settings(url: str, *, data_dir: Path) -> dict[str, Any]:
    """Django's settings for one database; an empty address means SQLite in the data folder."""
    if url.startswith(("postgres://", "postgresql://")):
        return _postgresql(url)
    name = url.removeprefix("sqlite:///") or str(data_dir / "thirdchair.sqlite3")
    return sqlite_settings(name)


def sqlite_settings(name: str) -> dict[str, Any]:
    """Settings for one SQLite file, or for ":memory:"."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            # A transaction takes the write lock when it begins, so it waits instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_WAIT_S,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    if find_spec("psycopg") is None:
        raise ImproperlyConfigured(
            "THIRDCHAIR_DATABASE_URL names a PostgreSQL server, but its driver is not installed. "
            "Run: pip install 'psycopg[binary]'. Or leave the setting empty to use SQLite."
        )
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }

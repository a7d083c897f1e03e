"""A throwaway database: in memory, or a fresh one beside the one that DATABASE_URL names."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def throwaway_database() -> Iterator[None]:
    """Set up Django on a fresh, migrated database that is gone afterwards.

    Call it before anything of Django has been loaded; settings are read once.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        with _fresh_postgresql(given) as address:
            yield from _set_up(address)
    else:
        yield from _set_up("sqlite://:memory:")


def _set_up(address: str) -> Iterator[None]:
    os.environ["DATABASE_URL"] = address
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "putright.settings")
    os.environ.setdefault("PUTRIGHT_SECRET_KEY", secrets.token_urlsafe(50))
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    try:
        yield
    finally:
        connection.close()


@contextmanager
def _fresh_postgresql(address: str) -> Iterator[str]:
    import psycopg
    from psycopg import sql

    parts = urlsplit(address)
    name = f"putright_throwaway_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

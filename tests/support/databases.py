"""What a test run writes to: DATABASE_URL's server or else an SQLite file, and a folder for files. Never `var/`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture(autouse=True, scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that stands in for PUTRIGHT_HOME; attachments go below it."""
    folder = tmp_path_factory.mktemp("home")
    settings.HOME = folder
    settings.MEDIA_ROOT = folder / "files"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    return folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(home: Path, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A file, not memory: locks, write-ahead logging and a second process behave as in use."""
    default = settings.DATABASES["default"]
    if default["ENGINE"] == "django.db.backends.sqlite3":
        default.setdefault("TEST", {})["NAME"] = str(home / "test.sqlite3")


def environment_of_the_site(home: Path) -> dict[str, str]:
    """What another process needs in its environment to serve the test database and the same files."""
    return {
        "DATABASE_URL": address_of_test_database(),
        "PUTRIGHT_HOME": str(home),
        "PUTRIGHT_SECRET_KEY": settings.SECRET_KEY,
    }


def address_of_test_database() -> str:
    """The test database as a DATABASE_URL."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    who = f"{quote(facts['USER'], safe='')}:{quote(facts['PASSWORD'], safe='')}"
    return f"postgres://{who}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"

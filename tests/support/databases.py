"""Which database a test runs on: DATABASE_URL's server, else an SQLite file that goes with the test run."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A file, not memory: locks, write-ahead logging and a second process behave as in use."""
    default = settings.DATABASES["default"]
    if default["ENGINE"] == "django.db.backends.sqlite3":
        default.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


def address_of_test_database() -> str:
    """The test database as a DATABASE_URL, for another process to share."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    who = f"{quote(facts['USER'], safe='')}:{quote(facts['PASSWORD'], safe='')}"
    return f"postgres://{who}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"

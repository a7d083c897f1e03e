"""Tests run on the database that was asked for, and on none that holds anyone's work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_it_is_the_one_that_was_asked_for() -> None:
    asked = os.environ.get("DATABASE_URL", "").partition("://")[0]
    assert connection.vendor == ("postgresql" if asked.startswith("postgres") else "sqlite")


@pytest.mark.django_db
def test_it_is_made_for_the_tests() -> None:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        assert name.startswith("test_")
    else:
        assert Path(name).exists()
        assert not Path(name).is_relative_to(ROOT)


def test_files_go_to_a_folder_of_the_run() -> None:
    assert not Path(settings.MEDIA_ROOT).is_relative_to(ROOT)

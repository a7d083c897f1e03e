"""For the journeys: a real browser against the site run as its own process, on the test database.

The test and the site share the database, so a test sets its scene with the same actions the pages call.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import chromium
import pytest
from databases import django_db_modify_db_settings, environment_of_the_site, home
from flushing import flush_with_triggers_lifted
from site_process import running_site

__all__ = ["django_db_modify_db_settings", "flush_with_triggers_lifted", "home"]

# Playwright keeps an event loop in the test's thread, and Django then refuses its ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Drive the machine's own Chromium, off the network."""
    found = chromium.path()
    if found is None:
        pytest.fail("No Chromium was found: run `make test-journeys`, which says how to get it.")
    return {**browser_type_launch_args, "executable_path": found, "args": chromium.FLAGS}


@pytest.fixture(scope="session")
def site_address(django_db_setup: None, home: Path) -> Iterator[str]:
    """The site's address, served for the whole run from the test database."""
    with running_site(environment_of_the_site(home), home) as address:
        yield address


@pytest.fixture
def site(site_address: str, home: Path, transactional_db: None) -> Iterator[str]:
    """The site's address, and an empty database behind it that the test may fill.

    What the site logs meanwhile is printed, so that pytest shows it beside a failure.
    """
    log = home / "site.log"
    before = log.stat().st_size
    yield site_address
    print(log.read_bytes()[before:].decode(errors="replace"))

"""Emptying the database between tests that commit, although the journal refuses to be emptied.

Django empties every table after a test that used real transactions. The journal's triggers refuse that on
both databases, so the harness, and nothing else, lifts them for that moment and lays them again.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import TransactionTestCase

TRIGGERS = "putright.record.journal.triggers"


@contextlib.contextmanager
def triggers_lifted() -> Iterator[None]:
    """Lift the journal's triggers in the test database for the length of the block."""
    if importlib.util.find_spec("putright.record.journal") is None:
        yield
        return
    triggers = importlib.import_module(TRIGGERS)
    connection = connections["default"]
    triggers.lift(connection)
    try:
        yield
    finally:
        triggers.lay(connection)


@pytest.fixture(autouse=True, scope="session")
def flush_with_triggers_lifted() -> Iterator[None]:
    """Wrap the emptying that ends each test on `transactional_db` or a live server."""
    flush = TransactionTestCase._fixture_teardown

    def flush_past_the_triggers(case: TransactionTestCase) -> None:
        with triggers_lifted():
            flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_past_the_triggers)
        yield

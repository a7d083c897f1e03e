"""Emptying the database between tests that commit, although the journal refuses to be emptied.

Django empties every table after a test that used real transactions. The journal's triggers refuse that on
both databases, so the harness, and nothing else, lifts them for that moment and lays them again. Those of search
would note the cases whose words go, while the cases go too.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase


@pytest.fixture(autouse=True, scope="session")
def flush_with_triggers_lifted() -> Iterator[None]:
    """Wrap the emptying that ends each test on `transactional_db` or a live server."""
    flush = TransactionTestCase._fixture_teardown

    def flush_past_the_triggers(case: TransactionTestCase) -> None:
        from putright.evidence.search import triggers as of_search
        from putright.record.journal import triggers as of_the_journal

        for triggers in (of_the_journal, of_search):
            triggers.lift(connection)
        try:
            flush(case)
        finally:
            for triggers in (of_the_journal, of_search):
                triggers.lay(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_past_the_triggers)
        yield

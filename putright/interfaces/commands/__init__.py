"""The commands of `putright`, one module each, named as it is typed.

A command module has a docstring (its first line is the help), `arguments(parser)`
and `run(options)`, which returns the exit code. Bad input raises `BadInput`.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


class BadInput(Exception):
    """What was given cannot be used. The message says what, where, and what was expected."""


def print_json(document: Any) -> None:
    """Print one JSON document on standard output, and nothing else."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")


def progress(message: str) -> None:
    """Tell the person at the terminal what is happening, on standard error."""
    print(message, file=sys.stderr, flush=True)


def set_up(migrate: bool = False, as_it_is: bool = False) -> None:
    """Load Django, for a command that needs the database, and see that it can be used.

    `migrate` brings it up to date first. `as_it_is` asks nothing of it.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "putright.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise BadInput(str(problem)) from problem
    if as_it_is:
        return
    _reach_the_database()
    if migrate:
        call_command("migrate", verbosity=0, interactive=False)
    elif _is_not_up_to_date():
        raise BadInput("the database has not been brought up to date. Run: python manage.py migrate")


def _reach_the_database() -> None:
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as problem:
        raise BadInput(f"the database does not answer: {str(problem).strip().splitlines()[0]}") from problem


def _is_not_up_to_date() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

"""The database itself refuses to change or delete an entry, on both engines.

A migration that remakes the table drops its triggers without a word, so `laid` is asserted
after migrating. On SQLite `INSERT OR REPLACE` would walk past a DELETE trigger, so an INSERT
of a number already taken is refused too; on PostgreSQL TRUNCATE is guarded as well.
"""

from __future__ import annotations

from typing import Any

TABLE = "journal_entry"
REFUSAL = "the journal is only ever added to"

_SQLITE = {
    "journal_entry_no_update": f"""
        CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "journal_entry_no_delete": f"""
        CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "journal_entry_no_replace": f"""
        CREATE TRIGGER journal_entry_no_replace BEFORE INSERT ON {TABLE}
        WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
          OR EXISTS (SELECT 1 FROM {TABLE}
                     WHERE landlord = NEW.landlord AND "case" = NEW."case" AND number = NEW.number)
          OR EXISTS (SELECT 1 FROM {TABLE} WHERE landlord = NEW.landlord AND key = NEW.key)
        BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {TABLE}: {REFUSAL}'); END""",  # noqa: S608
}

_POSTGRESQL_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION journal_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"""
_POSTGRESQL = {
    "journal_entry_no_change": f"""
        CREATE TRIGGER journal_entry_no_change BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse()""",
    "journal_entry_no_truncate": f"""
        CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_refuse()""",
}


def lay(connection: Any) -> None:
    """Put the triggers in place, whatever was there before."""
    lift(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for statement in _named(connection).values():
            cursor.execute(statement)


def lift(connection: Any) -> None:
    """Take the triggers away. Only the test harness does this, around its flush."""
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _named(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def laid(connection: Any) -> bool:
    """Whether every trigger is in place."""
    if connection.vendor == "postgresql":
        find = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'D'"
    else:
        find = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(find, [TABLE])
        return set(_named(connection)) <= {name for (name,) in cursor.fetchall()}


def _named(connection: Any) -> dict[str, str]:
    return _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE

"""The database itself notes which cases have words that changed: whoever writes them need not think of search.

A case is behind once it has a new entry, other people or another home; once the name, whereabouts or reference of
one of them changes, or what is safe for one of them; once a file comes, goes or is read; and once words are erased.

SQLite refuses to make a table anew while a trigger of another table names it, so there they are lifted before
migrations and laid again after them (`apps`). A migration that changes words itself must be followed by
`putright index --all`.
"""

from __future__ import annotations

from typing import Any

_OF_PEOPLE = "SELECT id FROM cases_case WHERE resident_id = {person} OR representative_id = {person}"
_OF_HOMES = "SELECT id FROM cases_case WHERE home_id = {home}"


def _changed(*columns: str) -> str:
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


# name: table, when, condition (written for PostgreSQL), which cases. "Which" says OLD or NEW for itself.
_TRIGGERS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "search_case_new": ("cases_case", "INSERT", "", ("SELECT NEW.id",)),
    "search_case_changed": (
        "cases_case",
        "UPDATE",
        _changed(
            "entries", "reference", "state", "received_on", "resident_id", "representative_id", "home_id"
        ),
        ("SELECT NEW.id",),
    ),
    "search_person_changed": (
        "people_person",
        "UPDATE",
        _changed("name", "address", "email"),
        (_OF_PEOPLE.format(person="NEW.id"),),
    ),
    "search_home_changed": (
        "people_home",
        "UPDATE",
        _changed("address", "uprn"),
        (_OF_HOMES.format(home="NEW.id"),),
    ),
    "search_safe_contact_new": (
        "people_safecontact",
        "INSERT",
        "",
        (_OF_PEOPLE.format(person="NEW.person_id"),),
    ),
    "search_safe_contact_changed": (
        "people_safecontact",
        "UPDATE",
        _changed("person_id", "ended_on"),
        (_OF_PEOPLE.format(person="NEW.person_id"), _OF_PEOPLE.format(person="OLD.person_id")),
    ),
    "search_safe_contact_gone": (
        "people_safecontact",
        "DELETE",
        "",
        (_OF_PEOPLE.format(person="OLD.person_id"),),
    ),
    "search_reference_new": (
        "people_reference",
        "INSERT",
        "",
        (_OF_PEOPLE.format(person="NEW.person_id"), _OF_HOMES.format(home="NEW.home_id")),
    ),
    "search_reference_changed": (
        "people_reference",
        "UPDATE",
        _changed("person_id", "home_id", "value"),
        (
            _OF_PEOPLE.format(person="NEW.person_id"),
            _OF_HOMES.format(home="NEW.home_id"),
            _OF_PEOPLE.format(person="OLD.person_id"),
            _OF_HOMES.format(home="OLD.home_id"),
        ),
    ),
    "search_reference_gone": (
        "people_reference",
        "DELETE",
        "",
        (_OF_PEOPLE.format(person="OLD.person_id"), _OF_HOMES.format(home="OLD.home_id")),
    ),
    "search_file_new": ("correspondence_attachment", "INSERT", "", ("SELECT NEW.case_id AS id",)),
    "search_file_changed": (
        "correspondence_attachment",
        "UPDATE",
        _changed("case_id", "entry", "name", "words"),
        ("SELECT NEW.case_id AS id", "SELECT OLD.case_id AS id"),
    ),
    "search_file_gone": ("correspondence_attachment", "DELETE", "", ("SELECT OLD.case_id AS id",)),
    "search_words_erased": (
        "journal_text",
        "DELETE",
        "",
        ('SELECT id FROM cases_case WHERE id = OLD."case"',),
    ),
    "search_words_changed": (
        "journal_text",
        "UPDATE",
        _changed("text"),
        ('SELECT id FROM cases_case WHERE id = NEW."case"',),
    ),
}
TABLES = frozenset(table for table, *_ in _TRIGGERS.values()) | {"search_behind"}


def lay(connection: Any) -> None:
    """Put the triggers in place, whatever was there before."""
    lift(connection)
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for name in _TRIGGERS:
            for statement in make(name):
                cursor.execute(statement)


def lift(connection: Any) -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        for name, (table, *_) in _TRIGGERS.items():
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def laid(connection: Any) -> bool:
    """Whether every trigger is in place."""
    if connection.vendor == "postgresql":
        find = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        find = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(find)
        return set(_TRIGGERS) <= {name for (name,) in cursor.fetchall()}


def _postgresql(name: str) -> list[str]:
    table, when, condition, which = _TRIGGERS[name]
    body = _noted(which)
    return [
        f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {body} RETURN NULL; END $$""",
        f"""CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW
        {f"WHEN ({condition})" if condition else ""} EXECUTE FUNCTION {name}()""",
    ]


def _sqlite(name: str) -> list[str]:
    table, when, condition, which = _TRIGGERS[name]
    only_if = f"WHEN {condition.replace('IS DISTINCT FROM', 'IS NOT')}" if condition else ""
    return [f"CREATE TRIGGER {name} AFTER {when} ON {table} {only_if} BEGIN {_noted(which)} END"]


def _noted(which: tuple[str, ...]) -> str:
    cases = " UNION ".join(which)
    return (
        "INSERT INTO search_behind (landlord_id, case_id)"  # noqa: S608
        f" SELECT landlord_id, id FROM cases_case WHERE id IN ({cases});"
    )

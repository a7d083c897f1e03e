"""For the tests of the Django side."""

from cast import cast, clock, committed_cast
from databases import django_db_modify_db_settings, home
from flushing import flush_with_triggers_lifted

__all__ = [
    "cast",
    "clock",
    "committed_cast",
    "django_db_modify_db_settings",
    "flush_with_triggers_lifted",
    "home",
]

from django.db import migrations

from putright.record.cases import words


def make(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(words.SQLITE_INDEX if sqlite else words.POSTGRESQL_INDEX)


def drop(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(f"DROP TABLE {words.SQLITE_TABLE}" if sqlite else "DROP INDEX case_words")


class Migration(migrations.Migration):
    """An index of the words that a case is found by, on each engine its own."""

    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]

from django.db import migrations

from putright.record.cases import words


def make(apps, schema_editor):
    for statement in words.TO_MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in words.TO_DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """An index of the words that a case is found by, on each engine its own."""

    dependencies = [("cases", "0001_initial"), ("people", "0002_words")]
    operations = [migrations.RunPython(make, drop)]

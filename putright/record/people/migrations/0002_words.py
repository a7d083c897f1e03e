from django.db import migrations

from putright.record.people import words


def make(apps, schema_editor):
    for statement in words.TO_MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in words.TO_DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """An index of the words that a person is found by."""

    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]

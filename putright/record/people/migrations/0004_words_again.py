from django.db import migrations

from putright.record.people import words


def lay_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in words.TRIGGERS:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    """SQLite made the table of people anew in the migration before, and its triggers went with the old one."""

    dependencies = [("people", "0003_homes_needs_safe_contact")]
    operations = [migrations.RunPython(lay_again, migrations.RunPython.noop)]

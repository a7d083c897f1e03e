import django.db.models.deletion
from django.db import migrations, models

from putright.evidence.search import engines


def make(apps, schema_editor):
    for statement in engines.TO_MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in engines.TO_DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def note_every_case(apps, schema_editor):
    schema_editor.execute(
        "INSERT INTO search_behind (landlord_id, case_id) SELECT landlord_id, id FROM cases_case ORDER BY id"
    )


class Migration(migrations.Migration):
    """The index of words. Cases that are there already are behind: run `putright index` once."""

    initial = True

    dependencies = [
        ("cases", "0004_homes_merges_risk"),
        ("correspondence", "0001_initial"),
        ("journal", "0002_only_ever_added_to"),
        ("landlords", "0003_who_changed_a_version"),
        ("people", "0005_who_looked_and_who_is_who"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("covers", models.PositiveIntegerField(default=0)),
                ("received_on", models.DateField(null=True)),
                (
                    "landlord",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="landlords.landlord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Behind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="landlords.landlord",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["landlord", "id"], name="behind_by_landlord")],
            },
        ),
        migrations.RunPython(make, drop),
        migrations.RunPython(note_every_case, migrations.RunPython.noop),
    ]

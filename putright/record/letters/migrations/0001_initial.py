import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0005_what_waits"),
        ("correspondence", "0003_outgoing"),
        ("landlords", "0004_days_off_categories_rates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letterhead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lines",
                    models.JSONField(default=list, help_text="Address, telephone, website: a line each."),
                ),
                ("team", models.CharField(default="Complaints team", max_length=120)),
                ("how_to_reach_us", models.TextField(blank=True)),
                (
                    "ombudsman_lines",
                    models.JSONField(default=list, help_text="Empty: as the product knows them."),
                ),
                ("look", models.CharField(blank=True, max_length=100)),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "landlord",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letterhead",
                        to="landlords.landlord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("stage", models.PositiveSmallIntegerField(null=True)),
                ("edition", models.CharField(blank=True, max_length=10)),
                ("number", models.PositiveIntegerField()),
                ("document", models.JSONField()),
                ("in_force_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "landlord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="landlords.landlord",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=30)),
                ("stage", models.PositiveSmallIntegerField(null=True)),
                ("edition", models.CharField(max_length=10)),
                ("own_words", models.BooleanField(default=False)),
                ("format", models.CharField(default="standard", max_length=20)),
                ("language", models.CharField(default="en", max_length=20)),
                ("document", models.JSONField(null=True)),
                ("media_type", models.CharField(default="application/pdf", max_length=100)),
                ("stored_as", models.CharField(max_length=100, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("made_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="cases.case"
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
                ),
                (
                    "outgoing",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="correspondence.outgoing",
                    ),
                ),
                (
                    "wording",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="letters.wording",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="wording",
            index=models.Index(
                condition=models.Q(("in_force_on__isnull", False)),
                fields=["landlord", "kind", "in_force_on"],
                name="wording_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(fields=("landlord", "number"), name="wording_number_once"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["landlord", "case", "entry"], name="letter_of_entry"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["landlord", "made_at"], name="letter_by_day"),
        ),
    ]

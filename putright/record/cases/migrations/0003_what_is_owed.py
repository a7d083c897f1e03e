from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Owed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("due_on", models.DateField()),
                ("kept_on", models.DateField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="danger_unanswered_on",
            field=models.DateField(
                help_text="Since when a danger that was mentioned is neither confirmed nor dismissed.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="draft_waits",
            field=models.BooleanField(default=False, help_text="A draft waits to be checked."),
        ),
        migrations.AddField(
            model_name="case",
            name="has_needs",
            field=models.BooleanField(default=False),
        ),
    ]

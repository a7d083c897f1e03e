import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_job_title"),
        ("landlords", "0003_who_changed_a_version"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="here_at",
            field=models.DateTimeField(
                help_text="When they were last here; what came since is shown first.", null=True
            ),
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("team", models.CharField(blank=True, max_length=100)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=1000)),
                ("first", models.BooleanField(default=False, help_text="What the queue opens with.")),
                (
                    "landlord",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("landlord", "user", "name"), name="view_name_once_a_person"
                    )
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_what_is_owed"),
        ("landlords", "0003_who_changed_a_version"),
        ("people", "0003_homes_needs_safe_contact"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="home",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="people.home"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="merged_into",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="risk",
            field=models.PositiveSmallIntegerField(default=0, help_text="Higher is worse for the resident."),
        ),
        migrations.AddField(
            model_name="case",
            name="risk_why",
            field=models.JSONField(default=list),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("next_due_on__isnull", False)),
                fields=["landlord", "-risk", "next_due_on", "id"],
                name="case_by_risk",
            ),
        ),
        migrations.AddField(
            model_name="owed",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="owed", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="owed",
            name="landlord",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
        ),
        migrations.AddIndex(
            model_name="owed",
            index=models.Index(
                condition=models.Q(("kept_on__isnull", True)),
                fields=["landlord", "due_on"],
                name="owed_by_day",
            ),
        ),
        migrations.AddIndex(
            model_name="owed",
            index=models.Index(
                condition=models.Q(("kept_on__isnull", True)),
                fields=["landlord", "owner", "due_on"],
                name="owed_by_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="owed",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="promise_once_a_case"),
        ),
    ]

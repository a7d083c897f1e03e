from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_homes_merges_risk"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="service_request_since",
            field=models.DateField(help_text="Since when a service request waits for its answer.", null=True),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("service_request_since__isnull", False)),
                fields=["landlord", "service_request_since", "id"],
                name="case_as_service_request",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("danger_unanswered_on__isnull", False)),
                fields=["landlord", "danger_unanswered_on", "id"],
                name="case_danger_unanswered",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("draft_waits", True)),
                fields=["landlord", "id"],
                name="case_draft_waits",
            ),
        ),
    ]

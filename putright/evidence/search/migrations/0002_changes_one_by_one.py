import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Each change of a case's words is a row of its own: a row that was changed made one action wait for another."""

    dependencies = [
        ("cases", "0004_homes_merges_risk"),
        ("search", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="behind",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddIndex(
            model_name="behind",
            index=models.Index(fields=["landlord", "case"], name="behind_by_case"),
        ),
    ]

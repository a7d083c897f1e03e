from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("landlords", "0002_five_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="convention_reason",
            field=models.TextField(blank=True, help_text="Why its days are counted another way."),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="entry",
            field=models.PositiveIntegerField(default=0),
        ),
    ]

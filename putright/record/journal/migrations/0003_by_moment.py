from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_only_ever_added_to"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["landlord", "recorded_at"], name="entry_by_moment"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """The newest cases of a resident, and of a home, by an index of their own."""

    dependencies = [("cases", "0005_what_waits")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["landlord", "resident", "received_on", "id"], name="case_of_resident"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["landlord", "home", "received_on", "id"], name="case_of_home"),
        ),
    ]

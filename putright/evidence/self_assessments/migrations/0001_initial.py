import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("landlords", "0004_days_off_categories_rates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.CharField(max_length=10)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("why", models.CharField(default="annual", max_length=20)),
                ("due_on", models.DateField(null=True)),
                ("late_because", models.TextField(blank=True)),
                ("state", models.CharField(default="draft", max_length=10)),
                (
                    "came_from",
                    models.CharField(
                        blank=True, help_text="The file it was read from, if it was.", max_length=255
                    ),
                ),
                ("frozen", models.JSONField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="after",
                        to="self_assessments.assessment",
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="landlords.landlord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImprovementAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provision", models.CharField(max_length=10)),
                ("what", models.TextField()),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("due_on", models.DateField(null=True)),
                ("done_on", models.DateField(null=True)),
                ("proof", models.TextField(blank=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="self_assessments.assessment",
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("section", models.CharField(blank=True, max_length=60)),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("dated_on", models.DateField(null=True)),
                ("review_on", models.DateField(null=True)),
                ("address", models.CharField(blank=True, max_length=500)),
                ("stored_as", models.CharField(blank=True, max_length=100)),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("reachable", models.BooleanField(null=True)),
                ("looked_at", models.DateTimeField(null=True)),
                ("note", models.TextField(blank=True)),
                ("ended_on", models.DateField(null=True)),
                (
                    "landlord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="landlords.landlord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProvisionAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provision", models.CharField(max_length=10)),
                ("answer", models.CharField(blank=True, max_length=15)),
                ("comment", models.TextField(blank=True)),
                ("why_not", models.TextField(blank=True, help_text="Why it is not complied with.")),
                ("comply_by", models.DateField(null=True)),
                (
                    "carried_from",
                    models.CharField(
                        blank=True, help_text="The earlier provisions it comes from.", max_length=60
                    ),
                ),
                (
                    "asked_again",
                    models.BooleanField(default=False, help_text="What it asks has changed since."),
                ),
                (
                    "printed",
                    models.JSONField(
                        default=dict, help_text="What an imported form printed, and its problems."
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="self_assessments.assessment",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=10)),
                (
                    "body",
                    models.CharField(
                        help_text="Board, committee, portfolio holder, parent council, ...", max_length=120
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        blank=True, help_text="The part it signs, where not the whole.", max_length=120
                    ),
                ),
                ("on", models.DateField()),
                ("says", models.TextField(blank=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_offs",
                        to="self_assessments.assessment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Supports",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.CharField(max_length=10)),
                ("provision", models.CharField(max_length=10)),
                (
                    "landlord",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supports",
                        to="self_assessments.paper",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(fields=["landlord", "-last_day"], name="assessment_newest"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("draft", "reviewed", "seen", "responded", "published"))),
                name="assessment_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("why__in", ("annual", "restructure", "procedure_changed", "ombudsman_order"))
                ),
                name="assessment_why_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="assessment_period_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    ("frozen__isnull", False),
                    _connector="OR",
                ),
                name="published_is_frozen",
            ),
        ),
        migrations.AddIndex(
            model_name="improvementaction",
            index=models.Index(
                condition=models.Q(("done_on__isnull", True)),
                fields=["landlord", "due_on"],
                name="improvement_by_day",
            ),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", True)),
                fields=["landlord", "review_on"],
                name="paper_to_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "policy",
                            "procedure",
                            "web_page",
                            "leaflet",
                            "poster",
                            "newsletter",
                            "handbook",
                            "letter_footer",
                            "training",
                            "role_holder",
                            "objective",
                            "report",
                            "meeting",
                            "survey",
                            "equality_assessment",
                            "other",
                        ),
                    )
                ),
                name="paper_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="provisionanswer",
            constraint=models.UniqueConstraint(
                fields=("assessment", "provision"), name="answer_once_a_provision"
            ),
        ),
        migrations.AddConstraint(
            model_name="provisionanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["", "yes", "partly", "no", "not_applicable"])),
                name="provision_answer_known",
            ),
        ),
        migrations.AddIndex(
            model_name="supports",
            index=models.Index(fields=["landlord", "edition", "provision"], name="supports_by_provision"),
        ),
        migrations.AddConstraint(
            model_name="supports",
            constraint=models.UniqueConstraint(
                fields=("paper", "edition", "provision"), name="supports_once"
            ),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("landlords", "0003_who_changed_a_version"),
        ("people", "0002_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("written", models.BooleanField(default=False)),
                ("scope", models.TextField(blank=True)),
                ("since", models.DateField()),
                ("expires_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ClaimedDetail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=300)),
                ("came_by", models.CharField(max_length=20)),
                ("came_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("believed", models.BooleanField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Home",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=300)),
                ("key", models.CharField(max_length=300)),
                ("uprn", models.CharField(blank=True, help_text="Digits, kept as text.", max_length=12)),
                ("tenure", models.CharField(blank=True, max_length=20)),
                ("stock", models.CharField(blank=True, max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name="Living",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lives_there_as", models.CharField(blank=True, max_length=20)),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("adjustment", models.CharField(blank=True, max_length=20)),
                ("words", models.TextField(blank=True)),
                ("since", models.DateField()),
                ("review_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SafeContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("allowed", models.JSONField(default=list)),
                ("not_to", models.JSONField(default=list)),
                ("code_word", models.CharField(blank=True, max_length=60)),
                ("note", models.TextField(blank=True)),
                ("since", models.DateField()),
                ("ended_on", models.DateField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="language",
            field=models.CharField(blank=True, help_text="Where it is not English.", max_length=60),
        ),
        migrations.AddField(
            model_name="person",
            name="preferred_way",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("preferred_way__in", ["", "telephone", "text", "email", "letter", "portal", "visit"])
                ),
                name="preferred_way_known",
            ),
        ),
        migrations.AddField(
            model_name="authority",
            name="landlord",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
        ),
        migrations.AddField(
            model_name="authority",
            name="representative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="acts_for", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="authority",
            name="resident",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="authorities", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="claimeddetail",
            name="landlord",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
        ),
        migrations.AddField(
            model_name="claimeddetail",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claimed_details",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="home",
            name="landlord",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
        ),
        migrations.AddField(
            model_name="living",
            name="home",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="people", to="people.home"
            ),
        ),
        migrations.AddField(
            model_name="living",
            name="landlord",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
        ),
        migrations.AddField(
            model_name="living",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="homes", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="landlord",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
        ),
        migrations.AddField(
            model_name="need",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="needs", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="safecontact",
            name="landlord",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="landlords.landlord"),
        ),
        migrations.AddField(
            model_name="safecontact",
            name="not_people",
            field=models.ManyToManyField(related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="safecontact",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="safe_contacts", to="people.person"
            ),
        ),
        migrations.AddConstraint(
            model_name="authority",
            constraint=models.CheckConstraint(
                condition=models.Q(("resident", models.F("representative")), _negated=True),
                name="nobody_represents_themselves",
            ),
        ),
        migrations.AddIndex(
            model_name="claimeddetail",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)),
                fields=["landlord", "came_at"],
                name="claim_to_check",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimeddetail",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["address", "email", "telephone"])), name="claimed_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.UniqueConstraint(fields=("landlord", "key"), name="home_once_a_landlord"),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "tenure__in",
                        [
                            "",
                            "secure",
                            "assured",
                            "assured_shorthold",
                            "introductory",
                            "licence",
                            "leasehold",
                            "shared_ownership",
                            "freehold",
                            "none",
                        ],
                    )
                ),
                name="tenure_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(("stock__in", ["", "lcra", "lcho", "other"])), name="stock_known"
            ),
        ),
        migrations.AddIndex(
            model_name="living",
            index=models.Index(fields=["landlord", "home"], name="living_by_home"),
        ),
        migrations.AddConstraint(
            model_name="living",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "lives_there_as__in",
                        ["", "tenant", "joint_tenant", "leaseholder", "licensee", "occupier", "child"],
                    )
                ),
                name="lives_there_as_known",
            ),
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", True)),
                fields=["landlord", "review_on"],
                name="need_to_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "adjustment__in",
                        [
                            "",
                            "large_print",
                            "plain_text",
                            "easy_read",
                            "audio",
                            "braille",
                            "telephone_only",
                            "no_telephone",
                            "interpreter",
                            "sign_language",
                            "text_relay",
                            "more_time",
                            "face_to_face",
                            "other",
                        ],
                    )
                ),
                name="adjustment_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="safecontact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)),
                fields=("person",),
                name="one_safe_contact_holds",
            ),
        ),
    ]

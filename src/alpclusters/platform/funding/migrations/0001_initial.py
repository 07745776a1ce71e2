import alpclusters.platform.languages.codes
import alpclusters.platform.languages.text
import alpclusters.platform.tables
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("actors", "0001_initial"),
        ("evidence", "0001_initial"),
        ("partnership", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        alpclusters.platform.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Call",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        (
                            "source_url",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="Address of the source"
                            ),
                        ),
                        (
                            "source_language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                default="en",
                                max_length=2,
                                verbose_name="Language of the source",
                            ),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=80, verbose_name="Licence"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("demonstration", "simulated, for the demonstration"),
                                ],
                                default="unverified",
                                max_length=13,
                                verbose_name="Status",
                            ),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="Checked on"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("updated_at", models.DateTimeField()),
                        ("key", models.SlugField(max_length=80, unique=True, verbose_name="Key")),
                        ("title", models.CharField(max_length=300, verbose_name="Title")),
                        (
                            "titles",
                            models.JSONField(
                                blank=True, default=dict, verbose_name="Title in other languages"
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(blank=True, max_length=4000, verbose_name="Summary"),
                        ),
                        ("opens", models.DateField(blank=True, null=True, verbose_name="Opens")),
                        ("closes", models.DateField(blank=True, null=True, verbose_name="Closes")),
                        (
                            "closes_at",
                            models.TimeField(blank=True, null=True, verbose_name="Hour of closing"),
                        ),
                        (
                            "budget_ct",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="Budget in cents of euro"
                            ),
                        ),
                        ("external_id", models.CharField(blank=True, max_length=120)),
                        (
                            "website",
                            models.URLField(blank=True, max_length=500, verbose_name="Website"),
                        ),
                        ("is_published", models.BooleanField(default=True)),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calls",
                                to="funding.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["closes", "key"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("external_id", ""), _negated=True),
                                fields=("programme", "external_id"),
                                name="call_external_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes__isnull", True),
                                    ("opens__isnull", True),
                                    ("closes__gte", models.F("opens")),
                                    _connector="OR",
                                ),
                                name="call_closes_after_opening",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallAlert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("sent_on", models.DateField(blank=True, null=True)),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="call_alert",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="FundingCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="Title")),
                        ("data", models.JSONField(default=dict)),
                        ("taken", models.JSONField(blank=True, default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField()),
                        ("updated_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="funding_cases",
                                to="partnership.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-updated_at", "-pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalControlLink",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "controlled_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical control link",
                        "verbose_name_plural": "historical control links",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDeMinimisAid",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(max_length=2, verbose_name="State that granted it"),
                        ),
                        (
                            "regulation",
                            models.CharField(
                                choices=[
                                    ("general", "general (2023/2831)"),
                                    ("agriculture", "agriculture (1408/2013)"),
                                    ("fisheries", "fishery and aquaculture (717/2014)"),
                                    ("sgei", "services of general economic interest (2023/2832)"),
                                ],
                                default="general",
                                max_length=11,
                                verbose_name="Regulation",
                            ),
                        ),
                        ("granted_on", models.DateField(verbose_name="Granted on")),
                        (
                            "amount_ct",
                            models.BigIntegerField(verbose_name="Amount in cents of euro"),
                        ),
                        (
                            "authority",
                            models.CharField(blank=True, max_length=200, verbose_name="Granted by"),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("typed", "own declaration"),
                                    ("union", "central register of the EU"),
                                    ("france", "French register"),
                                    ("register", "another register"),
                                ],
                                default="typed",
                                max_length=8,
                                verbose_name="Known from",
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=80)),
                        ("read_on", models.DateField(verbose_name="Read on")),
                        ("confirmed_on", models.DateField(blank=True, null=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical de minimis aid",
                        "verbose_name_plural": "historical de minimis aids",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalFundingCase",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="Title")),
                        ("data", models.JSONField(default=dict)),
                        ("taken", models.JSONField(blank=True, default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField()),
                        ("updated_at", models.DateTimeField()),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical funding case",
                        "verbose_name_plural": "historical funding cases",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSynchronisedScheme",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="Title")),
                        ("wishes", models.JSONField(blank=True, default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField()),
                        ("updated_at", models.DateTimeField()),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partnership.project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical synchronised scheme",
                        "verbose_name_plural": "historical synchronised schemes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Offer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        (
                            "source_url",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="Address of the source"
                            ),
                        ),
                        (
                            "source_language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                default="en",
                                max_length=2,
                                verbose_name="Language of the source",
                            ),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=80, verbose_name="Licence"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("demonstration", "simulated, for the demonstration"),
                                ],
                                default="unverified",
                                max_length=13,
                                verbose_name="Status",
                            ),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="Checked on"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("updated_at", models.DateTimeField()),
                        ("key", models.SlugField(max_length=80, unique=True, verbose_name="Key")),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=200, verbose_name="Title"
                            ),
                        ),
                        (
                            "summary",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="Summary"
                            ),
                        ),
                        ("terms", models.JSONField(default=dict, verbose_name="Terms")),
                        ("kinds", models.JSONField(blank=True, default=list)),
                        ("categories", models.JSONField(blank=True, default=list)),
                        ("themes", models.JSONField(blank=True, default=list)),
                        ("best_rate_bp", models.PositiveIntegerField(blank=True, null=True)),
                        ("cap_ct", models.BigIntegerField(blank=True, null=True)),
                        ("is_published", models.BooleanField(default=True)),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="offers",
                                to="funding.call",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="offers",
                                to="funding.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["title__shown", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeProposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("patch", models.JSONField()),
                        ("base_version", models.PositiveIntegerField()),
                        ("source", models.CharField(max_length=300, verbose_name="Source")),
                        ("note", models.TextField(blank=True, max_length=1000, verbose_name="Why")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waits for a decision"),
                                    ("accepted", "accepted"),
                                    ("refused", "refused"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answer",
                            models.TextField(blank=True, max_length=1000, verbose_name="Answer"),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="funding.call",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "offer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="funding.offer",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="funding.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-proposed_at", "-pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("call__isnull", True),
                                        ("offer__isnull", True),
                                        ("programme__isnull", False),
                                    ),
                                    models.Q(
                                        ("call__isnull", False),
                                        ("offer__isnull", True),
                                        ("programme__isnull", True),
                                    ),
                                    models.Q(
                                        ("call__isnull", True),
                                        ("offer__isnull", False),
                                        ("programme__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="proposal_of_one_entry",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        (
                            "source_url",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="Address of the source"
                            ),
                        ),
                        (
                            "source_language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                default="en",
                                max_length=2,
                                verbose_name="Language of the source",
                            ),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=80, verbose_name="Licence"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("demonstration", "simulated, for the demonstration"),
                                ],
                                default="unverified",
                                max_length=13,
                                verbose_name="Status",
                            ),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="Checked on"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("updated_at", models.DateTimeField()),
                        ("key", models.SlugField(max_length=60, unique=True, verbose_name="Key")),
                        (
                            "name",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=200, verbose_name="Name"
                            ),
                        ),
                        (
                            "summary",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="Summary"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("european", "European"),
                                    ("macro_regional", "macro-regional"),
                                    ("cross_border", "cross-border"),
                                    ("national", "national"),
                                    ("regional", "regional"),
                                ],
                                max_length=14,
                                verbose_name="Level",
                            ),
                        ),
                        (
                            "period",
                            models.CharField(blank=True, max_length=9, verbose_name="Period"),
                        ),
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="Start"),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="End")),
                        (
                            "territory",
                            models.JSONField(blank=True, default=list, verbose_name="Where"),
                        ),
                        (
                            "website",
                            models.URLField(blank=True, max_length=300, verbose_name="Website"),
                        ),
                        (
                            "themes",
                            models.JSONField(blank=True, default=list, verbose_name="Themes"),
                        ),
                        ("is_published", models.BooleanField(default=True)),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="programmes",
                                to="territory.programmearea",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="funding_programmes",
                                to="evidence.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name__shown", "period", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("starts_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="programme_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Priority",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("demonstration", "simulated, for the demonstration"),
                                ],
                                default="unverified",
                                max_length=13,
                            ),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="Checked on"),
                        ),
                        (
                            "region",
                            models.CharField(blank=True, max_length=5, verbose_name="Region"),
                        ),
                        (
                            "period",
                            models.CharField(blank=True, max_length=9, verbose_name="Period"),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("priority", "priority"),
                                    ("need", "need"),
                                    ("strength", "strength"),
                                ],
                                default="priority",
                                max_length=8,
                            ),
                        ),
                        ("theme", models.CharField(max_length=40, verbose_name="Theme")),
                        ("weight", models.FloatField(blank=True, null=True, verbose_name="Weight")),
                        ("by_people", models.BooleanField(default=False)),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="priorities",
                                to="funding.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["region", "period", "side", "theme", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("programme__isnull", False)),
                                fields=("programme", "period", "side", "theme"),
                                name="priority_of_programme_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("programme__isnull", True),
                                    models.Q(("status", "demonstration"), _negated=True),
                                ),
                                fields=("region", "period", "side", "theme"),
                                name="priority_of_region_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("programme__isnull", True), ("status", "demonstration")
                                ),
                                fields=("region", "period", "side", "theme"),
                                name="invented_priority_of_region_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("programme__isnull", False), ("region", "")),
                                    models.Q(
                                        ("programme__isnull", True),
                                        models.Q(("region", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="priority_of_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Parameter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="Name")),
                        (
                            "value",
                            models.CharField(blank=True, max_length=300, verbose_name="Value"),
                        ),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("eur", "euro"),
                                    ("chf", "Swiss francs"),
                                    ("percent", "per cent"),
                                    ("count", "number"),
                                    ("months", "months"),
                                    ("day", "day"),
                                    ("text", "words"),
                                ],
                                max_length=7,
                                verbose_name="Unit",
                            ),
                        ),
                        (
                            "precision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "exact"),
                                    ("about", "about"),
                                    ("almost", "almost"),
                                    ("above", "above"),
                                    ("at_least", "at least"),
                                    ("up_to", "up to"),
                                    ("as_a_rule", "as a rule"),
                                ],
                                default="",
                                max_length=9,
                                verbose_name="Precision",
                            ),
                        ),
                        (
                            "period",
                            models.CharField(blank=True, max_length=20, verbose_name="Period"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("demonstration", "simulated, for the demonstration"),
                                ],
                                default="unverified",
                                max_length=13,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="Checked on"),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parameters",
                                to="funding.call",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parameters",
                                to="funding.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="EntryVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("data", models.JSONField()),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="funding.call",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="versions",
                                to="funding.changeproposal",
                            ),
                        ),
                        (
                            "offer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="funding.offer",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="funding.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("call__isnull", True),
                                        ("offer__isnull", True),
                                        ("programme__isnull", False),
                                    ),
                                    models.Q(
                                        ("call__isnull", False),
                                        ("offer__isnull", True),
                                        ("programme__isnull", True),
                                    ),
                                    models.Q(
                                        ("call__isnull", True),
                                        ("offer__isnull", False),
                                        ("programme__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="version_of_one_entry",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("programme__isnull", False)),
                                fields=("programme", "number"),
                                name="programme_version_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("call__isnull", False)),
                                fields=("call", "number"),
                                name="call_version_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("offer__isnull", False)),
                                fields=("offer", "number"),
                                name="offer_version_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Budget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("demonstration", "simulated, for the demonstration"),
                                ],
                                default="unverified",
                                max_length=13,
                            ),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="Checked on"),
                        ),
                        ("instrument", models.CharField(max_length=40, verbose_name="Instrument")),
                        ("theme", models.CharField(max_length=40, verbose_name="Theme")),
                        ("region", models.CharField(max_length=5, verbose_name="Region")),
                        ("period", models.CharField(max_length=9, verbose_name="Period")),
                        (
                            "amount_ct",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="Amount in cents of euro"
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="budgets",
                                to="funding.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["period", "region", "theme", "instrument", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("programme__isnull", False)),
                                fields=("instrument", "theme", "region", "period", "programme"),
                                name="budget_of_programme_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("programme__isnull", True),
                                    models.Q(("status", "demonstration"), _negated=True),
                                ),
                                fields=("instrument", "theme", "region", "period"),
                                name="budget_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("programme__isnull", True), ("status", "demonstration")
                                ),
                                fields=("instrument", "theme", "region", "period"),
                                name="invented_budget_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_ct__isnull", True),
                                    ("amount_ct__gte", 0),
                                    _connector="OR",
                                ),
                                name="budget_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegionalScheme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        (
                            "source_url",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="Address of the source"
                            ),
                        ),
                        (
                            "source_language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                default="en",
                                max_length=2,
                                verbose_name="Language of the source",
                            ),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=80, verbose_name="Licence"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("demonstration", "simulated, for the demonstration"),
                                ],
                                default="unverified",
                                max_length=13,
                                verbose_name="Status",
                            ),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="Checked on"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("updated_at", models.DateTimeField()),
                        ("key", models.SlugField(max_length=80, unique=True)),
                        (
                            "name",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=200, verbose_name="Name"
                            ),
                        ),
                        ("region", models.CharField(max_length=5, verbose_name="Region")),
                        ("attributes", models.JSONField(default=dict)),
                        ("changes", models.JSONField(blank=True, default=list)),
                        (
                            "budget_ct",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="Budget in cents of euro"
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="schemes",
                                to="funding.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["region", "name__shown", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SynchronisedScheme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="Title")),
                        ("wishes", models.JSONField(blank=True, default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField()),
                        ("updated_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="synchronised_schemes",
                                to="partnership.project",
                            ),
                        ),
                        (
                            "schemes",
                            models.ManyToManyField(
                                related_name="joint", to="funding.regionalscheme"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-updated_at", "-pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CallAlertNews",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "news",
                            models.CharField(
                                choices=[("new", "new"), ("closing", "closes soon")], max_length=7
                            ),
                        ),
                        ("told_at", models.DateTimeField()),
                        (
                            "alert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="news",
                                to="funding.callalert",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alert_news",
                                to="funding.call",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("alert", "call", "news"), name="call_alert_tells_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ControlLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "controlled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="controls",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="control",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("organisation", models.F("controlled_by")), _negated=True
                                ),
                                name="control_is_by_another",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DeMinimisAid",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(max_length=2, verbose_name="State that granted it"),
                        ),
                        (
                            "regulation",
                            models.CharField(
                                choices=[
                                    ("general", "general (2023/2831)"),
                                    ("agriculture", "agriculture (1408/2013)"),
                                    ("fisheries", "fishery and aquaculture (717/2014)"),
                                    ("sgei", "services of general economic interest (2023/2832)"),
                                ],
                                default="general",
                                max_length=11,
                                verbose_name="Regulation",
                            ),
                        ),
                        ("granted_on", models.DateField(verbose_name="Granted on")),
                        (
                            "amount_ct",
                            models.BigIntegerField(verbose_name="Amount in cents of euro"),
                        ),
                        (
                            "authority",
                            models.CharField(blank=True, max_length=200, verbose_name="Granted by"),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("typed", "own declaration"),
                                    ("union", "central register of the EU"),
                                    ("france", "French register"),
                                    ("register", "another register"),
                                ],
                                default="typed",
                                max_length=8,
                                verbose_name="Known from",
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=80)),
                        ("read_on", models.DateField(verbose_name="Read on")),
                        ("confirmed_on", models.DateField(blank=True, null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="de_minimis",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-granted_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_ct__gt", 0)),
                                name="de_minimis_is_positive",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("reference", ""), _negated=True),
                                fields=("organisation", "source", "reference"),
                                name="de_minimis_reference_once",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="MixRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("case_version", models.PositiveIntegerField()),
                        ("case_data", models.JSONField()),
                        ("case_sha256", models.CharField(max_length=64)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("best", "best mix"),
                                    ("scenario", "what if an offer is rejected"),
                                    ("manual", "changed by hand"),
                                ],
                                default="best",
                                max_length=8,
                            ),
                        ),
                        ("changes", models.JSONField(blank=True, default=dict)),
                        (
                            "label",
                            models.CharField(blank=True, max_length=120, verbose_name="Name"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waits"),
                                    ("running", "is computed"),
                                    ("done", "done"),
                                    ("cancelled", "cancelled"),
                                    ("failed", "failed"),
                                ],
                                default="waiting",
                                max_length=9,
                            ),
                        ),
                        ("progress", models.JSONField(blank=True, default=dict)),
                        ("cancel_asked", models.BooleanField(default=False)),
                        ("result", models.JSONField(blank=True, null=True)),
                        ("error", models.JSONField(blank=True, null=True)),
                        ("reasons", models.JSONField(blank=True, default=dict)),
                        ("chances", models.JSONField(blank=True, default=dict)),
                        ("asked_at", models.DateTimeField()),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "base",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="derived",
                                to="funding.mixrun",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="runs",
                                to="funding.fundingcase",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["case", "state"], name="funding_mix_case_id_8e29d3_idx"
                            )
                        ],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]

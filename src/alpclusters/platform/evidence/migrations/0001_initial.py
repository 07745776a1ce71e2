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
        ("measures", "0001_initial"),
        ("partnership", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        alpclusters.platform.tables.CreateTables(
            tables=[
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
                        ("key", models.SlugField(max_length=120, unique=True)),
                        ("name", models.CharField(max_length=160, verbose_name="Name")),
                        (
                            "period",
                            models.CharField(blank=True, max_length=9, verbose_name="Period"),
                        ),
                        (
                            "family",
                            models.CharField(
                                choices=[
                                    ("interreg", "Interreg"),
                                    ("research", "research and innovation framework programme"),
                                    ("competitiveness", "competitiveness and single market"),
                                    ("cohesion", "cohesion policy in the regions"),
                                    ("other_eu", "other European money"),
                                    ("national", "national or regional money"),
                                    ("none", "without a programme"),
                                ],
                                max_length=16,
                                verbose_name="Kind of programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "period", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SearchTodo",
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
                        ("row", models.BigIntegerField(db_index=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Codebook",
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
                        ("number", models.PositiveSmallIntegerField(unique=True)),
                        (
                            "note",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="What is new"
                            ),
                        ),
                        ("recodes", models.JSONField(blank=True, default=list)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-number"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Activity",
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
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "name",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=160, verbose_name="Name"
                            ),
                        ),
                        (
                            "what",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="What was done"
                            ),
                        ),
                        (
                            "output",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=300, verbose_name="Output"
                            ),
                        ),
                        (
                            "output_value",
                            models.FloatField(blank=True, null=True, verbose_name="Number"),
                        ),
                        (
                            "output_unit",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=60, verbose_name="Unit"
                            ),
                        ),
                        (
                            "result",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=1000, verbose_name="Result"
                            ),
                        ),
                        (
                            "measure_type",
                            models.SlugField(
                                blank=True, max_length=60, verbose_name="Type of measure"
                            ),
                        ),
                        (
                            "scope",
                            models.CharField(blank=True, max_length=20, verbose_name="Reach"),
                        ),
                        (
                            "audience",
                            models.JSONField(blank=True, default=list, verbose_name="For whom"),
                        ),
                        (
                            "outcome_status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("lasting", "goes on"),
                                    ("transformed", "goes on in another form"),
                                    ("ended", "ended"),
                                    ("unknown", "unknown"),
                                ],
                                max_length=12,
                                verbose_name="After the funding",
                            ),
                        ),
                        (
                            "outcome_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="Months after the funding"
                            ),
                        ),
                        (
                            "payer_after",
                            models.JSONField(blank=True, default=list, verbose_name="Who pays now"),
                        ),
                        (
                            "source_type",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own_report", "report of the initiative itself"),
                                    ("external_evaluation", "external evaluation"),
                                    ("audit", "audit"),
                                    ("statistics", "statistics"),
                                    ("peer_reviewed", "peer-reviewed publication"),
                                    ("interview", "interview"),
                                    ("web", "web page"),
                                ],
                                max_length=20,
                                verbose_name="Kind of source",
                            ),
                        ),
                        (
                            "context",
                            models.CharField(blank=True, max_length=20, verbose_name="Context"),
                        ),
                        (
                            "success_factors",
                            models.JSONField(blank=True, default=list, verbose_name="What helped"),
                        ),
                        (
                            "failure_reasons",
                            models.JSONField(
                                blank=True, default=list, verbose_name="What hindered"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "not coded yet"),
                                    ("once", "coded once"),
                                    ("disputed", "two coders differ"),
                                    ("settled", "coded twice, settled"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("is_seeded", models.BooleanField(default=False)),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "regions",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="territory.region",
                                verbose_name="Where",
                            ),
                        ),
                        (
                            "codebook",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="evidence.codebook",
                            ),
                        ),
                        (
                            "initiative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="activities",
                                to="evidence.initiative",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["initiative", "number", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["measure_type", "outcome_status"],
                                name="evidence_ac_measure_be563d_idx",
                            ),
                            models.Index(
                                fields=["changed_at", "id"], name="evidence_ac_changed_8ee710_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("initiative", "number"), name="activity_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCode",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("field", models.CharField(max_length=20)),
                        ("key", models.SlugField(max_length=40)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "label",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=80, verbose_name="Name"
                            ),
                        ),
                        (
                            "definition",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=600, verbose_name="Definition"
                            ),
                        ),
                        (
                            "example",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=600, verbose_name="Example"
                            ),
                        ),
                        (
                            "counter_example",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=600, verbose_name="Counter-example"
                            ),
                        ),
                        (
                            "is_retired",
                            models.BooleanField(default=False, verbose_name="No longer in use"),
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
                            "codebook",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evidence.codebook",
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
                    ],
                    options={
                        "verbose_name": "historical code",
                        "verbose_name_plural": "historical codes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCoding",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                        ("values", models.JSONField(default=dict)),
                        (
                            "note",
                            models.TextField(blank=True, max_length=1000, verbose_name="Note"),
                        ),
                        ("began_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                            "activity",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evidence.activity",
                            ),
                        ),
                        (
                            "codebook",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evidence.codebook",
                            ),
                        ),
                        (
                            "coder",
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
                    ],
                    options={
                        "verbose_name": "historical coding",
                        "verbose_name_plural": "historical codings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDocument",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=120)),
                        ("title", models.CharField(max_length=300, verbose_name="Title")),
                        (
                            "authors",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="Authors or body"
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="Year"
                            ),
                        ),
                        (
                            "source_type",
                            models.CharField(
                                choices=[
                                    ("own_report", "report of the initiative itself"),
                                    ("external_evaluation", "external evaluation"),
                                    ("audit", "audit"),
                                    ("statistics", "statistics"),
                                    ("peer_reviewed", "peer-reviewed publication"),
                                    ("interview", "interview"),
                                    ("web", "web page"),
                                ],
                                default="web",
                                max_length=20,
                                verbose_name="Kind of source",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(blank=True, max_length=3, verbose_name="Language"),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=120, verbose_name="Licence"),
                        ),
                        (
                            "is_open",
                            models.BooleanField(
                                default=False, verbose_name="May be shown to the public"
                            ),
                        ),
                        (
                            "address",
                            models.URLField(blank=True, max_length=500, verbose_name="Address"),
                        ),
                        (
                            "locator",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="Where it was found"
                            ),
                        ),
                        (
                            "read_on",
                            models.DateField(blank=True, null=True, verbose_name="Read on"),
                        ),
                        ("file", models.CharField(blank=True, max_length=160)),
                        ("file_name", models.CharField(blank=True, max_length=200)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("n_bytes", models.PositiveBigIntegerField(default=0)),
                        ("n_pages", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("no_file", "address only"),
                                    ("waiting", "waiting to be read"),
                                    ("read", "read"),
                                    ("failed", "could not be read"),
                                ],
                                default="no_file",
                                max_length=8,
                            ),
                        ),
                        ("error", models.JSONField(blank=True, default=dict)),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("unknown", "unknown"),
                                ],
                                default="unverified",
                                max_length=10,
                            ),
                        ),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(blank=True, editable=False)),
                        ("changed_at", models.DateTimeField(blank=True, editable=False)),
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
                            "added_by",
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
                    ],
                    options={
                        "verbose_name": "historical document",
                        "verbose_name_plural": "historical documents",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalLesson",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=120)),
                        (
                            "statement",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=300, verbose_name="Lesson"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("works", "works"),
                                    ("does_not_work", "does not work"),
                                    ("depends", "depends"),
                                ],
                                max_length=16,
                                verbose_name="It says",
                            ),
                        ),
                        (
                            "condition",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=1000, verbose_name="Under which condition"
                            ),
                        ),
                        (
                            "answer",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True,
                                max_length=1000,
                                verbose_name="Answer to evidence against it",
                            ),
                        ),
                        (
                            "measure_type",
                            models.SlugField(
                                blank=True, max_length=60, verbose_name="Type of measure"
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("A", "well supported"),
                                    ("B", "supported"),
                                    ("C", "indications"),
                                    ("D", "single case or disputed"),
                                    ("none", "nothing to grade"),
                                ],
                                default="none",
                                max_length=4,
                                verbose_name="Certainty",
                            ),
                        ),
                        ("grading", models.JSONField(default=dict)),
                        ("graded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "own_grade",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("A", "well supported"),
                                    ("B", "supported"),
                                    ("C", "indications"),
                                    ("D", "single case or disputed"),
                                    ("none", "nothing to grade"),
                                ],
                                max_length=4,
                                verbose_name="Certainty as judged",
                            ),
                        ),
                        (
                            "own_grade_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="Reason"),
                        ),
                        ("own_grade_at", models.DateTimeField(blank=True, null=True)),
                        ("own_grade_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "is_published",
                            models.BooleanField(default=False, verbose_name="Published"),
                        ),
                        ("is_seeded", models.BooleanField(default=False)),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(blank=True, editable=False)),
                        ("changed_at", models.DateTimeField(blank=True, editable=False)),
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
                            "created_by",
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
                            "own_grade_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical lesson",
                        "verbose_name_plural": "historical lessons",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Initiative",
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
                        ("key", models.SlugField(max_length=120, unique=True)),
                        ("acronym", models.CharField(max_length=80, verbose_name="Acronym")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("project", "project"),
                                    ("network", "network or partnership"),
                                    ("body", "body or service"),
                                    ("programme_line", "programme or call"),
                                ],
                                default="project",
                                max_length=16,
                                verbose_name="Kind",
                            ),
                        ),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=400, verbose_name="Title"
                            ),
                        ),
                        (
                            "topic",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=300, verbose_name="Topic"
                            ),
                        ),
                        (
                            "aims",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=20000, verbose_name="Aims"
                            ),
                        ),
                        ("call", models.CharField(blank=True, max_length=120, verbose_name="Call")),
                        (
                            "reference",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="Number of the grant"
                            ),
                        ),
                        ("start", models.DateField(blank=True, null=True, verbose_name="Start")),
                        (
                            "start_precision",
                            models.CharField(
                                choices=[("day", "day"), ("month", "month"), ("year", "year")],
                                default="day",
                                max_length=5,
                                verbose_name="Start: how exactly",
                            ),
                        ),
                        (
                            "end",
                            models.DateField(
                                blank=True, null=True, verbose_name="End of the funding"
                            ),
                        ),
                        (
                            "end_precision",
                            models.CharField(
                                choices=[("day", "day"), ("month", "month"), ("year", "year")],
                                default="day",
                                max_length=5,
                                verbose_name="End of the funding: how exactly",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("running", "running"),
                                    ("closed", "closed"),
                                    ("terminated", "ended early"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=10,
                                verbose_name="State of the funding",
                            ),
                        ),
                        (
                            "budget_cents",
                            models.BigIntegerField(blank=True, null=True, verbose_name="Budget"),
                        ),
                        (
                            "eu_cents",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="Share of the EU"
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(default="EUR", max_length=3, verbose_name="Currency"),
                        ),
                        (
                            "countries",
                            models.CharField(blank=True, max_length=200, verbose_name="Countries"),
                        ),
                        (
                            "sectors",
                            models.JSONField(blank=True, default=list, verbose_name="Sectors"),
                        ),
                        (
                            "keywords",
                            models.JSONField(blank=True, default=list, verbose_name="Keywords"),
                        ),
                        (
                            "family",
                            models.PositiveBigIntegerField(blank=True, db_index=True, null=True),
                        ),
                        (
                            "website",
                            models.URLField(blank=True, max_length=300, verbose_name="Website"),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=500, verbose_name="Source"),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=300, verbose_name="Licence"),
                        ),
                        (
                            "note",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="Note"
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("unknown", "unknown"),
                                ],
                                default="unverified",
                                max_length=10,
                                verbose_name="Checked",
                            ),
                        ),
                        (
                            "is_published",
                            models.BooleanField(default=True, verbose_name="Published"),
                        ),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("edited_fields", models.JSONField(default=list)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="followed_by",
                                to="evidence.initiative",
                                verbose_name="Continues",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="initiatives",
                                to="evidence.programme",
                                verbose_name="Programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["acronym", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["is_published", "acronym", "id"],
                                name="evidence_in_is_publ_b83fec_idx",
                            ),
                            models.Index(
                                fields=["changed_at", "id"], name="evidence_in_changed_affe82_idx"
                            ),
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalActivity",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "name",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=160, verbose_name="Name"
                            ),
                        ),
                        (
                            "what",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="What was done"
                            ),
                        ),
                        (
                            "output",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=300, verbose_name="Output"
                            ),
                        ),
                        (
                            "output_value",
                            models.FloatField(blank=True, null=True, verbose_name="Number"),
                        ),
                        (
                            "output_unit",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=60, verbose_name="Unit"
                            ),
                        ),
                        (
                            "result",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=1000, verbose_name="Result"
                            ),
                        ),
                        (
                            "measure_type",
                            models.SlugField(
                                blank=True, max_length=60, verbose_name="Type of measure"
                            ),
                        ),
                        (
                            "scope",
                            models.CharField(blank=True, max_length=20, verbose_name="Reach"),
                        ),
                        (
                            "audience",
                            models.JSONField(blank=True, default=list, verbose_name="For whom"),
                        ),
                        (
                            "outcome_status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("lasting", "goes on"),
                                    ("transformed", "goes on in another form"),
                                    ("ended", "ended"),
                                    ("unknown", "unknown"),
                                ],
                                max_length=12,
                                verbose_name="After the funding",
                            ),
                        ),
                        (
                            "outcome_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="Months after the funding"
                            ),
                        ),
                        (
                            "payer_after",
                            models.JSONField(blank=True, default=list, verbose_name="Who pays now"),
                        ),
                        (
                            "source_type",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own_report", "report of the initiative itself"),
                                    ("external_evaluation", "external evaluation"),
                                    ("audit", "audit"),
                                    ("statistics", "statistics"),
                                    ("peer_reviewed", "peer-reviewed publication"),
                                    ("interview", "interview"),
                                    ("web", "web page"),
                                ],
                                max_length=20,
                                verbose_name="Kind of source",
                            ),
                        ),
                        (
                            "context",
                            models.CharField(blank=True, max_length=20, verbose_name="Context"),
                        ),
                        (
                            "success_factors",
                            models.JSONField(blank=True, default=list, verbose_name="What helped"),
                        ),
                        (
                            "failure_reasons",
                            models.JSONField(
                                blank=True, default=list, verbose_name="What hindered"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "not coded yet"),
                                    ("once", "coded once"),
                                    ("disputed", "two coders differ"),
                                    ("settled", "coded twice, settled"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("is_seeded", models.BooleanField(default=False)),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(blank=True, editable=False)),
                        ("changed_at", models.DateTimeField(blank=True, editable=False)),
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
                            "codebook",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evidence.codebook",
                            ),
                        ),
                        (
                            "created_by",
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
                            "initiative",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evidence.initiative",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical activity",
                        "verbose_name_plural": "historical activitys",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Document",
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
                        ("key", models.SlugField(max_length=120, unique=True)),
                        ("title", models.CharField(max_length=300, verbose_name="Title")),
                        (
                            "authors",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="Authors or body"
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="Year"
                            ),
                        ),
                        (
                            "source_type",
                            models.CharField(
                                choices=[
                                    ("own_report", "report of the initiative itself"),
                                    ("external_evaluation", "external evaluation"),
                                    ("audit", "audit"),
                                    ("statistics", "statistics"),
                                    ("peer_reviewed", "peer-reviewed publication"),
                                    ("interview", "interview"),
                                    ("web", "web page"),
                                ],
                                default="web",
                                max_length=20,
                                verbose_name="Kind of source",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(blank=True, max_length=3, verbose_name="Language"),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=120, verbose_name="Licence"),
                        ),
                        (
                            "is_open",
                            models.BooleanField(
                                default=False, verbose_name="May be shown to the public"
                            ),
                        ),
                        (
                            "address",
                            models.URLField(blank=True, max_length=500, verbose_name="Address"),
                        ),
                        (
                            "locator",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="Where it was found"
                            ),
                        ),
                        (
                            "read_on",
                            models.DateField(blank=True, null=True, verbose_name="Read on"),
                        ),
                        ("file", models.CharField(blank=True, max_length=160)),
                        ("file_name", models.CharField(blank=True, max_length=200)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("n_bytes", models.PositiveBigIntegerField(default=0)),
                        ("n_pages", models.PositiveIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("no_file", "address only"),
                                    ("waiting", "waiting to be read"),
                                    ("read", "read"),
                                    ("failed", "could not be read"),
                                ],
                                default="no_file",
                                max_length=8,
                            ),
                        ),
                        ("error", models.JSONField(blank=True, default=dict)),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("unknown", "unknown"),
                                ],
                                default="unverified",
                                max_length=10,
                            ),
                        ),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "measures",
                            models.ManyToManyField(
                                blank=True, related_name="described_in", to="measures.measure"
                            ),
                        ),
                        (
                            "initiatives",
                            models.ManyToManyField(
                                blank=True, related_name="documents", to="evidence.initiative"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["title", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Corpus",
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
                        ("slug", models.SlugField(max_length=80, unique=True)),
                        ("name", models.CharField(max_length=120, verbose_name="Name")),
                        (
                            "n_coders",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="Coders per activity"
                            ),
                        ),
                        (
                            "codebook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corpora",
                                to="evidence.codebook",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="corpora",
                                to="partnership.project",
                            ),
                        ),
                        (
                            "initiatives",
                            models.ManyToManyField(
                                blank=True, related_name="corpora", to="evidence.initiative"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="InitiativeProposal",
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
                        ("field", models.CharField(max_length=40)),
                        ("value", models.JSONField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("taken", "taken over"),
                                    ("refused", "refused"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                            "initiative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proposals",
                                to="evidence.initiative",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="actors.importrun",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["initiative", "field"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("initiative", "field"), name="initiative_proposal_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InitiativeRecord",
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
                        ("external_id", models.CharField(max_length=160)),
                        ("digest", models.CharField(max_length=64)),
                        ("line", models.PositiveIntegerField(blank=True, null=True)),
                        ("gone_since", models.DateField(blank=True, null=True)),
                        (
                            "initiative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="records",
                                to="evidence.initiative",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="actors.importrun",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="actors.importsource",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "external_id"), name="initiative_record_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
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
                        ("key", models.SlugField(max_length=120, unique=True)),
                        (
                            "statement",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=300, verbose_name="Lesson"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("works", "works"),
                                    ("does_not_work", "does not work"),
                                    ("depends", "depends"),
                                ],
                                max_length=16,
                                verbose_name="It says",
                            ),
                        ),
                        (
                            "condition",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=1000, verbose_name="Under which condition"
                            ),
                        ),
                        (
                            "answer",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True,
                                max_length=1000,
                                verbose_name="Answer to evidence against it",
                            ),
                        ),
                        (
                            "measure_type",
                            models.SlugField(
                                blank=True, max_length=60, verbose_name="Type of measure"
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("A", "well supported"),
                                    ("B", "supported"),
                                    ("C", "indications"),
                                    ("D", "single case or disputed"),
                                    ("none", "nothing to grade"),
                                ],
                                default="none",
                                max_length=4,
                                verbose_name="Certainty",
                            ),
                        ),
                        ("grading", models.JSONField(default=dict)),
                        ("graded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "own_grade",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("A", "well supported"),
                                    ("B", "supported"),
                                    ("C", "indications"),
                                    ("D", "single case or disputed"),
                                    ("none", "nothing to grade"),
                                ],
                                max_length=4,
                                verbose_name="Certainty as judged",
                            ),
                        ),
                        (
                            "own_grade_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="Reason"),
                        ),
                        ("own_grade_at", models.DateTimeField(blank=True, null=True)),
                        ("own_grade_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "is_published",
                            models.BooleanField(default=False, verbose_name="Published"),
                        ),
                        ("is_seeded", models.BooleanField(default=False)),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "own_grade_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "measures",
                            models.ManyToManyField(
                                related_name="lessons",
                                through="evidence.LessonMeasure",
                                to="measures.measure",
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
                    name="Bearing",
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
                            "stance",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("supports", "supports it"),
                                    ("contradicts", "speaks against it"),
                                    ("mixed", "both"),
                                ],
                                max_length=12,
                                verbose_name="Stance",
                            ),
                        ),
                        ("is_seeded", models.BooleanField(default=False)),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bearings",
                                to="evidence.activity",
                            ),
                        ),
                        (
                            "lesson",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bearings",
                                to="evidence.lesson",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["lesson", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("activity", "lesson"), name="bearing_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LessonMeasure",
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
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="Note")),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "lesson",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suggestions",
                                to="evidence.lesson",
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
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suggestions",
                                to="measures.measure",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("lesson", "measure"), name="lesson_measure_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Participation",
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
                        ("body_key", models.CharField(db_index=True, max_length=120)),
                        ("name", models.CharField(max_length=300, verbose_name="Name")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead", "lead partner"),
                                    ("partner", "partner"),
                                    ("associated", "associated partner"),
                                    ("third_party", "third party"),
                                ],
                                default="partner",
                                max_length=12,
                                verbose_name="Role",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "country",
                            models.CharField(blank=True, max_length=2, verbose_name="Country"),
                        ),
                        ("town", models.CharField(blank=True, max_length=80, verbose_name="Town")),
                        ("given_code", models.CharField(blank=True, max_length=8)),
                        ("budget_cents", models.BigIntegerField(blank=True, null=True)),
                        ("eu_cents", models.BigIntegerField(blank=True, null=True)),
                        ("has_left", models.BooleanField(default=False)),
                        (
                            "initiative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participations",
                                to="evidence.initiative",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="participations",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["initiative", "order", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("initiative", "body_key", "role", "order"),
                                name="participation_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalInitiative",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=120)),
                        ("acronym", models.CharField(max_length=80, verbose_name="Acronym")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("project", "project"),
                                    ("network", "network or partnership"),
                                    ("body", "body or service"),
                                    ("programme_line", "programme or call"),
                                ],
                                default="project",
                                max_length=16,
                                verbose_name="Kind",
                            ),
                        ),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=400, verbose_name="Title"
                            ),
                        ),
                        (
                            "topic",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=300, verbose_name="Topic"
                            ),
                        ),
                        (
                            "aims",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=20000, verbose_name="Aims"
                            ),
                        ),
                        ("call", models.CharField(blank=True, max_length=120, verbose_name="Call")),
                        (
                            "reference",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="Number of the grant"
                            ),
                        ),
                        ("start", models.DateField(blank=True, null=True, verbose_name="Start")),
                        (
                            "start_precision",
                            models.CharField(
                                choices=[("day", "day"), ("month", "month"), ("year", "year")],
                                default="day",
                                max_length=5,
                                verbose_name="Start: how exactly",
                            ),
                        ),
                        (
                            "end",
                            models.DateField(
                                blank=True, null=True, verbose_name="End of the funding"
                            ),
                        ),
                        (
                            "end_precision",
                            models.CharField(
                                choices=[("day", "day"), ("month", "month"), ("year", "year")],
                                default="day",
                                max_length=5,
                                verbose_name="End of the funding: how exactly",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("running", "running"),
                                    ("closed", "closed"),
                                    ("terminated", "ended early"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=10,
                                verbose_name="State of the funding",
                            ),
                        ),
                        (
                            "budget_cents",
                            models.BigIntegerField(blank=True, null=True, verbose_name="Budget"),
                        ),
                        (
                            "eu_cents",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="Share of the EU"
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(default="EUR", max_length=3, verbose_name="Currency"),
                        ),
                        (
                            "countries",
                            models.CharField(blank=True, max_length=200, verbose_name="Countries"),
                        ),
                        (
                            "sectors",
                            models.JSONField(blank=True, default=list, verbose_name="Sectors"),
                        ),
                        (
                            "keywords",
                            models.JSONField(blank=True, default=list, verbose_name="Keywords"),
                        ),
                        (
                            "family",
                            models.PositiveBigIntegerField(blank=True, db_index=True, null=True),
                        ),
                        (
                            "website",
                            models.URLField(blank=True, max_length=300, verbose_name="Website"),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=500, verbose_name="Source"),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=300, verbose_name="Licence"),
                        ),
                        (
                            "note",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="Note"
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("unknown", "unknown"),
                                ],
                                default="unverified",
                                max_length=10,
                                verbose_name="Checked",
                            ),
                        ),
                        (
                            "is_published",
                            models.BooleanField(default=True, verbose_name="Published"),
                        ),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("edited_fields", models.JSONField(default=list)),
                        ("created_at", models.DateTimeField(blank=True, editable=False)),
                        ("changed_at", models.DateTimeField(blank=True, editable=False)),
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
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evidence.initiative",
                                verbose_name="Continues",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evidence.programme",
                                verbose_name="Programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical initiative",
                        "verbose_name_plural": "historical initiatives",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Quotation",
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
                            "page",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="Page"),
                        ),
                        (
                            "page_end",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="To page"
                            ),
                        ),
                        (
                            "field",
                            models.CharField(blank=True, max_length=20, verbose_name="Answer"),
                        ),
                        (
                            "words",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="Quoted words"
                            ),
                        ),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "activity",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quotations",
                                to="evidence.activity",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quotations",
                                to="evidence.document",
                            ),
                        ),
                        (
                            "lesson",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quotations",
                                to="evidence.lesson",
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
                    ],
                    options={
                        "ordering": ["document", "page", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("activity__isnull", False),
                                    ("lesson__isnull", False),
                                    _connector="XOR",
                                ),
                                name="quotation_of_one_thing",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Settlement",
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
                        ("field", models.CharField(max_length=20)),
                        ("value", models.JSONField(null=True)),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=500, verbose_name="Reason"),
                        ),
                        ("is_joint", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField()),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="settlements",
                                to="evidence.activity",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["activity", "field"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("activity", "field"), name="settlement_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BearingVote",
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
                        ("place", models.PositiveSmallIntegerField()),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("supports", "supports it"),
                                    ("contradicts", "speaks against it"),
                                    ("mixed", "both"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "bearing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="votes",
                                to="evidence.bearing",
                            ),
                        ),
                        (
                            "coder",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["bearing", "place"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("bearing", "place"), name="bearing_vote_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Code",
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
                        ("field", models.CharField(max_length=20)),
                        ("key", models.SlugField(max_length=40)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "label",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=80, verbose_name="Name"
                            ),
                        ),
                        (
                            "definition",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=600, verbose_name="Definition"
                            ),
                        ),
                        (
                            "example",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=600, verbose_name="Example"
                            ),
                        ),
                        (
                            "counter_example",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=600, verbose_name="Counter-example"
                            ),
                        ),
                        (
                            "is_retired",
                            models.BooleanField(default=False, verbose_name="No longer in use"),
                        ),
                        (
                            "codebook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codes",
                                to="evidence.codebook",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["field", "order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("codebook", "field", "key"), name="code_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Coding",
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
                        ("place", models.PositiveSmallIntegerField()),
                        ("values", models.JSONField(default=dict)),
                        (
                            "note",
                            models.TextField(blank=True, max_length=1000, verbose_name="Note"),
                        ),
                        ("began_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codings",
                                to="evidence.activity",
                            ),
                        ),
                        (
                            "codebook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="codings",
                                to="evidence.codebook",
                            ),
                        ),
                        (
                            "coder",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["activity", "place"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("activity", "place"), name="coding_place_once"
                            ),
                            models.UniqueConstraint(
                                fields=("activity", "coder"), name="coding_coder_once"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentPage",
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
                        ("label", models.CharField(blank=True, max_length=20)),
                        ("text", models.TextField(blank=True)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pages",
                                to="evidence.document",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["document", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "number"), name="document_page_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]

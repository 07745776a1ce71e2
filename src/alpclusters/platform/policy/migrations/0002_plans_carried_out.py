import alpclusters.platform.languages.codes
import django.core.validators
import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("actors", "0004_units"),
        ("cafe", "0001_initial"),
        ("evaluation", "0001_initial"),
        ("evidence", "0002_search_index"),
        ("measures", "0001_initial"),
        ("network", "0001_initial"),
        ("partnership", "0001_initial"),
        ("policy", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Adoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(blank=True, max_length=200, verbose_name="Body")),
                (
                    "task",
                    models.CharField(blank=True, max_length=300, verbose_name="What it adopts"),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="Until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unknown", "not known"),
                            ("informed", "informed"),
                            ("under_review", "under review"),
                            ("adopted", "adopted"),
                            ("implementing", "being carried out"),
                            ("implemented", "carried out"),
                            ("not_applicable", "does not apply"),
                            ("declined", "declined"),
                            ("discontinued", "discontinued"),
                        ],
                        default="unknown",
                        max_length=14,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AdoptionStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unknown", "not known"),
                            ("informed", "informed"),
                            ("under_review", "under review"),
                            ("adopted", "adopted"),
                            ("implementing", "being carried out"),
                            ("implemented", "carried out"),
                            ("not_applicable", "does not apply"),
                            ("declined", "declined"),
                            ("discontinued", "discontinued"),
                        ],
                        max_length=14,
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="Date")),
                (
                    "document",
                    models.URLField(blank=True, max_length=500, verbose_name="Decision (address)"),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="Reason")),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["happened_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("field", models.CharField(max_length=20)),
                (
                    "language",
                    models.CharField(
                        choices=alpclusters.platform.languages.codes.language_choices,
                        max_length=2,
                    ),
                ),
                ("paragraph", models.PositiveSmallIntegerField()),
                ("quote", models.TextField(blank=True, max_length=4000)),
                ("text", models.TextField(max_length=2000, verbose_name="Comment")),
                (
                    "on_behalf_of",
                    models.CharField(blank=True, max_length=200, verbose_name="On behalf of"),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("accepted", "accepted"),
                            ("partly_accepted", "accepted in part"),
                            ("rejected", "not accepted"),
                            ("out_of_scope", "beyond this consultation"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=15,
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="Answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("is_late", models.BooleanField(default=False)),
                ("is_orphaned", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="Title")),
                ("title_de", models.CharField(max_length=160, null=True, verbose_name="Title")),
                ("title_en", models.CharField(max_length=160, null=True, verbose_name="Title")),
                ("title_fr", models.CharField(max_length=160, null=True, verbose_name="Title")),
                ("title_it", models.CharField(max_length=160, null=True, verbose_name="Title")),
                ("title_sl", models.CharField(max_length=160, null=True, verbose_name="Title")),
                (
                    "introduction",
                    models.TextField(blank=True, max_length=2000, verbose_name="Introduction"),
                ),
                (
                    "introduction_de",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Introduction"
                    ),
                ),
                (
                    "introduction_en",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Introduction"
                    ),
                ),
                (
                    "introduction_fr",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Introduction"
                    ),
                ),
                (
                    "introduction_it",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Introduction"
                    ),
                ),
                (
                    "introduction_sl",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Introduction"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "everybody"), ("invited", "those invited")],
                        default="public",
                        max_length=7,
                        verbose_name="Who may comment",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("open", "open"),
                            ("closed", "closed"),
                            ("answered", "answered"),
                            ("published", "published"),
                        ],
                        default="planned",
                        max_length=9,
                    ),
                ),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="Opens on")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="Closes on")),
                ("versions", models.JSONField(blank=True, default=dict)),
                ("texts", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-opens_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ConsultationInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="E-mail")),
                (
                    "language",
                    models.CharField(
                        choices=alpclusters.platform.languages.codes.language_choices,
                        default="en",
                        max_length=2,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="Year",
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("staff", "staff"),
                            ("external", "external services"),
                            ("travel", "travel"),
                            ("equipment", "equipment"),
                            ("investment", "investment"),
                            ("other", "other"),
                        ],
                        max_length=10,
                        verbose_name="Type",
                    ),
                ),
                ("amount_cents", models.PositiveBigIntegerField()),
                (
                    "currency",
                    models.CharField(
                        choices=[("EUR", "EUR"), ("CHF", "CHF")],
                        default="EUR",
                        max_length=3,
                        verbose_name="Currency",
                    ),
                ),
            ],
            options={
                "ordering": ["year", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Dependency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lag_days", models.SmallIntegerField(default=0, verbose_name="Days between")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="DraftingBody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Body")),
                ("country", models.CharField(max_length=2, verbose_name="Country")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="EditDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("thing", models.CharField(max_length=16)),
                ("thing_id", models.PositiveBigIntegerField()),
                ("base_version", models.PositiveIntegerField()),
                ("base", models.JSONField(default=dict)),
                ("values", models.JSONField(default=dict)),
                ("is_conflict", models.BooleanField(default=False)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-saved_at"],
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(max_length=200, verbose_name="Body")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="Country")),
                (
                    "mandate",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="Function and mandate"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "invited"),
                            ("seen", "seen"),
                            ("endorsed", "endorsed"),
                            ("reserved", "endorsed with a reservation"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="invited",
                        max_length=9,
                    ),
                ),
                (
                    "applies",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "applies to us"),
                            ("in_part", "applies to us in part"),
                            ("no", "does not apply to us"),
                        ],
                        max_length=7,
                        verbose_name="Applies",
                    ),
                ),
                (
                    "reservation",
                    models.TextField(blank=True, max_length=1000, verbose_name="Reservation"),
                ),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="Reason")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="Date")),
                (
                    "document",
                    models.URLField(blank=True, max_length=500, verbose_name="Decision (address)"),
                ),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FundingLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("source", models.CharField(max_length=200, verbose_name="Source")),
                ("amount_cents", models.PositiveBigIntegerField()),
                (
                    "currency",
                    models.CharField(
                        choices=[("EUR", "EUR"), ("CHF", "CHF")],
                        default="EUR",
                        max_length=3,
                        verbose_name="Currency",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("idea", "idea"),
                            ("applied", "applied for"),
                            ("granted", "granted"),
                            ("spent", "spent"),
                        ],
                        default="idea",
                        max_length=7,
                        verbose_name="Status",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFinding",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rating", "ratings"),
                            ("lesson", "lesson"),
                            ("network", "network"),
                            ("funding", "funding"),
                            ("consultation", "consultation"),
                        ],
                        default="rating",
                        max_length=12,
                    ),
                ),
                (
                    "statement",
                    models.TextField(blank=True, max_length=1000, verbose_name="Statement"),
                ),
                (
                    "statement_de",
                    models.TextField(
                        blank=True, max_length=1000, null=True, verbose_name="Statement"
                    ),
                ),
                (
                    "statement_en",
                    models.TextField(
                        blank=True, max_length=1000, null=True, verbose_name="Statement"
                    ),
                ),
                (
                    "statement_fr",
                    models.TextField(
                        blank=True, max_length=1000, null=True, verbose_name="Statement"
                    ),
                ),
                (
                    "statement_it",
                    models.TextField(
                        blank=True, max_length=1000, null=True, verbose_name="Statement"
                    ),
                ),
                (
                    "statement_sl",
                    models.TextField(
                        blank=True, max_length=1000, null=True, verbose_name="Statement"
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("supports", "supports"),
                            ("against", "against"),
                            ("neutral", "neutral"),
                        ],
                        default="supports",
                        max_length=8,
                        verbose_name="Direction",
                    ),
                ),
                ("code", models.CharField(max_length=8, verbose_name="Code")),
                ("n", models.PositiveIntegerField(null=True)),
                ("cannot_judge_share", models.FloatField(null=True)),
                ("estimate", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("convention", models.CharField(blank=True, max_length=60)),
                ("certainty", models.CharField(blank=True, max_length=1)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("made_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical finding",
                "verbose_name_plural": "historical findings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalIndicator",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("code", models.CharField(blank=True, max_length=12, verbose_name="Code")),
                ("name", models.CharField(max_length=200, verbose_name="Indicator")),
                ("name_de", models.CharField(max_length=200, null=True, verbose_name="Indicator")),
                ("name_en", models.CharField(max_length=200, null=True, verbose_name="Indicator")),
                ("name_fr", models.CharField(max_length=200, null=True, verbose_name="Indicator")),
                ("name_it", models.CharField(max_length=200, null=True, verbose_name="Indicator")),
                ("name_sl", models.CharField(max_length=200, null=True, verbose_name="Indicator")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="Unit")),
                (
                    "unit_de",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="Unit"),
                ),
                (
                    "unit_en",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="Unit"),
                ),
                (
                    "unit_fr",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="Unit"),
                ),
                (
                    "unit_it",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="Unit"),
                ),
                (
                    "unit_sl",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="Unit"),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("increase", "should rise"),
                            ("decrease", "should fall"),
                            ("hold_min", "should stay at least there"),
                            ("hold_max", "should stay at most there"),
                        ],
                        default="increase",
                        max_length=8,
                        verbose_name="Direction",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("input", "input"),
                            ("output", "output"),
                            ("result", "result"),
                            ("impact", "impact"),
                        ],
                        default="output",
                        max_length=6,
                        verbose_name="Stage",
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        choices=[("linear", "evenly"), ("step", "in steps")],
                        default="linear",
                        max_length=6,
                        verbose_name="Path",
                    ),
                ),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="Baseline",
                    ),
                ),
                (
                    "baseline_on",
                    models.DateField(blank=True, null=True, verbose_name="Baseline of"),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="Source of the values"
                    ),
                ),
                (
                    "source_de",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="Source of the values"
                    ),
                ),
                (
                    "source_en",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="Source of the values"
                    ),
                ),
                (
                    "source_fr",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="Source of the values"
                    ),
                ),
                (
                    "source_it",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="Source of the values"
                    ),
                ),
                (
                    "source_sl",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="Source of the values"
                    ),
                ),
                (
                    "frequency_days",
                    models.PositiveSmallIntegerField(
                        default=365, verbose_name="Days between two values"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical indicator",
                "verbose_name_plural": "historical indicators",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalJointApproach",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("code", models.CharField(max_length=8, verbose_name="Code")),
                ("title", models.CharField(max_length=160, verbose_name="Title")),
                ("title_de", models.CharField(max_length=160, null=True, verbose_name="Title")),
                ("title_en", models.CharField(max_length=160, null=True, verbose_name="Title")),
                ("title_fr", models.CharField(max_length=160, null=True, verbose_name="Title")),
                ("title_it", models.CharField(max_length=160, null=True, verbose_name="Title")),
                ("title_sl", models.CharField(max_length=160, null=True, verbose_name="Title")),
                (
                    "objective",
                    models.TextField(blank=True, max_length=2000, verbose_name="Shared aim"),
                ),
                (
                    "objective_de",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Shared aim"
                    ),
                ),
                (
                    "objective_en",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Shared aim"
                    ),
                ),
                (
                    "objective_fr",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Shared aim"
                    ),
                ),
                (
                    "objective_it",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Shared aim"
                    ),
                ),
                (
                    "objective_sl",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Shared aim"
                    ),
                ),
                (
                    "coordinator",
                    models.CharField(blank=True, max_length=200, verbose_name="Coordinating body"),
                ),
                ("is_public", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical joint approach",
                "verbose_name_plural": "historical joint approachs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("code", models.CharField(blank=True, max_length=12, verbose_name="Code")),
                ("name", models.CharField(max_length=200, verbose_name="Indicator")),
                ("name_de", models.CharField(max_length=200, null=True, verbose_name="Indicator")),
                ("name_en", models.CharField(max_length=200, null=True, verbose_name="Indicator")),
                ("name_fr", models.CharField(max_length=200, null=True, verbose_name="Indicator")),
                ("name_it", models.CharField(max_length=200, null=True, verbose_name="Indicator")),
                ("name_sl", models.CharField(max_length=200, null=True, verbose_name="Indicator")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="Unit")),
                (
                    "unit_de",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="Unit"),
                ),
                (
                    "unit_en",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="Unit"),
                ),
                (
                    "unit_fr",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="Unit"),
                ),
                (
                    "unit_it",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="Unit"),
                ),
                (
                    "unit_sl",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="Unit"),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("increase", "should rise"),
                            ("decrease", "should fall"),
                            ("hold_min", "should stay at least there"),
                            ("hold_max", "should stay at most there"),
                        ],
                        default="increase",
                        max_length=8,
                        verbose_name="Direction",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("input", "input"),
                            ("output", "output"),
                            ("result", "result"),
                            ("impact", "impact"),
                        ],
                        default="output",
                        max_length=6,
                        verbose_name="Stage",
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        choices=[("linear", "evenly"), ("step", "in steps")],
                        default="linear",
                        max_length=6,
                        verbose_name="Path",
                    ),
                ),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="Baseline",
                    ),
                ),
                (
                    "baseline_on",
                    models.DateField(blank=True, null=True, verbose_name="Baseline of"),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="Source of the values"
                    ),
                ),
                (
                    "source_de",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="Source of the values"
                    ),
                ),
                (
                    "source_en",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="Source of the values"
                    ),
                ),
                (
                    "source_fr",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="Source of the values"
                    ),
                ),
                (
                    "source_it",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="Source of the values"
                    ),
                ),
                (
                    "source_sl",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="Source of the values"
                    ),
                ),
                (
                    "frequency_days",
                    models.PositiveSmallIntegerField(
                        default=365, verbose_name="Days between two values"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="IndicatorValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("refers_to", models.DateField(verbose_name="Date")),
                (
                    "value",
                    models.DecimalField(decimal_places=4, max_digits=18, verbose_name="Value"),
                ),
                ("reported_at", models.DateTimeField()),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="Source")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="Note")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("reported", "reported"),
                            ("confirmed", "confirmed"),
                            ("rejected", "rejected"),
                        ],
                        default="reported",
                        max_length=9,
                    ),
                ),
            ],
            options={
                "ordering": ["refers_to", "pk"],
            },
        ),
        migrations.CreateModel(
            name="JointApproach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("code", models.CharField(max_length=8, verbose_name="Code")),
                ("title", models.CharField(max_length=160, verbose_name="Title")),
                ("title_de", models.CharField(max_length=160, null=True, verbose_name="Title")),
                ("title_en", models.CharField(max_length=160, null=True, verbose_name="Title")),
                ("title_fr", models.CharField(max_length=160, null=True, verbose_name="Title")),
                ("title_it", models.CharField(max_length=160, null=True, verbose_name="Title")),
                ("title_sl", models.CharField(max_length=160, null=True, verbose_name="Title")),
                (
                    "objective",
                    models.TextField(blank=True, max_length=2000, verbose_name="Shared aim"),
                ),
                (
                    "objective_de",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Shared aim"
                    ),
                ),
                (
                    "objective_en",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Shared aim"
                    ),
                ),
                (
                    "objective_fr",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Shared aim"
                    ),
                ),
                (
                    "objective_it",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Shared aim"
                    ),
                ),
                (
                    "objective_sl",
                    models.TextField(
                        blank=True, max_length=2000, null=True, verbose_name="Shared aim"
                    ),
                ),
                (
                    "coordinator",
                    models.CharField(blank=True, max_length=200, verbose_name="Coordinating body"),
                ),
                ("is_public", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("title", models.CharField(max_length=200, verbose_name="Milestone")),
                ("title_de", models.CharField(max_length=200, null=True, verbose_name="Milestone")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="Milestone")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="Milestone")),
                ("title_it", models.CharField(max_length=200, null=True, verbose_name="Milestone")),
                ("title_sl", models.CharField(max_length=200, null=True, verbose_name="Milestone")),
                ("due", models.DateField(verbose_name="Due")),
                ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="Weight")),
                ("critical", models.BooleanField(default=False, verbose_name="Critical")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="Reached on")),
                (
                    "evidence",
                    models.URLField(blank=True, max_length=500, verbose_name="Proof (address)"),
                ),
            ],
            options={
                "ordering": ["due", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MonitoringRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("opens_on", models.DateField(verbose_name="Opens on")),
                ("closes_on", models.DateField(verbose_name="Closes on")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Override",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("computed", models.CharField(max_length=6)),
                ("shown", models.CharField(max_length=6, verbose_name="Status")),
                ("reason", models.CharField(max_length=500, verbose_name="Reason")),
                ("until_round", models.PositiveSmallIntegerField()),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PlanSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("is_simulated", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["plan", "number"],
            },
        ),
        migrations.CreateModel(
            name="Player",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("body", models.CharField(max_length=200, verbose_name="Body")),
                ("role", models.CharField(blank=True, max_length=200, verbose_name="Part")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ProgressReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("confirmed_on", models.DateField(verbose_name="Date")),
                ("progress", models.FloatField(blank=True, null=True)),
                (
                    "language",
                    models.CharField(
                        choices=alpclusters.platform.languages.codes.language_choices,
                        default="en",
                        max_length=2,
                    ),
                ),
                (
                    "text",
                    models.TextField(blank=True, max_length=4000, verbose_name="What happened"),
                ),
                (
                    "obstacles",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="What stands in the way"
                    ),
                ),
                (
                    "next_step",
                    models.TextField(blank=True, max_length=2000, verbose_name="Next step"),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("link", "mail link"),
                            ("login", "signed in"),
                            ("import", "import"),
                        ],
                        default="login",
                        max_length=6,
                    ),
                ),
                ("reported_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["confirmed_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="E-mail")),
                (
                    "language",
                    models.CharField(
                        choices=alpclusters.platform.languages.codes.language_choices,
                        default="en",
                        max_length=2,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_on", models.DateField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("expires_on", models.DateField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("text", models.CharField(max_length=300, verbose_name="Risk")),
                ("text_de", models.CharField(max_length=300, null=True, verbose_name="Risk")),
                ("text_en", models.CharField(max_length=300, null=True, verbose_name="Risk")),
                ("text_fr", models.CharField(max_length=300, null=True, verbose_name="Risk")),
                ("text_it", models.CharField(max_length=300, null=True, verbose_name="Risk")),
                ("text_sl", models.CharField(max_length=300, null=True, verbose_name="Risk")),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3),
                        ],
                        verbose_name="Likelihood",
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3),
                        ],
                        verbose_name="Impact",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="Answer")),
                (
                    "answer_de",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="Answer"),
                ),
                (
                    "answer_en",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="Answer"),
                ),
                (
                    "answer_fr",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="Answer"),
                ),
                (
                    "answer_it",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="Answer"),
                ),
                (
                    "answer_sl",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="Answer"),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Solution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("title", models.CharField(max_length=200, verbose_name="Solution")),
                ("title_de", models.CharField(max_length=200, null=True, verbose_name="Solution")),
                ("title_en", models.CharField(max_length=200, null=True, verbose_name="Solution")),
                ("title_fr", models.CharField(max_length=200, null=True, verbose_name="Solution")),
                ("title_it", models.CharField(max_length=200, null=True, verbose_name="Solution")),
                ("title_sl", models.CharField(max_length=200, null=True, verbose_name="Solution")),
                (
                    "pilot_ended_on",
                    models.DateField(blank=True, null=True, verbose_name="Pilot action ended on"),
                ),
                (
                    "take_up",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="What others need to take it up"
                    ),
                ),
                (
                    "take_up_de",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        null=True,
                        verbose_name="What others need to take it up",
                    ),
                ),
                (
                    "take_up_en",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        null=True,
                        verbose_name="What others need to take it up",
                    ),
                ),
                (
                    "take_up_fr",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        null=True,
                        verbose_name="What others need to take it up",
                    ),
                ),
                (
                    "take_up_it",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        null=True,
                        verbose_name="What others need to take it up",
                    ),
                ),
                (
                    "take_up_sl",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        null=True,
                        verbose_name="What others need to take it up",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SolutionBody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Body")),
                ("country", models.CharField(max_length=2, verbose_name="Country")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("pilot", "carried the pilot action"),
                            ("design", "designed the solution"),
                        ],
                        max_length=6,
                        verbose_name="Part",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due", models.DateField(verbose_name="Date")),
                (
                    "value",
                    models.DecimalField(decimal_places=4, max_digits=18, verbose_name="Target"),
                ),
            ],
            options={
                "ordering": ["due"],
            },
        ),
        migrations.CreateModel(
            name="TextReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("thing", models.CharField(max_length=16)),
                ("thing_id", models.PositiveBigIntegerField()),
                ("field", models.CharField(max_length=20)),
                (
                    "language",
                    models.CharField(
                        choices=alpclusters.platform.languages.codes.language_choices,
                        max_length=2,
                        verbose_name="Language",
                    ),
                ),
                ("source_hash", models.CharField(max_length=64)),
                ("source_text", models.TextField(blank=True, max_length=4000)),
                ("text_hash", models.CharField(max_length=64)),
                ("is_reviewed", models.BooleanField(default=False)),
                ("reviewed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="action",
            name="accepted_on",
            field=models.DateField(blank=True, null=True, verbose_name="Accepted on"),
        ),
        migrations.AddField(
            model_name="action",
            name="background",
            field=models.TextField(blank=True, max_length=4000, verbose_name="Background"),
        ),
        migrations.AddField(
            model_name="action",
            name="background_de",
            field=models.TextField(
                blank=True, max_length=4000, null=True, verbose_name="Background"
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="background_en",
            field=models.TextField(
                blank=True, max_length=4000, null=True, verbose_name="Background"
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="background_fr",
            field=models.TextField(
                blank=True, max_length=4000, null=True, verbose_name="Background"
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="background_it",
            field=models.TextField(
                blank=True, max_length=4000, null=True, verbose_name="Background"
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="background_sl",
            field=models.TextField(
                blank=True, max_length=4000, null=True, verbose_name="Background"
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="critical",
            field=models.BooleanField(default=False, verbose_name="Critical"),
        ),
        migrations.AddField(
            model_name="action",
            name="done_on",
            field=models.DateField(blank=True, null=True, verbose_name="Done on"),
        ),
        migrations.AddField(
            model_name="action",
            name="reason_not_done",
            field=models.TextField(blank=True, max_length=1000, verbose_name="Reason why not"),
        ),
        migrations.AddField(
            model_name="action",
            name="reason_not_done_de",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Reason why not"
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="reason_not_done_en",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Reason why not"
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="reason_not_done_fr",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Reason why not"
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="reason_not_done_it",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Reason why not"
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="reason_not_done_sl",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Reason why not"
            ),
        ),
        migrations.AddField(
            model_name="action",
            name="regions",
            field=models.ManyToManyField(blank=True, related_name="+", to="territory.region"),
        ),
        migrations.AddField(
            model_name="action",
            name="stopped_on",
            field=models.DateField(blank=True, null=True, verbose_name="Stopped on"),
        ),
        migrations.AddField(
            model_name="action",
            name="uuid",
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
        ),
        migrations.AddField(
            model_name="action",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="action",
            name="weight",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="Weight"),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="completed_on",
            field=models.DateField(blank=True, null=True, verbose_name="Completed on"),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="End"),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="instrument_type",
            field=models.CharField(
                blank=True,
                choices=[
                    ("growth_jobs", "programme of investment for growth and jobs"),
                    ("territorial", "programme of territorial cooperation"),
                    ("regional", "other regional instrument"),
                    ("national", "national instrument"),
                    ("european", "European instrument"),
                ],
                max_length=12,
                verbose_name="Type of instrument",
            ),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="kind",
            field=models.CharField(
                choices=[("action_plan", "action plan"), ("strategy", "strategy")],
                default="action_plan",
                max_length=11,
            ),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="left_out",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("european", "European"),
                    ("macro_regional", "macro-regional"),
                    ("national", "national"),
                    ("regional", "regional"),
                ],
                max_length=14,
                verbose_name="Level",
            ),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="policy.actionplan",
            ),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="policy_instrument",
            field=models.CharField(blank=True, max_length=200, verbose_name="Policy instrument"),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="regions",
            field=models.ManyToManyField(blank=True, related_name="+", to="territory.region"),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="reporting_days",
            field=models.PositiveSmallIntegerField(
                default=182, verbose_name="Days between two reports"
            ),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="signed_off_keys",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="signed_off_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="source_language",
            field=models.CharField(
                choices=alpclusters.platform.languages.codes.language_choices,
                default="en",
                max_length=2,
                verbose_name="Language of the original",
            ),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="starts_on",
            field=models.DateField(blank=True, null=True, verbose_name="Start"),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="time_zone",
            field=models.CharField(default="Europe/Vienna", max_length=40),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="uuid",
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
        ),
        migrations.AddField(
            model_name="finding",
            name="certainty",
            field=models.CharField(blank=True, max_length=1),
        ),
        migrations.AddField(
            model_name="finding",
            name="direction",
            field=models.CharField(
                choices=[("supports", "supports"), ("against", "against"), ("neutral", "neutral")],
                default="supports",
                max_length=8,
                verbose_name="Direction",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="kind",
            field=models.CharField(
                choices=[
                    ("rating", "ratings"),
                    ("lesson", "lesson"),
                    ("network", "network"),
                    ("funding", "funding"),
                    ("consultation", "consultation"),
                ],
                default="rating",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="lesson",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="evidence.lesson",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="network",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="network.networksnapshot",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="regions",
            field=models.ManyToManyField(blank=True, related_name="+", to="territory.region"),
        ),
        migrations.AddField(
            model_name="finding",
            name="statement",
            field=models.TextField(blank=True, max_length=1000, verbose_name="Statement"),
        ),
        migrations.AddField(
            model_name="finding",
            name="statement_de",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Statement"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="statement_en",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Statement"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="statement_fr",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Statement"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="statement_it",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Statement"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="statement_sl",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Statement"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="superseded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="supersedes",
                to="policy.finding",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="uuid",
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
        ),
        migrations.AddField(
            model_name="finding",
            name="valid_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="accepted_on",
            field=models.DateField(blank=True, null=True, verbose_name="Accepted on"),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="background",
            field=models.TextField(blank=True, max_length=4000, verbose_name="Background"),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="background_de",
            field=models.TextField(
                blank=True, max_length=4000, null=True, verbose_name="Background"
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="background_en",
            field=models.TextField(
                blank=True, max_length=4000, null=True, verbose_name="Background"
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="background_fr",
            field=models.TextField(
                blank=True, max_length=4000, null=True, verbose_name="Background"
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="background_it",
            field=models.TextField(
                blank=True, max_length=4000, null=True, verbose_name="Background"
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="background_sl",
            field=models.TextField(
                blank=True, max_length=4000, null=True, verbose_name="Background"
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="critical",
            field=models.BooleanField(default=False, verbose_name="Critical"),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="done_on",
            field=models.DateField(blank=True, null=True, verbose_name="Done on"),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="reason_not_done",
            field=models.TextField(blank=True, max_length=1000, verbose_name="Reason why not"),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="reason_not_done_de",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Reason why not"
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="reason_not_done_en",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Reason why not"
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="reason_not_done_fr",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Reason why not"
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="reason_not_done_it",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Reason why not"
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="reason_not_done_sl",
            field=models.TextField(
                blank=True, max_length=1000, null=True, verbose_name="Reason why not"
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="stopped_on",
            field=models.DateField(blank=True, null=True, verbose_name="Stopped on"),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="uuid",
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="weight",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="Weight"),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="completed_on",
            field=models.DateField(blank=True, null=True, verbose_name="Completed on"),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="End"),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="instrument_type",
            field=models.CharField(
                blank=True,
                choices=[
                    ("growth_jobs", "programme of investment for growth and jobs"),
                    ("territorial", "programme of territorial cooperation"),
                    ("regional", "other regional instrument"),
                    ("national", "national instrument"),
                    ("european", "European instrument"),
                ],
                max_length=12,
                verbose_name="Type of instrument",
            ),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="kind",
            field=models.CharField(
                choices=[("action_plan", "action plan"), ("strategy", "strategy")],
                default="action_plan",
                max_length=11,
            ),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="left_out",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("european", "European"),
                    ("macro_regional", "macro-regional"),
                    ("national", "national"),
                    ("regional", "regional"),
                ],
                max_length=14,
                verbose_name="Level",
            ),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="policy.actionplan",
            ),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="policy_instrument",
            field=models.CharField(blank=True, max_length=200, verbose_name="Policy instrument"),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="reporting_days",
            field=models.PositiveSmallIntegerField(
                default=182, verbose_name="Days between two reports"
            ),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="signed_off_keys",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="signed_off_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="source_language",
            field=models.CharField(
                choices=alpclusters.platform.languages.codes.language_choices,
                default="en",
                max_length=2,
                verbose_name="Language of the original",
            ),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="starts_on",
            field=models.DateField(blank=True, null=True, verbose_name="Start"),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="time_zone",
            field=models.CharField(default="Europe/Vienna", max_length=40),
        ),
        migrations.AddField(
            model_name="historicalactionplan",
            name="uuid",
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="cost_band",
            field=models.CharField(
                choices=[
                    ("none", "no cost"),
                    ("under_50k", "under 50,000 euros"),
                    ("from_50k", "50,000 to 250,000 euros"),
                    ("from_250k", "250,000 to 1 million euros"),
                    ("over_1m", "more than 1 million euros"),
                    ("unknown", "not known"),
                ],
                default="unknown",
                max_length=9,
                verbose_name="Cost",
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="decided_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="denominator",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "not decided"),
                    ("confirmed", "confirmed"),
                    ("declined", "declined"),
                    ("declared", "declared without numbers"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="denominator_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="expected_effect",
            field=models.TextField(blank=True, max_length=2000, verbose_name="Expected effect"),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="expected_effect_de",
            field=models.TextField(
                blank=True, max_length=2000, null=True, verbose_name="Expected effect"
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="expected_effect_en",
            field=models.TextField(
                blank=True, max_length=2000, null=True, verbose_name="Expected effect"
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="expected_effect_fr",
            field=models.TextField(
                blank=True, max_length=2000, null=True, verbose_name="Expected effect"
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="expected_effect_it",
            field=models.TextField(
                blank=True, max_length=2000, null=True, verbose_name="Expected effect"
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="expected_effect_sl",
            field=models.TextField(
                blank=True, max_length=2000, null=True, verbose_name="Expected effect"
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="horizon",
            field=models.CharField(
                blank=True,
                choices=[
                    ("short", "short: up to 12 months"),
                    ("medium", "medium: up to 36 months"),
                    ("long", "long: more than 36 months"),
                ],
                max_length=6,
                verbose_name="Horizon",
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="instrument",
            field=models.CharField(
                blank=True,
                choices=[
                    ("grant", "grant"),
                    ("loan", "loan"),
                    ("voucher", "voucher"),
                    ("service", "service"),
                    ("regulation", "regulation"),
                    ("network", "network"),
                    ("information", "information"),
                    ("procurement", "procurement"),
                    ("governance", "governance"),
                ],
                max_length=12,
                verbose_name="Policy instrument",
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="no_action_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="problem",
            field=models.TextField(blank=True, max_length=4000, verbose_name="Problem"),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="problem_de",
            field=models.TextField(blank=True, max_length=4000, null=True, verbose_name="Problem"),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="problem_en",
            field=models.TextField(blank=True, max_length=4000, null=True, verbose_name="Problem"),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="problem_fr",
            field=models.TextField(blank=True, max_length=4000, null=True, verbose_name="Problem"),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="problem_it",
            field=models.TextField(blank=True, max_length=4000, null=True, verbose_name="Problem"),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="problem_sl",
            field=models.TextField(blank=True, max_length=4000, null=True, verbose_name="Problem"),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="region",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="territory.region",
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="rejected_reason_de",
            field=models.CharField(
                blank=True, max_length=500, null=True, verbose_name="Reason for the rejection"
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="rejected_reason_en",
            field=models.CharField(
                blank=True, max_length=500, null=True, verbose_name="Reason for the rejection"
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="rejected_reason_fr",
            field=models.CharField(
                blank=True, max_length=500, null=True, verbose_name="Reason for the rejection"
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="rejected_reason_it",
            field=models.CharField(
                blank=True, max_length=500, null=True, verbose_name="Reason for the rejection"
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="rejected_reason_sl",
            field=models.CharField(
                blank=True, max_length=500, null=True, verbose_name="Reason for the rejection"
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="source_language",
            field=models.CharField(
                choices=alpclusters.platform.languages.codes.language_choices,
                default="en",
                max_length=2,
                verbose_name="Language of the original",
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="state_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="strength_override",
            field=models.CharField(
                blank=True,
                choices=[
                    ("strong", "strong"),
                    ("conditional", "conditional"),
                    ("exploratory", "exploratory"),
                    ("not_supported", "not supported"),
                    ("not_assessable", "cannot be assessed"),
                ],
                max_length=14,
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="strength_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="policy.recommendation",
            ),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="theme",
            field=models.CharField(blank=True, max_length=80, verbose_name="Theme"),
        ),
        migrations.AddField(
            model_name="historicalrecommendation",
            name="uuid",
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="conflicts_with",
            field=models.ManyToManyField(blank=True, to="policy.recommendation"),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="cost_band",
            field=models.CharField(
                choices=[
                    ("none", "no cost"),
                    ("under_50k", "under 50,000 euros"),
                    ("from_50k", "50,000 to 250,000 euros"),
                    ("from_250k", "250,000 to 1 million euros"),
                    ("over_1m", "more than 1 million euros"),
                    ("unknown", "not known"),
                ],
                default="unknown",
                max_length=9,
                verbose_name="Cost",
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="decided_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="denominator",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "not decided"),
                    ("confirmed", "confirmed"),
                    ("declined", "declined"),
                    ("declared", "declared without numbers"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="denominator_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="expected_effect",
            field=models.TextField(blank=True, max_length=2000, verbose_name="Expected effect"),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="expected_effect_de",
            field=models.TextField(
                blank=True, max_length=2000, null=True, verbose_name="Expected effect"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="expected_effect_en",
            field=models.TextField(
                blank=True, max_length=2000, null=True, verbose_name="Expected effect"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="expected_effect_fr",
            field=models.TextField(
                blank=True, max_length=2000, null=True, verbose_name="Expected effect"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="expected_effect_it",
            field=models.TextField(
                blank=True, max_length=2000, null=True, verbose_name="Expected effect"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="expected_effect_sl",
            field=models.TextField(
                blank=True, max_length=2000, null=True, verbose_name="Expected effect"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="horizon",
            field=models.CharField(
                blank=True,
                choices=[
                    ("short", "short: up to 12 months"),
                    ("medium", "medium: up to 36 months"),
                    ("long", "long: more than 36 months"),
                ],
                max_length=6,
                verbose_name="Horizon",
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="instrument",
            field=models.CharField(
                blank=True,
                choices=[
                    ("grant", "grant"),
                    ("loan", "loan"),
                    ("voucher", "voucher"),
                    ("service", "service"),
                    ("regulation", "regulation"),
                    ("network", "network"),
                    ("information", "information"),
                    ("procurement", "procurement"),
                    ("governance", "governance"),
                ],
                max_length=12,
                verbose_name="Policy instrument",
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="no_action_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="problem",
            field=models.TextField(blank=True, max_length=4000, verbose_name="Problem"),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="problem_de",
            field=models.TextField(blank=True, max_length=4000, null=True, verbose_name="Problem"),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="problem_en",
            field=models.TextField(blank=True, max_length=4000, null=True, verbose_name="Problem"),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="problem_fr",
            field=models.TextField(blank=True, max_length=4000, null=True, verbose_name="Problem"),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="problem_it",
            field=models.TextField(blank=True, max_length=4000, null=True, verbose_name="Problem"),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="problem_sl",
            field=models.TextField(blank=True, max_length=4000, null=True, verbose_name="Problem"),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.region",
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="rejected_reason_de",
            field=models.CharField(
                blank=True, max_length=500, null=True, verbose_name="Reason for the rejection"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="rejected_reason_en",
            field=models.CharField(
                blank=True, max_length=500, null=True, verbose_name="Reason for the rejection"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="rejected_reason_fr",
            field=models.CharField(
                blank=True, max_length=500, null=True, verbose_name="Reason for the rejection"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="rejected_reason_it",
            field=models.CharField(
                blank=True, max_length=500, null=True, verbose_name="Reason for the rejection"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="rejected_reason_sl",
            field=models.CharField(
                blank=True, max_length=500, null=True, verbose_name="Reason for the rejection"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="source_language",
            field=models.CharField(
                choices=alpclusters.platform.languages.codes.language_choices,
                default="en",
                max_length=2,
                verbose_name="Language of the original",
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="state_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="strength_override",
            field=models.CharField(
                blank=True,
                choices=[
                    ("strong", "strong"),
                    ("conditional", "conditional"),
                    ("exploratory", "exploratory"),
                    ("not_supported", "not supported"),
                    ("not_assessable", "cannot be assessed"),
                ],
                max_length=14,
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="strength_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="predecessors",
                to="policy.recommendation",
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="theme",
            field=models.CharField(blank=True, max_length=80, verbose_name="Theme"),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="uuid",
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
        ),
        migrations.AlterField(
            model_name="finding",
            name="cannot_judge_share",
            field=models.FloatField(null=True),
        ),
        migrations.AlterField(
            model_name="finding",
            name="convention",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name="finding",
            name="criterion",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cafe.criterion",
            ),
        ),
        migrations.AlterField(
            model_name="finding",
            name="measure",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="measures.measure",
            ),
        ),
        migrations.AlterField(
            model_name="finding",
            name="n",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="finding",
            name="snapshot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="evaluation.snapshot",
            ),
        ),
        migrations.AlterField(
            model_name="historicalrecommendation",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("in_consultation", "in consultation"),
                    ("revised", "revised"),
                    ("adopted", "adopted"),
                    ("rejected", "rejected"),
                    ("published", "published"),
                    ("superseded", "superseded"),
                    ("withdrawn", "withdrawn"),
                ],
                default="draft",
                max_length=15,
            ),
        ),
        migrations.AlterField(
            model_name="recommendation",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("in_consultation", "in consultation"),
                    ("revised", "revised"),
                    ("adopted", "adopted"),
                    ("rejected", "rejected"),
                    ("published", "published"),
                    ("superseded", "superseded"),
                    ("withdrawn", "withdrawn"),
                ],
                default="draft",
                max_length=15,
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="plan_ends_after_start",
            ),
        ),
        migrations.AddField(
            model_name="adoption",
            name="region",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.region"
            ),
        ),
        migrations.AddField(
            model_name="adoptionstep",
            name="adoption",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="policy.adoption",
            ),
        ),
        migrations.AddField(
            model_name="adoptionstep",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="recommendation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="policy.recommendation",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="consultations",
                to="partnership.project",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="recommendations",
            field=models.ManyToManyField(related_name="consultations", to="policy.recommendation"),
        ),
        migrations.AddField(
            model_name="comment",
            name="consultation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="policy.consultation",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="consultation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="policy.consultation",
            ),
        ),
        migrations.AddField(
            model_name="consultationinvitation",
            name="consultation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="policy.consultation",
            ),
        ),
        migrations.AddField(
            model_name="cost",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="costs",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="dependency",
            name="after",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="dependencies",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="dependency",
            name="before",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="dependants",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="draftingbody",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actors.organisation",
            ),
        ),
        migrations.AddField(
            model_name="draftingbody",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drafting_bodies",
                to="policy.actionplan",
            ),
        ),
        migrations.AddField(
            model_name="editdraft",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="policy_drafts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="endorsement",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="endorsements",
                to="policy.actionplan",
            ),
        ),
        migrations.AddField(
            model_name="endorsement",
            name="recommendation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="endorsements",
                to="policy.recommendation",
            ),
        ),
        migrations.AddField(
            model_name="endorsement",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="endorsement",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.region",
            ),
        ),
        migrations.AddField(
            model_name="fundingline",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="funding",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="historicalfinding",
            name="consultation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="policy.consultation",
            ),
        ),
        migrations.AddField(
            model_name="historicalfinding",
            name="criterion",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="cafe.criterion",
            ),
        ),
        migrations.AddField(
            model_name="historicalfinding",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalfinding",
            name="lesson",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="evidence.lesson",
            ),
        ),
        migrations.AddField(
            model_name="historicalfinding",
            name="measure",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="measures.measure",
            ),
        ),
        migrations.AddField(
            model_name="historicalfinding",
            name="network",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="network.networksnapshot",
            ),
        ),
        migrations.AddField(
            model_name="historicalfinding",
            name="project",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="partnership.project",
            ),
        ),
        migrations.AddField(
            model_name="historicalfinding",
            name="snapshot",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="evaluation.snapshot",
            ),
        ),
        migrations.AddField(
            model_name="historicalfinding",
            name="superseded_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="policy.finding",
            ),
        ),
        migrations.AddField(
            model_name="historicalindicator",
            name="action",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="historicalindicator",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalindicator",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="policy.actionplan",
            ),
        ),
        migrations.AddField(
            model_name="historicaljointapproach",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicaljointapproach",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicaljointapproach",
            name="project",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="partnership.project",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="action",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="indicators",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="indicator",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="indicators",
                to="policy.actionplan",
            ),
        ),
        migrations.AddField(
            model_name="indicatorvalue",
            name="indicator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="values",
                to="policy.indicator",
            ),
        ),
        migrations.AddField(
            model_name="indicatorvalue",
            name="reported_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="jointapproach",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="jointapproach",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="joint_approaches",
                to="partnership.project",
            ),
        ),
        migrations.AddField(
            model_name="jointapproach",
            name="recommendations",
            field=models.ManyToManyField(
                blank=True, related_name="approaches", to="policy.recommendation"
            ),
        ),
        migrations.AddField(
            model_name="adoption",
            name="approach",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="adoptions",
                to="policy.jointapproach",
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="milestones",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="monitoringround",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rounds",
                to="policy.actionplan",
            ),
        ),
        migrations.AddField(
            model_name="indicatorvalue",
            name="round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="values",
                to="policy.monitoringround",
            ),
        ),
        migrations.AddField(
            model_name="override",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="overrides",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="override",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="plansnapshot",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="policy.plansnapshot",
            ),
        ),
        migrations.AddField(
            model_name="plansnapshot",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="snapshots",
                to="policy.actionplan",
            ),
        ),
        migrations.AddField(
            model_name="plansnapshot",
            name="round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="snapshots",
                to="policy.monitoringround",
            ),
        ),
        migrations.AddField(
            model_name="player",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="players",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="progressreport",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reports",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="progressreport",
            name="reported_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="progressreport",
            name="round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports",
                to="policy.monitoringround",
            ),
        ),
        migrations.AddField(
            model_name="reportlink",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="report_links",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="reportlink",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="policy.monitoringround",
            ),
        ),
        migrations.AddField(
            model_name="risk",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="risks",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="pilot",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="solutions",
                to="policy.action",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="solutions",
                to="partnership.project",
            ),
        ),
        migrations.AddField(
            model_name="solutionbody",
            name="solution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bodies",
                to="policy.solution",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="indicator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="targets",
                to="policy.indicator",
            ),
        ),
        migrations.AddField(
            model_name="textreview",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["consultation", "state"], name="policy_comm_consult_bec766_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="consultationinvitation",
            constraint=models.UniqueConstraint(
                fields=("consultation", "email"), name="invited_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="dependency",
            constraint=models.UniqueConstraint(fields=("before", "after"), name="dependency_once"),
        ),
        migrations.AddConstraint(
            model_name="dependency",
            constraint=models.CheckConstraint(
                condition=models.Q(("before", models.F("after")), _negated=True),
                name="dependency_of_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftingbody",
            constraint=models.UniqueConstraint(fields=("plan", "name"), name="drafting_body_once"),
        ),
        migrations.AddConstraint(
            model_name="editdraft",
            constraint=models.UniqueConstraint(
                fields=("user", "thing", "thing_id"), name="edit_draft_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("plan__isnull", True), ("recommendation__isnull", False)),
                    models.Q(("plan__isnull", False), ("recommendation__isnull", True)),
                    _connector="OR",
                ),
                name="endorsement_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.UniqueConstraint(
                fields=("recommendation", "body"), name="recommendation_endorsed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.UniqueConstraint(fields=("plan", "body"), name="plan_endorsed_once"),
        ),
        migrations.AddConstraint(
            model_name="jointapproach",
            constraint=models.UniqueConstraint(
                fields=("project", "code"), name="approach_code_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="adoption",
            constraint=models.UniqueConstraint(fields=("approach", "region"), name="adoption_once"),
        ),
        migrations.AddConstraint(
            model_name="monitoringround",
            constraint=models.UniqueConstraint(
                fields=("plan", "number"), name="monitoring_round_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringround",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gt", models.F("opens_on"))),
                name="monitoring_round_closes_later",
            ),
        ),
        migrations.AddIndex(
            model_name="indicatorvalue",
            index=models.Index(
                fields=["indicator", "status", "refers_to"], name="policy_indi_indicat_89cda2_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="plansnapshot",
            constraint=models.UniqueConstraint(
                fields=("plan", "number"), name="plan_snapshot_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="progressreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("progress__isnull", True),
                    models.Q(("progress__gte", 0.0), ("progress__lte", 1.0)),
                    _connector="OR",
                ),
                name="progress_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportlink",
            constraint=models.UniqueConstraint(fields=("round", "action"), name="report_link_once"),
        ),
        migrations.AddConstraint(
            model_name="solutionbody",
            constraint=models.UniqueConstraint(
                fields=("solution", "name", "part"), name="solution_body_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(fields=("indicator", "due"), name="target_once"),
        ),
        migrations.AddConstraint(
            model_name="textreview",
            constraint=models.UniqueConstraint(
                fields=("thing", "thing_id", "field", "language"), name="text_review_once"
            ),
        ),
    ]

import alpclusters.platform.languages.codes
import alpclusters.platform.languages.text
import alpclusters.platform.tables
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("actors", "0001_initial"),
        ("cafe", "0001_initial"),
        ("evaluation", "0001_initial"),
        ("evidence", "0001_initial"),
        ("funding", "0001_initial"),
        ("measures", "0001_initial"),
        ("network", "0001_initial"),
        ("partnership", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        alpclusters.platform.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Action",
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
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
                        ("code", models.CharField(max_length=8, verbose_name="Code")),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=160, verbose_name="Title"
                            ),
                        ),
                        (
                            "background",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=4000, verbose_name="Background"
                            ),
                        ),
                        (
                            "description",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=4000, verbose_name="Description"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
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
                        (
                            "responsible",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Responsible body"
                            ),
                        ),
                        (
                            "accepted_on",
                            models.DateField(blank=True, null=True, verbose_name="Accepted on"),
                        ),
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="Start"),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="End")),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="Done on"),
                        ),
                        (
                            "stopped_on",
                            models.DateField(blank=True, null=True, verbose_name="Stopped on"),
                        ),
                        (
                            "reason_not_done",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=1000, verbose_name="Reason why not"
                            ),
                        ),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(default=1, verbose_name="Weight"),
                        ),
                        ("critical", models.BooleanField(default=False, verbose_name="Critical")),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "regions",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="territory.region",
                                verbose_name="Regions",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="actions",
                                to="policy.actionplan",
                            ),
                        ),
                        (
                            "recommendations",
                            models.ManyToManyField(
                                related_name="actions",
                                to="policy.recommendation",
                                verbose_name="Recommendations",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "code"), name="action_code_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("starts_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="action_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionCase",
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
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="case_ties",
                                to="policy.action",
                            ),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="action_tie",
                                to="funding.fundingcase",
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
                    name="ActionPlan",
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
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
                        ("slug", models.SlugField(unique=True)),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=160, verbose_name="Title"
                            ),
                        ),
                        (
                            "summary",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="Summary"
                            ),
                        ),
                        (
                            "source_language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                default="en",
                                max_length=2,
                                verbose_name="Language of the original",
                            ),
                        ),
                        (
                            "publisher",
                            models.CharField(blank=True, max_length=200, verbose_name="Publisher"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("action_plan", "action plan"), ("strategy", "strategy")],
                                default="action_plan",
                                max_length=11,
                                verbose_name="Kind",
                            ),
                        ),
                        (
                            "policy_instrument",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Policy instrument"
                            ),
                        ),
                        (
                            "instrument_type",
                            models.CharField(
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
                        (
                            "level",
                            models.CharField(
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
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="Start"),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="End")),
                        (
                            "completed_on",
                            models.DateField(blank=True, null=True, verbose_name="Completed on"),
                        ),
                        ("time_zone", models.CharField(default="Europe/Vienna", max_length=40)),
                        (
                            "reporting_days",
                            models.PositiveSmallIntegerField(
                                default=182, verbose_name="Days between two reports"
                            ),
                        ),
                        ("signed_off_reason", models.CharField(blank=True, max_length=500)),
                        ("signed_off_keys", models.JSONField(blank=True, default=list)),
                        ("left_out", models.JSONField(blank=True, default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("published", "published")],
                                default="draft",
                                max_length=9,
                                verbose_name="State",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
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
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="policy.actionplan",
                                verbose_name="Plan above it",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plans",
                                to="partnership.project",
                            ),
                        ),
                        (
                            "regions",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="territory.region",
                                verbose_name="Regions",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-published_at", "-pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("starts_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="plan_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Adoption",
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
                        ("body", models.CharField(blank=True, max_length=200, verbose_name="Body")),
                        (
                            "task",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="What it adopts"
                            ),
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
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
                            ),
                        ),
                        (
                            "approach",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="adoptions",
                                to="policy.jointapproach",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("approach", "region"), name="adoption_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdoptionStep",
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
                            models.URLField(
                                blank=True, max_length=500, verbose_name="Decision (address)"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=500, verbose_name="Reason"),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "adoption",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="policy.adoption",
                            ),
                        ),
                        (
                            "recorded_by",
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
                        "ordering": ["happened_on", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
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
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=160, verbose_name="Title"
                            ),
                        ),
                        (
                            "introduction",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="Introduction"
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
                        (
                            "opens_on",
                            models.DateField(blank=True, null=True, verbose_name="Opens on"),
                        ),
                        (
                            "closes_on",
                            models.DateField(blank=True, null=True, verbose_name="Closes on"),
                        ),
                        ("versions", models.JSONField(blank=True, default=dict)),
                        ("texts", models.JSONField(blank=True, default=dict)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
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
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consultations",
                                to="partnership.project",
                            ),
                        ),
                        (
                            "recommendations",
                            models.ManyToManyField(
                                related_name="consultations", to="policy.recommendation"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-opens_on", "-pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationInvitation",
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
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="policy.consultation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "email"), name="invited_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cost",
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
                        ("amount_cents", models.PositiveBigIntegerField(verbose_name="Amount")),
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
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="costs",
                                to="policy.action",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["year", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Dependency",
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
                            "lag_days",
                            models.SmallIntegerField(default=0, verbose_name="Days between"),
                        ),
                        (
                            "after",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dependencies",
                                to="policy.action",
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dependants",
                                to="policy.action",
                                verbose_name="Action that has to end first",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("before", "after"), name="dependency_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("before", models.F("after")), _negated=True),
                                name="dependency_of_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftingBody",
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
                        ("name", models.CharField(max_length=200, verbose_name="Body")),
                        ("country", models.CharField(max_length=2, verbose_name="Country")),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafting_bodies",
                                to="policy.actionplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "name"), name="drafting_body_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EditDraft",
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
                        ("thing", models.CharField(max_length=16)),
                        ("thing_id", models.PositiveBigIntegerField()),
                        ("base_version", models.PositiveIntegerField()),
                        ("base", models.JSONField(default=dict)),
                        ("values", models.JSONField(default=dict)),
                        ("is_conflict", models.BooleanField(default=False)),
                        ("saved_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="policy_drafts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-saved_at"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "thing", "thing_id"), name="edit_draft_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Endorsement",
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
                        ("body", models.CharField(max_length=200, verbose_name="Body")),
                        (
                            "country",
                            models.CharField(blank=True, max_length=2, verbose_name="Country"),
                        ),
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
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="Reservation"
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=1000, verbose_name="Reason"),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                choices=alpclusters.platform.languages.codes.language_choices,
                                max_length=2,
                            ),
                        ),
                        (
                            "decided_on",
                            models.DateField(blank=True, null=True, verbose_name="Date"),
                        ),
                        (
                            "document",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="Decision (address)"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(blank=True, null=True)),
                        ("text_on", models.DateField(blank=True, null=True)),
                        (
                            "text_digest",
                            models.CharField(blank=True, db_default="", default="", max_length=64),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="endorsements",
                                to="policy.actionplan",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "recommendation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="endorsements",
                                to="policy.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("plan__isnull", True), ("recommendation__isnull", False)
                                    ),
                                    models.Q(
                                        ("plan__isnull", False), ("recommendation__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="endorsement_of_one_thing",
                            ),
                            models.UniqueConstraint(
                                fields=("recommendation", "body"),
                                name="recommendation_endorsed_once",
                            ),
                            models.UniqueConstraint(
                                fields=("plan", "body"), name="plan_endorsed_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EndorsementStep",
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
                            "before",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("invited", "invited"),
                                    ("seen", "seen"),
                                    ("endorsed", "endorsed"),
                                    ("reserved", "endorsed with a reservation"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "after",
                            models.CharField(
                                choices=[
                                    ("invited", "invited"),
                                    ("seen", "seen"),
                                    ("endorsed", "endorsed"),
                                    ("reserved", "endorsed with a reservation"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                ],
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
                            ),
                        ),
                        (
                            "mandate",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Function and mandate"
                            ),
                        ),
                        (
                            "decided_on",
                            models.DateField(blank=True, null=True, verbose_name="Date"),
                        ),
                        (
                            "reservation",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="Reservation"
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=1000, verbose_name="Reason"),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                choices=alpclusters.platform.languages.codes.language_choices,
                                max_length=2,
                            ),
                        ),
                        (
                            "document",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="Decision (address)"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(blank=True, null=True)),
                        ("text_on", models.DateField(blank=True, null=True)),
                        (
                            "text_digest",
                            models.CharField(blank=True, db_default="", default="", max_length=64),
                        ),
                        ("by_link", models.BooleanField(default=False)),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("administrator", "Administrator"),
                                    ("partner_coordinator", "Partner coordinator"),
                                    ("facilitator", "Facilitator"),
                                    ("evidence_coder", "Evidence coder"),
                                    ("policy_maker", "Policy maker"),
                                    ("cluster_manager", "Cluster manager"),
                                    ("member", "Member"),
                                    ("data_officer", "Data protection officer"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "endorsement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="policy.endorsement",
                            ),
                        ),
                        (
                            "recorded_by",
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
                        "ordering": ["recorded_at", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
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
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
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
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=1000, verbose_name="Statement"
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
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "consultation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="policy.consultation",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cafe.criterion",
                            ),
                        ),
                        (
                            "lesson",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="evidence.lesson",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="measures.measure",
                            ),
                        ),
                        (
                            "mix",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="funding.mixrun",
                            ),
                        ),
                        (
                            "network",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="network.networksnapshot",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="partnership.project",
                            ),
                        ),
                        (
                            "regions",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="territory.region"
                            ),
                        ),
                        (
                            "snapshot",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="evaluation.snapshot",
                            ),
                        ),
                        (
                            "superseded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="supersedes",
                                to="policy.finding",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("snapshot", "measure", "criterion"), name="finding_once"
                            ),
                            models.UniqueConstraint(
                                fields=("project", "code"), name="finding_code_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("criterion__isnull", False),
                                        ("kind", "rating"),
                                        ("measure__isnull", False),
                                        ("n__isnull", False),
                                        ("snapshot__isnull", False),
                                    ),
                                    models.Q(("kind", "lesson"), ("lesson__isnull", False)),
                                    models.Q(("kind", "network"), ("network__isnull", False)),
                                    models.Q(("kind", "funding"), ("mix__isnull", False)),
                                    models.Q(
                                        ("consultation__isnull", False), ("kind", "consultation")
                                    ),
                                    _connector="OR",
                                ),
                                name="finding_has_its_source",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FundingLine",
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
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("source", models.CharField(max_length=200, verbose_name="Source")),
                        ("amount_cents", models.PositiveBigIntegerField(verbose_name="Amount")),
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
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="funding",
                                to="policy.action",
                            ),
                        ),
                        (
                            "offer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="funding.offer",
                                verbose_name="Offer",
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
                    name="GivenHash",
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
                        ("is_simulated", models.BooleanField(default=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("report", "Report"), ("document", "Document")],
                                max_length=8,
                            ),
                        ),
                        ("digest", models.CharField(db_index=True, max_length=64)),
                        ("number", models.PositiveIntegerField()),
                        ("name", models.CharField(blank=True, max_length=200)),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                choices=alpclusters.platform.languages.codes.language_choices,
                                max_length=2,
                            ),
                        ),
                        ("version", models.CharField(blank=True, max_length=20)),
                        ("text_on", models.DateField(blank=True, null=True)),
                        ("as_of", models.DateField(blank=True, null=True)),
                        ("given_at", models.DateTimeField()),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="given_hashes",
                                to="policy.actionplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "kind", "digest"), name="hash_given_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAction",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
                        ("code", models.CharField(max_length=8, verbose_name="Code")),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=160, verbose_name="Title"
                            ),
                        ),
                        (
                            "background",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=4000, verbose_name="Background"
                            ),
                        ),
                        (
                            "description",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=4000, verbose_name="Description"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
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
                        (
                            "responsible",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Responsible body"
                            ),
                        ),
                        (
                            "accepted_on",
                            models.DateField(blank=True, null=True, verbose_name="Accepted on"),
                        ),
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="Start"),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="End")),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="Done on"),
                        ),
                        (
                            "stopped_on",
                            models.DateField(blank=True, null=True, verbose_name="Stopped on"),
                        ),
                        (
                            "reason_not_done",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=1000, verbose_name="Reason why not"
                            ),
                        ),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(default=1, verbose_name="Weight"),
                        ),
                        ("critical", models.BooleanField(default=False, verbose_name="Critical")),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="policy.actionplan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical action",
                        "verbose_name_plural": "historical actions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalActionPlan",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
                        ("slug", models.SlugField()),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=160, verbose_name="Title"
                            ),
                        ),
                        (
                            "summary",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="Summary"
                            ),
                        ),
                        (
                            "source_language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                default="en",
                                max_length=2,
                                verbose_name="Language of the original",
                            ),
                        ),
                        (
                            "publisher",
                            models.CharField(blank=True, max_length=200, verbose_name="Publisher"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("action_plan", "action plan"), ("strategy", "strategy")],
                                default="action_plan",
                                max_length=11,
                                verbose_name="Kind",
                            ),
                        ),
                        (
                            "policy_instrument",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Policy instrument"
                            ),
                        ),
                        (
                            "instrument_type",
                            models.CharField(
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
                        (
                            "level",
                            models.CharField(
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
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="Start"),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="End")),
                        (
                            "completed_on",
                            models.DateField(blank=True, null=True, verbose_name="Completed on"),
                        ),
                        ("time_zone", models.CharField(default="Europe/Vienna", max_length=40)),
                        (
                            "reporting_days",
                            models.PositiveSmallIntegerField(
                                default=182, verbose_name="Days between two reports"
                            ),
                        ),
                        ("signed_off_reason", models.CharField(blank=True, max_length=500)),
                        ("signed_off_keys", models.JSONField(blank=True, default=list)),
                        ("left_out", models.JSONField(blank=True, default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("published", "published")],
                                default="draft",
                                max_length=9,
                                verbose_name="State",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(blank=True, editable=False)),
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
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="policy.actionplan",
                                verbose_name="Plan above it",
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
                        "verbose_name": "historical action plan",
                        "verbose_name_plural": "historical action plans",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
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
                        (
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
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
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=1000, verbose_name="Statement"
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
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                            "consultation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="policy.consultation",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cafe.criterion",
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
                            "lesson",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evidence.lesson",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="measures.measure",
                            ),
                        ),
                        (
                            "mix",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="funding.mixrun",
                            ),
                        ),
                        (
                            "network",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="network.networksnapshot",
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
                        (
                            "snapshot",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="evaluation.snapshot",
                            ),
                        ),
                        (
                            "superseded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="policy.finding",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical finding",
                        "verbose_name_plural": "historical findings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
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
                        (
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
                        ("code", models.CharField(blank=True, max_length=12, verbose_name="Code")),
                        (
                            "name",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=200, verbose_name="Indicator"
                            ),
                        ),
                        (
                            "unit",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=40, verbose_name="Unit"
                            ),
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
                                verbose_name="Path to the target",
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
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=200, verbose_name="Source of the values"
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
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                                max_length=1,
                            ),
                        ),
                        (
                            "action",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="policy.action",
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
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="policy.actionplan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical indicator",
                        "verbose_name_plural": "historical indicators",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
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
                        (
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
                        ("code", models.CharField(max_length=8, verbose_name="Code")),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=160, verbose_name="Title"
                            ),
                        ),
                        (
                            "objective",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="Shared aim"
                            ),
                        ),
                        (
                            "coordinator",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Coordinating body"
                            ),
                        ),
                        ("is_public", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(blank=True, editable=False)),
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
                        "verbose_name": "historical joint approach",
                        "verbose_name_plural": "historical joint approachs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Indicator",
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
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
                        ("code", models.CharField(blank=True, max_length=12, verbose_name="Code")),
                        (
                            "name",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=200, verbose_name="Indicator"
                            ),
                        ),
                        (
                            "unit",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=40, verbose_name="Unit"
                            ),
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
                                verbose_name="Path to the target",
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
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=200, verbose_name="Source of the values"
                            ),
                        ),
                        (
                            "frequency_days",
                            models.PositiveSmallIntegerField(
                                default=365, verbose_name="Days between two values"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "action",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicators",
                                to="policy.action",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicators",
                                to="policy.actionplan",
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
                    name="JointApproach",
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
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
                        ("code", models.CharField(max_length=8, verbose_name="Code")),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=160, verbose_name="Title"
                            ),
                        ),
                        (
                            "objective",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="Shared aim"
                            ),
                        ),
                        (
                            "coordinator",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Coordinating body"
                            ),
                        ),
                        ("is_public", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
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
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="joint_approaches",
                                to="partnership.project",
                            ),
                        ),
                        (
                            "recommendations",
                            models.ManyToManyField(
                                blank=True, related_name="approaches", to="policy.recommendation"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "code"), name="approach_code_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
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
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=200, verbose_name="Milestone"
                            ),
                        ),
                        ("due", models.DateField(verbose_name="Due")),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(default=1, verbose_name="Weight"),
                        ),
                        ("critical", models.BooleanField(default=False, verbose_name="Critical")),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="Reached on"),
                        ),
                        (
                            "evidence",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="Proof (address)"
                            ),
                        ),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="milestones",
                                to="policy.action",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="MonitoringRound",
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
                        ("opens_on", models.DateField(verbose_name="Opens on")),
                        ("closes_on", models.DateField(verbose_name="Closes on")),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rounds",
                                to="policy.actionplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "number"), name="monitoring_round_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_on__gt", models.F("opens_on"))),
                                name="monitoring_round_closes_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorValue",
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
                        ("refers_to", models.DateField(verbose_name="Date")),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=4, max_digits=18, verbose_name="Value"
                            ),
                        ),
                        ("reported_at", models.DateTimeField()),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
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
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="values",
                                to="policy.indicator",
                            ),
                        ),
                        (
                            "reported_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="values",
                                to="policy.monitoringround",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["refers_to", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["indicator", "status", "refers_to"],
                                name="policy_indi_indicat_89cda2_idx",
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Override",
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
                        ("computed", models.CharField(max_length=6)),
                        ("shown", models.CharField(max_length=6, verbose_name="Status")),
                        (
                            "reason",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=500, verbose_name="Reason"
                            ),
                        ),
                        ("until_round", models.PositiveSmallIntegerField()),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="overrides",
                                to="policy.action",
                            ),
                        ),
                        (
                            "author",
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
                        "ordering": ["-made_at", "-pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="PlanSnapshot",
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
                        ("is_simulated", models.BooleanField(default=False)),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("number", models.PositiveIntegerField()),
                        ("content", models.TextField()),
                        ("digest", models.CharField(max_length=64)),
                        ("previous", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="policy.plansnapshot",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="snapshots",
                                to="policy.actionplan",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="snapshots",
                                to="policy.monitoringround",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["plan", "number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "number"), name="plan_snapshot_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Player",
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
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("body", models.CharField(max_length=200, verbose_name="Body")),
                        ("role", models.CharField(blank=True, max_length=200, verbose_name="Part")),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="players",
                                to="policy.action",
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
                    name="ProgressReport",
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
                            models.TextField(
                                blank=True, max_length=4000, verbose_name="What happened"
                            ),
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
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="policy.action",
                            ),
                        ),
                        (
                            "reported_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="reports",
                                to="policy.monitoringround",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["confirmed_on", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("progress__isnull", True),
                                    models.Q(("progress__gte", 0.0), ("progress__lte", 1.0)),
                                    _connector="OR",
                                ),
                                name="progress_is_a_share",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recommendation",
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
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
                        ("code", models.CharField(max_length=8, verbose_name="Code")),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=160, verbose_name="Title"
                            ),
                        ),
                        (
                            "problem",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=4000, verbose_name="Problem"
                            ),
                        ),
                        (
                            "text",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=4000, verbose_name="Recommendation"
                            ),
                        ),
                        (
                            "rationale",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=4000, verbose_name="Reasons"
                            ),
                        ),
                        (
                            "expected_effect",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="Expected effect"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
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
                        (
                            "addressee",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Addressed to"
                            ),
                        ),
                        (
                            "instrument",
                            models.CharField(
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
                        (
                            "theme",
                            models.CharField(blank=True, max_length=80, verbose_name="Theme"),
                        ),
                        (
                            "horizon",
                            models.CharField(
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
                        (
                            "cost_band",
                            models.CharField(
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
                        (
                            "source_language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                default="en",
                                max_length=2,
                                verbose_name="Language of the original",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
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
                                verbose_name="State",
                            ),
                        ),
                        (
                            "rejected_reason",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=500, verbose_name="Reason for the rejection"
                            ),
                        ),
                        (
                            "state_reason",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=500, verbose_name="Reason for the last step"
                            ),
                        ),
                        (
                            "strength_override",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("strong", "strong"),
                                    ("conditional", "conditional"),
                                    ("exploratory", "exploratory"),
                                    ("not_supported", "not supported"),
                                    ("not_assessable", "cannot be assessed"),
                                ],
                                max_length=14,
                                verbose_name="Strength set by a person",
                            ),
                        ),
                        (
                            "strength_reason",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=500, verbose_name="Reason for the strength"
                            ),
                        ),
                        (
                            "denominator",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "not decided"),
                                    ("confirmed", "confirmed"),
                                    ("declined", "declined"),
                                    ("declared", "declared without numbers"),
                                ],
                                max_length=9,
                                verbose_name="Common denominator",
                            ),
                        ),
                        (
                            "denominator_reason",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True,
                                max_length=500,
                                verbose_name="Reason for the decision on the common denominator",
                            ),
                        ),
                        (
                            "no_action_reason",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True,
                                max_length=500,
                                verbose_name="Reason why there is no action",
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "conflicts_with",
                            models.ManyToManyField(
                                blank=True,
                                to="policy.recommendation",
                                verbose_name="Conflicts with",
                            ),
                        ),
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
                            "findings",
                            models.ManyToManyField(
                                related_name="recommendations",
                                to="policy.finding",
                                verbose_name="Findings it rests on",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recommendations",
                                to="partnership.project",
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
                                verbose_name="Region",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="predecessors",
                                to="policy.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "code"), name="recommendation_code_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalRecommendation",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
                        ("code", models.CharField(max_length=8, verbose_name="Code")),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=160, verbose_name="Title"
                            ),
                        ),
                        (
                            "problem",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=4000, verbose_name="Problem"
                            ),
                        ),
                        (
                            "text",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=4000, verbose_name="Recommendation"
                            ),
                        ),
                        (
                            "rationale",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=4000, verbose_name="Reasons"
                            ),
                        ),
                        (
                            "expected_effect",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=2000, verbose_name="Expected effect"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
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
                        (
                            "addressee",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Addressed to"
                            ),
                        ),
                        (
                            "instrument",
                            models.CharField(
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
                        (
                            "theme",
                            models.CharField(blank=True, max_length=80, verbose_name="Theme"),
                        ),
                        (
                            "horizon",
                            models.CharField(
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
                        (
                            "cost_band",
                            models.CharField(
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
                        (
                            "source_language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                default="en",
                                max_length=2,
                                verbose_name="Language of the original",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
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
                                verbose_name="State",
                            ),
                        ),
                        (
                            "rejected_reason",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=500, verbose_name="Reason for the rejection"
                            ),
                        ),
                        (
                            "state_reason",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=500, verbose_name="Reason for the last step"
                            ),
                        ),
                        (
                            "strength_override",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("strong", "strong"),
                                    ("conditional", "conditional"),
                                    ("exploratory", "exploratory"),
                                    ("not_supported", "not supported"),
                                    ("not_assessable", "cannot be assessed"),
                                ],
                                max_length=14,
                                verbose_name="Strength set by a person",
                            ),
                        ),
                        (
                            "strength_reason",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=500, verbose_name="Reason for the strength"
                            ),
                        ),
                        (
                            "denominator",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "not decided"),
                                    ("confirmed", "confirmed"),
                                    ("declined", "declined"),
                                    ("declared", "declared without numbers"),
                                ],
                                max_length=9,
                                verbose_name="Common denominator",
                            ),
                        ),
                        (
                            "denominator_reason",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True,
                                max_length=500,
                                verbose_name="Reason for the decision on the common denominator",
                            ),
                        ),
                        (
                            "no_action_reason",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True,
                                max_length=500,
                                verbose_name="Reason why there is no action",
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(blank=True, editable=False)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territory.region",
                                verbose_name="Region",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="policy.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical recommendation",
                        "verbose_name_plural": "historical recommendations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Comment",
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
                            models.CharField(
                                blank=True, max_length=200, verbose_name="On behalf of"
                            ),
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
                                    ("withheld", "not shown"),
                                ],
                                default="open",
                                max_length=15,
                            ),
                        ),
                        (
                            "answer",
                            models.TextField(blank=True, max_length=2000, verbose_name="Answer"),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("made_at", models.DateTimeField()),
                        ("is_late", models.BooleanField(default=False)),
                        ("is_orphaned", models.BooleanField(default=False)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="policy.consultation",
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="policy.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["consultation", "state"],
                                name="policy_comm_consult_bec766_idx",
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ReportLink",
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
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="report_links",
                                to="policy.action",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="policy.monitoringround",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "action"), name="report_link_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Risk",
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
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "text",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=300, verbose_name="Risk"
                            ),
                        ),
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
                        (
                            "answer",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=300, verbose_name="Answer"
                            ),
                        ),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="risks",
                                to="policy.action",
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
                    name="Solution",
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
                            "uuid",
                            models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                        ),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=200, verbose_name="Solution"
                            ),
                        ),
                        (
                            "pilot_ended_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="Pilot action ended on"
                            ),
                        ),
                        (
                            "take_up",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True,
                                max_length=2000,
                                verbose_name="What others need to take it up",
                            ),
                        ),
                        (
                            "is_legal",
                            models.BooleanField(
                                default=False, verbose_name="A legal or administrative solution"
                            ),
                        ),
                        (
                            "taken_up_on",
                            models.DateField(blank=True, null=True, verbose_name="Taken up on"),
                        ),
                        (
                            "taken_up_by",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Body that took it up"
                            ),
                        ),
                        (
                            "taken_up_in",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="Document of that body"
                            ),
                        ),
                        (
                            "pilot",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="solutions",
                                to="policy.action",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="solutions",
                                to="partnership.project",
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
                    name="SolutionBody",
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
                        (
                            "solution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bodies",
                                to="policy.solution",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("solution", "name", "part"), name="solution_body_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
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
                        ("due", models.DateField(verbose_name="Date")),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=4, max_digits=18, verbose_name="Target"
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="targets",
                                to="policy.indicator",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("indicator", "due"), name="target_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TextReview",
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
                        (
                            "reviewed_by",
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
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("thing", "thing_id", "field", "language"),
                                name="text_review_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]

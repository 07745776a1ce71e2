import alpclusters.platform.languages.codes
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
        ("cafe", "0001_initial"),
        ("evidence", "0001_initial"),
        ("measures", "0001_initial"),
        ("partnership", "0001_initial"),
    ]

    operations = [
        alpclusters.platform.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Attendance",
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
                                    ("invited", "invited"),
                                    ("comes", "takes part"),
                                    ("declined", "does not come"),
                                ],
                                default="comes",
                                max_length=8,
                            ),
                        ),
                        (
                            "shows_name",
                            models.BooleanField(
                                default=False, verbose_name="My name may stand on the plan"
                            ),
                        ),
                        ("languages", models.JSONField(default=list, verbose_name="Languages")),
                        ("away", models.JSONField(blank=True, default=list, verbose_name="Cannot")),
                        (
                            "looks_for",
                            models.CharField(blank=True, max_length=300, verbose_name="Looks for"),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendances",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "day",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendances",
                                to="network.meetingday",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation__name", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("day", "organisation"), name="attendance_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Digest",
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
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("daily", "daily"),
                                    ("weekly", "weekly"),
                                    ("monthly", "monthly"),
                                ],
                                default="weekly",
                                max_length=8,
                                verbose_name="How often",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[("need", "need"), ("offer", "offer")],
                                max_length=5,
                                verbose_name="Only",
                            ),
                        ),
                        (
                            "territory",
                            models.JSONField(blank=True, default=list, verbose_name="From where"),
                        ),
                        (
                            "sectors",
                            models.JSONField(blank=True, default=list, verbose_name="Sectors"),
                        ),
                        ("since", models.DateTimeField()),
                        ("sent_until", models.DateTimeField()),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="digest",
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
                    name="HistoricalPosting",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("need", "need"), ("offer", "offer")],
                                max_length=5,
                                verbose_name="Need or offer",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                default="en",
                                max_length=2,
                                verbose_name="Language of the text",
                            ),
                        ),
                        ("title", models.CharField(max_length=140, verbose_name="Title")),
                        ("text", models.TextField(max_length=3000, verbose_name="Text")),
                        (
                            "sectors",
                            models.JSONField(blank=True, default=list, verbose_name="Sectors"),
                        ),
                        (
                            "technologies",
                            models.JSONField(blank=True, default=list, verbose_name="Technologies"),
                        ),
                        (
                            "territory",
                            models.JSONField(
                                blank=True,
                                default=list,
                                verbose_name="Where a partner is looked for",
                            ),
                        ),
                        (
                            "languages",
                            models.JSONField(
                                blank=True, default=list, verbose_name="Working languages"
                            ),
                        ),
                        ("expires_on", models.DateField(verbose_name="Open until")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("waiting", "waits for the moderation"),
                                    ("published", "published"),
                                    ("refused", "sent back"),
                                    ("closed", "closed"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=400, verbose_name="Reason"),
                        ),
                        ("revised_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("reminded_of", models.DateField(blank=True, null=True)),
                        ("is_simulated", models.BooleanField(default=False)),
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
                            "decided_by",
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
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="measures.measure",
                                verbose_name="Measure it comes out of",
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
                        "verbose_name": "historical posting",
                        "verbose_name_plural": "historical postings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Introduction",
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
                        ("score", models.FloatField(blank=True, null=True)),
                        ("parts", models.JSONField(default=dict)),
                        ("message", models.TextField(max_length=1500, verbose_name="Message")),
                        (
                            "language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                default="en",
                                max_length=2,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "waits for an answer"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                    ("lapsed", "without an answer"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answer",
                            models.CharField(blank=True, max_length=600, verbose_name="Answer"),
                        ),
                        ("is_simulated", models.BooleanField(default=False)),
                        (
                            "asked",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="introductions_received",
                                to="actors.organisation",
                            ),
                        ),
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
                            "asking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="introductions_asked",
                                to="actors.organisation",
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
                            "run",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="introductions",
                                to="network.matchrun",
                            ),
                        ),
                        (
                            "posting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="introductions",
                                to="network.posting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at", "-pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("asking", models.F("asked")), _negated=True),
                                name="introduction_of_two",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")),
                                fields=("asking", "asked"),
                                name="introduction_asked_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalLink",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("joint_project", "joint project"),
                                    ("agreement", "cooperation agreement"),
                                    ("joint_services", "joint services"),
                                    ("joint_strategy", "joint strategy"),
                                    ("exchange", "exchange of experience"),
                                    ("business", "business between members"),
                                ],
                                default="joint_project",
                                max_length=16,
                                verbose_name="Kind of link",
                            ),
                        ),
                        (
                            "topic",
                            models.CharField(blank=True, max_length=200, verbose_name="About what"),
                        ),
                        (
                            "started_on",
                            models.DateField(blank=True, null=True, verbose_name="Since"),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "funding",
                            models.CharField(blank=True, max_length=160, verbose_name="Funded by"),
                        ),
                        (
                            "funding_ends_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="End of the funding"
                            ),
                        ),
                        (
                            "agreed_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="Formal agreement of"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("active_funded", "active, funded"),
                                    ("active_self", "active, self-sustained"),
                                    ("dormant", "dormant"),
                                    ("ended", "ended"),
                                    ("unknown", "not known"),
                                ],
                                default="unknown",
                                max_length=16,
                                verbose_name="State",
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("entered", "waits for the other side"),
                                    ("confirmed", "confirmed by both sides"),
                                    ("refused", "the other side says no"),
                                    ("withdrawn", "withdrawn"),
                                    ("source", "from a published project"),
                                ],
                                default="entered",
                                max_length=10,
                            ),
                        ),
                        ("entered_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="Note")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=500, verbose_name="Source"),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=300, verbose_name="Licence"),
                        ),
                        ("is_simulated", models.BooleanField(default=False)),
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
                            "decided_by",
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
                            "entered_for",
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
                            "first",
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
                                verbose_name="Funded by the initiative",
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
                            "second",
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
                            "introduction",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="network.introduction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical link",
                        "verbose_name_plural": "historical links",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Link",
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
                            "type",
                            models.CharField(
                                choices=[
                                    ("joint_project", "joint project"),
                                    ("agreement", "cooperation agreement"),
                                    ("joint_services", "joint services"),
                                    ("joint_strategy", "joint strategy"),
                                    ("exchange", "exchange of experience"),
                                    ("business", "business between members"),
                                ],
                                default="joint_project",
                                max_length=16,
                                verbose_name="Kind of link",
                            ),
                        ),
                        (
                            "topic",
                            models.CharField(blank=True, max_length=200, verbose_name="About what"),
                        ),
                        (
                            "started_on",
                            models.DateField(blank=True, null=True, verbose_name="Since"),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "funding",
                            models.CharField(blank=True, max_length=160, verbose_name="Funded by"),
                        ),
                        (
                            "funding_ends_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="End of the funding"
                            ),
                        ),
                        (
                            "agreed_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="Formal agreement of"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("active_funded", "active, funded"),
                                    ("active_self", "active, self-sustained"),
                                    ("dormant", "dormant"),
                                    ("ended", "ended"),
                                    ("unknown", "not known"),
                                ],
                                default="unknown",
                                max_length=16,
                                verbose_name="State",
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("entered", "waits for the other side"),
                                    ("confirmed", "confirmed by both sides"),
                                    ("refused", "the other side says no"),
                                    ("withdrawn", "withdrawn"),
                                    ("source", "from a published project"),
                                ],
                                default="entered",
                                max_length=10,
                            ),
                        ),
                        ("entered_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="Note")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=500, verbose_name="Source"),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=300, verbose_name="Licence"),
                        ),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
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
                            "entered_for",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "initiative",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="links",
                                to="evidence.initiative",
                                verbose_name="Funded by the initiative",
                            ),
                        ),
                        (
                            "introduction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="links",
                                to="network.introduction",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="links",
                                to="partnership.project",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-entered_at", "-pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))),
                                name="link_in_order",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("standing", "source")),
                                fields=("first", "second", "initiative"),
                                name="link_of_project_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkQuestion",
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
                        ("year", models.PositiveSmallIntegerField()),
                        ("asked_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="network.link",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="link_questions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("link", "organisation", "user", "year"),
                                name="link_question_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkReport",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("active_funded", "active, funded"),
                                    ("active_self", "active, self-sustained"),
                                    ("dormant", "dormant"),
                                    ("ended", "ended"),
                                    ("unknown", "not known"),
                                ],
                                max_length=16,
                                verbose_name="State",
                            ),
                        ),
                        ("said_on", models.DateField(verbose_name="As of")),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("page", "on the page"),
                                    ("mail", "by the link of a mail"),
                                    ("follow_up", "in a follow-up of an introduction"),
                                    ("import", "from a list"),
                                ],
                                default="page",
                                max_length=10,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="Note")),
                        ("made_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="network.link",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["link", "said_on", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="MatchRun",
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
                            "start",
                            models.CharField(
                                choices=[
                                    ("profile", "the profile"),
                                    ("need", "a need in own words"),
                                    ("offer", "an offer in own words"),
                                    ("posting", "a posting"),
                                ],
                                default="profile",
                                max_length=8,
                            ),
                        ),
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
                                blank=True,
                                max_length=3000,
                                verbose_name="What you look for, or offer",
                            ),
                        ),
                        ("options", models.JSONField(default=dict)),
                        ("results", models.JSONField(default=list)),
                        ("excluded", models.JSONField(default=dict)),
                        ("stamp", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField(db_index=True)),
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="match_runs",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "posting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="network.posting",
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
                    name="MeetingDay",
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
                        ("title", models.CharField(max_length=140, verbose_name="Title")),
                        (
                            "place",
                            models.CharField(blank=True, max_length=200, verbose_name="Place"),
                        ),
                        ("time_zone", models.CharField(default="Europe/Vienna", max_length=40)),
                        ("held_on", models.DateField(verbose_name="Day")),
                        ("begins", models.TimeField(verbose_name="First meeting")),
                        (
                            "n_slots",
                            models.PositiveSmallIntegerField(
                                verbose_name="Meetings one after the other"
                            ),
                        ),
                        (
                            "slot_minutes",
                            models.PositiveSmallIntegerField(
                                default=20, verbose_name="Minutes a meeting"
                            ),
                        ),
                        (
                            "pause_minutes",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="Minutes between"
                            ),
                        ),
                        ("breaks", models.JSONField(blank=True, default=list)),
                        ("n_tables", models.PositiveSmallIntegerField(verbose_name="Tables")),
                        (
                            "most_each",
                            models.PositiveSmallIntegerField(
                                default=8, verbose_name="Most meetings each"
                            ),
                        ),
                        (
                            "wishes_until",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="Wishes until"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("open", "wishes are taken"),
                                    ("planned", "planned"),
                                    ("published", "published"),
                                    ("held", "held"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("plan", models.JSONField(blank=True, default=dict)),
                        ("made_at", models.DateTimeField()),
                        ("is_simulated", models.BooleanField(default=False)),
                        (
                            "cafe",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="meeting_days",
                                to="cafe.alpcafe",
                                verbose_name="AlpCafé",
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
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="meeting_days",
                                to="partnership.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-held_on", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                        ("slot", models.PositiveSmallIntegerField()),
                        ("table", models.PositiveSmallIntegerField()),
                        ("language", models.CharField(blank=True, max_length=2)),
                        ("is_fixed", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("held", "held"),
                                    ("missed", "did not take place"),
                                ],
                                default="planned",
                                max_length=8,
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="network.attendance",
                            ),
                        ),
                        (
                            "introduction",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="meeting",
                                to="network.introduction",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="network.attendance",
                            ),
                        ),
                        (
                            "day",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="meetings",
                                to="network.meetingday",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "slot", "table"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("day", "slot", "table"), name="table_taken_once"
                            ),
                            models.UniqueConstraint(
                                fields=("day", "slot", "first"), name="first_meets_once"
                            ),
                            models.UniqueConstraint(
                                fields=("day", "slot", "second"), name="second_meets_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first", models.F("second")), _negated=True),
                                name="meeting_of_two_bodies",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingWish",
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
                                    ("asked", "waits for an answer"),
                                    ("accepted", "both want to"),
                                    ("declined", "declined"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="How much it matters"
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wished_by",
                                to="network.attendance",
                            ),
                        ),
                        (
                            "asking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wishes",
                                to="network.attendance",
                            ),
                        ),
                        (
                            "day",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wishes",
                                to="network.meetingday",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("asking", "asked"), name="meeting_wish_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("asking", models.F("asked")), _negated=True),
                                name="meeting_of_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NetworkSnapshot",
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
                            "basis",
                            models.CharField(
                                choices=[
                                    ("links", "links between organisations"),
                                    ("projects", "joint projects"),
                                ],
                                max_length=8,
                                verbose_name="What is counted",
                            ),
                        ),
                        ("grouping", models.CharField(max_length=8, verbose_name="By")),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("is_current", models.BooleanField(default=False)),
                        ("data", models.JSONField(default=dict)),
                        ("file", models.CharField(blank=True, max_length=100)),
                        ("digest", models.CharField(max_length=64)),
                        ("sources", models.JSONField(default=list)),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-made_at", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["is_current", "basis", "grouping"],
                                name="network_net_is_curr_cf6dd4_idx",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_current", True)),
                                fields=("basis", "grouping", "is_simulated"),
                                name="network_snapshot_current_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartnerMark",
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
                            "mark",
                            models.CharField(
                                choices=[("dismissed", "dismissed"), ("remembered", "remembered")],
                                max_length=10,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="Note")),
                        ("made_at", models.DateTimeField()),
                        (
                            "by",
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
                                related_name="partner_marks",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "other"), name="partner_mark_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("organisation", models.F("other")), _negated=True
                                ),
                                name="partner_mark_of_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Posting",
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
                            "kind",
                            models.CharField(
                                choices=[("need", "need"), ("offer", "offer")],
                                max_length=5,
                                verbose_name="Need or offer",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                default="en",
                                max_length=2,
                                verbose_name="Language of the text",
                            ),
                        ),
                        ("title", models.CharField(max_length=140, verbose_name="Title")),
                        ("text", models.TextField(max_length=3000, verbose_name="Text")),
                        (
                            "sectors",
                            models.JSONField(blank=True, default=list, verbose_name="Sectors"),
                        ),
                        (
                            "technologies",
                            models.JSONField(blank=True, default=list, verbose_name="Technologies"),
                        ),
                        (
                            "territory",
                            models.JSONField(
                                blank=True,
                                default=list,
                                verbose_name="Where a partner is looked for",
                            ),
                        ),
                        (
                            "languages",
                            models.JSONField(
                                blank=True, default=list, verbose_name="Working languages"
                            ),
                        ),
                        ("expires_on", models.DateField(verbose_name="Open until")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("waiting", "waits for the moderation"),
                                    ("published", "published"),
                                    ("refused", "sent back"),
                                    ("closed", "closed"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="State",
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=400, verbose_name="Reason"),
                        ),
                        ("revised_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("reminded_of", models.DateField(blank=True, null=True)),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="postings",
                                to="measures.measure",
                                verbose_name="Measure it comes out of",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="postings",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-published_at", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["state", "expires_on"], name="network_pos_state_36dcda_idx"
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalIntroduction",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("score", models.FloatField(blank=True, null=True)),
                        ("parts", models.JSONField(default=dict)),
                        ("message", models.TextField(max_length=1500, verbose_name="Message")),
                        (
                            "language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                default="en",
                                max_length=2,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "waits for an answer"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                    ("lapsed", "without an answer"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answer",
                            models.CharField(blank=True, max_length=600, verbose_name="Answer"),
                        ),
                        ("is_simulated", models.BooleanField(default=False)),
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
                            "asked",
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
                            "asked_by",
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
                            "asking",
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
                            "decided_by",
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
                            "run",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="network.matchrun",
                            ),
                        ),
                        (
                            "posting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="network.posting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical introduction",
                        "verbose_name_plural": "historical introductions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="PostingChange",
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
                        ("facts", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField()),
                        ("is_refused", models.BooleanField(default=False)),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=400, verbose_name="Reason"),
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
                            "posting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="change",
                                to="network.posting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="PostingFollower",
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
                        ("told_until", models.DateTimeField(blank=True, null=True)),
                        ("told_expiry", models.DateField(blank=True, null=True)),
                        (
                            "posting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followers",
                                to="network.posting",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followed_postings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-since", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("posting", "user"), name="follower_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PostingReport",
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
                            "cause",
                            models.CharField(
                                choices=[
                                    ("outdated", "it is out of date"),
                                    ("advertising", "it is advertising"),
                                    ("personal", "it names persons or addresses"),
                                    ("unlawful", "it is unlawful or insulting"),
                                    ("other", "something else"),
                                ],
                                max_length=12,
                                verbose_name="What is wrong",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="In your words"
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "posting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="network.posting",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="posting_reports",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("settled_at", None)),
                                fields=("posting", "user"),
                                name="posting_reported_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUp",
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
                            "months",
                            models.PositiveSmallIntegerField(choices=[(3, "3"), (12, "12")]),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nothing", "nothing yet"),
                                    ("contact", "contact"),
                                    ("agreement", "agreement"),
                                    ("project", "joint project"),
                                ],
                                max_length=10,
                                verbose_name="What came of it",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="Note")),
                        ("asked_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
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
                                related_name="+",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "introduction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="follow_ups",
                                to="network.introduction",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["introduction", "months", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("introduction", "organisation", "months"),
                                name="follow_up_once",
                            )
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]

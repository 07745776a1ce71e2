import alpclusters.platform.cafe.models.criteria
import alpclusters.platform.cafe.models.events
import alpclusters.platform.languages.codes
import alpclusters.platform.languages.text
import alpclusters.platform.tables
import django.core.validators
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
                    name="Criterion",
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
                        ("key", models.SlugField(unique=True)),
                        (
                            "name",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=60, verbose_name="Name"
                            ),
                        ),
                        (
                            "question",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=200, verbose_name="Question"
                            ),
                        ),
                        (
                            "scale",
                            alpclusters.platform.cafe.models.criteria.ScaleField(
                                verbose_name="Scale"
                            ),
                        ),
                        ("is_default", models.BooleanField(default=False)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="AlpCafe",
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
                            "round",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Round 1: needs and expectations"),
                                    (2, "Round 2: measures presented and rated"),
                                ],
                                default=2,
                                verbose_name="Round",
                            ),
                        ),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=120, verbose_name="Title"
                            ),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=120, verbose_name="Place"),
                        ),
                        (
                            "directions",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="How to get there"
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="Date")),
                        (
                            "starts_at",
                            models.TimeField(blank=True, null=True, verbose_name="Begin"),
                        ),
                        (
                            "ends_at_time",
                            models.TimeField(blank=True, null=True, verbose_name="End"),
                        ),
                        (
                            "languages",
                            models.JSONField(
                                default=alpclusters.platform.cafe.models.events.all_languages,
                                verbose_name="Languages",
                            ),
                        ),
                        (
                            "welcome",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=600, verbose_name="Purpose"
                            ),
                        ),
                        (
                            "open_registration",
                            models.BooleanField(
                                default=False,
                                verbose_name="Announce in public and let everybody register",
                            ),
                        ),
                        ("code", models.CharField(max_length=8, unique=True, verbose_name="Code")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "in preparation"),
                                    ("open", "open"),
                                    ("closed", "closed"),
                                ],
                                default="draft",
                                max_length=6,
                            ),
                        ),
                        (
                            "in_hall",
                            models.BooleanField(
                                default=False, verbose_name="Tables, rounds and a big screen"
                            ),
                        ),
                        (
                            "n_rounds",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[django.core.validators.MaxValueValidator(8)],
                                verbose_name="Rounds at the tables",
                            ),
                        ),
                        (
                            "minutes_per_round",
                            models.PositiveSmallIntegerField(
                                default=20,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(120),
                                ],
                                verbose_name="Minutes for each round",
                            ),
                        ),
                        (
                            "minutes_to_change",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[django.core.validators.MaxValueValidator(30)],
                                verbose_name="Minutes for changing tables",
                            ),
                        ),
                        (
                            "has_presentation",
                            models.BooleanField(
                                default=True, verbose_name="Presentation of the measures"
                            ),
                        ),
                        (
                            "has_top_three",
                            models.BooleanField(default=True, verbose_name="Top three"),
                        ),
                        (
                            "top_three_points",
                            models.JSONField(
                                default=alpclusters.platform.cafe.models.events.three_two_one
                            ),
                        ),
                        (
                            "has_second_rating",
                            models.BooleanField(
                                default=False, verbose_name="Second rating after the results"
                            ),
                        ),
                        (
                            "has_feedback",
                            models.BooleanField(default=True, verbose_name="Feedback at the end"),
                        ),
                        ("margins", models.JSONField(db_default={}, default=dict)),
                        (
                            "shows_table_cards",
                            models.BooleanField(
                                default=True, verbose_name="Guests see the cards of their table"
                            ),
                        ),
                        (
                            "best_k",
                            models.PositiveSmallIntegerField(
                                default=0,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(10)],
                                verbose_name="Best measures that are looked for",
                            ),
                        ),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("draft", "in preparation"),
                                    ("lobby", "arrival"),
                                    ("presentation", "presentation"),
                                    ("seating", "finding the table"),
                                    ("talk", "talk at the tables"),
                                    ("harvest", "harvest"),
                                    ("rating", "rating"),
                                    ("topthree", "top three"),
                                    ("results", "results"),
                                    ("rating2", "second rating"),
                                    ("results2", "results of the second rating"),
                                    ("feedback", "feedback"),
                                    ("closed", "closed"),
                                    ("sealed", "sealed"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("round_index", models.PositiveSmallIntegerField(default=0)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("content_revision", models.PositiveIntegerField(default=1)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        ("paused_left_ms", models.PositiveIntegerField(blank=True, null=True)),
                        ("input_stopped_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "screen",
                            models.CharField(
                                choices=[
                                    ("auto", "what the phase needs"),
                                    ("join", "code and QR"),
                                    ("question", "question and timer"),
                                    ("seats", "seat finder"),
                                    ("cards", "card wall"),
                                    ("results", "released results"),
                                    ("blank", "nothing"),
                                ],
                                default="auto",
                                max_length=10,
                            ),
                        ),
                        ("announcement", models.CharField(blank=True, max_length=200)),
                        ("link_epoch", models.PositiveSmallIntegerField(default=1)),
                        (
                            "grace_minutes",
                            models.PositiveSmallIntegerField(
                                default=15,
                                validators=[django.core.validators.MaxValueValidator(1440)],
                                verbose_name="Minutes in which a closed AlpCafé can be opened again",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("sealed_at", models.DateTimeField(blank=True, null=True)),
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
                                related_name="cafes",
                                to="partnership.project",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cafes",
                                to="territory.region",
                                verbose_name="Region",
                            ),
                        ),
                        (
                            "rehearsal_of",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rehearsal",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "measures",
                            models.ManyToManyField(
                                related_name="cafes",
                                through="cafe.CafeMeasure",
                                to="measures.measure",
                            ),
                        ),
                        (
                            "cloud_x",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="cafe.criterion",
                            ),
                        ),
                        (
                            "cloud_y",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="cafe.criterion",
                            ),
                        ),
                        (
                            "criteria",
                            models.ManyToManyField(
                                related_name="cafes",
                                through="cafe.CafeCriterion",
                                to="cafe.criterion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-held_on", "-pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CafeMeasure",
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
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("is_about_person", models.BooleanField(blank=True, null=True)),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cafe_measures",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cafe_measures",
                                to="measures.measure",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cafe", "measure"), name="cafe_measure_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CafeCriterion",
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
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cafe_criteria",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cafe_criteria",
                                to="cafe.criterion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cafe", "criterion"), name="cafe_criterion_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
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
                        ("command", models.CharField(max_length=30)),
                        ("arguments", models.JSONField(default=dict)),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        ("touches", models.JSONField(default=list)),
                        ("by_table", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
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
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entries",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "undoes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="undone_by",
                                to="cafe.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("cafe", "number"), name="entry_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Guest",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="Number")),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="Name")),
                        ("languages", models.JSONField(default=list, verbose_name="Languages")),
                        (
                            "needs_access",
                            models.BooleanField(
                                default=False,
                                verbose_name="Needs a table reachable with a wheelchair",
                            ),
                        ),
                        ("pins", models.JSONField(default=dict)),
                        ("is_spare", models.BooleanField(default=False)),
                        ("left_after", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="guests",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "participant",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="guest",
                                to="cafe.participant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("cafe", "number"), name="guest_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Apart",
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
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aparts",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cafe.guest",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cafe.guest",
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
                    name="HistoricalAlpCafe",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "round",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "Round 1: needs and expectations"),
                                    (2, "Round 2: measures presented and rated"),
                                ],
                                default=2,
                                verbose_name="Round",
                            ),
                        ),
                        (
                            "title",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=120, verbose_name="Title"
                            ),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=120, verbose_name="Place"),
                        ),
                        (
                            "directions",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="How to get there"
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="Date")),
                        (
                            "starts_at",
                            models.TimeField(blank=True, null=True, verbose_name="Begin"),
                        ),
                        (
                            "ends_at_time",
                            models.TimeField(blank=True, null=True, verbose_name="End"),
                        ),
                        (
                            "languages",
                            models.JSONField(
                                default=alpclusters.platform.cafe.models.events.all_languages,
                                verbose_name="Languages",
                            ),
                        ),
                        (
                            "welcome",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=600, verbose_name="Purpose"
                            ),
                        ),
                        (
                            "open_registration",
                            models.BooleanField(
                                default=False,
                                verbose_name="Announce in public and let everybody register",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(db_index=True, max_length=8, verbose_name="Code"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "in preparation"),
                                    ("open", "open"),
                                    ("closed", "closed"),
                                ],
                                default="draft",
                                max_length=6,
                            ),
                        ),
                        (
                            "in_hall",
                            models.BooleanField(
                                default=False, verbose_name="Tables, rounds and a big screen"
                            ),
                        ),
                        (
                            "n_rounds",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[django.core.validators.MaxValueValidator(8)],
                                verbose_name="Rounds at the tables",
                            ),
                        ),
                        (
                            "minutes_per_round",
                            models.PositiveSmallIntegerField(
                                default=20,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(120),
                                ],
                                verbose_name="Minutes for each round",
                            ),
                        ),
                        (
                            "minutes_to_change",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[django.core.validators.MaxValueValidator(30)],
                                verbose_name="Minutes for changing tables",
                            ),
                        ),
                        (
                            "has_presentation",
                            models.BooleanField(
                                default=True, verbose_name="Presentation of the measures"
                            ),
                        ),
                        (
                            "has_top_three",
                            models.BooleanField(default=True, verbose_name="Top three"),
                        ),
                        (
                            "top_three_points",
                            models.JSONField(
                                default=alpclusters.platform.cafe.models.events.three_two_one
                            ),
                        ),
                        (
                            "has_second_rating",
                            models.BooleanField(
                                default=False, verbose_name="Second rating after the results"
                            ),
                        ),
                        (
                            "has_feedback",
                            models.BooleanField(default=True, verbose_name="Feedback at the end"),
                        ),
                        ("margins", models.JSONField(db_default={}, default=dict)),
                        (
                            "shows_table_cards",
                            models.BooleanField(
                                default=True, verbose_name="Guests see the cards of their table"
                            ),
                        ),
                        (
                            "best_k",
                            models.PositiveSmallIntegerField(
                                default=0,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(10)],
                                verbose_name="Best measures that are looked for",
                            ),
                        ),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("draft", "in preparation"),
                                    ("lobby", "arrival"),
                                    ("presentation", "presentation"),
                                    ("seating", "finding the table"),
                                    ("talk", "talk at the tables"),
                                    ("harvest", "harvest"),
                                    ("rating", "rating"),
                                    ("topthree", "top three"),
                                    ("results", "results"),
                                    ("rating2", "second rating"),
                                    ("results2", "results of the second rating"),
                                    ("feedback", "feedback"),
                                    ("closed", "closed"),
                                    ("sealed", "sealed"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("round_index", models.PositiveSmallIntegerField(default=0)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("content_revision", models.PositiveIntegerField(default=1)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        ("paused_left_ms", models.PositiveIntegerField(blank=True, null=True)),
                        ("input_stopped_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "screen",
                            models.CharField(
                                choices=[
                                    ("auto", "what the phase needs"),
                                    ("join", "code and QR"),
                                    ("question", "question and timer"),
                                    ("seats", "seat finder"),
                                    ("cards", "card wall"),
                                    ("results", "released results"),
                                    ("blank", "nothing"),
                                ],
                                default="auto",
                                max_length=10,
                            ),
                        ),
                        ("announcement", models.CharField(blank=True, max_length=200)),
                        ("link_epoch", models.PositiveSmallIntegerField(default=1)),
                        (
                            "grace_minutes",
                            models.PositiveSmallIntegerField(
                                default=15,
                                validators=[django.core.validators.MaxValueValidator(1440)],
                                verbose_name="Minutes in which a closed AlpCafé can be opened again",
                            ),
                        ),
                        ("created_at", models.DateTimeField(blank=True, editable=False)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("sealed_at", models.DateTimeField(blank=True, null=True)),
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
                            "cloud_x",
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
                            "cloud_y",
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
                            "rehearsal_of",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cafe.alpcafe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical alp cafe",
                        "verbose_name_plural": "historical alp cafes",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCafeCriterion",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
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
                            "cafe",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cafe.alpcafe",
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
                    ],
                    options={
                        "verbose_name": "historical cafe criterion",
                        "verbose_name_plural": "historical cafe criterions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCafeMeasure",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("is_about_person", models.BooleanField(blank=True, null=True)),
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
                            "cafe",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cafe.alpcafe",
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
                    ],
                    options={
                        "verbose_name": "historical cafe measure",
                        "verbose_name_plural": "historical cafe measures",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                        ("name", models.CharField(max_length=120, verbose_name="Name")),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="E-mail"),
                        ),
                        (
                            "organisation_name",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Organisation"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(blank=True, max_length=20, verbose_name="Level"),
                        ),
                        (
                            "helix",
                            models.CharField(blank=True, max_length=20, verbose_name="Sector"),
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
                            "languages",
                            models.JSONField(default=list, verbose_name="Spoken languages"),
                        ),
                        (
                            "needs",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="What we should know"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("listed", "on the list"),
                                    ("invited", "invited"),
                                    ("registered", "registered"),
                                    ("declined", "declined"),
                                ],
                                default="listed",
                                max_length=10,
                            ),
                        ),
                        ("token_hash", models.CharField(blank=True, db_index=True, max_length=64)),
                        ("invited_at", models.DateTimeField(blank=True, null=True)),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("attended", models.BooleanField(default=False, verbose_name="Attended")),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
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
                        "ordering": ["name", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Involvement",
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
                        ("was_invited", models.BooleanField(default=False)),
                        ("has_registered", models.BooleanField(default=False)),
                        ("has_attended", models.BooleanField(default=False)),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="involvements",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="involvements",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["cafe", "organisation"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cafe", "organisation"), name="involvement_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Participant",
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
                        ("token_hash", models.CharField(max_length=64, null=True, unique=True)),
                        ("recovery_hash", models.CharField(blank=True, default="", max_length=64)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("phone", "phone"),
                                    ("proxy", "entered for somebody present"),
                                    ("paper", "paper"),
                                ],
                                default="phone",
                                max_length=5,
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
                        ("role", models.CharField(blank=True, max_length=20)),
                        ("level", models.CharField(blank=True, max_length=20)),
                        ("experience", models.CharField(blank=True, max_length=20)),
                        ("no_research", models.BooleanField(db_default=False, default=False)),
                        ("measure_order", models.JSONField(db_default=[], default=list)),
                        ("consented_at", models.DateTimeField()),
                        ("consent_version", models.CharField(max_length=16)),
                        ("joined_at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField()),
                        ("is_simulated", models.BooleanField(default=False)),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participants",
                                to="cafe.alpcafe",
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
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="PaperSheet",
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
                        ("number", models.CharField(max_length=8)),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        ("first_entry", models.JSONField(default=dict)),
                        ("second_entry", models.JSONField(default=dict)),
                        ("entered_at", models.DateTimeField(blank=True, null=True)),
                        ("after_release", models.BooleanField(default=False)),
                        ("n_invalid", models.PositiveSmallIntegerField(default=0)),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="paper_sheets",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "first_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "second_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="paper_sheets",
                                to="cafe.participant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number", "round"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cafe", "number", "round"), name="paper_sheet_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feedback",
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
                        ("answers", models.JSONField(default=dict)),
                        ("text", models.TextField(blank=True, max_length=1000)),
                        (
                            "language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                max_length=2,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feedback",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feedback",
                                to="cafe.participant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("participant",), name="feedback_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Device",
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
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="devices",
                                to="cafe.participant",
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
                        ("text", models.TextField(max_length=1000)),
                        (
                            "language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                max_length=2,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="measures.measure",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="cafe.participant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("participant", "measure"), name="comment_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Card",
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
                        ("public_id", models.CharField(max_length=32)),
                        ("seq", models.BigIntegerField(default=0)),
                        ("round_index", models.PositiveSmallIntegerField(default=0)),
                        ("text", models.CharField(blank=True, max_length=280, verbose_name="Text")),
                        (
                            "language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                max_length=2,
                            ),
                        ),
                        (
                            "author",
                            models.CharField(blank=True, max_length=80, verbose_name="Name"),
                        ),
                        ("photo", models.CharField(blank=True, max_length=120)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("phone", "phone"),
                                    ("proxy", "entered for somebody present"),
                                    ("paper", "paper"),
                                ],
                                default="phone",
                                max_length=5,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("shown", "shown"),
                                    ("grouped", "part of an insight"),
                                    ("hidden", "hidden"),
                                ],
                                default="shown",
                                max_length=8,
                            ),
                        ),
                        ("hidden_reason", models.CharField(blank=True, max_length=200)),
                        ("is_about_person", models.BooleanField(blank=True, null=True)),
                        ("received_at", models.DateTimeField()),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cards",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="cards",
                                to="cafe.participant",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="cards",
                                to="cafe.table",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("cafe", "public_id"), name="card_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Protocol",
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
                        ("data", models.JSONField()),
                        ("notes", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField()),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="protocols",
                                to="cafe.alpcafe",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("cafe", "number"), name="protocol_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProtocolHost",
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
                        ("table", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(blank=True, max_length=120)),
                        (
                            "protocol",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hosts",
                                to="cafe.protocol",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["table"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("protocol", "table"), name="protocol_host_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
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
                        ("round_index", models.PositiveSmallIntegerField(verbose_name="Round")),
                        (
                            "text",
                            alpclusters.platform.languages.text.TranslatedText(
                                max_length=300, verbose_name="Question"
                            ),
                        ),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="cafe.alpcafe",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round_index"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cafe", "round_index"), name="question_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
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
                        ("key", models.CharField(max_length=32, null=True)),
                        ("seq", models.BigIntegerField(default=0)),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("phone", "phone"),
                                    ("proxy", "entered for somebody present"),
                                    ("paper", "paper"),
                                ],
                                default="phone",
                                max_length=5,
                            ),
                        ),
                        ("is_informed", models.BooleanField(default=False)),
                        ("is_late", models.BooleanField(default=False)),
                        ("value", models.SmallIntegerField(blank=True, null=True)),
                        ("cannot_judge", models.BooleanField(default=False)),
                        ("received_at", models.DateTimeField()),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ratings",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="cafe.criterion",
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
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="measures.measure",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ratings",
                                to="cafe.participant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                fields=["participant", "measure", "criterion", "round", "id"],
                                name="cafe_rating_partici_50482c_idx",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("cafe", "key"), name="rating_key_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("value__isnull", True),
                                    ("cannot_judge", False),
                                    _connector="OR",
                                ),
                                name="rating_value_or_cannot_judge",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
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
                        ("key", models.CharField(max_length=32)),
                        ("seq", models.BigIntegerField(default=0)),
                        ("kind", models.CharField(max_length=10)),
                        ("digest", models.CharField(blank=True, max_length=16)),
                        (
                            "cafe",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="receipts",
                                to="cafe.alpcafe",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("cafe", "key"), name="receipt_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Release",
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
                            "block",
                            models.CharField(
                                choices=[
                                    ("participation", "participation"),
                                    ("tiers", "tiers"),
                                    ("groups", "groups"),
                                    ("heat", "measures by criteria"),
                                    ("topthree", "top three"),
                                    ("cloud", "two criteria together"),
                                    ("comments", "comments"),
                                    ("change", "second rating against the first"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("visible_from", models.DateTimeField()),
                        ("visible_to", models.DateTimeField(blank=True, null=True)),
                        ("data", models.JSONField(default=dict)),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="releases",
                                to="cafe.alpcafe",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["visible_from", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SeatPlan",
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
                        ("made_at", models.DateTimeField()),
                        ("data", models.JSONField()),
                        ("is_current", models.BooleanField(default=True)),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seat_plans",
                                to="cafe.alpcafe",
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
                    name="SimilarCards",
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
                        ("score", models.FloatField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("together", "together"),
                                    ("rejected", "rejected"),
                                ],
                                default="proposed",
                                max_length=8,
                            ),
                        ),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="similar_cards",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cafe.card",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cafe.card",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-score", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("first", "second"), name="similar_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Support",
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
                            "card",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="supports",
                                to="cafe.card",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="supports",
                                to="cafe.participant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("card", "participant"), name="support_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Table",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="Number")),
                        (
                            "topic",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=160, verbose_name="Topic"
                            ),
                        ),
                        (
                            "host_name",
                            models.CharField(blank=True, max_length=120, verbose_name="Host"),
                        ),
                        ("languages", models.JSONField(default=list, verbose_name="Languages")),
                        (
                            "way",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="Where it stands"
                            ),
                        ),
                        ("x", models.PositiveSmallIntegerField(default=0)),
                        ("y", models.PositiveSmallIntegerField(default=0)),
                        (
                            "is_quiet",
                            models.BooleanField(default=False, verbose_name="Quiet table"),
                        ),
                        (
                            "is_accessible",
                            models.BooleanField(
                                default=True, verbose_name="Reachable with a wheelchair"
                            ),
                        ),
                        ("is_open", models.BooleanField(default=True)),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tables",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="measures.measure",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("cafe", "number"), name="table_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Summary",
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
                        ("round_index", models.PositiveSmallIntegerField()),
                        (
                            "text",
                            models.TextField(blank=True, max_length=600, verbose_name="Summary"),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                max_length=2,
                            ),
                        ),
                        ("handed_over_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="summaries",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="summaries",
                                to="cafe.table",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round_index", "table__number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("table", "round_index"), name="summary_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
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
                        ("round_index", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("expected", "expected"),
                                    ("here", "here"),
                                    ("moved", "sits elsewhere"),
                                    ("absent", "not here"),
                                ],
                                default="expected",
                                max_length=8,
                            ),
                        ),
                        (
                            "guest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seats",
                                to="cafe.guest",
                            ),
                        ),
                        (
                            "planned_table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cafe.table",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seats",
                                to="cafe.table",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round_index", "table__number", "guest__number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("guest", "round_index"), name="seat_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Insight",
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
                        ("title", models.CharField(max_length=200, verbose_name="Insight")),
                        (
                            "language",
                            models.CharField(
                                choices=alpclusters.platform.languages.codes.language_choices,
                                max_length=2,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="insights",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "cards",
                            models.ManyToManyField(
                                blank=True, related_name="insights", to="cafe.card"
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="measures.measure",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="insights",
                                to="cafe.table",
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
                    name="TopThree",
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
                        ("key", models.CharField(max_length=32, null=True)),
                        ("seq", models.BigIntegerField(default=0)),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("phone", "phone"),
                                    ("proxy", "entered for somebody present"),
                                    ("paper", "paper"),
                                ],
                                default="phone",
                                max_length=5,
                            ),
                        ),
                        ("measures", models.JSONField(default=list)),
                        ("received_at", models.DateTimeField()),
                        (
                            "cafe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="top_threes",
                                to="cafe.alpcafe",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="top_threes",
                                to="cafe.participant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cafe", "key"), name="top_three_key_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]

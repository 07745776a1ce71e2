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
        ("partnership", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        alpclusters.platform.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="ImportSource",
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
                        ("name", models.CharField(max_length=120, verbose_name="Name")),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=200, verbose_name="Licence"),
                        ),
                        ("address", models.URLField(blank=True, verbose_name="Address")),
                        (
                            "is_public",
                            models.BooleanField(default=False, verbose_name="Published list"),
                        ),
                        ("columns", models.JSONField(default=dict)),
                    ],
                    options={
                        "ordering": ["name"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="IndexedOrganisation",
                    fields=[
                        (
                            "organisation_id",
                            models.BigIntegerField(primary_key=True, serialize=False),
                        ),
                        ("version", models.BigIntegerField(db_index=True)),
                        ("is_gone", models.BooleanField(default=False)),
                        ("is_cluster", models.BooleanField(default=False)),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("sort_name", models.CharField(blank=True, max_length=260)),
                        ("country", models.CharField(blank=True, max_length=2)),
                        ("region", models.CharField(blank=True, max_length=4)),
                        ("ecosystem", models.CharField(blank=True, max_length=40)),
                        ("standing", models.CharField(blank=True, max_length=10)),
                        ("sectors", models.TextField(blank=True)),
                        ("technologies", models.TextField(blank=True)),
                        ("labels", models.TextField(blank=True)),
                        ("markets", models.TextField(blank=True)),
                        ("confirmed", models.IntegerField(default=0)),
                        ("changed", models.BigIntegerField(default=0)),
                        ("completeness", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["organisation_id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="IndexTodo",
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
                        ("organisation_id", models.BigIntegerField(db_index=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="IndexVersion",
                    fields=[
                        ("version", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("token", models.CharField(max_length=32)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["version"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="IndexWord",
                    fields=[
                        (
                            "word",
                            models.CharField(max_length=120, primary_key=True, serialize=False),
                        ),
                        ("n", models.IntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["word"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ClusterOrganisation",
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
                        (
                            "summary",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=800, verbose_name="In short"
                            ),
                        ),
                        ("logo", models.CharField(blank=True, max_length=64, verbose_name="Logo")),
                        (
                            "logo_alt",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=200, verbose_name="What the logo shows"
                            ),
                        ),
                        (
                            "has_english_page",
                            models.BooleanField(
                                blank=True,
                                help_text="A page translated by machine counts as well.",
                                null=True,
                                verbose_name="Has an English page",
                            ),
                        ),
                        ("english_page", models.URLField(blank=True, verbose_name="English page")),
                        (
                            "catchment",
                            models.JSONField(default=list, verbose_name="Catchment area"),
                        ),
                        (
                            "languages",
                            models.JSONField(default=list, verbose_name="Working languages"),
                        ),
                        ("sectors", models.JSONField(default=list, verbose_name="Sectors")),
                        (
                            "sector_text",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="Sectors in words"
                            ),
                        ),
                        (
                            "ecosystem",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="Industrial ecosystem"
                            ),
                        ),
                        (
                            "technologies",
                            models.JSONField(default=list, verbose_name="Technologies"),
                        ),
                        (
                            "s3_priorities",
                            models.JSONField(
                                default=list, verbose_name="Priorities of smart specialisation"
                            ),
                        ),
                        (
                            "n_sme",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Small and medium-sized firms"
                            ),
                        ),
                        (
                            "n_large",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Large firms"
                            ),
                        ),
                        (
                            "n_start_up",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Start-ups among them"
                            ),
                        ),
                        (
                            "n_research",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Research"
                            ),
                        ),
                        (
                            "n_public",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Public bodies"
                            ),
                        ),
                        (
                            "n_civil",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Civil society"
                            ),
                        ),
                        (
                            "n_other",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Others"
                            ),
                        ),
                        (
                            "n_abroad",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Of all members, those with their seat abroad",
                                null=True,
                                verbose_name="Members abroad",
                            ),
                        ),
                        (
                            "counted_on",
                            models.DateField(blank=True, null=True, verbose_name="Counted on"),
                        ),
                        (
                            "public_cooperation",
                            models.BooleanField(
                                blank=True,
                                help_text="Counts for the validation where no public body is a member.",
                                null=True,
                                verbose_name="Works visibly with public bodies",
                            ),
                        ),
                        (
                            "staff_fte",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Of the management: half a post is 0.5.",
                                max_digits=6,
                                null=True,
                                verbose_name="Staff (full-time equivalents)",
                            ),
                        ),
                        (
                            "staff_heads",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Staff (people)"
                            ),
                        ),
                        (
                            "has_board",
                            models.BooleanField(blank=True, null=True, verbose_name="Has a board"),
                        ),
                        (
                            "has_assembly",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="Yearly general assembly"
                            ),
                        ),
                        (
                            "strategy_url",
                            models.URLField(blank=True, verbose_name="Address of the strategy"),
                        ),
                        (
                            "strategy_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="Strategy valid until"
                            ),
                        ),
                        (
                            "money_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="Year of the figures"
                            ),
                        ),
                        (
                            "budget",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("below_50", "below 50,000 euros"),
                                    ("to_150", "50,000 to 150,000 euros"),
                                    ("to_500", "150,000 to 500,000 euros"),
                                    ("to_1500", "500,000 to 1.5 million euros"),
                                    ("above_1500", "above 1.5 million euros"),
                                ],
                                max_length=12,
                                verbose_name="Annual budget",
                            ),
                        ),
                        ("financing", models.JSONField(default=dict, verbose_name="Financing")),
                        ("services", models.JSONField(default=list, verbose_name="Services")),
                        (
                            "international_strategy",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("yes", "yes"),
                                    ("no", "no"),
                                    ("preparing", "in preparation"),
                                ],
                                max_length=10,
                                verbose_name="Internationalisation strategy",
                            ),
                        ),
                        (
                            "international_url",
                            models.URLField(
                                blank=True,
                                verbose_name="Address of the internationalisation strategy",
                            ),
                        ),
                        (
                            "international_until",
                            models.DateField(
                                blank=True,
                                null=True,
                                verbose_name="Internationalisation strategy valid until",
                            ),
                        ),
                        (
                            "target_markets",
                            models.JSONField(default=list, verbose_name="Target markets"),
                        ),
                        (
                            "partners_abroad",
                            models.JSONField(default=list, verbose_name="Partners abroad"),
                        ),
                        ("offers", models.JSONField(default=list, verbose_name="Offers to others")),
                        (
                            "programme",
                            models.CharField(
                                blank=True,
                                help_text="Name of the regional or national one",
                                max_length=160,
                                verbose_name="Cluster programme",
                            ),
                        ),
                        (
                            "is_recognised",
                            models.BooleanField(
                                blank=True,
                                help_text="With the name of the programme this stands in for the four rules.",
                                null=True,
                                verbose_name="Officially recognised by a cluster programme",
                            ),
                        ),
                        (
                            "maturity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("founding", "founding"),
                                    ("building", "building up"),
                                    ("working", "working"),
                                    ("mature", "mature"),
                                    ("transforming", "transforming"),
                                    ("dormant", "dormant"),
                                ],
                                max_length=12,
                                verbose_name="Maturity",
                            ),
                        ),
                        (
                            "last_activity_on",
                            models.DateField(
                                blank=True,
                                help_text="The day of an event, a newsletter or news on the website",
                                null=True,
                                verbose_name="Last visible activity",
                            ),
                        ),
                        (
                            "confirmed_on",
                            models.DateField(blank=True, null=True, verbose_name="Last confirmed"),
                        ),
                        (
                            "latest_event",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Latest event"
                            ),
                        ),
                        ("reminded_on", models.DateField(blank=True, null=True)),
                        ("completeness", models.PositiveSmallIntegerField(default=0)),
                        ("validity", models.CharField(default="open", max_length=8)),
                        ("has_valid_label", models.BooleanField(default=False)),
                        ("computed_on", models.DateField(blank=True, null=True)),
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
                            "organisation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cluster",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "manager",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="actors.person",
                                verbose_name="Manager",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation__name", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ClusterLabel",
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
                            "scheme",
                            models.CharField(default="ecei", max_length=40, verbose_name="Scheme"),
                        ),
                        (
                            "level",
                            models.CharField(max_length=10, verbose_name="Level of the label"),
                        ),
                        (
                            "first_awarded",
                            models.DateField(blank=True, null=True, verbose_name="First awarded"),
                        ),
                        (
                            "valid_from",
                            models.DateField(blank=True, null=True, verbose_name="Valid from"),
                        ),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="Left empty, the period is two years from the month of the award.",
                                null=True,
                                verbose_name="Valid until",
                            ),
                        ),
                        (
                            "score",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Only for gold",
                                max_digits=5,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="Score in per cent",
                            ),
                        ),
                        (
                            "certificate_url",
                            models.URLField(blank=True, verbose_name="Address of the certificate"),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="labels",
                                to="actors.clusterorganisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-valid_from", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CoverageTarget",
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
                            "least_helixes",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(4),
                                ],
                                verbose_name="Groups of society at the table, at least",
                            ),
                        ),
                        (
                            "least_share",
                            models.PositiveSmallIntegerField(
                                default=10,
                                validators=[django.core.validators.MaxValueValidator(25)],
                                verbose_name="Share of each of these groups, at least (per cent)",
                            ),
                        ),
                        (
                            "least_levels",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="Levels at the table, at least",
                            ),
                        ),
                        (
                            "least_of_region",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(5),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="People of each region, at least",
                            ),
                        ),
                        (
                            "least_of_cell",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="People of each group in each region, at least",
                            ),
                        ),
                        (
                            "project",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="coverage_target",
                                to="partnership.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["project"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalClusterLabel",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "scheme",
                            models.CharField(default="ecei", max_length=40, verbose_name="Scheme"),
                        ),
                        (
                            "level",
                            models.CharField(max_length=10, verbose_name="Level of the label"),
                        ),
                        (
                            "first_awarded",
                            models.DateField(blank=True, null=True, verbose_name="First awarded"),
                        ),
                        (
                            "valid_from",
                            models.DateField(blank=True, null=True, verbose_name="Valid from"),
                        ),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="Left empty, the period is two years from the month of the award.",
                                null=True,
                                verbose_name="Valid until",
                            ),
                        ),
                        (
                            "score",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Only for gold",
                                max_digits=5,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="Score in per cent",
                            ),
                        ),
                        (
                            "certificate_url",
                            models.URLField(blank=True, verbose_name="Address of the certificate"),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
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
                            "cluster",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="actors.clusterorganisation",
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
                        "verbose_name": "historical cluster label",
                        "verbose_name_plural": "historical cluster labels",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ImportRun",
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
                            "subject",
                            models.CharField(
                                choices=[
                                    ("organisations", "organisations"),
                                    ("initiatives", "initiatives"),
                                ],
                                default="organisations",
                                max_length=13,
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200)),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("uploaded", "uploaded"),
                                    ("checked", "checked"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("cancelled", "cancelled"),
                                    ("failed", "failed"),
                                ],
                                default="uploaded",
                                max_length=10,
                            ),
                        ),
                        ("next_line", models.PositiveIntegerField(default=0)),
                        ("n_rows", models.PositiveIntegerField(blank=True, null=True)),
                        ("wants_cancel", models.BooleanField(default=False)),
                        ("options", models.JSONField(default=dict)),
                        ("notes", models.JSONField(default=dict)),
                        ("error", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("n_read", models.PositiveIntegerField(default=0)),
                        ("n_created", models.PositiveIntegerField(default=0)),
                        ("n_updated", models.PositiveIntegerField(default=0)),
                        ("n_unchanged", models.PositiveIntegerField(default=0)),
                        ("n_rejected", models.PositiveIntegerField(default=0)),
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
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to="actors.importsource",
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
                    name="Organisation",
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
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "short_name",
                            models.CharField(blank=True, max_length=60, verbose_name="Short name"),
                        ),
                        (
                            "legal_form",
                            models.CharField(blank=True, max_length=60, verbose_name="Legal form"),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("sme", "small or medium-sized firm"),
                                    ("large", "large firm"),
                                    ("start_up", "start-up"),
                                    ("university", "university"),
                                    ("applied_research", "applied research"),
                                    ("technology_centre", "technology centre"),
                                    ("ministry", "ministry"),
                                    ("regional_government", "regional government"),
                                    ("agency", "agency in public hands"),
                                    ("municipality", "municipality"),
                                    ("association", "association of civil society"),
                                    ("cluster_organisation", "cluster organisation"),
                                    ("chamber", "chamber"),
                                    ("business_association", "business association"),
                                    ("development_agency", "development agency"),
                                    ("innovation_agency", "innovation agency"),
                                    ("incubator", "incubator"),
                                    ("bank", "bank"),
                                    ("fund", "fund"),
                                    ("investor", "investor"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=24,
                                verbose_name="Type",
                            ),
                        ),
                        (
                            "founded",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="Founded"
                            ),
                        ),
                        (
                            "helix",
                            models.CharField(
                                default="unknown", max_length=20, verbose_name="Sector of society"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(blank=True, max_length=20, verbose_name="Level"),
                        ),
                        ("town", models.CharField(blank=True, max_length=80, verbose_name="Town")),
                        (
                            "postcode",
                            models.CharField(blank=True, max_length=12, verbose_name="Postcode"),
                        ),
                        (
                            "country",
                            models.CharField(blank=True, max_length=2, verbose_name="Country"),
                        ),
                        ("region_is_proposed", models.BooleanField(default=False)),
                        ("given_code", models.CharField(blank=True, max_length=5)),
                        ("recoding_note", models.CharField(blank=True, max_length=200)),
                        (
                            "latitude",
                            models.FloatField(blank=True, null=True, verbose_name="Latitude"),
                        ),
                        (
                            "longitude",
                            models.FloatField(blank=True, null=True, verbose_name="Longitude"),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="Website")),
                        (
                            "is_listed",
                            models.BooleanField(
                                default=False, verbose_name="Shown in the public directory"
                            ),
                        ),
                        ("edited_fields", models.JSONField(default=list)),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=300, verbose_name="Licence"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("unknown", "unknown"),
                                ],
                                default="unverified",
                                max_length=10,
                                verbose_name="Status",
                            ),
                        ),
                        ("is_simulated", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absorbed",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organisations",
                                to="territory.region",
                                verbose_name="Region",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["country", "name"], name="actors_orga_country_fce5ad_idx"
                            ),
                            models.Index(
                                fields=["changed_at", "id"], name="actors_orga_changed_a34bce_idx"
                            ),
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
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
                        ("moved", models.JSONField(default=list)),
                        ("made_at", models.DateTimeField()),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
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
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "absorbed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="merges",
                                to="actors.organisation",
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
                    name="Identifier",
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
                            "scheme",
                            models.CharField(
                                choices=[
                                    ("pic", "participant code of the EU (PIC)"),
                                    ("vat", "VAT number"),
                                    ("national", "national register"),
                                    ("ror", "Research Organization Registry (ROR)"),
                                    ("isni", "International Standard Name Identifier (ISNI)"),
                                    ("gln", "Global Location Number (GLN)"),
                                    ("eccp", "European Cluster Collaboration Platform"),
                                    ("keep", "keep.eu"),
                                    ("kohesio", "Kohesio"),
                                    ("cordis", "CORDIS"),
                                    ("import", "imported list"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("issuer", models.CharField(blank=True, max_length=80)),
                        ("value", models.CharField(max_length=120)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("seen_on", models.DateField(blank=True, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="identifiers",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["scheme", "value"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scheme", "issuer", "value"), name="identifier_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPartOf",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True, verbose_name="Since")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        ("set_at", models.DateTimeField()),
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
                            "set_by",
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
                            "parent",
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
                            "unit",
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
                        "verbose_name": "historical part of",
                        "verbose_name_plural": "historical part ofs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPartner",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[("lead", "lead partner"), ("partner", "partner")],
                                default="partner",
                                max_length=8,
                                verbose_name="Role",
                            ),
                        ),
                        (
                            "tasks",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, verbose_name="Tasks"
                            ),
                        ),
                        (
                            "note",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, verbose_name="Note"
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
                                    ("unknown", "unknown"),
                                ],
                                default="unverified",
                                max_length=10,
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
                                verbose_name="Region it is responsible for",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territory.region",
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
                        "verbose_name": "historical partner",
                        "verbose_name_plural": "historical partners",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOrganisation",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="Name")),
                        (
                            "short_name",
                            models.CharField(blank=True, max_length=60, verbose_name="Short name"),
                        ),
                        (
                            "legal_form",
                            models.CharField(blank=True, max_length=60, verbose_name="Legal form"),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("sme", "small or medium-sized firm"),
                                    ("large", "large firm"),
                                    ("start_up", "start-up"),
                                    ("university", "university"),
                                    ("applied_research", "applied research"),
                                    ("technology_centre", "technology centre"),
                                    ("ministry", "ministry"),
                                    ("regional_government", "regional government"),
                                    ("agency", "agency in public hands"),
                                    ("municipality", "municipality"),
                                    ("association", "association of civil society"),
                                    ("cluster_organisation", "cluster organisation"),
                                    ("chamber", "chamber"),
                                    ("business_association", "business association"),
                                    ("development_agency", "development agency"),
                                    ("innovation_agency", "innovation agency"),
                                    ("incubator", "incubator"),
                                    ("bank", "bank"),
                                    ("fund", "fund"),
                                    ("investor", "investor"),
                                    ("unknown", "unknown"),
                                ],
                                default="unknown",
                                max_length=24,
                                verbose_name="Type",
                            ),
                        ),
                        (
                            "founded",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="Founded"
                            ),
                        ),
                        (
                            "helix",
                            models.CharField(
                                default="unknown", max_length=20, verbose_name="Sector of society"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(blank=True, max_length=20, verbose_name="Level"),
                        ),
                        ("town", models.CharField(blank=True, max_length=80, verbose_name="Town")),
                        (
                            "postcode",
                            models.CharField(blank=True, max_length=12, verbose_name="Postcode"),
                        ),
                        (
                            "country",
                            models.CharField(blank=True, max_length=2, verbose_name="Country"),
                        ),
                        ("region_is_proposed", models.BooleanField(default=False)),
                        ("given_code", models.CharField(blank=True, max_length=5)),
                        ("recoding_note", models.CharField(blank=True, max_length=200)),
                        (
                            "latitude",
                            models.FloatField(blank=True, null=True, verbose_name="Latitude"),
                        ),
                        (
                            "longitude",
                            models.FloatField(blank=True, null=True, verbose_name="Longitude"),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="Website")),
                        (
                            "is_listed",
                            models.BooleanField(
                                default=False, verbose_name="Shown in the public directory"
                            ),
                        ),
                        ("edited_fields", models.JSONField(default=list)),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=300, verbose_name="Licence"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("verified", "verified"),
                                    ("unverified", "unverified"),
                                    ("unknown", "unknown"),
                                ],
                                default="unverified",
                                max_length=10,
                                verbose_name="Status",
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
                            "history_user",
                            models.ForeignKey(
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
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="territory.region",
                                verbose_name="Region",
                            ),
                        ),
                        (
                            "merged_into",
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
                        "verbose_name": "historical organisation",
                        "verbose_name_plural": "historical organisations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="FieldProposal",
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
                        ("value", models.CharField(blank=True, max_length=300)),
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
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proposals",
                                to="actors.importrun",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proposals",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation", "field", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "field"), name="proposal_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DuplicateProposal",
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
                        ("reasons", models.JSONField(default=list)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("merged", "merged"),
                                    ("different", "different bodies"),
                                    ("unit", "one is a unit of the other"),
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
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="actors.organisation",
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
                        "ordering": ["-score", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("first", "second"), name="duplicate_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClusterMember",
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
                            "since",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="Since"
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="actors.clusterorganisation",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation__name", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cluster", "organisation"), name="member_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Alias",
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
                        ("name", models.CharField(max_length=200)),
                        ("language", models.CharField(blank=True, max_length=2)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("seen_on", models.DateField(blank=True, null=True)),
                        (
                            "accepted_by",
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
                                related_name="aliases",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "name"), name="alias_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Partner",
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
                            "role",
                            models.CharField(
                                choices=[("lead", "lead partner"), ("partner", "partner")],
                                default="partner",
                                max_length=8,
                                verbose_name="Role",
                            ),
                        ),
                        (
                            "tasks",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, verbose_name="Tasks"
                            ),
                        ),
                        (
                            "note",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, verbose_name="Note"
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
                                    ("unknown", "unknown"),
                                ],
                                default="unverified",
                                max_length=10,
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="partners",
                                to="partnership.project",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partners",
                                to="territory.region",
                                verbose_name="Region it is responsible for",
                            ),
                        ),
                        (
                            "seat",
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
                        "ordering": ["order", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "organisation"), name="partner_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartOf",
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
                        ("since", models.DateField(blank=True, null=True, verbose_name="Since")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="Until")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="Source"),
                        ),
                        ("set_at", models.DateTimeField()),
                        (
                            "parent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="units",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parents",
                                to="actors.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-set_at", "-pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("unit", models.F("parent")), _negated=True),
                                name="part_of_another",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("unit",),
                                name="part_of_one_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
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
                        ("task", models.CharField(blank=True, max_length=120, verbose_name="Task")),
                        ("role", models.CharField(blank=True, max_length=20, verbose_name="Role")),
                        (
                            "level",
                            models.CharField(blank=True, max_length=20, verbose_name="Level"),
                        ),
                        ("languages", models.JSONField(default=list, verbose_name="Languages")),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="person",
                                to=settings.AUTH_USER_MODEL,
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
                    name="HistoricalClusterOrganisation",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=80)),
                        (
                            "summary",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=800, verbose_name="In short"
                            ),
                        ),
                        ("logo", models.CharField(blank=True, max_length=64, verbose_name="Logo")),
                        (
                            "logo_alt",
                            alpclusters.platform.languages.text.TranslatedText(
                                blank=True, max_length=200, verbose_name="What the logo shows"
                            ),
                        ),
                        (
                            "has_english_page",
                            models.BooleanField(
                                blank=True,
                                help_text="A page translated by machine counts as well.",
                                null=True,
                                verbose_name="Has an English page",
                            ),
                        ),
                        ("english_page", models.URLField(blank=True, verbose_name="English page")),
                        (
                            "catchment",
                            models.JSONField(default=list, verbose_name="Catchment area"),
                        ),
                        (
                            "languages",
                            models.JSONField(default=list, verbose_name="Working languages"),
                        ),
                        ("sectors", models.JSONField(default=list, verbose_name="Sectors")),
                        (
                            "sector_text",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="Sectors in words"
                            ),
                        ),
                        (
                            "ecosystem",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="Industrial ecosystem"
                            ),
                        ),
                        (
                            "technologies",
                            models.JSONField(default=list, verbose_name="Technologies"),
                        ),
                        (
                            "s3_priorities",
                            models.JSONField(
                                default=list, verbose_name="Priorities of smart specialisation"
                            ),
                        ),
                        (
                            "n_sme",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Small and medium-sized firms"
                            ),
                        ),
                        (
                            "n_large",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Large firms"
                            ),
                        ),
                        (
                            "n_start_up",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Start-ups among them"
                            ),
                        ),
                        (
                            "n_research",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Research"
                            ),
                        ),
                        (
                            "n_public",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Public bodies"
                            ),
                        ),
                        (
                            "n_civil",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Civil society"
                            ),
                        ),
                        (
                            "n_other",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Others"
                            ),
                        ),
                        (
                            "n_abroad",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Of all members, those with their seat abroad",
                                null=True,
                                verbose_name="Members abroad",
                            ),
                        ),
                        (
                            "counted_on",
                            models.DateField(blank=True, null=True, verbose_name="Counted on"),
                        ),
                        (
                            "public_cooperation",
                            models.BooleanField(
                                blank=True,
                                help_text="Counts for the validation where no public body is a member.",
                                null=True,
                                verbose_name="Works visibly with public bodies",
                            ),
                        ),
                        (
                            "staff_fte",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Of the management: half a post is 0.5.",
                                max_digits=6,
                                null=True,
                                verbose_name="Staff (full-time equivalents)",
                            ),
                        ),
                        (
                            "staff_heads",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="Staff (people)"
                            ),
                        ),
                        (
                            "has_board",
                            models.BooleanField(blank=True, null=True, verbose_name="Has a board"),
                        ),
                        (
                            "has_assembly",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="Yearly general assembly"
                            ),
                        ),
                        (
                            "strategy_url",
                            models.URLField(blank=True, verbose_name="Address of the strategy"),
                        ),
                        (
                            "strategy_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="Strategy valid until"
                            ),
                        ),
                        (
                            "money_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="Year of the figures"
                            ),
                        ),
                        (
                            "budget",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("below_50", "below 50,000 euros"),
                                    ("to_150", "50,000 to 150,000 euros"),
                                    ("to_500", "150,000 to 500,000 euros"),
                                    ("to_1500", "500,000 to 1.5 million euros"),
                                    ("above_1500", "above 1.5 million euros"),
                                ],
                                max_length=12,
                                verbose_name="Annual budget",
                            ),
                        ),
                        ("financing", models.JSONField(default=dict, verbose_name="Financing")),
                        ("services", models.JSONField(default=list, verbose_name="Services")),
                        (
                            "international_strategy",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("yes", "yes"),
                                    ("no", "no"),
                                    ("preparing", "in preparation"),
                                ],
                                max_length=10,
                                verbose_name="Internationalisation strategy",
                            ),
                        ),
                        (
                            "international_url",
                            models.URLField(
                                blank=True,
                                verbose_name="Address of the internationalisation strategy",
                            ),
                        ),
                        (
                            "international_until",
                            models.DateField(
                                blank=True,
                                null=True,
                                verbose_name="Internationalisation strategy valid until",
                            ),
                        ),
                        (
                            "target_markets",
                            models.JSONField(default=list, verbose_name="Target markets"),
                        ),
                        (
                            "partners_abroad",
                            models.JSONField(default=list, verbose_name="Partners abroad"),
                        ),
                        ("offers", models.JSONField(default=list, verbose_name="Offers to others")),
                        (
                            "programme",
                            models.CharField(
                                blank=True,
                                help_text="Name of the regional or national one",
                                max_length=160,
                                verbose_name="Cluster programme",
                            ),
                        ),
                        (
                            "is_recognised",
                            models.BooleanField(
                                blank=True,
                                help_text="With the name of the programme this stands in for the four rules.",
                                null=True,
                                verbose_name="Officially recognised by a cluster programme",
                            ),
                        ),
                        (
                            "maturity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("founding", "founding"),
                                    ("building", "building up"),
                                    ("working", "working"),
                                    ("mature", "mature"),
                                    ("transforming", "transforming"),
                                    ("dormant", "dormant"),
                                ],
                                max_length=12,
                                verbose_name="Maturity",
                            ),
                        ),
                        (
                            "last_activity_on",
                            models.DateField(
                                blank=True,
                                help_text="The day of an event, a newsletter or news on the website",
                                null=True,
                                verbose_name="Last visible activity",
                            ),
                        ),
                        (
                            "confirmed_on",
                            models.DateField(blank=True, null=True, verbose_name="Last confirmed"),
                        ),
                        (
                            "latest_event",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="Latest event"
                            ),
                        ),
                        ("reminded_on", models.DateField(blank=True, null=True)),
                        ("completeness", models.PositiveSmallIntegerField(default=0)),
                        ("validity", models.CharField(default="open", max_length=8)),
                        ("has_valid_label", models.BooleanField(default=False)),
                        ("computed_on", models.DateField(blank=True, null=True)),
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
                        (
                            "manager",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="actors.person",
                                verbose_name="Manager",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical cluster organisation",
                        "verbose_name_plural": "historical cluster organisations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Consent",
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
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("directory", "shown in the public directory"),
                                    ("invitations", "invitations to events"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("version", models.CharField(max_length=16)),
                        ("how", models.CharField(max_length=200, verbose_name="How it was given")),
                        ("given_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consents",
                                to="actors.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["given_at", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="PostalPoint",
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
                        ("country", models.CharField(max_length=2)),
                        ("postcode", models.CharField(max_length=12)),
                        ("nuts3", models.CharField(max_length=5)),
                        ("vintage", models.PositiveSmallIntegerField()),
                        ("town", models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        "ordering": ["country", "postcode", "nuts3", "town"],
                        "indexes": [
                            models.Index(
                                fields=["country", "town"], name="actors_post_country_645a63_idx"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("country", "postcode", "nuts3", "town"), name="postal_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Provenance",
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
                        ("external_id", models.CharField(max_length=120)),
                        ("digest", models.CharField(max_length=64)),
                        ("line", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="provenance",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="actors.importrun",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="actors.importsource",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "external_id"), name="provenance_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedSearch",
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
                        ("name", models.CharField(max_length=80, verbose_name="Name")),
                        ("query", models.CharField(max_length=1000)),
                        ("made_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_searches",
                                to=settings.AUTH_USER_MODEL,
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
                    name="Stakeholder",
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
                        ("audience", models.JSONField(default=list)),
                        (
                            "benefits_from_results",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="Gains from the results"
                            ),
                        ),
                        (
                            "influence",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "low"), (2, "middle"), (3, "high")],
                                null=True,
                                verbose_name="Influence",
                            ),
                        ),
                        (
                            "interest",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "low"), (2, "middle"), (3, "high")],
                                null=True,
                                verbose_name="Interest",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="Reason"),
                        ),
                        ("mapped_on", models.DateField(verbose_name="Mapped on")),
                        ("is_simulated", models.BooleanField(default=False)),
                        (
                            "mapped_by",
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
                                related_name="stakes",
                                to="actors.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="stakes",
                                to="actors.person",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stakeholders",
                                to="partnership.project",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation__name", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "organisation", "person"),
                                name="stakeholder_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("person", None)),
                                fields=("project", "organisation"),
                                name="stakeholder_body_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
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
                        ("message", models.CharField(max_length=400, verbose_name="Who you are")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "waits for a decision"),
                                    ("approved", "approved"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="pending",
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("answer", models.CharField(blank=True, max_length=400)),
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="claims",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="claims",
                                to="actors.clusterorganisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["pending", "approved"])),
                                fields=("cluster", "user"),
                                name="claim_once",
                            )
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]

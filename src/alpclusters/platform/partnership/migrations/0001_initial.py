import alpclusters.platform.languages.text
import alpclusters.platform.tables
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('territory', '0001_initial'),
    ]

    operations = [
        alpclusters.platform.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='HistoricalProject',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('slug', models.SlugField()),
                        ('acronym', models.CharField(max_length=60, verbose_name='Short name')),
                        ('name', alpclusters.platform.languages.text.TranslatedText(max_length=200, verbose_name='Name')),
                        ('summary', alpclusters.platform.languages.text.TranslatedText(blank=True, verbose_name='Summary')),
                        ('kind', models.CharField(choices=[('active', 'active'), ('historic', 'historic'), ('demonstration', 'demonstration')], default='active', max_length=14, verbose_name='Kind')),
                        ('programme', models.CharField(blank=True, max_length=160, verbose_name='Programme')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='Start')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='End')),
                        ('is_precise_to_day', models.BooleanField(default=True)),
                        ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='Contact')),
                        ('contact_role', alpclusters.platform.languages.text.TranslatedText(blank=True, max_length=160, verbose_name='Role of the contact')),
                        ('is_public', models.BooleanField(default=True)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.TextField(null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical project',
                        'verbose_name_plural': 'historical projects',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                        'indexes': [],
                        'constraints': [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='Project',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(unique=True)),
                        ('acronym', models.CharField(max_length=60, verbose_name='Short name')),
                        ('name', alpclusters.platform.languages.text.TranslatedText(max_length=200, verbose_name='Name')),
                        ('summary', alpclusters.platform.languages.text.TranslatedText(blank=True, verbose_name='Summary')),
                        ('kind', models.CharField(choices=[('active', 'active'), ('historic', 'historic'), ('demonstration', 'demonstration')], default='active', max_length=14, verbose_name='Kind')),
                        ('programme', models.CharField(blank=True, max_length=160, verbose_name='Programme')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='Start')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='End')),
                        ('is_precise_to_day', models.BooleanField(default=True)),
                        ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='Contact')),
                        ('contact_role', alpclusters.platform.languages.text.TranslatedText(blank=True, max_length=160, verbose_name='Role of the contact')),
                        ('is_public', models.BooleanField(default=True)),
                        ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-starts_on', 'acronym', 'pk'],
                        'indexes': [],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='project_ends_after_start')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalProjectFact',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('section', models.CharField(choices=[('name', 'Name'), ('duration', 'Duration'), ('programme', 'Programme'), ('aim', 'Aims'), ('target_group', 'Target groups'), ('beneficiary', 'Beneficiaries of the results'), ('activity', 'Activities'), ('product', 'Results'), ('reported', 'Reported in public sources'), ('unknown', 'Not known'), ('contact', 'Contact')], max_length=14)),
                        ('key', models.SlugField()),
                        ('label', alpclusters.platform.languages.text.TranslatedText(blank=True, max_length=160, verbose_name='Label')),
                        ('value', alpclusters.platform.languages.text.TranslatedText(blank=True, verbose_name='Text')),
                        ('source', models.CharField(blank=True, max_length=300, verbose_name='Source')),
                        ('status', models.CharField(choices=[('verified', 'verified'), ('unverified', 'unverified'), ('unknown', 'unknown')], default='unverified', max_length=10)),
                        ('order', models.PositiveSmallIntegerField(default=0)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.TextField(null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('project', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnership.project')),
                    ],
                    options={
                        'verbose_name': 'historical project fact',
                        'verbose_name_plural': 'historical project facts',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                        'indexes': [],
                        'constraints': [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='ProjectFact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('section', models.CharField(choices=[('name', 'Name'), ('duration', 'Duration'), ('programme', 'Programme'), ('aim', 'Aims'), ('target_group', 'Target groups'), ('beneficiary', 'Beneficiaries of the results'), ('activity', 'Activities'), ('product', 'Results'), ('reported', 'Reported in public sources'), ('unknown', 'Not known'), ('contact', 'Contact')], max_length=14)),
                        ('key', models.SlugField()),
                        ('label', alpclusters.platform.languages.text.TranslatedText(blank=True, max_length=160, verbose_name='Label')),
                        ('value', alpclusters.platform.languages.text.TranslatedText(blank=True, verbose_name='Text')),
                        ('source', models.CharField(blank=True, max_length=300, verbose_name='Source')),
                        ('status', models.CharField(choices=[('verified', 'verified'), ('unverified', 'unverified'), ('unknown', 'unknown')], default='unverified', max_length=10)),
                        ('order', models.PositiveSmallIntegerField(default=0)),
                        ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='partnership.project')),
                    ],
                    options={
                        'ordering': ['order', 'pk'],
                        'indexes': [],
                        'constraints': [models.UniqueConstraint(fields=('project', 'key'), name='project_fact_once')],
                    },
                ),
                migrations.CreateModel(
                    name='RoleAssignment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('administrator', 'Administrator'), ('partner_coordinator', 'Partner coordinator'), ('facilitator', 'Facilitator'), ('evidence_coder', 'Evidence coder'), ('policy_maker', 'Policy maker'), ('cluster_manager', 'Cluster manager'), ('member', 'Member'), ('data_officer', 'Data protection officer')], max_length=24, verbose_name='Role')),
                        ('granted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnership.project')),
                        ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.region')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_assignments', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [models.UniqueConstraint(models.F('user'), models.F('role'), django.db.models.functions.comparison.Coalesce('project', 0), django.db.models.functions.comparison.Coalesce('region', 0), name='one_role_once'), models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'partner_coordinator', 'facilitator', 'evidence_coder', 'policy_maker', 'cluster_manager', 'member', 'data_officer'])), name='role_is_known')],
                    },
                ),
            ],
        ),
    ]

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_data_protection_officers"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("partnership", "0002_contact_out_of_history"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE accounts_roleassignment RENAME TO partnership_roleassignment",
                    "ALTER TABLE partnership_roleassignment RENAME TO accounts_roleassignment",
                ),
                migrations.RunSQL(
                    "UPDATE django_content_type SET app_label = 'partnership' "
                    "WHERE app_label = 'accounts' AND model = 'roleassignment'",
                    "UPDATE django_content_type SET app_label = 'accounts' "
                    "WHERE app_label = 'partnership' AND model = 'roleassignment'",
                ),
            ],
            state_operations=[
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
                        'constraints': [models.UniqueConstraint(models.F('user'), models.F('role'), django.db.models.functions.comparison.Coalesce('project', 0), django.db.models.functions.comparison.Coalesce('region', 0), name='one_role_once'), models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'partner_coordinator', 'facilitator', 'evidence_coder', 'policy_maker', 'cluster_manager', 'member', 'data_officer'])), name='role_is_known')],
                    },
                ),
            ],
        ),
    ]

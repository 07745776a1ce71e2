import alpclusters.platform.languages.text
import alpclusters.platform.tables
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        alpclusters.platform.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='ErasureCertificate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('made_at', models.DateTimeField()),
                        ('tables', models.JSONField()),
                        ('left', models.JSONField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='ResponsibleBody',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(blank=True, max_length=200, verbose_name='Body')),
                        ('representative', models.CharField(blank=True, max_length=200, verbose_name='Represented by')),
                        ('address', models.TextField(blank=True, max_length=500, verbose_name='Postal address')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail address')),
                        ('phone', models.CharField(blank=True, max_length=60, verbose_name='Telephone')),
                        ('register', models.CharField(blank=True, max_length=200, verbose_name='Register and tax number')),
                        ('supervision', alpclusters.platform.languages.text.TranslatedText(blank=True, max_length=300, verbose_name='Supervised by')),
                        ('officer_name', models.CharField(blank=True, max_length=200, verbose_name='Data protection officer')),
                        ('officer_email', models.EmailField(blank=True, max_length=254, verbose_name='E-mail address of the officer')),
                        ('needs_no_officer', models.BooleanField(default=False, verbose_name='This body does not have to name a data protection officer')),
                        ('legal_basis', alpclusters.platform.languages.text.TranslatedText(blank=True, max_length=2000, verbose_name='Legal basis')),
                        ('data_authority', alpclusters.platform.languages.text.TranslatedText(blank=True, max_length=300, verbose_name='Data protection authority for complaints')),
                        ('notes', alpclusters.platform.languages.text.TranslatedText(blank=True, max_length=4000, verbose_name='Further information')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_body_only')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='SecurityEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveBigIntegerField(unique=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('kind', models.CharField(choices=[('signed_in', 'Signed in'), ('sign_in_failed', 'Sign-in failed'), ('signed_out', 'Signed out'), ('sessions_ended', 'Other devices signed out'), ('password_changed', 'Password changed'), ('address_changed', 'E-mail address changed'), ('factor_added', 'Second step added'), ('factor_removed', 'Second step removed'), ('recovery_used', 'Recovery code used'), ('factor_failed', 'Second step refused'), ('link_made', 'Link for an administrator made'), ('link_used', 'Link for an administrator used'), ('role_given', 'Role given'), ('role_withdrawn', 'Role withdrawn'), ('data_exported', 'Data of a person given out'), ('person_erased', 'Person erased'), ('person_blocked', 'Person blocked'), ('person_unblocked', 'Block of a person lifted'), ('evaluation_released', 'Evaluation released'), ('plan_published', 'Action plan published'), ('plan_withdrawn', 'Action plan taken back'), ('settings_changed', 'Settings changed')], max_length=24)),
                        ('detail', models.JSONField(default=dict)),
                        ('actor_mark', models.CharField(blank=True, max_length=32)),
                        ('about_mark', models.CharField(blank=True, max_length=32)),
                        ('previous', models.CharField(max_length=64)),
                        ('digest', models.CharField(max_length=64)),
                        ('network', models.CharField(blank=True, max_length=64)),
                        ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['number'],
                        'indexes': [models.Index(fields=['kind', 'number'], name='trust_secur_kind_a44bff_idx')],
                        'constraints': [],
                    },
                ),
            ],
        ),
    ]

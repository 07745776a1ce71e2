import alpclusters.platform.tables
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cafe', '0001_initial'),
    ]

    operations = [
        alpclusters.platform.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='DataRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('organisation', models.CharField(max_length=200, verbose_name='Organisation')),
                        ('people', models.TextField(validators=[django.core.validators.MaxLengthValidator(1000)])),
                        ('email', models.EmailField(max_length=254, verbose_name='E-mail')),
                        ('language', models.CharField(max_length=2)),
                        ('purpose', models.TextField(validators=[django.core.validators.MaxLengthValidator(1000)])),
                        ('safeguards', models.TextField(validators=[django.core.validators.MaxLengthValidator(1000)])),
                        ('until', models.DateField()),
                        ('terms_version', models.PositiveSmallIntegerField()),
                        ('state', models.CharField(choices=[('asked', 'asked for'), ('granted', 'granted'), ('refused', 'refused'), ('deleted', 'deleted by the recipient')], default='asked', max_length=10)),
                        ('asked_at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.TextField(blank=True)),
                        ('deleted_at', models.DateTimeField(blank=True, null=True)),
                        ('seed', models.CharField(blank=True, max_length=64)),
                        ('token_hash', models.CharField(blank=True, db_index=True, max_length=64)),
                        ('snapshot_number', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('fields', models.JSONField(default=list)),
                        ('cafe', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='data_requests', to='cafe.alpcafe')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-asked_at', '-pk'],
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='Snapshot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField(verbose_name='Number')),
                        ('made_at', models.DateTimeField(verbose_name='Made')),
                        ('data', models.JSONField()),
                        ('digest', models.CharField(max_length=64)),
                        ('released_at', models.DateTimeField(blank=True, null=True)),
                        ('first_released_at', models.DateTimeField(blank=True, null=True)),
                        ('cafe', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='cafe.alpcafe')),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-made_at', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('cafe', 'number'), name='snapshot_number_once')],
                        'indexes': [],
                    },
                ),
            ],
        ),
    ]

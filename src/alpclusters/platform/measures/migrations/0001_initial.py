import alpclusters.platform.languages.text
import alpclusters.platform.tables
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('partnership', '0001_initial'),
    ]

    operations = [
        alpclusters.platform.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='HistoricalMeasure',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, verbose_name='Key')),
                        ('type_key', models.SlugField(max_length=60, verbose_name='Type')),
                        ('name', alpclusters.platform.languages.text.TranslatedText(max_length=80, verbose_name='Name')),
                        ('description', alpclusters.platform.languages.text.TranslatedText(max_length=1200, verbose_name='Description')),
                        ('phase', models.CharField(max_length=20, verbose_name='Phase')),
                        ('mode', models.CharField(max_length=20, verbose_name='Mode of support')),
                        ('motive', models.CharField(max_length=20, verbose_name='Main motive')),
                        ('reported_rank', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('reported_note', alpclusters.platform.languages.text.TranslatedText(blank=True)),
                        ('reported_source', models.CharField(blank=True, max_length=300)),
                        ('picture', models.CharField(blank=True, max_length=120)),
                        ('picture_alt', alpclusters.platform.languages.text.TranslatedText(blank=True, max_length=200, verbose_name='What the picture shows')),
                        ('picture_credit', models.CharField(blank=True, max_length=200, verbose_name='Source and licence')),
                        ('is_published', models.BooleanField(default=True, verbose_name='Published')),
                        ('order', models.PositiveSmallIntegerField(default=0)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.TextField(null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('project', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnership.project')),
                    ],
                    options={
                        'verbose_name': 'historical measure',
                        'verbose_name_plural': 'historical measures',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                        'indexes': [],
                        'constraints': [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='Measure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=60, unique=True, verbose_name='Key')),
                        ('type_key', models.SlugField(max_length=60, verbose_name='Type')),
                        ('name', alpclusters.platform.languages.text.TranslatedText(max_length=80, verbose_name='Name')),
                        ('description', alpclusters.platform.languages.text.TranslatedText(max_length=1200, verbose_name='Description')),
                        ('phase', models.CharField(max_length=20, verbose_name='Phase')),
                        ('mode', models.CharField(max_length=20, verbose_name='Mode of support')),
                        ('motive', models.CharField(max_length=20, verbose_name='Main motive')),
                        ('reported_rank', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('reported_note', alpclusters.platform.languages.text.TranslatedText(blank=True)),
                        ('reported_source', models.CharField(blank=True, max_length=300)),
                        ('picture', models.CharField(blank=True, max_length=120)),
                        ('picture_alt', alpclusters.platform.languages.text.TranslatedText(blank=True, max_length=200, verbose_name='What the picture shows')),
                        ('picture_credit', models.CharField(blank=True, max_length=200, verbose_name='Source and licence')),
                        ('is_published', models.BooleanField(default=True, verbose_name='Published')),
                        ('order', models.PositiveSmallIntegerField(default=0)),
                        ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='partnership.project')),
                    ],
                    options={
                        'ordering': ['order', 'pk'],
                        'indexes': [],
                        'constraints': [],
                    },
                ),
            ],
        ),
    ]

import alpclusters.platform.languages.text
import alpclusters.platform.tables
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        alpclusters.platform.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='ProgrammeArea',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(unique=True)),
                        ('name', alpclusters.platform.languages.text.TranslatedText(max_length=120, verbose_name='Name')),
                        ('period', models.CharField(max_length=20, verbose_name='Period')),
                        ('nuts_vintage', models.PositiveSmallIntegerField()),
                        ('note', alpclusters.platform.languages.text.TranslatedText(blank=True)),
                        ('order', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ['order', 'pk'],
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='Region',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=5, verbose_name='Code')),
                        ('level', models.PositiveSmallIntegerField(verbose_name='Level')),
                        ('country', models.CharField(max_length=2, verbose_name='Country')),
                        ('parent_code', models.CharField(blank=True, max_length=4)),
                        ('name', alpclusters.platform.languages.text.TranslatedText(max_length=160, verbose_name='Name')),
                        ('first_vintage', models.PositiveSmallIntegerField()),
                        ('last_vintage', models.PositiveSmallIntegerField()),
                        ('names_status', models.CharField(choices=[('verified', 'verified'), ('unverified', 'unverified'), ('unknown', 'unknown')], default='verified', max_length=10)),
                    ],
                    options={
                        'ordering': ['code', 'first_vintage', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('code', 'first_vintage'), name='region_code_once'), models.CheckConstraint(condition=models.Q(('last_vintage__gte', models.F('first_vintage'))), name='region_vintages_in_order')],
                        'indexes': [],
                    },
                ),
                migrations.CreateModel(
                    name='RegionChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('from_vintage', models.PositiveSmallIntegerField()),
                        ('to_vintage', models.PositiveSmallIntegerField()),
                        ('level', models.PositiveSmallIntegerField()),
                        ('from_code', models.CharField(blank=True, max_length=5)),
                        ('to_code', models.CharField(blank=True, max_length=5)),
                        ('relation', models.CharField(max_length=40)),
                        ('is_exact', models.BooleanField()),
                        ('candidates', models.CharField(blank=True, max_length=400)),
                    ],
                    options={
                        'ordering': ['from_vintage', 'from_code', 'to_code', 'pk'],
                        'indexes': [models.Index(fields=['from_vintage', 'from_code'], name='territory_r_from_vi_4edf4b_idx')],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='ProgrammeAreaRegion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=5)),
                        ('status', models.CharField(choices=[('verified', 'verified'), ('unverified', 'unverified'), ('unknown', 'unknown')], max_length=10)),
                        ('source', models.CharField(max_length=300)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='area_regions', to='territory.programmearea')),
                    ],
                    options={
                        'ordering': ['code', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('area', 'code'), name='area_region_once')],
                        'indexes': [],
                    },
                ),
            ],
        ),
    ]

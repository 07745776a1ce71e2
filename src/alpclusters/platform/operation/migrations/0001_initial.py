import alpclusters.platform.tables
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        alpclusters.platform.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name='JobRun',
                    fields=[
                        ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ('known_since', models.DateTimeField()),
                        ('leased_until', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('failed_at', models.DateTimeField(null=True)),
                        ('n_failures', models.PositiveIntegerField(default=0)),
                        ('error', models.CharField(blank=True, max_length=80)),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='QueuedMail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sender', models.CharField(max_length=320)),
                        ('recipients', models.JSONField(default=list)),
                        ('content', models.BinaryField()),
                        ('created_at', models.DateTimeField()),
                        ('next_try_at', models.DateTimeField(db_index=True)),
                        ('n_tries', models.PositiveIntegerField(default=0)),
                        ('given_up_at', models.DateTimeField(null=True)),
                        ('error', models.CharField(blank=True, max_length=80)),
                    ],
                    options={
                        'indexes': [],
                        'constraints': [],
                    },
                ),
            ],
        ),
    ]

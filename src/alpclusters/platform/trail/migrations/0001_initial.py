import alpclusters.platform.tables
import django.db.models.deletion
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
                    name='Edge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('shown_as', 'Shown As'), ('gathered_in', 'Gathered In'), ('informs', 'Informs'), ('rates', 'Rates'), ('states', 'States'), ('grounds', 'Grounds'), ('carried_by', 'Carried By')], max_length=12)),
                        ('from_kind', models.CharField(max_length=16)),
                        ('from_id', models.PositiveBigIntegerField()),
                        ('to_kind', models.CharField(max_length=16)),
                        ('to_id', models.PositiveBigIntegerField()),
                        ('made_at', models.DateTimeField()),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'indexes': [models.Index(fields=['from_kind', 'from_id'], name='trail_edge_from_ki_900479_idx'), models.Index(fields=['to_kind', 'to_id'], name='trail_edge_to_kind_3cf388_idx')],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'from_kind', 'from_id', 'to_kind', 'to_id'), name='edge_once')],
                    },
                ),
            ],
        ),
    ]

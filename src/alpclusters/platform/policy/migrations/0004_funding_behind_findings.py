import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0001_initial"),
        ("policy", "0003_names_that_last"),
    ]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="mix",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="funding.mixrun",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("criterion__isnull", False),
                        ("kind", "rating"),
                        ("measure__isnull", False),
                        ("n__isnull", False),
                        ("snapshot__isnull", False),
                    ),
                    models.Q(("kind", "lesson"), ("lesson__isnull", False)),
                    models.Q(("kind", "network"), ("network__isnull", False)),
                    models.Q(("kind", "funding"), ("mix__isnull", False)),
                    models.Q(("consultation__isnull", False), ("kind", "consultation")),
                    _connector="OR",
                ),
                name="finding_has_its_source",
            ),
        ),
        migrations.AddField(
            model_name="fundingline",
            name="offer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="funding.offer",
            ),
        ),
        migrations.AddField(
            model_name="historicalfinding",
            name="mix",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="funding.mixrun",
            ),
        ),
    ]

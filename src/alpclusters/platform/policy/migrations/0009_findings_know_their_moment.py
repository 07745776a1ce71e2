"""A finding was made when the domain says so: its day decides what it can have led to."""

from typing import ClassVar

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """No column changes, only who fills it."""

    dependencies: ClassVar = [("policy", "0008_comments_not_shown")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name=name,
            name="made_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        )
        for name in ("finding", "historicalfinding")
    ]

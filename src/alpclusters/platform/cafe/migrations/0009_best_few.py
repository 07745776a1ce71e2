from typing import Any

import django.core.validators
from django.db import migrations, models


def best_k() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        default=0,
        null=True,
        validators=[django.core.validators.MaxValueValidator(10)],
        verbose_name="Best measures that are looked for",
    )


def leave_opened(apps: Any, _editor: Any) -> None:
    """Say nothing of the order in AlpCafés that were opened before: it was by chance."""
    apps.get_model("cafe", "AlpCafe").objects.exclude(state="draft").update(best_k=None)


class Migration(migrations.Migration):

    dependencies = [("cafe", "0008_statements_about_the_person")]

    operations = [
        migrations.AddField("alpcafe", "best_k", best_k()),
        migrations.AddField("historicalalpcafe", "best_k", best_k()),
        migrations.RunPython(leave_opened, migrations.RunPython.noop),
    ]

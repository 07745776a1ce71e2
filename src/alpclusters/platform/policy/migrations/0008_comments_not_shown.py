"""A comment may be kept from the public, with a reason."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more thing that becomes of a comment."""

    dependencies: ClassVar = [("policy", "0007_reasons_have_a_language")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="comment",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "open"),
                    ("accepted", "accepted"),
                    ("partly_accepted", "accepted in part"),
                    ("rejected", "not accepted"),
                    ("out_of_scope", "beyond this consultation"),
                    ("withdrawn", "withdrawn"),
                    ("withheld", "not shown"),
                ],
                default="open",
                max_length=15,
            ),
        )
    ]

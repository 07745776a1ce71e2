"""Which text a body was asked about and endorsed: its version, since when it stands, its hash."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("policy", "0010_given_hashes")]

    operations = [
        migrations.AddField(model_name=model, name=name, field=field)
        for model in ("endorsement", "endorsementstep")
        for name, field in (
            ("version", models.PositiveIntegerField(blank=True, null=True)),
            ("text_on", models.DateField(blank=True, null=True)),
            ("text_digest", models.CharField(blank=True, db_default="", default="", max_length=64)),
        )
    ]

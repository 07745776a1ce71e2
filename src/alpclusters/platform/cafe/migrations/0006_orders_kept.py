from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cafe", "0005_protocol_hosts_apart")]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="measure_order",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]

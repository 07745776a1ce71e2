from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cafe", "0006_orders_kept")]

    operations = [
        migrations.AddField(
            model_name="alpcafe",
            name="margins",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name="historicalalpcafe",
            name="margins",
            field=models.JSONField(db_default={}, default=dict),
        ),
    ]

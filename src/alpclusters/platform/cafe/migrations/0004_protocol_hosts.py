import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cafe", "0003_participants_out_of_research")]

    operations = [
        migrations.CreateModel(
            name="ProtocolHost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.PositiveSmallIntegerField()),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hosts",
                        to="cafe.protocol",
                    ),
                ),
            ],
            options={"ordering": ["table"]},
        ),
        migrations.AddConstraint(
            model_name="protocolhost",
            constraint=models.UniqueConstraint(
                fields=("protocol", "table"), name="protocol_host_once"
            ),
        ),
    ]

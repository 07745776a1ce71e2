"""Who took a solution up, when, and in which document: what RCR104 counts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policy", "0013_data_protection_officers"),
    ]

    operations = [
        migrations.AddField(
            model_name="solution",
            name="is_legal",
            field=models.BooleanField(
                default=False, verbose_name="A legal or administrative solution"
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="taken_up_on",
            field=models.DateField(blank=True, null=True, verbose_name="Taken up on"),
        ),
        migrations.AddField(
            model_name="solution",
            name="taken_up_by",
            field=models.CharField(
                blank=True, default="", max_length=200, verbose_name="Body that took it up"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="solution",
            name="taken_up_in",
            field=models.CharField(
                blank=True, default="", max_length=500, verbose_name="Document of that body"
            ),
            preserve_default=False,
        ),
    ]

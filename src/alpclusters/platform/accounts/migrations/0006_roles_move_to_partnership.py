from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_data_protection_officers"),
        ("partnership", "0003_roles"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel("RoleAssignment")],
        ),
    ]

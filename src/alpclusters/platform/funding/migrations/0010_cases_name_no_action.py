"""Plans say which action a case is about."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0009_accounts_have_a_trail"),
        ("policy", "0015_cases_of_actions"),
    ]

    operations = [
        migrations.RemoveField(model_name="fundingcase", name="action"),
        migrations.RemoveField(model_name="historicalfundingcase", name="action"),
    ]

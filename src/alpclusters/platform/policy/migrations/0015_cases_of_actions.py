"""Plans say which action a funding case is about; the case itself did so before."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def take_over(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make a tie of every case that names an action."""
    cases = apps.get_model("funding", "FundingCase").objects.exclude(action=None)
    apps.get_model("policy", "ActionCase").objects.bulk_create(
        apps.get_model("policy", "ActionCase")(case_id=case, action_id=action)
        for case, action in cases.order_by("pk").values_list("pk", "action")
    )


def give_back(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the cases name their action again."""
    cases = apps.get_model("funding", "FundingCase").objects
    for tie in apps.get_model("policy", "ActionCase").objects.all():
        cases.filter(pk=tie.case_id).update(action=tie.action_id)


class Migration(migrations.Migration):
    dependencies = [
        ("policy", "0014_solutions_taken_up"),
        ("funding", "0009_accounts_have_a_trail"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="case_ties",
                        to="policy.action",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="action_tie",
                        to="funding.fundingcase",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.RunPython(take_over, give_back),
    ]

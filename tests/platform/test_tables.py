"""Tables that point to each other, created in one step and taken back again."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from alpclusters.platform.tables import CreateTables

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def pair() -> CreateTables:
    """Each of two tables needs the other; by themselves neither could come first."""

    def number() -> models.BigAutoField:
        return models.BigAutoField(primary_key=True)

    egg = [
        ("id", number()),
        ("laid_by", models.ForeignKey("policy.TestHen", models.CASCADE, related_name="+")),
        ("weight", models.IntegerField()),
    ]
    hen = [
        ("id", number()),
        ("came_from", models.ForeignKey("policy.TestEgg", models.CASCADE, null=True)),
        ("sat_on", models.ManyToManyField("policy.TestEgg", related_name="+")),
    ]
    heavy = models.CheckConstraint(condition=models.Q(weight__gt=0), name="test_egg_weighs")
    return CreateTables(
        tables=[
            migrations.CreateModel("TestEgg", egg, options={"constraints": [heavy]}),
            migrations.CreateModel("TestHen", hen),
        ]
    )


def created() -> set[str]:
    return {name for name in connection.introspection.table_names() if "test" in name}


def test_tables_in_a_circle_come_and_go():
    operation, before, after = pair(), ProjectState(), ProjectState()
    operation.state_forwards("policy", after)

    with connection.schema_editor() as editor:
        operation.database_forwards("policy", editor, before, after)
    there = created()
    with connection.schema_editor() as editor:
        operation.database_backwards("policy", editor, after, before)

    assert there == {"policy_testegg", "policy_testhen", "policy_testhen_sat_on"}
    assert created() == set()


def test_constraints_hold_in_a_table_created_this_way():
    operation, before, after = pair(), ProjectState(), ProjectState()
    operation.state_forwards("policy", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("policy", editor, before, after)

    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "policy_testegg")
    with connection.schema_editor() as editor:
        operation.database_backwards("policy", editor, after, before)

    assert found["test_egg_weighs"]["check"]


def test_a_state_that_was_built_before_is_built_anew():
    state = ProjectState()
    assert state.apps.get_models() == []

    pair().state_forwards("policy", state)

    assert {m.__name__ for m in state.apps.get_models()} == {"TestEgg", "TestHen"}

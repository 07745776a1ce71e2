"""Tables that point to each other, created or changed in one step and taken back again."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from alpclusters.platform.tables import ChangeTables, CreateTables

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


def several_steps() -> ChangeTables:
    """Two columns of one table, the second needed in every row; an index; another table."""
    return ChangeTables(
        steps=[
            migrations.AddField("testegg", "colour", models.CharField(max_length=9, null=True)),
            migrations.AddField("testegg", "turns", models.IntegerField(default=3)),
            migrations.AddConstraint(
                "testegg",
                models.UniqueConstraint(fields=["laid_by", "turns"], name="test_egg_turned"),
            ),
            migrations.AddConstraint(
                "testegg",
                models.UniqueConstraint(
                    fields=["weight"], condition=models.Q(colour=None), name="test_egg_plain"
                ),
            ),
            migrations.AddField(
                "testhen",
                "favourite",
                models.ForeignKey("policy.TestEgg", models.SET_NULL, null=True, related_name="+"),
            ),
            migrations.AddIndex(
                "testhen", models.Index(fields=["favourite", "id"], name="test_hen_favours")
            ),
            migrations.CreateModel(
                "TestNest",
                [
                    ("id", models.BigAutoField(primary_key=True)),
                    ("built_by", models.ForeignKey("policy.TestHen", models.CASCADE)),
                ],
            ),
        ]
    )


def what_is_there() -> dict[str, tuple[list[str], list[str]]]:
    """Columns and kinds of constraints of each test table."""
    read = connection.introspection
    with connection.cursor() as cursor:
        return {
            name: (
                [column.name for column in read.get_table_description(cursor, name)],
                sorted(str(sorted(one.items())) for one in named(cursor, name)),
            )
            for name in sorted(created())
        }


def named(cursor: Any, table: str) -> list[dict[str, Any]]:
    found = connection.introspection.get_constraints(cursor, table).values()
    return [{key: value for key, value in one.items() if key != "definition"} for one in found]


@dataclass
class Project:
    """What the models are, and what is done to the tables."""

    state: ProjectState = field(default_factory=ProjectState)

    def take(self, operation: Operation) -> ProjectState:
        before, self.state = self.state, self.state.clone()
        operation.state_forwards("policy", self.state)
        with connection.schema_editor() as editor:
            operation.database_forwards("policy", editor, before, self.state)
        return before

    def take_back(self, operation: Operation, before: ProjectState) -> None:
        with connection.schema_editor() as editor:
            operation.database_backwards("policy", editor, self.state, before)
        self.state = before

    def model(self, name: str) -> Any:
        return self.state.apps.get_model("policy", name)


@pytest.fixture
def project() -> Iterator[Project]:
    """Two tables that nobody has changed yet; no test table is left."""
    found = Project()
    nothing = found.take(pair())
    yield found
    found.take_back(pair(), nothing)
    assert created() == set()


def lay_an_egg(project: Project) -> None:
    hen = project.model("TestHen").objects.create()
    egg = project.model("TestEgg").objects.create(laid_by=hen, weight=60)
    hen.sat_on.add(egg)


@pytest.mark.parametrize("eggs", [0, 1])
def test_steps_taken_together_change_tables_as_one_after_the_other(project: Project, eggs: int):
    for _ in range(eggs):
        lay_an_egg(project)
    untouched = what_is_there()
    states = [(step, project.take(step)) for step in several_steps().steps]
    expected = what_is_there()
    for step, before in reversed(states):
        project.take_back(step, before)

    before = project.take(several_steps())
    found = what_is_there()
    project.take_back(several_steps(), before)

    assert found == expected
    assert what_is_there() == untouched


def test_steps_taken_together_keep_the_rows_there_are(project: Project):
    lay_an_egg(project)

    before = project.take(several_steps())
    egg = project.model("TestEgg").objects.get()
    hen = project.model("TestHen").objects.get()
    forwards = (egg.weight, egg.colour, egg.turns, hen.favourite_id, hen.sat_on.count())
    project.take_back(several_steps(), before)

    assert forwards == (60, None, 3, None, 1)
    assert project.model("TestEgg").objects.get().weight == egg.weight
    assert project.model("TestHen").objects.get().sat_on.count() == 1


def test_constraints_of_steps_taken_together_hold(project: Project):
    before = project.take(several_steps())
    hen = project.model("TestHen").objects.create()
    eggs = project.model("TestEgg").objects
    eggs.create(laid_by=hen, weight=60)

    with pytest.raises(IntegrityError), transaction.atomic():
        eggs.create(laid_by=hen, weight=61)
    eggs.all().delete()
    project.take_back(several_steps(), before)


def test_steps_taken_together_are_written_as_they_are():
    name, arguments, options = several_steps().deconstruct()

    assert (name, arguments, len(options["steps"])) == ("ChangeTables", [], 7)
    assert several_steps().describe() == "Change tables testegg, testhen, testnest"

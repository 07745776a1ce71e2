import pytest
from django.apps import apps

from alpclusters.platform.desk.retention import CLASSES, CLOCKS, clock_of, inventory, listed
from alpclusters.platform.fields import fields_of
from alpclusters.platform.operation.retention import RULES

pytestmark = pytest.mark.unit


def models() -> dict:
    return {m._meta.label_lower: m for m in apps.get_models(include_auto_created=True)}


@pytest.mark.parametrize("label", sorted(models()))
def test_every_field_is_classified_exactly_once(label):
    meta = models()[label]._meta
    fields = sorted(f.name for f in [*meta.concrete_fields, *meta.many_to_many])

    classified = inventory()[label]

    assert set(classified) <= {*CLASSES, "kept"}
    assert sorted(name for key in CLASSES for name in classified.get(key, ())) == fields


@pytest.mark.parametrize("label", sorted(models()))
def test_a_table_has_a_clock_if_it_holds_anything_about_people(label):
    holds = set(inventory()[label]) & {"personal", "pseudonymous", "secret"}

    assert bool(holds) == (clock_of(label) is not None)


def test_every_clock_counts_for_a_table_and_says_how_long_and_why():
    used = {table["kept"] for table in inventory().values() if "kept" in table}

    assert used == {clock.key for clock in CLOCKS}
    assert [clock.key for clock in CLOCKS if "%" in clock.ends or not clock.why] == []


def test_every_time_that_is_told_is_kept_by_a_rule_and_every_rule_is_told():
    told = {clock.key for clock in CLOCKS if clock.spans}
    kept = {clock_of(table).key for rule in RULES for table in rule.tables}

    assert kept == told


def test_no_table_is_listed_that_is_not_there():
    assert set(listed()) <= set(models())


@pytest.mark.parametrize("label", sorted(models()))
def test_what_a_column_says_itself_is_not_listed_again(label):
    table = listed().get(label, {})
    names = {name for key in CLASSES for name in table.get(key, ())}

    # Take them out of accounts/inventory.toml.
    assert names & {field.name for field in fields_of(models()[label])} == set()

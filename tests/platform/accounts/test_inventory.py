import tomllib
from importlib import resources

import pytest
from django.apps import apps

pytestmark = pytest.mark.unit

CLASSES = {"none", "personal", "pseudonymous", "secret"}


def inventory() -> dict:
    path = resources.files("alpclusters.platform.accounts") / "inventory.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def models() -> dict:
    return {m._meta.label_lower: m for m in apps.get_models(include_auto_created=True)}


@pytest.mark.parametrize("label", sorted(models()))
def test_every_field_is_classified_exactly_once(label):
    meta = models()[label]._meta
    fields = sorted(f.name for f in [*meta.concrete_fields, *meta.many_to_many])

    listed = inventory()[label]

    assert set(listed) <= CLASSES
    assert sorted(name for names in listed.values() for name in names) == fields


def test_no_table_is_listed_that_is_not_there():
    assert set(inventory()) == set(models())

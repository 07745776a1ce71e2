"""The subjects stand in an order, and no table leads upward: imports do not show keys by name."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
CONTRACTS = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]
LAYERS = next(one["layers"] for one in CONTRACTS if one["name"] == "Order of the subjects")
PLACES = {name.strip(): n for n, row in enumerate(LAYERS) for name in row.split("|")}
SUBJECTS = [
    one.label for one in apps.get_app_configs() if one.name.startswith("alpclusters.platform.")
]


def keys_of(label):
    """The keys of the tables of a subject, with what they lead to."""
    for model in apps.get_app_config(label).get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                yield f"{model._meta.label_lower}.{field.name}", field.related_model


@pytest.mark.parametrize("label", SUBJECTS)
def test_no_key_leads_upward(label):
    found = {
        name
        for name, target in keys_of(label)
        # Django itself names the user model by its setting.
        if target._meta.label != settings.AUTH_USER_MODEL
        and target._meta.app_label in SUBJECTS
        and PLACES[target._meta.app_label] < PLACES[label]
    }

    assert found == set()


def test_every_subject_has_its_place():
    assert set(SUBJECTS) <= set(PLACES)

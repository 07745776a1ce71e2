"""Models point down the order of subjects; import-linter sees no relation named by a string."""

import tomllib
from pathlib import Path
from typing import Final

from django.apps import apps

ORDER: Final = "Order of the subjects"
# Each pair is to be cut; the list only shrinks.
STILL_UPWARD: Final = frozenset(
    {
        ("partnership.partner", "actors.organisation"),
        # The log lies below the accounts that write into it, and points to them.
        ("trust.erasurecertificate", "accounts.user"),
        ("trust.securityevent", "accounts.user"),
    }
)


def heights():
    """Say how high each app stands, as the contract of the imports says."""
    text = (Path(__file__).resolve().parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    (layers,) = [one["layers"] for one in contracts if one["name"] == ORDER]
    return {
        name.strip(" ()"): -depth
        for depth, layer in enumerate(layers)
        for name in layer.replace("|", ":").split(":")
    }


def upward():
    high = heights()
    return {
        (model._meta.label_lower, field.related_model._meta.label_lower)
        for model in apps.get_models()
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model
        if (one := high.get(model._meta.app_label)) is not None
        if (other := high.get(field.related_model._meta.app_label)) is not None
        if other > one
    }


def test_no_relation_leads_up_but_those_that_are_to_be_cut():
    found = {(one.replace("historical", ""), other) for one, other in upward()}

    assert found == STILL_UPWARD

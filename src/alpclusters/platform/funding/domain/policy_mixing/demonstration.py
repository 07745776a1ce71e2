"""Invented budgets, priorities and schemes for the demonstration; each says so."""

import json
from datetime import UTC, datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.platform.funding.domain.lists import SEEDS, rows_of
from alpclusters.platform.funding.domain.policy_mixing.strategies import subjects_of_people
from alpclusters.platform.funding.domain.schemes import DesignFacts, create_design
from alpclusters.platform.funding.models import (
    Budget,
    Priority,
    Programme,
    RegionalScheme,
    Status,
    SynchronisedScheme,
)
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.seed_rows import store_rows

SOURCE: Final = "Invented for the demonstration (simulated)"
PREFIX: Final = "simulated-scheme-"
BUDGET_KEY: Final = ("instrument", "theme", "region", "period", "programme_id", "status")
PRIORITY_KEY: Final = ("programme_id", "region", "period", "side", "theme", "status")
_CENTS_OF_THOUSAND: Final = 100_000
_MADE_AT: Final = datetime(2026, 6, 1, tzinfo=UTC)
_INVENTED: Final = {"status": Status.DEMONSTRATION, "checked_on": None}


@transaction.atomic
def load_demonstration_policy_mix(project: Project | None = None) -> int:
    """Store what is invented; return how many rows there are.

    Call it after the invented programmes (`load_demonstration_offers`), which the rows name where
    they are there.

    Parameters
    ----------
    project : Project, optional
        Gets a joint call over the invented schemes.
    """
    store_rows(Budget, _budgets(), key=BUDGET_KEY)
    store_rows(Priority, _priorities(), key=PRIORITY_KEY)
    store_rows(RegionalScheme, _schemes(), key=("key",))
    if project is not None and not project.synchronised_schemes.exists():
        _design(project)
    return sum(model.objects.filter(status=Status.DEMONSTRATION).count() for model in _MODELS)


_MODELS: Final[tuple[Any, ...]] = (Budget, Priority, RegionalScheme)


@transaction.atomic
def remove_demonstration_policy_mix() -> int:
    """Remove what is invented; return how many rows went."""
    found = 0
    for model in _MODELS:
        rows = model.objects.filter(status=Status.DEMONSTRATION)
        found += rows.count()
        rows.delete()
    return found


def _budgets() -> list[dict[str, Any]]:
    return [
        {
            "instrument": row["instrument"],
            "theme": row["theme"],
            "region": row["region"],
            "period": row["period"],
            "programme_id": None,
            "amount_ct": _cents(row["thousand_euro"]),
            "source": row["source"],
            **_INVENTED,
        }
        for row in rows_of("demonstration_budgets")
    ]


def _priorities() -> list[dict[str, Any]]:
    programmes, theirs = _programmes(), subjects_of_people()
    rows = [
        {
            "programme_id": programmes[row["programme"]] if row["programme"] else None,
            "region": row["region"],
            "period": row["period"],
            "side": row["side"],
            "theme": row["theme"],
            "weight": float(row["weight"]) if row["weight"] else None,
            "source": row["source"],
            **_INVENTED,
        }
        for row in rows_of("demonstration_priorities")
        if not row["programme"] or row["programme"] in programmes
    ]
    return [
        row
        for row in rows
        if not row["programme_id"] or (row["programme_id"], "", row["period"]) not in theirs
    ]


def _schemes() -> list[dict[str, Any]]:
    programmes = _programmes()
    listed = json.loads((SEEDS / "demonstration_schemes.json").read_text(encoding="utf-8"))
    return [
        {
            "key": one["key"],
            "programme_id": programmes.get(one["programme"]),
            "region": one["region"],
            "budget_ct": one["budget_ct"],
            "attributes": one["attributes"],
            "changes": one["changes"],
            "source": SOURCE,
            "source_language": DEFAULT_LANGUAGE,
            "updated_at": _MADE_AT,
            **_INVENTED,
            "name": one["name"],
        }
        for one in listed
    ]


def _design(project: Project) -> SynchronisedScheme:
    keys = RegionalScheme.objects.filter(status=Status.DEMONSTRATION).order_by("key")
    facts = DesignFacts(
        title="AlpExempla Lightweight 2026 (simulated)",
        schemes=tuple(keys.values_list("key", flat=True)),
        attributes={"themes": ["lightweight"], "kinds": ["sme"]},
    )
    return create_design(project, facts, by=None, now=_MADE_AT)


def _programmes() -> dict[str, int]:
    invented = Programme.objects.filter(status=Status.DEMONSTRATION)
    return dict(invented.values_list("key", "pk").order_by())


def _cents(thousand: str) -> int | None:
    return int(thousand) * _CENTS_OF_THOUSAND if thousand else None

"""Budgets, priorities, schemes and joint calls for tests."""

import datetime as dt
from typing import Any

from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.schemes import DesignFacts, create_design
from alpclusters.platform.funding.models import (
    Budget,
    Priority,
    RegionalScheme,
    SynchronisedScheme,
)
from alpclusters.platform.partnership.models import Project

NOW = dt.datetime(2026, 6, 1, 9, 0, tzinfo=dt.UTC)
KNOWN: dict[str, Any] = {
    "status": "verified",
    "source": "Gazette",
    "checked_on": NOW.date(),
}


def make_budget(**fields: Any) -> Budget:
    """Build a budget of 50,000 euro for timber in Tyrol."""
    wanted = {
        "instrument": "voucher",
        "theme": "timber",
        "region": "AT33",
        "period": "2021-2027",
        "amount_ct": 5_000_000,
        **KNOWN,
    }
    return Budget.objects.create(**{**wanted, **fields})


def make_priority(region: str = "AT33", theme: str = "timber", **fields: Any) -> Priority:
    """Build a priority of a region's strategy that has all the weight."""
    wanted = {"period": "2021-2027", "side": "priority", "weight": 1.0, **KNOWN, **fields}
    return Priority.objects.create(region=region, theme=theme, **wanted)


def make_scheme(key: str = "tyrol", region: str = "AT33", **fields: Any) -> RegionalScheme:
    """Build a scheme of a region that funds small firms at up to half of the costs."""
    wanted = {
        "name": f"Scheme {key}",
        "attributes": {"kinds": ["sme", "research"], "rate_bp": [2000, 5000]},
        "budget_ct": 100_000_000,
        "updated_at": NOW,
        **KNOWN,
        **fields,
    }
    return RegionalScheme.objects.create(key=key, region=region, **wanted)


def make_design(
    project: Project, *schemes: RegionalScheme, by: User | None = None, **facts: Any
) -> SynchronisedScheme:
    """Build a joint call over schemes."""
    keys = tuple(scheme.key for scheme in schemes)
    wanted = DesignFacts(title=facts.pop("title", "Joint call"), schemes=keys, **facts)
    return create_design(project, wanted, by=by, now=NOW)

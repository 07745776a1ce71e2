"""Organisations with profiles for tests; all are simulated or have made-up names."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from alpclusters.platform.actors.models import ClusterOrganisation, Identifier, Organisation

_numbers = count(1)


def make_organisation(name: str = "", **fields: object) -> Organisation:
    """Build an organisation of the directory."""
    values = {"name": name or f"Body {next(_numbers)}", "is_listed": True, **fields}
    return Organisation.objects.create(**values)


def make_profile(name: str = "", *, slug: str = "", **fields: Any) -> ClusterOrganisation:
    """Build a cluster organisation; fields of the body start with ``body_``."""
    number = next(_numbers)
    body = {k.removeprefix("body_"): fields.pop(k) for k in list(fields) if k.startswith("body_")}
    organisation = make_organisation(
        name or f"Cluster {number}", **{"type": "cluster_organisation", **body}
    )
    return ClusterOrganisation.objects.create(
        organisation=organisation, slug=slug or f"cluster-{number}", **fields
    )


def make_identifier(
    organisation: Organisation, value: str, *, scheme: str = "pic", **fields: object
) -> Identifier:
    """Build a number of an organisation."""
    return Identifier.objects.create(
        organisation=organisation, scheme=scheme, value=value, seen_on=date(2026, 1, 1), **fields
    )


def make_organisations(names: Sequence[str], **fields: object) -> list[Organisation]:
    """Build several organisations that share their fields."""
    return [make_organisation(name, **fields) for name in names]

"""The cluster organisations that every installation knows, as facts with their sources.

A row is left alone as soon as somebody changed it: a person, or an import.
"""

from pathlib import Path
from typing import Any, Final

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from alpclusters.platform.actors.domain.editing import HELIX
from alpclusters.platform.actors.domain.judging import recompute
from alpclusters.platform.actors.models import (
    ClusterOrganisation,
    Organisation,
    OrganisationType,
    Provenance,
)
from alpclusters.platform.history import history_of
from alpclusters.platform.seed_rows import BATCH, REASON, Row, read_rows
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"
TABLE: Final = "cluster_organisations.csv"


def load_seeds() -> None:
    """Store the cluster organisations of the seed table; calling it again changes nothing."""
    store_clusters(read_rows(SEEDS / TABLE))


@transaction.atomic
def store_clusters(rows: list[Row]) -> None:
    """Bring rows of the table into organisations and profiles."""
    regions = _regions(rows)
    there = _there(rows)
    _update([(there[row["slug"]], row) for row in rows if row["slug"] in there], regions)
    gone = _gone(rows)
    new = [row for row in rows if row["slug"] not in there and row["slug"] not in gone]
    _create(new, regions)


def is_our_reading(cluster: ClusterOrganisation) -> bool:
    """Say whether the sectors are what we read out of the words of a source (``sector_reading``).

    As soon as a person chose sectors or confirmed the profile they are that person's.
    """
    said = cluster.confirmed_on or "sectors" in cluster.organisation.edited_fields
    return bool(cluster.sectors and cluster.sector_text and not said)


def _there(rows: list[Row]) -> dict[str, ClusterOrganisation]:
    slugs = [row["slug"] for row in rows]
    found = ClusterOrganisation.objects.filter(slug__in=slugs).select_related("organisation")
    return {cluster.slug: cluster for cluster in found}


def _gone(rows: list[Row]) -> set[str]:
    """Return the addresses of profiles that somebody deleted."""
    slugs = [row["slug"] for row in rows]
    deleted = history_of(ClusterOrganisation).filter(slug__in=slugs, history_type="-")
    return set(deleted.values_list("slug", flat=True))


def _regions(rows: list[Row]) -> dict[str, Region]:
    current = Region.objects.filter(
        code__in={row["nuts"] for row in rows},
        first_vintage__lte=CURRENT_VINTAGE,
        last_vintage__gte=CURRENT_VINTAGE,
    )
    return {region.code: region for region in current}


def _create(rows: list[Row], regions: dict[str, Region]) -> None:
    known = _known_organisations(rows)
    values = [(row, _organisation(row, regions)) for row in rows]
    fresh = [Organisation(**v) for row, v in values if (row["name"], row["country"]) not in known]
    _bulk_create(fresh, Organisation)
    _adopt(
        [
            (known[row["name"], row["country"]], v)
            for row, v in values
            if (row["name"], row["country"]) in known
        ]
    )
    bodies = {**known, **{(body.name, body.country): body for body in fresh}}
    clusters = [
        ClusterOrganisation(
            organisation=bodies[row["name"], row["country"]], slug=row["slug"], **_cluster(row)
        )
        for row in rows
    ]
    _bulk_create(clusters, ClusterOrganisation)
    recompute(clusters)


def _known_organisations(rows: list[Row]) -> dict[tuple[str, str], Organisation]:
    """Return bodies that are known already, such as partners of the historic project."""
    names = [row["name"] for row in rows]
    found = Organisation.objects.current().filter(name__in=names, cluster=None)
    return {(body.name, body.country): body for body in found.order_by("-pk")}


def _adopt(pairs: list[tuple[Organisation, dict[str, Any]]]) -> None:
    """Say of a known body that it is a cluster organisation; its own facts stay."""
    for body, values in pairs:
        for name in ("type", "helix", "is_listed"):
            setattr(body, name, values[name])
        body.region = body.region or values["region"]
    _bulk_update(
        [body for body, _ in pairs], Organisation, ["type", "helix", "is_listed", "region"]
    )


def _update(pairs: list[tuple[ClusterOrganisation, Row]], regions: dict[str, Region]) -> None:
    touched = _touched_by_others([cluster for cluster, _ in pairs])
    bodies, clusters = [], []
    for cluster, row in pairs:
        body = cluster.organisation
        if body.pk not in touched["organisation"] and _set(body, _organisation(row, regions)):
            bodies.append(body)
        if cluster.pk not in touched["cluster"] and _set(cluster, _cluster(row)):
            clusters.append(cluster)
    _bulk_update(bodies, Organisation, list(_FIELDS))
    _bulk_update(clusters, ClusterOrganisation, ["sector_text", "sectors"])


def _touched_by_others(clusters: list[ClusterOrganisation]) -> dict[str, set[int]]:
    def of(model: Any, pks: list[int]) -> set[int]:
        others = history_of(model).filter(id__in=pks).exclude(history_change_reason=REASON)
        return set(others.values_list("id", flat=True))

    bodies = [c.organisation_id for c in clusters]
    imported = Provenance.objects.filter(organisation__in=bodies)
    return {
        "organisation": of(Organisation, bodies)
        | set(imported.values_list("organisation_id", flat=True)),
        "cluster": of(ClusterOrganisation, [c.pk for c in clusters]),
    }


_FIELDS: Final = (
    "name",
    "country",
    "region",
    "given_code",
    "website",
    "type",
    "helix",
    "is_listed",
    "source",
    "licence",
)


def _organisation(row: Row, regions: dict[str, Region]) -> dict[str, Any]:
    region = regions.get(row["nuts"])
    return {
        "name": row["name"],
        "country": row["country"],
        "region": region,
        "given_code": "" if region else row["nuts"],
        "website": row["website"],
        "type": OrganisationType.CLUSTER_ORGANISATION,
        "helix": HELIX,
        "is_listed": True,
        "source": row["source"],
        "licence": row["licence"],
    }


def _cluster(row: Row) -> dict[str, Any]:
    sectors = [row["sector"]] if row["sector"] else []
    return {"sector_text": row["sector_text"], "sectors": sectors}


def _set(thing: Any, values: dict[str, Any]) -> bool:
    different = {name: v for name, v in values.items() if getattr(thing, name) != v}
    for name, value in different.items():
        setattr(thing, name, value)
    return bool(different)


def _bulk_create(new: list[Any], model: Any) -> None:
    if new:
        bulk_create_with_history(new, model, batch_size=BATCH, default_change_reason=REASON)


def _bulk_update(changed: list[Any], model: Any, fields: list[str]) -> None:
    if changed:
        bulk_update_with_history(
            changed, model, fields, batch_size=BATCH, default_change_reason=REASON
        )

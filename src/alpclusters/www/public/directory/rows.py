"""The organisations of a search as plain rows, batch by batch, with source and licence."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import get_language

from alpclusters.platform.actors.domain.directory.texts import Ids
from alpclusters.platform.actors.models import ClusterLabel, ClusterOrganisation, Organisation
from alpclusters.platform.fields import fields_of
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.www.public.directory.hits import organisation_url
from alpclusters.www.site.logos import logo_of

BATCH: Final = 500
_FIRST: Final = (
    "id", "name", "short_name", "type", "is_cluster_organisation", "country", "country_name",
    "nuts_code", "region", "town", "postcode", "website", "summary", "sectors_nace_rev2",
    "ecosystem", "technologies", "labels", "target_markets", "standing", "is_simulated",
    "confirmed_on", "completeness", "changed_on", "source", "licence", "page", "logo", "longitude",
    "latitude", "exported_on",
)  # fmt: skip
# Columns of ours that stand there under another name.
_RENAMED: Final = frozenset({"region", "sectors", "status"})


def _further(model: type[Model]) -> tuple[str, ...]:
    exported = fields_of(model, lambda one: one.exported)
    return tuple(one.name for one in exported if one.name not in _RENAMED.union(_FIRST))


_OF_ORGANISATION: Final = _further(Organisation)
_OF_PROFILE: Final = _further(ClusterOrganisation)
COLUMNS: Final = (*_FIRST, *_OF_ORGANISATION, *_OF_PROFILE)

type Record = dict[str, Any]


def records(ids: Ids, *, base: str, today: date) -> Iterator[Record]:
    """Read organisations in the given order; ``base`` is the address of the site."""
    for start in range(0, len(ids), BATCH):
        part = [int(pk) for pk in ids[start : start + BATCH]]
        rows = Organisation.objects.select_related("cluster", "region").in_bulk(part)
        labels = _labels(part)
        for pk in part:
            if pk in rows:
                yield _record(rows[pk], labels.get(pk, []), base=base, today=today)


def _record(row: Organisation, labels: list[str], *, base: str, today: date) -> Record:
    cluster = getattr(row, "cluster", None)
    return {
        "id": row.pk,
        "name": row.name,
        "short_name": row.short_name,
        "type": row.type,
        "is_cluster_organisation": cluster is not None,
        "country": row.country,
        "country_name": country_name(row.country, get_language()) if row.country else "",
        "nuts_code": row.region.code if row.region else "",
        "region": row.region.name if row.region else "",
        "town": row.town,
        "postcode": row.postcode,
        "website": row.website,
        **_profile(cluster),
        "labels": labels,
        "standing": row.status,
        "is_simulated": row.is_simulated,
        "changed_on": row.changed_at.date().isoformat(),
        "source": row.source,
        "licence": row.licence,
        "page": base + organisation_url(row),
        "logo": _logo(cluster, base),
        "longitude": row.longitude,
        "latitude": row.latitude,
        "exported_on": today.isoformat(),
        **{name: _plain(getattr(row, name)) for name in _OF_ORGANISATION},
        **{name: _plain(getattr(cluster, name, "")) for name in _OF_PROFILE},
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _logo(cluster: Any, base: str) -> str:
    logo = logo_of(cluster) if cluster else None
    return base + logo.url if logo else ""


def _profile(cluster: Any) -> Record:
    confirmed = cluster.confirmed_on if cluster else None
    return {
        "summary": (cluster.summary or "") if cluster else "",
        "sectors_nace_rev2": list(cluster.sectors) if cluster else [],
        "ecosystem": cluster.ecosystem if cluster else "",
        "technologies": list(cluster.technologies) if cluster else [],
        "target_markets": _markets(cluster.target_markets) if cluster else [],
        "confirmed_on": confirmed.isoformat() if confirmed else "",
        "completeness": cluster.completeness if cluster else None,
    }


def _markets(rows: list[Any]) -> list[str]:
    return [str(row.get("country", "")) if isinstance(row, dict) else str(row) for row in rows]


def _labels(ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for label in ClusterLabel.objects.filter(cluster__organisation__in=ids).select_related(
        "cluster"
    ):
        until = f" until {label.valid_to.isoformat()}" if label.valid_to else ""
        text = f"{label.scheme} {label.level}{until}"
        found.setdefault(label.cluster.organisation_id, []).append(text)
    return found


def about(*, n: int, address: str, today: date) -> Record:
    """Say what an export holds, from where, and what may be done with it."""
    return {
        "title": "AlpClusters: directory of organisations",
        "search": address,
        "organisations": n,
        "exported_on": today.isoformat(),
        "licence": (
            "Each record names its source and licence. Where it names none, the organisation "
            "gave its own facts for public use; name AlpClusters and the date."
        ),
        "standing": "unverified: from a public list, nobody has confirmed it yet",
        "simulated": "is_simulated: invented for demonstration or tests",
        "codes": "regions: NUTS; sectors: NACE Rev. 2; countries: ISO 3166-1",
    }

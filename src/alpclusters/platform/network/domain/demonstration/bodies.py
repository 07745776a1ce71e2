"""Invented cluster organisations of several regions, each in one field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from alpclusters.platform.actors.domain.judging import set_computed
from alpclusters.platform.actors.domain.new_profiles import HELIX, slug_of
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation, OrganisationType
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.seed_rows import REASON, Row, read_rows
from alpclusters.platform.territory.models import Region

SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"
SOURCE: Final = "simulated"
# What stands before and behind the name, in the language of the region.
_NAMES: Final = {
    "de": "Musternetz {field} {region} (simuliert)",
    "fr": "Réseau exemple {field} {region} (simulé)",
    "it": "Rete esempio {field} {region} (simulata)",
    "sl": "Vzorčna mreža {field} {region} (simulirano)",
}
_MARKS: Final = {
    "de": "Simuliert:",
    "en": "Simulated:",
    "fr": "Simulé :",
    "it": "Simulato:",
    "sl": "Simulirano:",
}


@dataclass(frozen=True, slots=True)
class Body:
    """An invented organisation with its field and the language of its region."""

    organisation: Organisation
    field: Row
    language: str


def make_bodies() -> list[Body]:
    """Return the invented organisations of the seeds; those that are missing are made."""
    plans = list(_plans())
    have = set(bodies_known().values_list("name", flat=True))
    _make([plan for plan in plans if plan[0] not in have])
    by_name = {body.name: body for body in bodies_known().select_related("region")}
    return [Body(by_name[name], field, language) for name, field, _region, language in plans]


def bodies_known() -> QuerySet[Organisation]:
    """Return the invented organisations that are there."""
    names = [name for name, *_rest in _plans()]
    return Organisation.objects.filter(source=SOURCE, is_simulated=True, name__in=names)


def _plans() -> Iterator[tuple[str, Row, Region, str]]:
    fields = read_rows(SEEDS / "demonstration_fields.csv")
    rows = read_rows(SEEDS / "demonstration_regions.csv")
    regions = {one.code: one for one in Region.objects.filter(code__in=[r["region"] for r in rows])}
    for place, row in enumerate(rows):
        for step in range(int(row["n"])):
            if row["region"] in regions:
                field = fields[(place + step) % len(fields)]
                words = {"field": field[f"name_{row['language']}"], "region": row["name"]}
                name = _NAMES[row["language"]].format(**words)
                yield name, field, regions[row["region"]], row["language"]


def _make(plans: list[tuple[str, Row, Region, str]]) -> None:
    bodies = [_body(name, region) for name, _field, region, _language in plans]
    made = bulk_create_with_history(bodies, Organisation, default_change_reason=REASON)
    by_name = {body.name: body for body in made}
    today = timezone.localdate()
    profiles = [
        _profile(by_name[name], field, language, number, today)
        for number, (name, field, _region, language) in enumerate(plans)
    ]
    bulk_create_with_history(profiles, ClusterOrganisation, default_change_reason=REASON)


def _body(name: str, region: Region) -> Organisation:
    return Organisation(
        name=name,
        type=OrganisationType.CLUSTER_ORGANISATION,
        helix=HELIX,
        country=region.country,
        region=region,
        is_listed=True,
        is_simulated=True,
        source=SOURCE,
    )


def _profile(
    body: Organisation, field: Row, language: str, number: int, today: date
) -> ClusterOrganisation:
    summary = {code: f"{_MARKS[code]} {field[f'does_{code}']}" for code in LANGUAGE_CODES}
    profile = ClusterOrganisation(
        organisation=body,
        slug=slug_of(body.name),
        sectors=[field["sectors"]],
        technologies=field["technologies"].split("|"),
        ecosystem=field["ecosystem"],
        languages=[language, "en"],
        maturity=ClusterOrganisation.Maturity.WORKING,
        n_sme=18 + 7 * (number % 9),
        n_research=1 + number % 4,
        confirmed_on=today - timedelta(days=20 + 11 * (number % 40)),
        summary=summary,
    )
    set_computed(profile, today=today)
    return profile

"""Bodies of the directory as partners of a case: what is known is taken, the rest is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from alpclusters.platform.actors.models import Organisation, OrganisationType, Partner
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region

_PUBLIC: Final = (
    OrganisationType.MINISTRY,
    OrganisationType.REGIONAL_GOVERNMENT,
    OrganisationType.AGENCY,
    OrganisationType.MUNICIPALITY,
    OrganisationType.DEVELOPMENT_AGENCY,
    OrganisationType.INNOVATION_AGENCY,
)
_RESEARCH: Final = (
    OrganisationType.UNIVERSITY,
    OrganisationType.APPLIED_RESEARCH,
    OrganisationType.TECHNOLOGY_CENTRE,
)
KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(_PUBLIC, "public"),
    **dict.fromkeys(_RESEARCH, "research"),
    OrganisationType.SME: "sme",
    OrganisationType.START_UP: "sme",
    OrganisationType.LARGE: "large",
    OrganisationType.CLUSTER_ORGANISATION: "cluster",
}
# Sizes are only assumed: the cautious one, which never promises more aid than there is.
SIZES: Final[Mapping[str, str]] = {"sme": "medium", "cluster": "medium", "large": "large"}
MOST_FOUND: Final = 20


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body with what a case needs of it; the place is None where nobody knows it."""

    organisation: Organisation
    region: Region | None
    is_lead: bool = False

    @property
    def country(self) -> str:
        """Two letters, or empty."""
        return self.region.country if self.region else self.organisation.country

    @property
    def is_placed(self) -> bool:
        """Say whether a case can take it: without a place no offer can be judged."""
        return bool(self.country)

    def values(self) -> dict[str, Any]:
        """Return the fields of a partner."""
        vintage = CURRENT_VINTAGE
        if self.region is not None:
            vintage = min(max(CURRENT_VINTAGE, self.region.first_vintage), self.region.last_vintage)
        return {
            "name": self.organisation.name,
            "kind": KINDS.get(self.organisation.type, "other"),
            "nuts": self.region.code if self.region else self.country,
            "vintage": vintage,
            "country": self.country,
            "lead": self.is_lead,
        }

    @property
    def size(self) -> str:
        """The assumed size of its undertaking; somebody has to check it."""
        return SIZES.get(KINDS.get(self.organisation.type, "other"), "none")

    def facts(self) -> dict[str, Any]:
        """Return what the directory knows and eligibility may ask."""
        founded = self.organisation.founded
        return {"founded": founded} if founded else {}


def bodies_of(project: Project) -> list[KnownBody]:
    """Return the partners of a project as bodies, the lead partner first."""
    partners = project.partners.select_related("organisation__region", "seat", "region")
    known = [
        KnownBody(
            partner.organisation,
            partner.seat or partner.organisation.region or partner.region,
            is_lead=partner.role == Partner.Role.LEAD,
        )
        for partner in partners.order_by("order", "pk")
    ]
    return sorted(known, key=lambda body: not body.is_lead)


def named_among(bodies: Iterable[KnownBody], name: str) -> KnownBody | None:
    """Return the one of some bodies that is called so, or None if none or several are."""
    wanted = name.strip().casefold()
    if not wanted:
        return None
    found = [
        body
        for body in bodies
        if wanted in {body.organisation.name.casefold(), body.organisation.short_name.casefold()}
    ]
    return found[0] if len(found) == 1 else None


def body_named(name: str) -> KnownBody | None:
    """Return the one body of the directory that is called so, or None if none or several are."""
    wanted = name.strip()
    if not wanted:
        return None
    same = Q(name__iexact=wanted) | Q(short_name__iexact=wanted)
    found = list(_current().filter(same).order_by("pk")[:2])
    return KnownBody(found[0], found[0].region) if len(found) == 1 else None


def find_bodies(words: str) -> list[KnownBody]:
    """Find bodies of the public directory whose name has every word."""
    found = _current().filter(is_listed=True)
    for word in words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
    return [KnownBody(one, one.region) for one in found.order_by("name", "pk")[:MOST_FOUND]]


def body_with(pk: int, *, project: Project) -> KnownBody | None:
    """Return a listed body or one of the project's partners by its number."""
    for body in bodies_of(project):
        if body.organisation.pk == pk:
            return body
    found = _current().filter(pk=pk, is_listed=True).first()
    return KnownBody(found, found.region) if found else None


def without_twice(bodies: Iterable[KnownBody]) -> list[KnownBody]:
    """Return bodies, each once."""
    return list({body.organisation.pk: body for body in reversed(list(bodies))}.values())[::-1]


def _current() -> Any:
    return Organisation.objects.filter(merged_into__isnull=True).select_related("region")

"""Make the profile of a cluster organisation, of a new body or of one that is known already."""

import re
import unicodedata
from typing import Final

from django.db import transaction

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.editing import record_edit
from alpclusters.platform.actors.domain.judging import set_computed
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation, OrganisationType
from alpclusters.platform.history import sign
from alpclusters.platform.territory.models import Region

HELIX: Final = "intermediary"
LENGTH: Final = 80
_SPELLED: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "đ": "d"}
)


def find_profile(name: str) -> ClusterOrganisation | None:
    """Return the profile of a body with this name, if there is one."""
    found = ClusterOrganisation.objects.filter(
        organisation__name__iexact=name.strip(), organisation__merged_into=None
    )
    return found.select_related("organisation").order_by("pk").first()


@transaction.atomic
def create_profile(
    name: str, *, region: Region | None, by: User | None, is_listed: bool
) -> ClusterOrganisation:
    """Make a profile; a body of this name that is known without a profile gets it.

    Parameters
    ----------
    name : str
        Name of the body.
    region : Region or None
        Where its seat is.
    by : User or None
        Who makes it; None for the program itself.
    is_listed : bool
        Whether the public sees it at once; else an approved claim opens it.
    """
    known = Organisation.objects.current().filter(name__iexact=name.strip(), cluster=None)
    organisation = known.order_by("pk").first() or Organisation(name=name.strip())
    organisation.type = OrganisationType.CLUSTER_ORGANISATION
    organisation.helix = HELIX
    organisation.is_listed = organisation.is_listed or is_listed
    if region:
        organisation.region, organisation.country = region, region.country
    record_edit(organisation, ["name", "type", "helix", *(["region"] if region else [])])
    sign(organisation, by, reason="new")
    organisation.save()
    cluster = ClusterOrganisation(organisation=organisation, slug=free_slug(organisation.name))
    set_computed(cluster)
    sign(cluster, by, reason="new")
    cluster.save()
    return cluster


def free_slug(name: str) -> str:
    """Return an address for a profile that no other has."""
    base = slug_of(name) or "profile"
    taken = set(
        ClusterOrganisation.objects.filter(slug__startswith=base[: LENGTH - 6]).values_list(
            "slug", flat=True
        )
    )
    if base not in taken:
        return base
    numbered = (f"{base[: LENGTH - 6]}-{n}" for n in range(2, len(taken) + 3))
    return next(slug for slug in numbered if slug not in taken)


def slug_of(name: str) -> str:
    """Write a name with the letters of addresses.

    Examples
    --------
    >>> slug_of("Cluster Ernährung & Gesundheit")
    'cluster-ernaehrung-gesundheit'
    """
    plain = unicodedata.normalize("NFKD", name.translate(_SPELLED)).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")[:LENGTH].strip("-")

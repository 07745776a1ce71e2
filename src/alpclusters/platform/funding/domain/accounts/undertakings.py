"""Which organisations are one single undertaking: all that hang together by control."""

from collections.abc import Iterable, Mapping

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.funding.models import ControlLink


def single_undertakings(organisations: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """Return for each organisation all that are one undertaking with it, itself included.

    Parameters
    ----------
    organisations : iterable of int
        Primary keys; one that was merged into another stands for that one.
    """
    standing = standing_keys(organisations)
    group_of: dict[int, frozenset[int]] = {}
    links = ControlLink.objects.values_list("organisation_id", "controlled_by_id")
    for pair in links.order_by("pk"):
        joined = frozenset(pair).union(*(group_of.get(one, frozenset()) for one in pair))
        group_of |= dict.fromkeys(joined, joined)
    return {pk: group_of.get(now, frozenset({now})) for pk, now in standing.items()}


def undertaking_of(organisation: Organisation) -> frozenset[int]:
    """Return the organisations that are one undertaking with an organisation."""
    return single_undertakings([organisation.pk])[organisation.pk]


def standing_keys(organisations: Iterable[int]) -> dict[int, int]:
    """Return what each organisation was merged into, itself where it was not."""
    found = {pk: pk for pk in organisations}
    while merged := dict(
        Organisation.objects.filter(pk__in=set(found.values()))
        .exclude(merged_into=None)
        .order_by("pk")
        .values_list("pk", "merged_into_id")
    ):
        found = {pk: merged.get(now, now) for pk, now in found.items()}
    return found

"""Which postings visitors see, of a measure, of an organisation; and where they belong."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, QuerySet

from alpclusters.platform.actors.domain.sectors import SECTIONS, section_of
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.network.models import Introduction, Posting

_DIVISION = 2


def open_postings(day: date) -> QuerySet[Posting]:
    """List what is open on a day: published, not expired, of listed organisations."""
    rows = Posting.objects.open_on(day).filter(organisation__is_listed=True)
    return rows.select_related("organisation__region", "organisation__cluster", "measure")


def readable_postings() -> QuerySet[Posting]:
    """List the postings whose page visitors may open: also those that expired or were closed."""
    states = (Posting.State.PUBLISHED, Posting.State.CLOSED)
    rows = Posting.objects.filter(
        state__in=states,
        published_at__isnull=False,
        organisation__is_listed=True,
        organisation__merged_into=None,
    )
    return rows.select_related("organisation__region", "organisation__cluster", "measure")


def postings_of_measure(measure: Measure, day: date) -> QuerySet[Posting]:
    """List the open postings that came out of a measure, the newest first."""
    return open_postings(day).filter(measure=measure).order_by("-published_at", "-pk")


def postings_of(organisations: Iterable[int]) -> QuerySet[Posting]:
    """List all postings of some organisations, in every state, the last changed first."""
    rows = Posting.objects.filter(organisation__in=organisations, organisation__merged_into=None)
    return rows.select_related("organisation", "change").order_by("-changed_at", "-pk")


def n_interested(postings: Iterable[Posting]) -> dict[int, int]:
    """Count by posting how many organisations expressed interest; withdrawn ones do not count."""
    asked = Introduction.objects.filter(posting__in=[one.pk for one in postings])
    kept = asked.exclude(state=Introduction.State.WITHDRAWN).order_by()
    rows = kept.values("posting").annotate(n=Count("asking", distinct=True))
    return {row["posting"]: row["n"] for row in rows}


def lies_in(organisation: Organisation, territory: Collection[str]) -> bool:
    """Say whether an organisation is seated in one of some countries or regions; empty is all."""
    if not territory:
        return True
    code = organisation.region.code if organisation.region else ""
    places = {organisation.country, *(code[:n] for n in range(2, len(code) + 1))}
    return not places.isdisjoint(territory)


def works_in(posting: Posting, sectors: Collection[str]) -> bool:
    """Say whether a posting belongs to one of some sectors, at any level; empty is all."""
    return not sectors or any(_meet(own, code) for own in posting.sectors for code in sectors)


def division_of(code: str) -> str:
    """Return the division of a code of NACE; a section stays what it is.

    Examples
    --------
    >>> division_of("28.41"), division_of("C")
    ('28', 'C')
    """
    return code if code in SECTIONS else code[:_DIVISION]


def _meet(one: str, other: str) -> bool:
    """Say whether one code lies in the other."""
    if one in SECTIONS or other in SECTIONS:
        return section_of(one) == section_of(other)
    return one.startswith(other) or other.startswith(one)

"""The links that lasted: named where both organisations are in the public directory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.models import Link
from alpclusters.reports.dates import format_date

MOST_SHOWN: Final = 12


@dataclass(frozen=True)
class NamedLink:
    """A link that lasted a year or longer."""

    first: str
    first_url: str
    second: str
    second_url: str
    kind: str
    state: str
    months: int
    funding: str
    funding_ended: str
    is_alive: bool


@dataclass(frozen=True)
class NamedLinks:
    """Those with names, how many more have names, and how many have none."""

    shown: Sequence[NamedLink]
    n_more: int
    n_unnamed: int

    def __bool__(self) -> bool:
        return bool(self.shown or self.n_more or self.n_unnamed)


def named_links(lasted: Sequence[tuple[int, int]], language: str) -> NamedLinks:
    """Read the names as they are now: a body may have left the directory since."""
    listed = Link.objects.filter(
        pk__in=[pk for pk, _ in lasted[:_MOST_READ]],
        first__is_listed=True,
        second__is_listed=True,
        first__merged_into=None,
        second__merged_into=None,
    )
    rows = listed.select_related("first__cluster", "second__cluster", "initiative").order_by("pk")
    by_pk = {link.pk: link for link in rows}
    named = [(by_pk[pk], months) for pk, months in lasted if pk in by_pk]
    shown = [_named(link, months, language) for link, months in named[:MOST_SHOWN]]
    return NamedLinks(shown, len(named) - len(shown), len(lasted) - len(named))


_MOST_READ: Final = 500


def _named(link: Link, months: int, language: str) -> NamedLink:
    end = link.funding_ends_on
    return NamedLink(
        first=link.first.name,
        first_url=organisation_url(link.first),
        second=link.second.name,
        second_url=organisation_url(link.second),
        kind=link.get_type_display(),
        state=link.get_status_display(),
        months=months,
        funding=link.initiative.acronym if link.initiative else link.funding,
        funding_ended=format_date(end, language) if end else "",
        is_alive=link.status in {Link.Status.ACTIVE_FUNDED, Link.Status.ACTIVE_SELF},
    )


def organisation_url(organisation: Organisation) -> str:
    """Return the public page of an organisation, of its profile where it has one."""
    cluster = getattr(organisation, "cluster", None)
    if cluster is not None:
        return reverse("public:cluster-organisation", args=[cluster.slug])
    return reverse("public:organisation", args=[organisation.pk])

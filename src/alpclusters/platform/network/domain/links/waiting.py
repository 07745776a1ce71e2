"""Links that wait for a word of somebody, and those of the organisations one speaks for."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alpclusters.platform.actors.rules import in_care_of
from alpclusters.platform.network.models import Link
from alpclusters.platform.network.rules import spoken_for_by
from alpclusters.platform.partnership.roles import Person


def with_sides(links: "QuerySet[Link]") -> "QuerySet[Link]":
    """Bring what a list shows of each link in one query."""
    return links.select_related("first__region", "second__region", "initiative", "project")


def waiting_for(user: Person) -> "QuerySet[Link]":
    """List the links that wait until a person confirms or refuses them, the oldest first."""
    own = spoken_for_by(user).order_by().values("pk")
    other = Q(first__in=own, entered_for=F("second")) | Q(second__in=own, entered_for=F("first"))
    waiting = Link.objects.filter(other, standing=Link.Standing.ENTERED)
    return with_sides(waiting).order_by("entered_at", "pk")


def links_of_speaker(user: Person) -> "QuerySet[Link]":
    """List the links of all organisations for which a person speaks, newest first."""
    own = spoken_for_by(user).order_by().values("pk")
    either = Q(first__in=own) | Q(second__in=own)
    return with_sides(Link.objects.filter(either)).order_by("-entered_at", "-pk")


def links_in_care(user: Person) -> "QuerySet[Link]":
    """List the links with a side in the regions that a person coordinates, newest first."""
    care = in_care_of(user).order_by()  # type: ignore[arg-type]
    first = Exists(care.filter(organisation=OuterRef("first")))
    second = Exists(care.filter(organisation=OuterRef("second")))
    return with_sides(Link.objects.filter(first | second)).order_by("-entered_at", "-pk")

"""In which AlpCafés the organisations on a map were invited, registered and came."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alpclusters.platform.actors.models import Stakeholder
from alpclusters.platform.cafe.models import AlpCafe, Invitation, Involvement
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.partnership.models import Project


@dataclass(frozen=True, slots=True)
class Part:
    """One AlpCafé as an organisation knows it: asked, registered, there."""

    cafe_id: int
    title: str
    held_on: date
    invited: bool = False
    registered: bool = False
    attended: bool = False


type Parts = Mapping[int, Sequence[Part]]
type _Marks = dict[tuple[int, int], set[str]]


def involvement_of(project: Project, stakeholders: Iterable[Stakeholder]) -> Parts:
    """Return the AlpCafés per organisation, the latest first; three queries.

    Invitations count by their organisation, or by its name where only that was written.
    """
    cafes = {one.pk: one for one in AlpCafe.objects.filter(project=project).order_by("-held_on")}
    marks: _Marks = defaultdict(set)
    _from_invitations(list(cafes), _names(stakeholders), marks)
    _from_records(list(cafes), marks)
    parts: dict[int, list[Part]] = defaultdict(list)
    for cafe in cafes.values():
        for (cafe_id, organisation), found in marks.items():
            if cafe_id == cafe.pk:
                parts[organisation].append(_part(cafe, found))
    return parts


def counts_as_invited(state: str, *, has_mail: bool) -> bool:
    """Say whether somebody on a list was asked: by mail, or told by hand."""
    return has_mail or state != Invitation.State.LISTED


def _names(stakeholders: Iterable[Stakeholder]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in stakeholders:
        body = one.organisation
        for name in (body.name, body.short_name):
            if name:
                found.setdefault(fold(name), body.pk)
    return found


def _from_invitations(cafes: list[int], names: Mapping[str, int], marks: _Marks) -> None:
    rows = Invitation.objects.filter(cafe__in=cafes).order_by("pk")
    fields = ("cafe", "organisation", "organisation_name", "state", "invited_at", "attended")
    for cafe, known, name, state, invited_at, attended in rows.values_list(*fields):
        organisation = known or names.get(fold(name))
        if organisation is None:
            continue
        found = marks[cafe, organisation]
        if counts_as_invited(state, has_mail=invited_at is not None):
            found.add("invited")
        if state == Invitation.State.REGISTERED:
            found.add("registered")
        if attended:
            found.add("attended")


def _from_records(cafes: list[int], marks: _Marks) -> None:
    """Add what stayed when names were deleted."""
    for one in Involvement.objects.filter(cafe__in=cafes).order_by("pk"):
        said = {
            "invited": one.was_invited,
            "registered": one.has_registered,
            "attended": one.has_attended,
        }
        marks[one.cafe_id, one.organisation_id] |= {name for name, yes in said.items() if yes}


def _part(cafe: AlpCafe, found: set[str]) -> Part:
    return Part(cafe.pk, cafe.title, cafe.held_on, **dict.fromkeys(found, True))

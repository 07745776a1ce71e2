"""What earlier projects of a programme did, from the evidence base."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from alpclusters.platform.evidence.rules import visible_initiatives
from alpclusters.platform.funding.models import Programme
from alpclusters.platform.partnership.roles import Person
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.public.initiatives.search import initiative_url

MOST: Final = 8


@dataclass(frozen=True)
class EarlierView:
    """How many there are, the first by name, and what is known of what lasted."""

    name: str
    total: int
    first: Sequence[tuple[str, Said, str]]
    lasting_url: str

    @property
    def n_more(self) -> int:
        """How many are not named here."""
        return self.total - len(self.first)


def earlier_view(user: Person, programme: Programme) -> EarlierView | None:
    """Read the projects of the same programme that a person may see; None without a tie."""
    evidence = programme.evidence
    if evidence is None:
        return None
    rows = visible_initiatives(user).filter(programme=evidence)
    found = list(rows.order_by("acronym", "pk")[:MOST])
    return EarlierView(
        name=str(evidence),
        total=rows.count(),
        first=[(row.acronym, said(row, "title"), initiative_url(row.key)) for row in found],
        lasting_url=reverse("public:lasting-programme", args=[evidence.key]),
    )

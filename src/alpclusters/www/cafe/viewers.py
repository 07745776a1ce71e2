"""Who looks at the cards of an AlpCafé: a phone, a host, the big screen, or a facilitator."""

from dataclasses import dataclass

from django.http import HttpRequest

from alpclusters.platform.cafe.domain.keys import BEAMER, HOST, opened_cafe
from alpclusters.platform.cafe.domain.proxies import participants_of
from alpclusters.platform.cafe.domain.walls import (
    View,
    Wall,
    wall_of_hall,
    wall_of_moderation,
    wall_of_person,
    wall_of_table,
)
from alpclusters.platform.cafe.models import AlpCafe, Participant
from alpclusters.www.cafe.devices import token_for
from alpclusters.www.cafe.passes import passes_of


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person or screen, and the view it may have.

    Attributes
    ----------
    cafe : AlpCafe
    view : View
    person : Participant or None
        Of a phone.
    table : int
        Number of the table of a host, else 0.
    """

    cafe: AlpCafe
    view: View
    person: Participant | None = None
    table: int = 0

    def wall(self) -> Wall:
        """Return the cards this viewer may see."""
        if self.person is not None:
            return wall_of_person(self.person)
        if self.view is View.HOST:
            return wall_of_table(self.cafe, self.table)
        return (
            wall_of_hall(self.cafe) if self.view is View.BEAMER else wall_of_moderation(self.cafe)
        )


def find_viewer(request: HttpRequest, cafe: AlpCafe, view: View) -> Viewer | None:
    """Return the viewer if the request may have this view."""
    if view is View.PHONE:
        person = _person(request, cafe)
        return Viewer(cafe, view, person) if person else None
    if request.user.has_perm("cafe.run_alpcafe", cafe):
        # A facilitator may look at what the big screen shows; the tables are the hosts'.
        return Viewer(cafe, view) if view is not View.HOST else None
    role = {View.HOST: HOST, View.BEAMER: BEAMER}.get(view)
    for found in passes_of(request):
        is_right = found.cafe_id == cafe.pk and found.screen == role
        if is_right and opened_cafe(found) is not None:
            return Viewer(cafe, view, table=found.table)
    return None


def _person(request: HttpRequest, cafe: AlpCafe) -> Participant | None:
    token = token_for(request, cafe)
    return participants_of([token]).get(token) if token else None

"""Tell statements about the person from opinions, among the measures and cards of an AlpCafé."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.domain.top_threes import (
    COMMAND,
    PROPOSED,
    cards_about_person,
    measures_about_person,
)
from alpclusters.platform.cafe.domain.walls import shows_supports, told_supports
from alpclusters.platform.cafe.models import AlpCafe, CafeMeasure, Card
from alpclusters.www.cafe.host.orders import is_number
from alpclusters.www.cafe.refusals import sentence
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.cafes.cockpit import crumbs, visible_cafe
from alpclusters.www.workspace.cafes.running import own_cafe

# --- What the page of statements about the person shows: to decide, decided, all the others -------


@dataclass(frozen=True)
class Row:
    """A measure or a card, as the page names it.

    Attributes
    ----------
    kind : {'measure', 'card'}
    number : int
        Of the measure or the card.
    language : str
        Of the text; empty where it is that of the page.
    status : str
        ``proposed``, ``marked``, or ``no`` for an opinion.
    is_decided : bool
        Whether somebody said yes or no.
    n_supports : int or None
        People who support a card, from five on.
    """

    kind: str
    number: int
    text: str
    language: str
    status: str
    is_decided: bool
    n_supports: int | None = None

    @property
    def key(self) -> str:
        """Name it in the page."""
        return f"{self.kind}-{self.number}"

    @property
    def is_about_person(self) -> bool:
        """Say whether somebody said yes."""
        return self.status == "marked"


@dataclass(frozen=True)
class PersonsPage:
    """All statements of an AlpCafé by what was said of them."""

    proposals: Sequence[Row]
    decided: Sequence[Row]
    others: Sequence[Row]
    may_run: bool


def read_persons(cafe: AlpCafe, *, may_run: bool) -> PersonsPage:
    """Read measures and cards that are not hidden, measures first."""
    rows = [*_measures(cafe), *_cards(cafe)]
    return PersonsPage(
        proposals=[row for row in rows if row.status == PROPOSED],
        decided=[row for row in rows if row.is_decided],
        others=[row for row in rows if not row.is_decided and row.status != PROPOSED],
        may_run=may_run,
    )


def _measures(cafe: AlpCafe) -> Iterable[Row]:
    rows: list[CafeMeasure] = list(cafe.cafe_measures.select_related("measure"))
    about = measures_about_person(rows)
    for row in rows:
        number = row.measure_id
        yield Row(
            "measure",
            number,
            row.measure.name,
            "",
            about.get(number, "no"),
            row.is_about_person is not None,
        )


def _cards(cafe: AlpCafe) -> Iterable[Row]:
    cards = list(cafe.cards.exclude(state=Card.State.HIDDEN).exclude(text=""))
    about = cards_about_person(cards)
    told = told_supports(cards) if shows_supports(cafe) else {}
    for card in cards:
        yield Row(
            "card",
            card.pk,
            card.text,
            card.language,
            about.get(card.pk, "no"),
            card.is_about_person is not None,
            told.get(card.pk),
        )


# --- Tell statements about the person from opinions, among the measures and cards of an AlpCafé


ANSWERS: Final[dict[str, bool | None]] = {"person": True, "opinion": False, "undecided": None}
KINDS: Final = ("measure", "card")


@login_required
@require_safe
def persons(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is to decide, what was decided, and all other statements."""
    cafe = visible_cafe(request, pk)
    may_run = not cafe.is_sealed and request.user.has_perm("cafe.run_alpcafe", cafe)
    here = Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))
    context = {
        "page": read_persons(cafe, may_run=may_run),
        "cafe": cafe,
        "crumbs": crumbs(here, Crumb(_("Statements about the people"))),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/persons/persons.html", context)


@login_required
@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out one button of the page."""
    cafe = own_cafe(request, pk)
    if not isinstance(request.user, User):
        raise PermissionDenied
    arguments: dict[str, object] = {"about": ANSWERS.get(request.POST.get("about", ""), "")}
    for kind in KINDS:
        if is_number(request.POST.get(kind, "")):
            arguments[kind] = int(request.POST[kind])
    try:
        act(cafe, COMMAND, arguments, seen=None, by=request.user, now=timezone.now())
    except AlpClustersError as error:
        messages.error(request, sentence(error))
    return HttpResponseRedirect(reverse("workspace:cafe_persons", args=[cafe.pk]))


urlpatterns = [
    path("cafes/<int:pk>/about-people/", persons, name="cafe_persons"),
    path("cafes/<int:pk>/about-people/order/", order, name="cafe_persons_order"),
]

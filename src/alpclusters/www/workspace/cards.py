"""Moderate the cards of all tables: hide and show, group, name, tie to measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.commands import Line
from alpclusters.platform.cafe.domain.overview import open_calls
from alpclusters.platform.cafe.domain.running import act, undo
from alpclusters.platform.cafe.domain.similar import propose_similar
from alpclusters.platform.cafe.domain.walls import Wall, wall_of_moderation
from alpclusters.platform.cafe.models import AlpCafe, Card, Entry, Insight, Table
from alpclusters.platform.measures.models import Measure
from alpclusters.www.cafe.host.orders import is_number, read_arguments
from alpclusters.www.cafe.host.table_page import CardRow, PairRow, pair_row
from alpclusters.www.cafe.refusals import sentence
from alpclusters.www.components.parts import Crumb
from alpclusters.www.workspace.cafes.cockpit import crumbs, visible_cafe
from alpclusters.www.workspace.cafes.running import own_cafe

# --- What the moderation of the cards shows: all tables at once -----------------------------------


# More at once nobody looks at; the next ones follow as soon as these are decided.
MOST_PAIRS = 6


@dataclass(frozen=True)
class Choice:
    """What the facilitator wants to see: cards of a table, in a state."""

    table: str = ""
    state: str = ""

    def fits(self, card: Card) -> bool:
        """Say whether a card is one of these."""
        number = str(card.table.number) if card.table else "0"
        return self.table in {"", number} and self.state in {"", card.state}


@dataclass(frozen=True)
class Moderation:
    """Cards, insights and proposals of an AlpCafé."""

    cafe: AlpCafe
    cards: Sequence[CardRow]
    n_all: int
    insights: Sequence[Insight]
    pairs: Sequence[PairRow]
    measures: Sequence[Measure]
    tables: Sequence[Table]
    states: Sequence[tuple[str, str]]
    calls: Sequence[Line]
    choice: Choice
    may_run: bool

    @property
    def n_shown(self) -> int:
        """How many cards the choice shows."""
        return len(self.cards)


def read_moderation(cafe: AlpCafe, choice: Choice, *, may_run: bool) -> Moderation:
    """Read everything the page shows."""
    wall = wall_of_moderation(cafe)
    return Moderation(
        cafe=cafe,
        cards=_rows(wall, choice),
        n_all=len(wall.cards),
        insights=wall.insights,
        pairs=[pair_row(found) for found in propose_similar(cafe, most=MOST_PAIRS)],
        measures=list(cafe.measures.order_by("cafe_measures__order", "pk")),
        tables=list(cafe.tables.all()),
        states=[(value, str(label)) for value, label in Card.State.choices],
        calls=open_calls(cafe),
        choice=choice,
        may_run=may_run,
    )


def _rows(wall: Wall, choice: Choice) -> list[CardRow]:
    numbers = wall.supports or {}
    return [
        CardRow(card, numbers.get(card.pk, 0), is_own_language=False)
        for card in wall.cards
        if choice.fits(card)
    ]


# --- Moderate the cards of all tables: hide and show, group, name, tie to measures ----------------


COMMANDS: Final = frozenset(
    {
        "edit_card",
        "group_cards",
        "hide_card",
        "link_insight",
        "reject_similar",
        "rename_insight",
        "show_card",
        "ungroup_card",
    }
)


@login_required
@require_safe
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the cards of all tables, proposals and insights."""
    cafe = visible_cafe(request, pk)
    may_run = not cafe.is_sealed and request.user.has_perm("cafe.run_alpcafe", cafe)
    choice = Choice(request.GET.get("table", "")[:5], request.GET.get("state", "")[:8])
    here = Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))
    context = {
        "page": read_moderation(cafe, choice, may_run=may_run),
        "cafe": cafe,
        "undoable": _undoable(cafe, request.GET.get("entry", "")) if may_run else None,
        "crumbs": crumbs(here, Crumb(_("Cards"))),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/cards/cards.html", context)


@login_required
@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out one form of the page."""
    cafe = own_cafe(request, pk)
    back = reverse("workspace:cafe_cards", args=[cafe.pk])
    place = "".join(char for char in request.POST.get("place", "") if char.isalpha())
    try:
        entry = _carry_out(request, cafe)
    except AlpClustersError as error:
        messages.error(request, sentence(error))
        return HttpResponseRedirect(f"{back}#{place}")
    return HttpResponseRedirect(f"{back}?entry={entry.pk}#{place}")


def _carry_out(request: HttpRequest, cafe: AlpCafe) -> Entry:
    command, now, by = request.POST.get("command", ""), timezone.now(), _person(request)
    if command == "undo":
        return undo(cafe, _entry(cafe, request.POST.get("entry", "")), by=by, now=now)[-1]
    if command not in COMMANDS:
        raise StateError("cafe.unknown_command", found=command)
    arguments = read_arguments(request.POST)
    arguments.setdefault("language", get_language() or "en")
    if command == "link_insight":
        number = request.POST.get("measure", "")
        arguments["measure"] = int(number) if is_number(number) else None
    return act(cafe, command, arguments, seen=None, by=by, now=now)


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _entry(cafe: AlpCafe, number: str) -> Entry:
    found = cafe.entries.filter(pk=number).first() if is_number(number) else None
    if found is None:
        raise StateError("cafe.unknown_command", found=number)
    return found


def _undoable(cafe: AlpCafe, number: str) -> Entry | None:
    if not is_number(number):
        return None
    return cafe.entries.filter(pk=number, undone_by=None, undoes=None).first()


urlpatterns = [
    path("cafes/<int:pk>/cards/", cards, name="cafe_cards"),
    path("cafes/<int:pk>/cards/order/", order, name="cafe_cards_order"),
]

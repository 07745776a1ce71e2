"""The seat plan: room, certificate, interpreters, wishes, and another try; and its drawing."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.cafe.domain.guests import allow_together, keep_apart
from alpclusters.platform.cafe.domain.plan_records import Word, read_plan, words_of
from alpclusters.platform.cafe.domain.seat_plans import (
    current_plan,
    drop_plan,
    fits_room,
    make_plan,
    plan_for_room,
)
from alpclusters.platform.cafe.models import AlpCafe, Guest, Seat, SeatPlan, Source
from alpclusters.platform.cafe.models import Table as HallTable
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.numbers import format_number
from alpclusters.reports.seating import certificate_lines
from alpclusters.www.components.parts import Cell, Column, Tab, Table
from alpclusters.www.workspace.cafes.prepare.common import attempt, back_to, number_in, show
from alpclusters.www.workspace.cafes.running import own_cafe

# --- The plan of the room as a drawing: tables where they stand, guests around them ---------------


WIDTH: Final = 1000
MARGIN: Final = 70
LARGEST_TABLE: Final = 44.0
DOT: Final = 15.0
ROW: Final = 230


@dataclass(frozen=True)
class Place:
    """A guest at a table: where the dot stands, and what is known."""

    number: int
    x: float
    y: float
    name: str
    languages: str
    is_wrong: bool
    is_pinned: bool
    needs_access: bool


@dataclass(frozen=True)
class Spot:
    """A table with its guests of one round."""

    table: HallTable
    x: float
    y: float
    radius: float
    places: Sequence[Place]

    @property
    def language(self) -> str:
        """The language the table works in, in capitals; empty if none was chosen."""
        return self.table.languages[0].upper() if self.table.languages else ""


@dataclass(frozen=True)
class Room:
    """The whole drawing."""

    spots: Sequence[Spot]
    width: int
    height: int

    @property
    def front(self) -> int:
        """The middle of the front wall, where the big screen is."""
        return self.width // 2


def draw_room(cafe: AlpCafe, words: Mapping[int, Word], round_index: int) -> Room:
    """Place tables and guests of a round."""
    tables = list(cafe.tables.filter(is_open=True).select_related("measure"))
    guests = list(cafe.guests.filter(is_spare=False))
    seated: dict[int, list[Guest]] = {table.number: [] for table in tables}
    for guest in guests:
        number = _table_at(words.get(guest.number), round_index)
        if number in seated:
            seated[number].append(guest)
    height = _height(tables)
    spots = [_spot(table, seated[table.number], round_index, height) for table in tables]
    return Room(spots, WIDTH, height)


def _height(tables: Sequence[HallTable]) -> int:
    rows = len({table.y for table in tables})
    return max(320, min(rows, 12) * ROW + MARGIN)


def _table_at(word: Word | None, round_index: int) -> int | None:
    return word[round_index - 1] if word and round_index <= len(word) else None


def _spot(table: HallTable, guests: Sequence[Guest], round_index: int, height: int) -> Spot:
    x = MARGIN + table.x / 100 * (WIDTH - 2 * MARGIN)
    y = MARGIN + 40 + table.y / 100 * (height - 2 * MARGIN - 20)
    circle = LARGEST_TABLE + DOT + 4
    places = [
        _place(guest, table, round_index, x, y, circle, math.tau * i / max(len(guests), 1))
        for i, guest in enumerate(guests)
    ]
    return Spot(table, round(x, 1), round(y, 1), LARGEST_TABLE, places)


def _place(
    guest: Guest, table: HallTable, round_index: int, x: float, y: float, circle: float, turn: float
) -> Place:
    is_wrong = bool(
        guest.languages and table.languages and table.languages[0] not in guest.languages
    )
    return Place(
        number=guest.number,
        x=round(x + circle * math.sin(turn), 1),
        y=round(y - circle * math.cos(turn), 1),
        name=guest.name,
        languages=", ".join(code.upper() for code in guest.languages),
        is_wrong=is_wrong,
        is_pinned=str(round_index) in guest.pins,
        needs_access=guest.needs_access,
    )


# --- The seat plan: room, certificate, interpreters, wishes, and another try ----------------------


WEIGHTS: Final = (
    ("balanced", gettext_lazy("balanced")),
    ("mix_most", gettext_lazy("mix most")),
    ("language_first", gettext_lazy("language first")),
)
LARGEST_SEED: Final = 999_999


class PlanForm(forms.Form):
    """How to compute the plan."""

    weights = forms.ChoiceField(
        label=gettext_lazy("What counts most"),
        choices=WEIGHTS,
        initial="balanced",
        widget=forms.RadioSelect,
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Start of the random numbers"),
        min_value=0,
        max_value=LARGEST_SEED,
        initial=0,
        help_text=gettext_lazy("The same number gives the same plan; another one may do better."),
    )


class ApartForm(forms.Form):
    """Two guests who should not sit together."""

    first = forms.IntegerField(label=gettext_lazy("Guest number"), min_value=1)
    second = forms.IntegerField(label=gettext_lazy("and guest number"), min_value=1)


@dataclass(frozen=True)
class PlanPart:
    """The plan as the page tells it."""

    lines: list[str]
    is_optimal: bool
    choices: Table | None
    interpreters: Table | None
    n_unknown: int
    weights: str
    seed: int
    is_outdated: bool
    made_at: Any


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the plan of a round; compute it, keep people apart."""
    cafe = own_cafe(request, pk)
    if request.method == "POST":
        return _do(request, cafe)
    plan = current_plan(cafe)
    index = number_in(request.GET.get("round"), least=1, most=cafe.n_rounds, default=1)
    context = {
        "plan": _told(cafe, plan) if plan else None,
        "room": draw_room(cafe, words_of(plan.data) if plan else {}, index),
        "round_index": index,
        "rounds": _rounds(cafe, index),
        "form": PlanForm(initial=_initial(plan)),
        "apart_form": ApartForm(),
        "aparts": list(cafe.aparts.select_related("first", "second")),
        "pinned": [g for g in cafe.guests.filter(is_spare=False).exclude(pins={}) if g.pins],
        "n_guests": cafe.guests.filter(is_spare=False).count(),
        "n_tables": cafe.tables.filter(is_open=True).count(),
        "n_waiting": cafe.participants.filter(source=Source.PHONE, guest__isnull=True).count(),
        "is_seated": Seat.objects.filter(guest__cafe=cafe).exists(),
    }
    return show(request, cafe, "cafe_seats", context)


def _initial(plan: SeatPlan | None) -> dict[str, Any]:
    if plan is None:
        return {"weights": "balanced", "seed": 0}
    return {"weights": plan.data["weights"], "seed": plan.data["plan"]["seed"]}


def _rounds(cafe: AlpCafe, index: int) -> list[Tab]:
    own = reverse("workspace:cafe_seats", args=[cafe.pk])
    return [
        Tab(_("Round %(n)s") % {"n": n}, f"{own}?round={n}#room", is_current=n == index)
        for n in range(1, cafe.n_rounds + 1)
    ]


def _told(cafe: AlpCafe, plan: SeatPlan) -> PlanPart:
    language = nearest_language(get_language())
    found = read_plan(plan.data)
    return PlanPart(
        lines=certificate_lines(found, language),
        is_optimal=found.optimal,
        choices=_choices(plan, language),
        interpreters=_interpreters(found.interpreters, cafe.n_rounds, language),
        n_unknown=plan.data["unknown_languages"],
        weights=str(dict(WEIGHTS)[plan.data["weights"]]),
        seed=found.seed,
        is_outdated=not fits_room(plan, cafe),
        made_at=plan.made_at,
    )


def _choices(plan: SeatPlan, language: str) -> Table | None:
    if not plan.data["choices"]:
        return None
    names = dict(WEIGHTS)
    columns = [
        Column(_("What counts most")),
        Column(_("Repeated meetings"), is_number=True),
        Column(_("Returns to a table"), is_number=True),
        Column(_("Seats in another language"), is_number=True),
        Column(_("Interpreters at once"), is_number=True),
    ]
    rows = [
        [
            _chosen(str(names[one["name"]]), is_chosen=one["name"] == plan.data["weights"]),
            format_number(one["repeats"], language),
            format_number(one["revisits"], language),
            format_number(one["wrong_language_seats"], language),
            format_number(_at_once(one["interpreters"]), language),
        ]
        for one in plan.data["choices"]
    ]
    return Table(_("What languages cost in new faces"), columns, rows)


def _chosen(name: str, *, is_chosen: bool) -> Cell:
    return Cell(name, note=_("this plan") if is_chosen else "")


def _at_once(interpreters: dict[str, list[int]]) -> int:
    return max((sum(counts) for counts in zip(*interpreters.values(), strict=True)), default=0)


def _interpreters(demand: Any, rounds: int, language: str) -> Table | None:
    if not demand:
        return None
    columns = [
        Column(_("Language")),
        *(Column(_("Round %(n)s") % {"n": n}, is_number=True) for n in range(1, rounds + 1)),
    ]
    rows = [
        [code.upper(), *(format_number(count, language) for count in counts)]
        for code, counts in demand.items()
    ]
    return Table(_("Tables that need an interpreter"), columns, rows)


def _do(request: HttpRequest, cafe: AlpCafe) -> HttpResponse:
    wish = request.POST.get("do")
    if wish == "apart":
        _keep_apart(request, cafe)
    elif wish == "together":
        for apart in cafe.aparts.filter(
            pk=number_in(request.POST.get("apart"), least=0, most=10**9, default=0)
        ):
            allow_together(apart)
    elif wish == "drop":
        attempt(request, lambda: drop_plan(cafe), _("Guests sit where they like."))
    elif wish == "room":
        attempt(request, lambda: plan_for_room(cafe), _("Everybody in the room has a place."))
    else:
        _compute(request, cafe)
    return back_to("cafe_seats", cafe)


def _compute(request: HttpRequest, cafe: AlpCafe) -> None:
    form = PlanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a number from 0 to 999999."))
        return
    data = form.cleaned_data
    attempt(
        request,
        lambda: make_plan(cafe, seed=data["seed"], weights=data["weights"]),
        _("Seat plan computed."),
    )


def _keep_apart(request: HttpRequest, cafe: AlpCafe) -> None:
    form = ApartForm(request.POST)
    made = form.is_valid() and keep_apart(
        cafe, form.cleaned_data["first"], form.cleaned_data["second"]
    )
    if made:
        messages.success(request, _("Kept apart from the next plan on: compute it again."))
    else:
        messages.error(request, _("Name two different guests by their numbers."))

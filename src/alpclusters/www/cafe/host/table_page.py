"""The page of a table host: opened by a link, one table, one round, everything it shows."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.cafe.domain.host_links import HOST, opened_cafe, read_pass
from alpclusters.platform.cafe.domain.overview import is_called
from alpclusters.platform.cafe.domain.similar import Proposal, propose_similar
from alpclusters.platform.cafe.domain.walls import Wall, wall_of_table
from alpclusters.platform.cafe.models import Card, Entry, Insight, Phase, Seat, Summary
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.www.cafe.devices import remember_pass
from alpclusters.www.cafe.host.orders import Host, Typed, carry_out, for_hosts
from alpclusters.www.cafe.proxying import Place, proxy_page
from alpclusters.www.cafe.refusals import sentence

# --- A text in pieces, some of them marked: the words that two cards share ------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text."""

    text: str
    is_marked: bool


def marked(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """Cut a text at the spans, which stand in order and do not overlap.

    Examples
    --------
    >>> [(p.text, p.is_marked) for p in marked("a funding rule", [(2, 9)])]
    [('a ', False), ('funding', True), (' rule', False)]
    """
    pieces, place = [], 0
    for start, end in spans:
        pieces += [
            Piece(text[place:start], is_marked=False),
            Piece(text[start:end], is_marked=True),
        ]
        place = end
    pieces.append(Piece(text[place:], is_marked=False))
    return [piece for piece in pieces if piece.text]


# --- What the page of a table host shows ----------------------------------------------------------


# More at once nobody looks at; the next ones follow as soon as these are decided.
MOST_PAIRS = 4
AT_TABLES = (Phase.SEATING, Phase.TALK, Phase.HARVEST)
BEFORE_TABLES = (Phase.DRAFT, Phase.LOBBY, Phase.PRESENTATION)


@dataclass(frozen=True)
class GuestRow:
    """A guest of the table in this round."""

    seat: Seat
    languages: str
    needs_interpreter: bool
    has_left: bool

    @property
    def is_here(self) -> bool:
        """Say whether the guest sits at the table."""
        return self.seat.state in Seat.ARRIVED


@dataclass(frozen=True)
class CardRow:
    """A card with what the table sees of it."""

    card: Card
    supports: int | None
    is_own_language: bool

    @property
    def is_hidden(self) -> bool:
        """Say whether it was taken off the screens."""
        return self.card.state == Card.State.HIDDEN


@dataclass(frozen=True)
class PairRow:
    """Two cards that may say the same, with the shared words marked."""

    proposal: Proposal
    first: Sequence[Piece]
    second: Sequence[Piece]


@dataclass(frozen=True)
class HostPage:
    """One table in one round, as its host sees it."""

    host: Host
    n_tables: int
    phase: str
    is_seated: bool
    question: str
    ends: int | None
    paused: int | None
    guests: Sequence[GuestRow]
    cards: Sequence[CardRow]
    insights: Sequence[Insight]
    pairs: Sequence[PairRow]
    summary_round: int
    summary: Summary | None
    earlier: Sequence[Summary]
    has_next: bool
    is_help_called: bool
    language: str
    languages: Sequence[tuple[str, str]]
    typed: Typed
    problem: str
    done: str
    undoable: Entry | None
    fresh_id: str

    @property
    def n_here(self) -> int:
        """How many guests sit at the table."""
        return sum(guest.is_here for guest in self.guests)

    @property
    def n_expected(self) -> int:
        """How many guests have this table as their place."""
        return sum(not guest.has_left for guest in self.guests)


def read_page(
    host: Host, *, typed: Typed | None = None, problem: str = "", done: str = "", entry: str = ""
) -> HostPage:
    """Read everything the page shows."""
    cafe, table = host.cafe, host.table
    wall = wall_of_table(cafe, table.number)
    language = nearest_language(get_language())
    summaries = list(table.summaries.order_by("round_index"))
    index = _summary_round(host)
    return HostPage(
        host=host,
        n_tables=cafe.tables.count(),
        phase=str(Phase(cafe.phase).label),
        is_seated=cafe.phase in AT_TABLES,
        question=_question(host),
        ends=int(cafe.ends_at.timestamp() * 1000) if cafe.ends_at else None,
        paused=cafe.paused_left_ms,
        guests=_guests(host),
        cards=_cards(wall, language),
        insights=wall.insights,
        pairs=[
            pair_row(found) for found in propose_similar(cafe, table=table.number, most=MOST_PAIRS)
        ],
        summary_round=index,
        summary=next((s for s in summaries if s.round_index == index), None),
        earlier=[s for s in summaries if s.round_index < index],
        has_next=index < cafe.n_rounds,
        is_help_called=is_called(cafe, table.number),
        language=language,
        languages=LANGUAGES,
        typed=typed or Typed(),
        problem=problem,
        done=done,
        undoable=_undoable(host, entry),
        fresh_id=secrets.token_urlsafe(16),
    )


def _pairs(host: Host) -> list[PairRow]:
    found = propose_similar(host.cafe, table=host.table.number, most=MOST_PAIRS)
    return [pair_row(one) for one in found]


def _summary_round(host: Host) -> int:
    """Return the round a summary is written of: after the tables still the last one."""
    cafe = host.cafe
    is_over = not cafe.round_index and cafe.phase not in BEFORE_TABLES
    return cafe.n_rounds if is_over else cafe.round_index


def _question(host: Host) -> str:
    if host.cafe.phase not in AT_TABLES + BEFORE_TABLES:
        return ""
    found = host.cafe.questions.filter(round_index=max(host.cafe.round_index, 1)).first()
    return found.text if found else ""


def _guests(host: Host) -> list[GuestRow]:
    seats = Seat.objects.filter(table=host.table, round_index=host.cafe.round_index)
    return [_guest(host, seat) for seat in seats.select_related("guest")]


def _guest(host: Host, seat: Seat) -> GuestRow:
    guest = seat.guest
    spoken = set(guest.languages)
    return GuestRow(
        seat=seat,
        languages=", ".join(code.upper() for code in guest.languages),
        needs_interpreter=bool(spoken and host.table.languages)
        and not spoken & set(host.table.languages),
        has_left=guest.left_after is not None and guest.left_after < seat.round_index,
    )


def _cards(wall: Wall, language: str) -> list[CardRow]:
    numbers = wall.supports
    return [
        CardRow(
            card,
            None if numbers is None else numbers.get(card.pk, 0),
            card.language == language,
        )
        for card in wall.cards
    ]


def pair_row(found: Proposal) -> PairRow:
    """Mark the words that both cards of a proposal share."""
    return PairRow(
        found,
        marked(found.first.text, found.shared.first),
        marked(found.second.text, found.shared.second),
    )


def _undoable(host: Host, number: str) -> Entry | None:
    """Return the command that was just carried out, if it is the host's own and holds."""
    if not (number.isascii() and number.isdigit()):
        return None
    own: Any = host.cafe.entries.filter(by=None, by_table=host.table.number, undone_by=None)
    entry: Entry | None = own.filter(pk=int(number), undoes=None).first()
    return entry if entry is not None and (timezone.now() - entry.at).days < 1 else None


# --- Open the link of a table: what stands behind ``#`` becomes a cookie --------------------------


@require_safe
def enter_page(request: HttpRequest) -> HttpResponse:
    """Take the link out of the address by script; without scripts it is pasted."""
    return render(request, "cafe/host/enter.html", {"is_wrong": False})


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Exchange a link for the cookie; the same answer for wrong, old and destroyed links."""
    found = read_pass(request.POST.get("link", "").rpartition("#")[2])
    if found is None or found.screen != HOST or opened_cafe(found) is None:
        return render(request, "cafe/host/enter.html", {"is_wrong": True}, status=422)
    response = HttpResponseRedirect(reverse("cafe:host_page", args=[found.cafe_id]))
    remember_pass(request, response, found)
    return response


# --- A host types for a guest of the table who has no phone ---------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_hosts
def proxy(request: HttpRequest, host: Host) -> HttpResponse:
    """Ask for the answers of one person at the table."""
    return proxy_page(request, host.cafe, Place("cafe/host/proxy.html", {"table": host.table}))


# --- The page of a table host: one table, one round, everything as plain forms --------------------


@require_safe
@for_hosts
def page(request: HttpRequest, host: Host) -> HttpResponse:
    """Show the table; after a form was sent, what was done and how to undo it."""
    done, entry = request.GET.get("done", ""), request.GET.get("entry", "")
    return _show(request, host, {"done": done[:40], "entry": entry[:12]})


@require_POST
@for_hosts
def order(request: HttpRequest, host: Host) -> HttpResponse:
    """Carry out one form and come back to its part of the page."""
    try:
        entry = carry_out(host, request.POST, request.FILES)
    except AlpClustersError as error:
        status = 409 if isinstance(error, StateError) else 422
        refused = {"typed": Typed.of(request.POST), "problem": sentence(error)}
        return _show(request, host, refused, status=status)
    form = request.POST.get("form", "")[:40]
    query = urlencode({"done": form or "order", "entry": entry.pk})
    place = "".join(char for char in request.POST.get("place", "") if char.isalpha())
    address = reverse("cafe:host_page", args=[host.cafe.pk])
    return HttpResponseRedirect(f"{address}?{query}#{place or 'main'}")


def _show(
    request: HttpRequest, host: Host, told: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {
        "page": read_page(host, **told),
        "cafe": host.cafe,
        "table": host.table,
        "simulated": host.cafe.is_simulated,
    }
    return render(request, "cafe/host/page.html", context, status=status)


urlpatterns = [
    path("host/", enter_page, name="host_enter_page"),
    path("host/enter/", enter, name="host_enter"),
    path("host/<int:pk>/", page, name="host_page"),
    path("host/<int:pk>/order/", order, name="host_order"),
    path("host/<int:pk>/proxy/", proxy, name="host_proxy"),
]

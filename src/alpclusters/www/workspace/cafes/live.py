"""The live cockpit: the one next step first; a page that the stream keeps fresh."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import cos, pi, sin
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.domain.agendas import Step, course_of, next_step, place_in
from alpclusters.platform.cafe.domain.asking import is_searching, known_of
from alpclusters.platform.cafe.domain.host_links import BEAMER, host_address, make_pass
from alpclusters.platform.cafe.domain.overview import (
    Overview,
    TableLine,
    numbers_of,
    offers,
    overview_of,
)
from alpclusters.platform.cafe.domain.sealing import sealed_from
from alpclusters.platform.cafe.models import AlpCafe, Block, Phase, Screen, Table
from alpclusters.platform.languages.codes import language_row
from alpclusters.reports.numbers import format_number
from alpclusters.www.cafe.screens import let_stream
from alpclusters.www.components.parts import Crumb
from alpclusters.www.components.parts import Phase as PhaseDot
from alpclusters.www.site.cafe_letters import is_reachable, join_address, qr_of, qr_picture
from alpclusters.www.workspace.cafes.cockpit import crumbs, visible_cafe
from alpclusters.www.workspace.cafes.live_log import LiveLog, phase_name
from alpclusters.www.workspace.cafes.running import own_cafe

# --- What the live cockpit shows: the one next step first, exceptions only, everything undoable


ROUND_PHASES: Final = (Phase.SEATING, Phase.TALK, Phase.HARVEST)
RADIUS: Final = 60
ANSWERING: Final = (Phase.RATING, Phase.TOP_THREE, Phase.RATING_2)


@dataclass(frozen=True)
class Chosen:
    """An alternative of a chooser."""

    value: str
    label: Any
    is_chosen: bool = False


@dataclass(frozen=True)
class HostWay:
    """The link of the host of a table."""

    number: int
    host: str
    address: str
    picture: SafeString


@dataclass(frozen=True)
class TablePicture:
    """A table with the places around it: x, y, and whether somebody sits there."""

    table: Table
    expected: int
    here: int
    places: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class LivePage:
    """The AlpCafé at this moment, for the person who runs it."""

    cafe: AlpCafe
    now: datetime
    may_run: bool

    @cached_property
    def overview(self) -> Overview:
        """Counts and exceptions."""
        return overview_of(self.cafe, self.now)

    @property
    def tables(self) -> list[TablePicture]:
        """The tables as pictures."""
        return [_picture(line) for line in self.overview.tables]

    @property
    def is_hidden(self) -> bool:
        """Say whether there are results of which nothing is released."""
        offered = self.overview.offers
        return bool(offered) and not any(offer.is_visible for offer in offered)

    @property
    def is_searching(self) -> bool:
        """Say whether phones look for the best few now."""
        n_measures = len(self.overview.counts.measures)
        return self.cafe.is_open and is_searching(self.cafe, n_measures)

    @property
    def is_enough(self) -> bool:
        """Say whether the best few are known well enough: the one thing told before a release."""
        return known_of(self.cafe).is_enough

    @property
    def may_release(self) -> bool:
        """Say whether it is time for results, or some are visible."""
        offered = self.overview.offers
        return any(offer.is_visible or offer.reason != "not_yet" for offer in offered)

    # ---- course ----

    @property
    def here(self) -> str:
        """The name of the phase."""
        return phase_name(self.cafe.phase, self.cafe.round_index)

    @property
    def dots(self) -> list[PhaseDot]:
        """The course as a line; the phases of a round share one dot."""
        course = course_of(self.cafe)
        place = place_in(self.cafe, course)
        found: list[tuple[str, int]] = []
        for index, step in enumerate(course):
            if step.phase == Phase.DRAFT and place:
                continue
            name = _dot_name(step)
            if found and found[-1][0] == name:
                found[-1] = (name, index)
            else:
                found.append((name, index))
        first = int(place > 0)
        dots = []
        for name, last in found:
            state = "done" if last < place else "here" if first <= place else ""
            dots.append(PhaseDot(name, state))  # type: ignore[arg-type]
            first = last + 1
        return dots

    @property
    def next_label(self) -> str:
        """What the one big button does; empty at the end."""
        step = next_step(self.cafe)
        return step_label(step) if step and not self.cafe.is_closed else ""

    @property
    def is_next_close(self) -> bool:
        """Say whether the next step ends the AlpCafé: then it asks first."""
        step = next_step(self.cafe)
        return step is not None and step.phase == Phase.CLOSED

    @property
    def other_steps(self) -> list[Chosen]:
        """Phases one can skip to or return to."""
        here = Step(Phase(self.cafe.phase), self.cafe.round_index)
        return [
            Chosen(f"{step.phase}:{step.round_index}", phase_name(step.phase, step.round_index))
            for step in course_of(self.cafe)
            if step.phase not in {Phase.DRAFT, Phase.CLOSED} and step != here
        ]

    @property
    def takes_input(self) -> bool:
        """Say whether people answer now and the input can be stopped."""
        return self.cafe.phase in ANSWERING and self.cafe.input_stopped_at is None

    # ---- timer ----

    @property
    def is_paused(self) -> bool:
        """Say whether the timer stands still."""
        return self.cafe.paused_left_ms is not None

    @property
    def seconds_left(self) -> int | None:
        """What is left of the timer; below zero is nothing."""
        if self.cafe.paused_left_ms is not None:
            return self.cafe.paused_left_ms // 1000
        if self.cafe.ends_at is None:
            return None
        return max(0, int((self.cafe.ends_at - self.now).total_seconds()))

    @property
    def time_left(self) -> str:
        """As minutes and seconds; a dash without a timer."""
        left = self.seconds_left
        return "–" if left is None else f"{left // 60}:{left % 60:02d}"

    # ---- screen, releases, log ----

    @property
    def screens(self) -> list[Chosen]:
        """What the big screen can show."""
        wanted = [s for s in Screen if self.cafe.in_hall or s not in {Screen.SEATS, Screen.CARDS}]
        return [Chosen(s.value, s.label, s == self.cafe.screen) for s in wanted]

    @cached_property
    def log(self) -> LiveLog:
        """What was done, who calls for help, what Undo takes back."""
        return LiveLog(self.cafe)

    @property
    def needs_comments(self) -> str:
        """The block whose release has a page of its own."""
        return str(Block.COMMENTS)

    @property
    def interpreters(self) -> list[tuple[str, str]]:
        """Names of languages and the tables that need an interpreter."""
        return [
            (str(get_language_info(code)["name_translated"]), ", ".join(map(str, tables)))
            for code, tables in self.overview.interpreters.items()
        ]

    @property
    def sealed_from(self) -> datetime:
        """When a closed AlpCafé is sealed by itself."""
        return sealed_from(self.cafe)

    @property
    def is_due(self) -> bool:
        """Say whether it should have been sealed by now."""
        return self.cafe.is_closed and not self.cafe.is_sealed and self.sealed_from <= self.now

    # ---- ways in ----

    @property
    def join_address(self) -> str:
        """Where people type the code."""
        return join_address()

    @property
    def is_reachable(self) -> bool:
        """Say whether phones can reach it."""
        return is_reachable()

    @property
    def picture(self) -> SafeString:
        """The QR code of the hall."""
        return mark_safe(qr_picture(self.cafe))  # noqa: S308 - drawn by us

    @property
    def has_links(self) -> bool:
        """Say whether links are valid: while it is open."""
        return self.cafe.is_open

    @property
    def beamer_address(self) -> str:
        """The link that opens the big screen in any browser."""
        opened = make_pass(self.cafe, role=BEAMER)
        return f"{settings.CONFIGURATION.address}{reverse('cafe:screen_door')}#{opened.text}"


def host_ways(cafe: AlpCafe) -> list[HostWay]:
    """Return a link and its QR code for the host of each table."""
    found = []
    for table in cafe.tables.filter(is_open=True):
        address = host_address(table)
        found.append(HostWay(table.number, table.host_name, address, qr_of(address)))
    return found


def step_label(step: Step) -> str:
    """Say what the button does that leads to a step: verb first."""
    labels = {
        Phase.LOBBY: _("Let people in"),
        Phase.PRESENTATION: _("Begin the presentation"),
        Phase.SEATING: _("Round %(n)s: to the tables"),
        Phase.TALK: _("Begin the talk"),
        Phase.HARVEST: _("Begin the harvest"),
        Phase.RATING: _("Begin the rating"),
        Phase.TOP_THREE: _("Choose the top three"),
        Phase.RESULTS: _("Go to the results"),
        Phase.RATING_2: _("Begin the second rating"),
        Phase.RESULTS_2: _("Go to the second results"),
        Phase.FEEDBACK: _("Ask for feedback"),
        Phase.CLOSED: _("Close AlpCafé"),
    }
    return str(labels[step.phase]) % {"n": step.round_index}


def _picture(line: TableLine) -> TablePicture:
    """Set the seats around the table; the host's stands at the top."""
    around = len(line.seats) + 1
    places = [
        (f"{85 + RADIUS * sin(angle):.1f}", f"{78 - RADIUS * cos(angle):.1f}", taken)
        for number, taken in enumerate(line.seats, start=1)
        for angle in [2 * pi * number / around]
    ]
    return TablePicture(line.table, line.expected, line.here, places)


def _dot_name(step: Step) -> str:
    if step.phase in ROUND_PHASES:
        return _("Round %(n)s") % {"n": step.round_index}
    return str(step.phase.label)


# --- The live cockpit: one page that the stream keeps fresh and that works with plain forms too


@login_required
@require_safe
def cafe_live(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the live cockpit."""
    cafe = own_cafe(request, pk)
    page = LivePage(cafe, timezone.now(), may_run=True)
    context = {
        "page": page,
        "cafe": cafe,
        "locale": language_row(get_language()).locale,
        "crumbs": crumbs(_crumb(cafe), Crumb(_("Run"))),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    response = render(request, "workspace/cafes/live.html", context)
    let_stream(request, response, cafe)
    return response


@login_required
@require_safe
def cafe_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """Return revision and counts of the room, for a browser without a stream; 304 if unchanged."""
    cafe = visible_cafe(request, pk)
    language = get_language() or "en"
    counts = {name: format_number(n, language) for name, n in numbers_of(cafe).items()}
    fresh = JsonResponse({"rev": cafe.revision, "state": cafe.state, "counts": counts})
    digest = hashlib.sha256(fresh.content + language.encode()).hexdigest()
    tag = f'"{digest[:24]}"'
    response = get_conditional_response(request, etag=tag, response=fresh) or fresh
    response.headers["ETag"] = tag
    # "no-store" would forbid the browser to ask with the tag.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@login_required
@require_safe
def cafe_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """List the comments for a person to read before the hall may."""
    cafe = own_cafe(request, pk)
    offer = next((o for o in offers(cafe, timezone.now()) if o.block == Block.COMMENTS), None)
    may_read = offer is not None and not offer.reason and not offer.is_visible
    rows = cafe.comments.select_related("measure").order_by("measure__pk", "text", "pk")
    context = {
        "cafe": cafe,
        "comments": rows if may_read else [],
        "crumbs": crumbs(_crumb(cafe), _live_crumb(cafe.pk), Crumb(_("Comments"))),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/cafes/comments.html", context)


@login_required
@require_safe
def cafe_links(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the links of hosts and big screen with their QR codes."""
    cafe = own_cafe(request, pk)
    context = {
        "cafe": cafe,
        "page": LivePage(cafe, timezone.now(), may_run=True),
        "hosts": host_ways(cafe) if cafe.is_open else [],
        "crumbs": crumbs(_crumb(cafe), _live_crumb(cafe.pk), Crumb(_("Links"))),
        "simulated": cafe.is_simulated,
        "section": "cafes",
    }
    return render(request, "workspace/cafes/links.html", context)


def _crumb(cafe: object) -> Crumb:
    return Crumb(cafe.title, reverse("workspace:cafe", args=[cafe.pk]))  # type: ignore[attr-defined]


def _live_crumb(pk: int) -> Crumb:
    return Crumb(_("Run"), reverse("workspace:cafe_live", args=[pk]))

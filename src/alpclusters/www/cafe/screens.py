"""The big screen of the hall: opened by a link, what it shows, whether it may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.small_groups import in_steps
from alpclusters.platform.cafe.domain.host_links import (
    BEAMER,
    FACILITATOR,
    make_pass,
    opened_cafe,
    read_pass,
)
from alpclusters.platform.cafe.domain.walls import wall_of_hall
from alpclusters.platform.cafe.models import AlpCafe, Phase, Screen, Seat
from alpclusters.platform.evaluation.domain.hall_releases import released_results
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES, LANGUAGES
from alpclusters.www.cafe.devices import passes_of, remember_pass, token_for
from alpclusters.www.cafe.result_figures import ResultPage, result_pages
from alpclusters.www.site.cafe_letters import join_address, qr_picture

# --- Which big screen a browser may show, and the pass of a facilitator's browser -----------------


def opened_screen(request: HttpRequest, pk: int) -> AlpCafe | None:
    """Return the AlpCafé whose big screen this browser may show."""
    for found in passes_of(request):
        if found.cafe_id == pk and found.screen in {BEAMER, FACILITATOR}:
            cafe = opened_cafe(found)
            if cafe is not None:
                return cafe
    return None


def let_stream(request: HttpRequest, response: HttpResponse, cafe: AlpCafe) -> None:
    """Give a facilitator's browser the pass for the stream of the cockpit.

    Who prepares or looks back has no stream; a pass that is valid is kept.
    """
    if not cafe.is_open:
        return
    wanted = make_pass(cafe, role=FACILITATOR)
    if wanted not in passes_of(request):
        remember_pass(request, response, wanted)


# --- What the big screen shows: one thing, readable at ten metres, in the first two languages -----


# What each phase needs, where the facilitator leaves the choice to it.
AUTOMATIC: Final = {
    Phase.DRAFT: "blank",
    Phase.LOBBY: "join",
    Phase.PRESENTATION: "measures",
    Phase.SEATING: "seats",
    Phase.TALK: "question",
    Phase.HARVEST: "cards",
    Phase.RATING: "rating",
    Phase.TOP_THREE: "rating",
    Phase.RESULTS: "results",
    Phase.RATING_2: "rating",
    Phase.RESULTS_2: "results",
    Phase.FEEDBACK: "rating",
    Phase.CLOSED: "results",
    Phase.SEALED: "results",
}
CARDS_PER_PAGE: Final = 8
MOST_CARDS: Final = 80
IN_ROUNDS: Final = (Phase.SEATING, Phase.TALK, Phase.HARVEST)


@dataclass(frozen=True)
class Said:
    """A text in the first language of the hall, and in the second if it says something else."""

    main: str
    other: str
    other_language: str


@dataclass(frozen=True)
class TableTag:
    """A table for the finder: who sits there, by the numbers of the name cards."""

    number: int
    measure: str
    languages: str
    way: str
    guests: str


@dataclass(frozen=True)
class ScreenPage:
    """The big screen at one moment."""

    cafe: AlpCafe
    now: datetime
    language: str

    @property
    def view(self) -> str:
        """Which part is shown."""
        if self.cafe.screen != Screen.AUTO:
            return str(self.cafe.screen)
        return AUTOMATIC[Phase(self.cafe.phase)]

    # ---- words ----

    @property
    def phase(self) -> Said:
        """The name of the phase, or the round that is on."""
        return self._in_both(self._phase)

    @property
    def question(self) -> Said:
        """The question of the round; before the first one the purpose of the day."""
        row = self.cafe.questions.filter(round_index=max(1, self.cafe.round_index)).first()
        if row is not None and (self.cafe.round_index or self.cafe.in_hall):
            return self._texts(row, "text")
        return self._texts(self.cafe, "title")

    @property
    def title(self) -> Said:
        """The name of the AlpCafé."""
        return self._texts(self.cafe, "title")

    @property
    def task(self) -> Said:
        """What everybody does on the phone now."""
        return self._in_both(lambda: _task(Phase(self.cafe.phase)))

    @property
    def other_language(self) -> str:
        """The second language of the hall; empty if there is only one."""
        others = [code for code in self.cafe.languages if code != self.language]
        return others[0] if others else ""

    # ---- timer ----

    @property
    def seconds_left(self) -> int | None:
        """What is left; None without a timer."""
        if self.cafe.paused_left_ms is not None:
            return self.cafe.paused_left_ms // 1000
        if self.cafe.ends_at is None:
            return None
        return max(0, int((self.cafe.ends_at - self.now).total_seconds()))

    @property
    def time_left(self) -> str:
        """As minutes and seconds."""
        left = self.seconds_left
        return "" if left is None else f"{left // 60}:{left % 60:02d}"

    # ---- parts ----

    @cached_property
    def tables(self) -> list[TableTag]:
        """The tables with the guests of the round."""
        index = max(1, self.cafe.round_index)
        seats = Seat.objects.filter(guest__cafe=self.cafe, round_index=index)
        present = seats.exclude(state=Seat.State.ABSENT).order_by("guest__number")
        guests: dict[int, list[int]] = {}
        for table, number in present.values_list("table_id", "guest__number"):
            guests.setdefault(table, []).append(number)
        return [
            TableTag(
                table.number,
                _text(table.measure, "name", self.language) if table.measure else "",
                " · ".join(dict(LANGUAGES).get(code, code) for code in table.languages),
                table.way,
                " ".join(map(str, guests.get(table.pk, []))),
            )
            for table in self.cafe.tables.filter(is_open=True).select_related("measure")
        ]

    @cached_property
    def measures(self) -> list[Any]:
        """The measures on the table."""
        return [row.measure for row in self.cafe.cafe_measures.select_related("measure")]

    @cached_property
    def card_pages(self) -> list[Sequence[Any]]:
        """The cards, newest first, in pages that fit without scrolling."""
        cards = list(wall_of_hall(self.cafe).cards)[:MOST_CARDS]
        return [cards[i : i + CARDS_PER_PAGE] for i in range(0, len(cards), CARDS_PER_PAGE)]

    @cached_property
    def results(self) -> list[ResultPage]:
        """The pages of released results; none before a release."""
        return result_pages(released_results(self.cafe), self.language)

    @property
    def n_people(self) -> int | None:
        """How many have joined, in steps of five; None below five and after the end."""
        return in_steps(self.cafe.participants.count()) if self.cafe.is_open else None

    @property
    def shows_code(self) -> bool:
        """Say whether code and QR stand at the foot."""
        return self.cafe.is_open and self.view != "blank"

    @property
    def join_address(self) -> str:
        """The address to type, without its scheme."""
        return join_address().partition("//")[2].rstrip("/")

    @property
    def picture(self) -> str:
        """The QR code."""
        return qr_picture(self.cafe)

    # ---- languages ----

    def _phase(self) -> str:
        if self.cafe.phase in IN_ROUNDS:
            values = {"n": self.cafe.round_index, "total": self.cafe.n_rounds}
            return _("Round %(n)s of %(total)s") % values
        return str(Phase(self.cafe.phase).label).capitalize()

    def _in_both(self, say: Any) -> Said:
        other = ""
        if self.other_language:
            with translation.override(self.other_language):
                other = say()
        main = say()
        return Said(main, "" if other == main else other, self.other_language)

    def _texts(self, row: Any, field: str) -> Said:
        main = _text(row, field, self.language)
        other = getattr(row, field).inside(self.other_language)
        return Said(main, "" if not other or other == main else other, self.other_language)


def main_language(cafe: AlpCafe) -> str:
    """Return the first language of an AlpCafé."""
    return next((code for code in cafe.languages if code in LANGUAGE_CODES), DEFAULT_LANGUAGE)


def _text(row: Any, field: str, language: str) -> str:
    return str(getattr(row, field).read_in(language))


def _task(phase: Phase) -> str:
    tasks = {
        Phase.RATING: _("Please rate the measures on your phone."),
        Phase.TOP_THREE: _("Choose your top three on your phone."),
        Phase.RATING_2: _("Look at the results and rate a second time."),
        Phase.FEEDBACK: _("How was the AlpCafé? Tell us on your phone."),
    }
    return str(tasks.get(phase, ""))


# --- The big screen of the hall: opened by a link, full screen, nothing personal on it ------------


@require_http_methods(["GET", "HEAD", "POST"])
def screen_door(request: HttpRequest) -> HttpResponse:
    """Take the link from behind ``#`` and open the big screen."""
    if request.method != "POST":
        return render(request, "cafe/screen_door.html", {"error": ""})
    found = read_pass(request.POST.get("link", "").rpartition("#")[2])
    cafe = opened_cafe(found) if found is not None and found.screen == BEAMER else None
    if found is None or cafe is None:
        error = _("This link is not valid any more. Ask the facilitator for the new one.")
        return render(request, "cafe/screen_door.html", {"error": error}, status=422)
    response = redirect("cafe:screen", pk=cafe.pk)
    remember_pass(request, response, found)
    return response


@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the big screen as it should be at this moment; the script asks again at each change."""
    cafe = _shown(request, pk)
    if cafe is None:
        error = _("This screen is not open here. Open the link of the big screen.")
        return render(request, "cafe/screen_door.html", {"error": error}, status=403)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in LANGUAGE_CODES else main_language(cafe)
    with translation.override(language):
        page = ScreenPage(cafe, timezone.now(), language)
        context = {"page": page, "cafe": cafe, "simulated": cafe.is_simulated}
        return render(request, "cafe/screen.html", context)


@require_safe
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Return what is released; before, and for strangers, no number."""
    cafe = AlpCafe.everything.filter(pk=pk).select_related("project").first()
    found = released_results(cafe) if cafe and _may_read(request, cafe) else {}
    if not found:
        response = JsonResponse({"code": "not_released"}, status=403)
    else:
        response = JsonResponse(found)
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(request: HttpRequest, pk: int) -> AlpCafe | None:
    """Return the AlpCafé for a browser with the link, or for the person who runs it."""
    opened = opened_screen(request, pk)
    if opened is not None:
        return opened
    cafe = AlpCafe.everything.filter(pk=pk).select_related("project", "region").first()
    may_run = cafe is not None and request.user.has_perm("cafe.run_alpcafe", cafe)
    return cafe if may_run else None


def _may_read(request: HttpRequest, cafe: AlpCafe) -> bool:
    """Say whether the request comes from the hall, or from a person of the project."""
    if token_for(request, cafe) is not None or opened_screen(request, cafe.pk) is not None:
        return True
    return bool(request.user.has_perm("cafe.view_alpcafe", cafe))

"""What the hall is told, in the reader's language: words of the live process, why not."""

import functools
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.cafe.domain.keys import is_link, read_key
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.domain.sealing import seal_due
from alpclusters.platform.cafe.domain.seats import SEATED_PHASES
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.reports.errors import remedy, what
from alpclusters.www.cafe.devices import same_origin

# --- Words of the live process: somebody came late, something may be due for its seal -------------
#
# The site has plan and rules, so it does what follows. Only who can read the key of an AlpCafé may
# say such a word: for all others there is nothing here.


HEADER: Final = "X-AlpClusters-Word"

type View = Callable[[HttpRequest, int], HttpResponse]


def for_live_process(view: View) -> View:
    """Let a view run for whoever proves to have the key of the AlpCafé."""

    @require_POST
    @same_origin
    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int) -> HttpResponse:
        key = read_key(settings.HOME, pk)
        if key is None or not is_link(key, request.headers.get(HEADER, ""), role=view.__name__):
            return HttpResponseNotFound(content_type="text/plain; charset=utf-8")
        return view(request, pk)

    return wrapped


@for_live_process
def late(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 - Django's form
    """Seat everybody who has no place, as the button of the cockpit does; it can be undone."""
    cafe = get_object_or_404(AlpCafe.everything, pk=pk)
    if cafe.is_open and cafe.phase in SEATED_PHASES:
        _seat(cafe)
    return HttpResponse(status=204)


@for_live_process
def due(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 - whose key it is
    """Seal every AlpCafé whose time for opening it again is over, not only this one."""
    seal_due(timezone.now())
    return HttpResponse(status=204)


def _seat(cafe: AlpCafe) -> None:
    try:
        act(cafe, "seat_late", seen=None, by=None, now=timezone.now())
    except StateError as error:
        if error.code not in {"cafe.nobody_waits", "cafe.sealed"}:
            raise


# --- Why something was not done in the hall, in the reader's language -----------------------------


# code: (what is wrong, what to do)
SENTENCES: Final = {
    "cafe.unknown_card": (
        _("This card is not there any more."),
        _("Load the page again."),
    ),
    "cafe.unknown_measure": (
        _("This measure is not on the table of the AlpCafé."),
        _("Load the page again."),
    ),
    "cafe.unknown_mark": (
        _("A statement is about the person or an opinion."),
        _("Load the page again and decide there."),
    ),
    "cafe.card_known": (_("This card is stored already."), _("Load the page again.")),
    "cafe.card_text": (
        _("A card has a text of at most %(expected)s characters, or a photo."),
        _("Shorten it, or write a second card."),
    ),
    "cafe.reason_missing": (
        _("A hidden card needs a reason."),
        _("Write it for the author, in a few words."),
    ),
    "cafe.other_table": (
        _("This belongs to another table."),
        _("You can change what belongs to table %(expected)s."),
    ),
    "cafe.unknown_insight": (_("This insight is not there any more."), _("Load the page again.")),
    "cafe.no_cards": (_("No card is chosen."), _("Tick the cards that belong together.")),
    "cafe.insight_title": (
        _("An insight is one sentence of at most %(expected)s characters."),
        _("Say what these cards say together."),
    ),
    "cafe.three_insights": (
        _("A card belongs to at most %(expected)s insights."),
        _("Take it out of another one first."),
    ),
    "cafe.summary_text": (
        _("A summary has up to %(expected)s characters."),
        _("Write three sentences."),
    ),
    "cafe.unknown_guest": (
        _("There is no guest with the number %(found)s."),
        _("Read the number on the name card again."),
    ),
    "cafe.unknown_photo": (_("The photo is not there."), _("Take it again.")),
    "cafe.too_many_photos": (
        _("This device has sent %(expected)s photos within an hour."),
        _("Write a card, or wait."),
    ),
    "cafe.no_consent": (
        _("The consent of the person is missing."),
        _("Ask the person and tick the box; without consent nothing is stored."),
    ),
    "cafe.empty_entry": (_("Nothing was answered."), _("Enter at least one answer.")),
    "cafe.entry_refused": (
        _("The answers were not taken (%(found)s)."),
        _("Check whether the rating is open."),
    ),
    "cafe.entry_over": (
        _("The protocol is approved: nothing can be entered any more."),
        _("Write the sheets into the open points of a new version."),
    ),
    "cafe.sheet_mistyped": (
        _("“%(found)s” is no number of a sheet: digits and letter do not fit together."),
        _("Read it again from the top of the sheet."),
    ),
    "cafe.no_second_rating": (_("People rate once in this AlpCafé."), ""),
    "cafe.unknown_sheet": (
        _("No sheet with the number %(found)s was printed for this AlpCafé."),
        _("Check whether the sheet belongs to another AlpCafé."),
    ),
    "cafe.sheet_done": (
        _("Sheet %(found)s was entered twice."),
        _("Decide on its page what differs."),
    ),
    "cafe.not_open": (_("The AlpCafé is not open."), ""),
    "cafe.sealed": (_("The AlpCafé is sealed: nothing can be changed any more."), ""),
    "cafe.unknown_seat": (
        _("This place is not in the seat plan of this round."),
        _("Load the page again."),
    ),
    "cafe.unknown_command": (_("This cannot be done from here."), _("Load the page again.")),
    "cafe.stale": (
        _("Somebody else changed this a moment ago."),
        _("Look at it again."),
    ),
    "cafe.undo_dependents": (
        _("Something was done with this since then."),
        _("Take that back first."),
    ),
    "cafe.undone_before": (_("This was undone before."), ""),
}


def sentence(error: AlpClustersError) -> str:
    """Return what is wrong and what to do."""
    known = SENTENCES.get(error.code)
    if known is None:
        language = get_language() or "en"
        return f"{what(error, language)} {remedy(error, language)}".strip()
    values = {"found": error.found or "", "expected": error.expected or "", **error.values}
    return " ".join(str(text) % values for text in known if text)

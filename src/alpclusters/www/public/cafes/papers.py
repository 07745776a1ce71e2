"""What a visitor takes away from an AlpCafé: the approved protocol, open data, cards and trails."""

from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.models import AlpCafe, Card
from alpclusters.platform.evaluation.domain.open_data import file_name, is_released, open_data_zip
from alpclusters.platform.evaluation.domain.protocols import public_version
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.tracing.domain.outcomes import outcomes_of_cards
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.cafes.outcomes import card_view
from alpclusters.www.public.cafes.pages import public_cafes
from alpclusters.www.public.cafes.protocol_files import version_document
from alpclusters.www.public.documents import TakenAway, sent, written

FORMATS: Final = ("pdf", "docx")
PAGE_SIZE: Final = 50


@require_safe
def cafe_protocol(
    request: HttpRequest,  # noqa: ARG001 - every view gets one
    pk: int,
    language: str,
    format: str,  # noqa: A002
) -> HttpResponse:
    """Send the approved protocol; 403 while there is none that everybody may read."""
    if language not in LANGUAGE_CODES or format not in FORMATS:
        raise Http404
    found = get_object_or_404(public_cafes(), pk=pk)
    version = public_version(found)
    if version is None:
        raise PermissionDenied
    return sent(written(version_document(version, language), format))


@require_safe
def cafe_data(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """Send the open data as a ZIP; 403 before any result is released."""
    found = get_object_or_404(public_cafes(), pk=pk)
    if not is_released(found):
        raise PermissionDenied
    return sent(TakenAway(file_name(found), "application/zip", open_data_zip(found)))


@require_safe
def cafe_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """List the cards of an AlpCafé with what became of each; 403 before the release."""
    found = _with_public_cards(pk)
    cards = found.cards.exclude(state=Card.State.HIDDEN).order_by("round_index", "pk")
    page = Paginator(cards, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = found.cards.filter(pk__in=[card.pk for card in page]).order_by("round_index", "pk")
    outcomes = outcomes_of_cards(found, shown, seen_by=AnonymousUser())
    context = {
        "cafe": found,
        "page": page,
        "cards": [card_view(outcome) for outcome in outcomes],
        "crumbs": _crumbs(found, Crumb(_("Cards"))),
        "simulated": found.is_simulated,
        "section": "cafes",
    }
    return render(request, "public/cafes/cards.html", context)


@require_safe
def cafe_card(request: HttpRequest, pk: int, public_id: str) -> HttpResponse:
    """Show the trail of one card: insight, finding, recommendation, action."""
    found = _with_public_cards(pk)
    cards = found.cards.exclude(state=Card.State.HIDDEN).filter(public_id=public_id).order_by("pk")
    outcomes = outcomes_of_cards(found, cards, seen_by=AnonymousUser())
    if not outcomes:
        raise Http404
    context = {
        "cafe": found,
        "view": card_view(outcomes[0]),
        "crumbs": _crumbs(
            found, Crumb(_("Cards"), reverse("public:cafe_cards", args=[pk])), Crumb(_("Card"))
        ),
        "simulated": found.is_simulated,
        "section": "cafes",
    }
    return render(request, "public/cafes/card.html", context)


def _with_public_cards(pk: int) -> AlpCafe:
    found = get_object_or_404(public_cafes(), pk=pk)
    if not is_released(found):
        raise PermissionDenied
    return found


def _crumbs(cafe: AlpCafe, *last: Crumb) -> list[Crumb]:
    return [
        Crumb(_("AlpCafés"), reverse("public:cafes")),
        Crumb(cafe.title, reverse("public:cafe", args=[cafe.pk])),
        *last,
    ]

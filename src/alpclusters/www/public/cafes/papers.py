"""What a visitor takes away: approved protocol, open data, what became of a card or a rating."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.models import AlpCafe, Card, Protocol
from alpclusters.platform.evaluation.domain.open_data import file_name, is_released, open_data_zip
from alpclusters.platform.evaluation.domain.protocol_records import read_record
from alpclusters.platform.evaluation.domain.protocols import (
    approved_hosts,
    build_protocol,
    hosts_of,
    next_number,
    notes_of,
    public_version,
)
from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language
from alpclusters.platform.tracing.domain.outcomes import (
    CardOutcome,
    FindingOutcome,
    InsightOutcome,
    outcomes_of_cards,
)
from alpclusters.reports.blocks import Document
from alpclusters.reports.numbers import format_figure, format_figures, format_n
from alpclusters.reports.protocol.document import ProtocolVersion, build_protocol_document
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.cafes.events import public_cafes
from alpclusters.www.public.documents import TakenAway, sent, written

# --- What became of a card or a rating, in words and with addresses -------------------------------


@dataclass(frozen=True)
class Linked:
    """A text with the page that tells more; without an address it stands alone."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class FindingView:
    """A finding and what rests on it."""

    finding: Linked
    recommendations: Sequence[Linked]
    actions: Sequence[Linked]


@dataclass(frozen=True)
class InsightView:
    """An insight and the findings it went into."""

    title: str
    language: str
    measure: Linked | None
    findings: Sequence[FindingView]


@dataclass(frozen=True)
class CardView:
    """A card with everything that became of it."""

    card: Card
    url: str
    insights: Sequence[InsightView]
    state: str

    @property
    def is_hidden(self) -> bool:
        """Say whether facilitators took it off the wall."""
        return bool(self.card.state == Card.State.HIDDEN)


def card_view(outcome: CardOutcome) -> CardView:
    """Return a card as its page shows it."""
    card = outcome.card
    return CardView(
        card=card,
        url=reverse("public:card_trail", args=[card.cafe_id, card.public_id]),
        insights=[_insight(found) for found in outcome.insights],
        state=_state(outcome),
    )


def finding_view(outcome: FindingOutcome) -> FindingView:
    """Return a finding with recommendations and actions."""
    finding = outcome.finding
    rated: Any = finding  # both: a card shows findings from ratings only
    return FindingView(
        finding=Linked(
            f"{finding.code}: {rated.measure.name}, {rated.criterion.name}",
            _finding_address(finding),
            _figures(finding),
        ),
        recommendations=[
            Linked(f"{r.code} {r.title}", reverse("public:recommendation", args=[r.pk]))
            for r in outcome.recommendations
        ],
        actions=[
            Linked(f"{a.code} {a.title}", reverse("public:plan-action", args=[a.plan.slug, a.code]))
            for a in outcome.actions
        ],
    )


def _insight(outcome: InsightOutcome) -> InsightView:
    insight = outcome.insight
    measure = insight.measure
    return InsightView(
        title=insight.title,
        language=insight.language,
        measure=Linked(measure.name, reverse("public:measure", args=[measure.key]))
        if measure
        else None,
        findings=[finding_view(found) for found in outcome.findings],
    )


def _state(outcome: CardOutcome) -> str:
    """Say in a few words how far a card came."""
    words = (
        _("noted; part of no insight yet"),
        _("part of an insight"),
        _("behind a finding"),
        _("behind a recommendation"),
        _("behind an action"),
    )
    return words[outcome.n_steps]


def _finding_address(finding: Any) -> str:
    if finding.snapshot.released_at is None:
        return ""
    return reverse("public:evaluation", args=[finding.snapshot_id])


def _figures(finding: Any) -> str:
    """Give estimate, interval and n: a number never stands bare."""
    language = nearest_language(get_language())
    if finding.estimate is None:
        return format_n(finding.n, language)
    scale = finding.criterion.scale if finding.criterion else None
    value = format_figure(finding.estimate, scale, language)
    if finding.low is None or finding.high is None:
        return f"{value}, {format_n(finding.n, language)}"
    ends = format_figures(finding.low, finding.high, scale, language)
    return f"{value} ({ends}), {format_n(finding.n, language)}"


# --- Protocols as documents: a draft from the rows, or a version as it was approved ---------------


def version_document(version: Protocol, language: str) -> Document:
    """Return an approved version in one language."""
    about = ProtocolVersion(
        number=version.number,
        made_at=version.made_at,
        approved_on=localtime(version.approved_at).date() if version.approved_at else None,
        notes=version.notes,
        address=settings.CONFIGURATION.address,
        hosts=approved_hosts(version),
    )
    return build_protocol_document(read_record(version.data), about, language=language)


def draft_document(cafe: AlpCafe, language: str, *, now: datetime) -> Document:
    """Return what would be approved now."""
    about = ProtocolVersion(
        number=next_number(cafe),
        made_at=now,
        approved_on=None,
        notes=notes_of(cafe),
        address=settings.CONFIGURATION.address,
        hosts=hosts_of(cafe),
    )
    return build_protocol_document(build_protocol(cafe), about, language=language)


# --- What a visitor takes away from an AlpCafé: the approved protocol, open data, cards and trails


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

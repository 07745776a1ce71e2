"""Choose offers of the catalogue for a case, leave some out, take newer versions over."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.analysis.funding.eligibility.fields import lacks_conditions
from alpclusters.platform.funding.domain.case_offers import Standing, offer_titles, standing_of
from alpclusters.platform.funding.domain.casework.documents import Document, find, periods_of
from alpclusters.platform.funding.domain.casework.offers import (
    FieldChange,
    NewerVersion,
    leave_offer,
    newer_versions,
    take_offers,
)
from alpclusters.platform.funding.domain.fitting.fits import State, timing_of
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.funding.models.catalogue import Level, Offer, Status
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.numbers import format_number, format_percent
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Crumb, Side, Tab
from alpclusters.www.public.addresses import one_of, words_in
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.case_frame import (
    DASH,
    WRITE,
    changed,
    euros,
    frame,
    language,
    own_case,
    refused,
    version_in,
)

# --- A newer version of an offer beside the one in the case, field by field -----------------------


NAMES: Final[Mapping[str, Any]] = {
    "title": gettext_lazy("Title"),
    "rates": gettext_lazy("Funding rates"),
    "eligibility": gettext_lazy("Who can apply"),
    "categories": gettext_lazy("Cost categories"),
    "themes": gettext_lazy("Themes"),
    "article": gettext_lazy("State aid articles"),
    "articles": gettext_lazy("State aid articles"),
    "cap_ct": gettext_lazy("Highest grant"),
    "floor_ct": gettext_lazy("Lowest grant"),
    "opens": gettext_lazy("Opens"),
    "closes": gettext_lazy("Closes"),
    "window": gettext_lazy("Time in which costs count"),
    "facts": gettext_lazy("Sources"),
}


@dataclass(frozen=True)
class Pair:
    """One field: as taken, and as it is now."""

    title: str
    before: Side
    after: Side


@dataclass(frozen=True)
class NewerView:
    """An offer that changed since."""

    id: str
    title: str
    taken: int
    newest: int
    is_gone: bool
    pairs: Sequence[Pair]


def newer_views(found: Sequence[NewerVersion]) -> list[NewerView]:
    """Put newer versions into words."""
    return [
        NewerView(
            one.offer_id,
            one.title,
            one.taken,
            one.newest,
            one.is_gone,
            [_pair(change) for change in one.changes],
        )
        for one in found
    ]


def _pair(change: FieldChange) -> Pair:
    left, right = compare(_words(change.field, change.before), _words(change.field, change.after))
    title = str(NAMES.get(change.field, change.field))
    return Pair(title, Side(_("In the case"), left), Side(_("In the catalogue"), right))


def _words(field: str, value: Any) -> str:
    if value is None:
        return DASH
    if field.endswith("_ct") and isinstance(value, int):
        return euros(value)
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)


# --- Choose offers of the catalogue for a case, leave some out, take newer versions over ----------


PAGE_SIZE: Final = 10
MOST_OFFERS: Final = 400
FULL: Final = 10_000
# The tabs of the list, in this order.
STANDINGS: Final[Mapping[Standing, Any]] = {
    Standing.NEAR: gettext_lazy("In your partners’ regions"),
    Standing.FAR: gettext_lazy("For other regions"),
    Standing.UNRATED: gettext_lazy("Rate not known"),
    Standing.CLOSED: gettext_lazy("Closed"),
}
NOTES: Final[Mapping[Standing, Any]] = {
    Standing.NEAR: gettext_lazy("At least one partner sits where these offers may be had."),
    Standing.FAR: gettext_lazy(
        "None of your partners sits where these offers may be had. Another partner there opens "
        "them."
    ),
    Standing.UNRATED: gettext_lazy(
        "Nobody has entered the funding rate of these offers yet, so a mix cannot count on them."
    ),
    Standing.CLOSED: gettext_lazy(
        "Nobody can apply any more, or the offer does not reach into the years of the case."
    ),
}
_PLACES: Final = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True)
class OfferRow:
    """An offer of the catalogue as a line to tick."""

    offer: Offer
    is_taken: bool
    is_simulated: bool
    is_unverified: bool
    rate: str
    cap: str
    closes: dt.date | None
    is_over: bool
    is_uncoded: bool
    may_take: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_offers(request: SignedInRequest, pk: int) -> HttpResponse:
    """List the catalogue with the case's own offers marked; take those that were ticked."""
    case = own_case(request, pk, WRITE)
    if request.method == "POST":
        return _take(request, case)
    wishes = _wishes(request)
    found = _by_standing(case, _found(case, wishes))
    shown = _shown(found, wishes["show"])
    page = Paginator(found[shown], PAGE_SIZE).get_page(request.GET.get("page"))
    step = Crumb(_("What fits?"), reverse("workspace:funding_case_fits", args=[pk]))
    context = frame(request, case, "", step, Crumb(_("Choose offers")))
    context |= {
        "page": page,
        "rows": [_row(offer, case, shown) for offer in page.object_list],
        "wishes": wishes,
        "tabs": _tabs(found, shown, wishes),
        "note": NOTES[shown] if case.data.get("partners") or shown is not Standing.NEAR else "",
        "has_more": page.has_other_pages(),
        "n_elsewhere": len(found[Standing.FAR]) if shown is Standing.NEAR else 0,
        "elsewhere": _address(wishes, Standing.FAR),
        "levels": Level.choices,
        "newer": _newer(case),
        "own": _own(case),
        "simulated": context["simulated"] or any(o.is_simulated for o in page.object_list),
    }
    return render(request, "workspace/funding_cases/offers.html", context)


@login_required
@require_POST
def funding_offer_leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an offer out of the case."""
    case = own_case(request, pk, WRITE)
    key = request.POST.get("offer", "")

    def remember(taken: dict[str, Any]) -> None:
        taken.get("offers", {}).pop(key, None)

    def change(document: Document) -> None:
        leave_offer(document, {}, key)

    _store(request, case, change, f"offer.leave:{key}", remember)
    return redirect(_back(request, pk))


@login_required
@require_POST
def funding_offer_newer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the newer version of an offer over; the days of one's own application stay."""
    case = own_case(request, pk, WRITE)
    offers = _visible(case).filter(key=request.POST.get("offer", ""))
    if not offers or offers[0].key not in case.taken.get("offers", {}):
        messages.info(request, _("This offer is not in the case."))
    else:
        _take_all(request, case, list(offers), "offer.newer")
    return redirect(_back(request, pk))


def _take(request: SignedInRequest, case: FundingCase) -> HttpResponse:
    # One button takes a single offer and leads to its conditions; its form goes on from there.
    one = request.POST.get("conditions", "")
    keys = [one] if one else request.POST.getlist("offer")[:MOST_OFFERS]
    offers = list(_visible(case).filter(key__in=keys))
    here = f"{request.path}?{request.GET.urlencode()}"
    if not offers:
        messages.info(request, _("Tick at least one offer."))
        return redirect(here)
    _take_all(request, case, offers, "offer.take")
    case.refresh_from_db()
    if one and one in case.taken.get("offers", {}):
        address = reverse("workspace:funding_conditions", args=[case.pk, one])
        return redirect(f"{address}?{urlencode({'next': here})}")
    if one or request.POST.get("then") == "more":
        return redirect(here)
    return redirect("workspace:funding_case_fits", pk=case.pk)


def _take_all(
    request: SignedInRequest, case: FundingCase, offers: Sequence[Offer], reason: str
) -> None:
    unknown = [offer.title for offer in offers if not offer.terms.get("rates")]
    if unknown:
        words = _("Not taken over, because nobody has entered their rate yet: %(names)s.")
        messages.warning(request, words % {"names": ", ".join(unknown)})
    offers = [offer for offer in offers if offer.terms.get("rates")]
    if not offers:
        return
    versions: dict[str, int] = {}
    told: list[tuple[list[str], list[str]]] = []

    def change(document: Document) -> None:
        told.append(take_offers(document, versions, offers))

    def remember(taken: dict[str, Any]) -> None:
        taken.setdefault("offers", {}).update(versions)

    if not _store(request, case, change, reason, remember):
        return
    taken, outside = told[-1]
    if taken:
        words = ngettext("%(n)s offer taken over.", "%(n)s offers taken over.", len(taken))
        messages.success(request, words % {"n": len(taken)})
    if outside:
        words = _("Not taken over, because their time lies outside the case: %(names)s.")
        messages.warning(request, words % {"names": ", ".join(outside)})


def _store(
    request: SignedInRequest, case: FundingCase, change: Any, reason: str, remember: Any
) -> bool:
    try:
        changed(
            request,
            case,
            change,
            reason=reason,
            version=version_in(request),
            # Offers are taken and left one by one: others may have changed anything else.
            part=lambda _document: None,
            remember=remember,
        )
    except AlpClustersError as error:
        refused(request, error)
        return False
    return True


def _back(request: HttpRequest, pk: int) -> str:
    name = "funding_offers" if request.POST.get("from") == "offers" else "funding_case_fits"
    return reverse(f"workspace:{name}", args=[pk])


def _wishes(request: HttpRequest) -> dict[str, str]:
    level, show = request.GET.get("level", ""), request.GET.get("show", "")
    return {
        "q": words_in(request.GET),
        "level": level if level in Level.values else "",
        "show": show if show in set(Standing) else "",
    }


def _visible(case: FundingCase) -> QuerySet[Offer]:
    """Return the offers that a case may take: invented ones only for invented projects."""
    offers = Offer.objects.published().select_related("programme", "call")
    if not case.is_simulated:
        offers = offers.exclude(status=Status.DEMONSTRATION)
    return offers.order_by("title__shown", "pk")


def _found(case: FundingCase, wishes: dict[str, str]) -> Sequence[Offer]:
    found = _visible(case)
    for word in wishes["q"].split()[:8]:
        says = Q()
        for code in LANGUAGE_CODES:
            says |= Q(**{f"title__{code}__icontains": word})
            says |= Q(**{f"programme__name__{code}__icontains": word})
        found = found.filter(says)
    if wishes["level"]:
        found = found.filter(programme__level=wishes["level"])
    return list(found)


def _by_standing(case: FundingCase, offers: Sequence[Offer]) -> dict[Standing, list[Offer]]:
    """Part the offers by where and when they can be had; those to apply for first."""
    today, partners = timezone.localdate(), case.data.get("partners", [])
    periods = periods_of(case.data)
    found: dict[Standing, list[Offer]] = {standing: [] for standing in Standing}
    for offer in sorted(offers, key=_rank):
        found[standing_of(offer, partners, periods, today=today)].append(offer)
    return found


def _rank(offer: Offer) -> tuple[int, bool, dt.date, str, int]:
    """Put open calls first, then what is known in full."""
    timing = timing_of(offer, timezone.localdate())
    unknown = lacks_conditions(offer.terms.get("eligibility"))
    return _PLACES[timing.state], unknown, timing.closes or dt.date.max, offer.title, offer.pk


def _shown(found: Mapping[Standing, Sequence[Offer]], wanted: str) -> Standing:
    """Return the tab asked for; else the first with offers, so that a search shows its hits."""
    first = next((standing for standing, offers in found.items() if offers), Standing.NEAR)
    return one_of(Standing, wanted, first)


def _tabs(
    found: Mapping[Standing, Sequence[Offer]], shown: Standing, wishes: Mapping[str, str]
) -> list[Tab]:
    return [
        Tab(
            STANDINGS[standing],
            _address(wishes, standing),
            standing is shown,
            format_number(len(offers), language()),
        )
        for standing, offers in found.items()
    ]


def _address(wishes: Mapping[str, str], standing: Standing) -> str:
    """Return the address of a tab, with words and level kept and from its first page on."""
    query = QueryDict(mutable=True)
    for name in ("q", "level"):
        if wishes[name]:
            query[name] = wishes[name]
    query["show"] = standing.value
    return f"?{query.urlencode()}"


def _row(offer: Offer, case: FundingCase, standing: Standing) -> OfferRow:
    # What was entered for the case stands in its copy.
    terms = find(case.data, "offers", offer.key) or offer.terms
    best = offer.best_rate_bp
    timing = timing_of(offer, timezone.localdate())
    return OfferRow(
        offer=offer,
        is_taken=offer.key in case.taken.get("offers", {}),
        is_simulated=offer.is_simulated,
        is_unverified=offer.status == Status.UNVERIFIED,
        rate="–" if best is None else format_percent(best / FULL, language()),
        cap=euros(offer.cap_ct),
        closes=timing.closes,
        is_over=timing.state is State.CLOSED,
        is_uncoded=lacks_conditions(terms.get("eligibility")),
        may_take=standing is not Standing.UNRATED,
    )


def _newer(case: FundingCase) -> list[NewerView]:
    return newer_views(newer_versions(case.data, case.taken.get("offers", {})))


def _own(case: FundingCase) -> list[dict[str, Any]]:
    """Return the offers in the case, those that no catalogue has included."""
    titles = offer_titles(case.data, language())
    return [{"id": key, "title": title} for key, title in titles.items()]

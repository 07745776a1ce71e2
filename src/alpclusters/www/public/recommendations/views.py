"""Recommendations in public: the list with filters, one with all it rests on, its versions."""

from typing import Final

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.partnership.roles import project_ids
from alpclusters.platform.policy.domain.endorsing.records import endorsements_of
from alpclusters.platform.policy.domain.records import recommendation_line
from alpclusters.platform.policy.domain.states import PUBLIC
from alpclusters.platform.policy.domain.strengths.computing import (
    strength_for,
    strengths_of,
    with_evidence,
)
from alpclusters.platform.policy.models import Action, Recommendation
from alpclusters.platform.policy.rules import visible_plans, visible_recommendations
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Crumb, Fact
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.public.recommendations.cards import (
    card_of,
    chips_of,
    facets_of,
    fits,
    read_chosen,
    state_badge,
)
from alpclusters.www.public.recommendations.findings import findings_view
from alpclusters.www.public.recommendations.reasons import reason_of
from alpclusters.www.public.recommendations.strength import denominator_view, strength_view
from alpclusters.www.public.recommendations.versions import read_versions
from alpclusters.www.public.trail import lessons_at, stops_of, trail_stations
from alpclusters.www.worlds import in_world, side_of

PAGE_SIZE: Final = 24


@require_safe
def recommendations(request: HttpRequest) -> HttpResponse:
    """List the recommendations one may see, the newest project first."""
    actions = Action.objects.filter(plan__in=visible_plans(request.user)).order_by("plan", "order")
    side = side_of(request, visible_recommendations(request.user))
    seen = of_world(visible_recommendations(request.user), is_simulated=side.is_simulated)
    rows = with_evidence(seen).prefetch_related(Prefetch("actions", queryset=actions))
    every = list(rows.order_by("-project", "pk"))
    strengths = strengths_of(every)
    chosen = read_chosen(request.GET)
    found = [one for one in every if fits(one, chosen, strengths)]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "cards": [
            card_of(
                one,
                strengths[one.pk],
                "public:recommendation",
                list(dict.fromkeys(action.code for action in one.actions.all())),
            )
            for one in page
        ],
        "total": len(found),
        "facets": facets_of(every, chosen, strengths),
        "chips": chips_of(
            chosen,
            lambda: in_world(reverse("public:recommendations"), is_simulated=side.is_simulated),
        ),
        "crumbs": [Crumb(_("Recommendations"))],
        "side": side,
        "simulated": side.is_simulated,
        "section": "plans",
    }
    return render(request, "public/recommendations/list.html", context)


def _visible(request: HttpRequest, pk: int) -> Recommendation:
    rows = visible_recommendations(request.user).select_related("project", "region", "successor")
    return get_object_or_404(rows, pk=pk)


@require_safe
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a recommendation with findings, strength, conflicts and what carries it out."""
    found = _visible(request, pk)
    shown = strength_for(found)
    stops = stops_of(found, seen_by=request.user)
    others = visible_recommendations(request.user)
    context = {
        "recommendation": found,
        "title": said(found, "title"),
        "text": said(found, "text"),
        "problem": said(found, "problem"),
        "rationale": said(found, "rationale"),
        "effect": said(found, "expected_effect"),
        "rejected": reason_of(found, "rejected_reason"),
        "withdrawn": reason_of(found, "state_reason"),
        "no_action": reason_of(found, "no_action_reason"),
        "state": state_badge(found),
        "facts": facts_of(found),
        "findings": findings_view(recommendation_line(found).evidence),
        "strength": strength_view(shown, in_trail=lessons_at(stops)),
        "denominator": denominator_view(found, shown),
        "conflicts": list(others.filter(conflicts_with=found).order_by("pk")),
        "successor": found.successor if _sees(request, found.successor) else None,
        "predecessors": list(others.filter(successor=found).order_by("pk")),
        "actions": _carrying(request, found),
        "endorsements": endorsements_of(found),
        "has_versions": found.state in PUBLIC or _is_own(request, found),
        "trail": trail_stations(stops, found, label=found.code),
        "crumbs": _crumbs(Crumb(found.code)),
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "public/recommendations/page.html", context)


@require_safe
def recommendation_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """List the public versions and compare two of them; drafts are for people of the project."""
    found = _visible(request, pk)
    is_own = _is_own(request, found)
    page = read_versions(found, request.GET, states=None if is_own else PUBLIC, with_people=is_own)
    if not page.versions:
        raise Http404
    here = reverse("public:recommendation", args=[pk])
    context = {
        "recommendation": found,
        "title": said(found, "title"),
        "page": page,
        "crumbs": _crumbs(Crumb(found.code, here), Crumb(_("Versions"))),
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "public/recommendations/versions.html", context)


def facts_of(found: Recommendation) -> list[Fact]:
    """Return what is known beside the texts; what nobody said is unknown."""
    known = {
        _("Addressed to"): found.addressee,
        _("Level"): str(found.get_level_display()),
        _("Region"): str(found.region.name) if found.region else "",
        _("Policy instrument"): str(found.get_instrument_display()),
        _("Theme"): found.theme,
        _("Horizon"): str(found.get_horizon_display()),
        _("Cost"): "" if found.cost_band == "unknown" else str(found.get_cost_band_display()),
    }
    optional = {_("Region"), _("Theme")}
    return [
        Fact(label, value, state="" if value else "unknown")
        for label, value in known.items()
        if value or label not in optional
    ]


def _crumbs(*last: Crumb) -> list[Crumb]:
    return [Crumb(_("Recommendations"), reverse("public:recommendations")), *last]


def _sees(request: HttpRequest, other: Recommendation | None) -> bool:
    return other is not None and visible_recommendations(request.user).filter(pk=other.pk).exists()


def _is_own(request: HttpRequest, found: Recommendation) -> bool:
    wanted = project_ids(request.user)
    return wanted is None or found.project_id in wanted


def _carrying(request: HttpRequest, found: Recommendation) -> list[Action]:
    """List the lines of visible plans that carry a recommendation out."""
    seen = found.actions.filter(plan__in=visible_plans(request.user)).select_related("plan")
    return list(seen.order_by("plan", "order", "pk"))

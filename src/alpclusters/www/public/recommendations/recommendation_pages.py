"""Recommendations in public: the list with filters, one with all it rests on, its versions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.domain.endorsing.records import endorsements_of
from alpclusters.platform.policy.domain.records import recommendation_line
from alpclusters.platform.policy.domain.states import PUBLIC
from alpclusters.platform.policy.domain.strengths import strength_for, strengths_of, with_evidence
from alpclusters.platform.policy.domain.text_versions import (
    FieldDiff,
    TextVersion,
    changed_languages,
    diff_of,
    versions_of,
)
from alpclusters.platform.policy.models import Action, Recommendation
from alpclusters.platform.policy.rules import visible_plans, visible_recommendations
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Crumb, Fact
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.public.recommendations.evidence import findings_view, reason_in, reason_of
from alpclusters.www.public.recommendations.strength import (
    card_of,
    chips_of,
    denominator_view,
    facets_of,
    fits,
    read_chosen,
    state_badge,
    strength_view,
)
from alpclusters.www.public.trail import lessons_at, stops_of, trail_stations
from alpclusters.www.worlds import in_world, side_of

# --- The versions of a recommendation: the list, and any two word by word in a language -----------


_NAMES: Final = dict(LANGUAGES)
_STATES: Final = dict(Recommendation.State.choices)


@dataclass(frozen=True)
class VersionView:
    """One version of the list."""

    number: int
    made_at: Any
    made_by: str
    state: Any
    reason: Said
    languages: str


@dataclass(frozen=True)
class DiffView:
    """One text of two versions."""

    label: Any
    lang: str
    pieces: Sequence[Any]
    is_same: bool


@dataclass(frozen=True)
class VersionsPage:
    """The list and the comparison chosen."""

    versions: Sequence[VersionView]
    old: int
    new: int
    language: str
    languages: Sequence[tuple[str, str]]
    diffs: Sequence[DiffView]
    differing: str

    @property
    def can_compare(self) -> bool:
        """Say whether there are two."""
        return len(self.versions) > 1


def read_versions(
    found: Recommendation,
    data: QueryDict,
    *,
    states: Collection[str] | None = None,
    with_people: bool = True,
) -> VersionsPage:
    """Read the versions and the comparison asked for: by default the last change of a text."""
    rows = versions_of(found, RECOMMENDATION, states=states)
    numbers = [row.number for row in rows]
    new = _number(data, "to", numbers, _last_change(rows))
    before = [number for number in numbers if number < new]
    old = _number(data, "from", numbers, before[0] if before else new)
    language = data.get("language", "")
    language = language if language in _NAMES else nearest_language(get_language())
    diffs = diff_of(found, RECOMMENDATION, old, new, language=language) or ()
    differing = changed_languages(found, RECOMMENDATION, old, new)
    return VersionsPage(
        versions=[_version(row, with_people=with_people) for row in rows],
        old=old,
        new=new,
        language=language,
        languages=LANGUAGES,
        diffs=[_diff(one) for one in diffs],
        differing=", ".join(_NAMES[code] for code in differing),
    )


def _last_change(rows: Sequence[TextVersion]) -> int:
    """Return the newest version in which a text changed, else the newest; the first has no past."""
    changed = (row.number for row in rows[:-1] if row.languages)
    return next(changed, rows[0].number if rows else 0)


def _number(data: QueryDict, name: str, known: Sequence[int], otherwise: int) -> int:
    value = data.get(name, "")
    return int(value) if value.isdecimal() and int(value) in known else otherwise


def _version(row: TextVersion, *, with_people: bool) -> VersionView:
    return VersionView(
        number=row.number,
        made_at=row.made_at,
        made_by=row.made_by if with_people else "",
        state=_STATES.get(row.state, row.state),
        reason=reason_in(row.reason),
        languages=", ".join(_NAMES[code] for code in row.languages),
    )


def _diff(one: FieldDiff) -> DiffView:
    return DiffView(label_of(Recommendation, one.field), one.language, one.pieces, one.is_same)


# --- Recommendations in public: the list with filters, one with all it rests on, its versions -----


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


urlpatterns: list[URLPattern] = [
    path("recommendations/", recommendations, name="recommendations"),
    path("recommendations/<int:pk>/", recommendation, name="recommendation"),
    path(
        "recommendations/<int:pk>/versions/",
        recommendation_versions,
        name="recommendation_versions",
    ),
]

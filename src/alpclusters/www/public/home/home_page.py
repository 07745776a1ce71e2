"""The home page: real counts, the newest plan and finding, regions, the whole argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.analysis.consensus import Summary
from alpclusters.analysis.scales import Scale
from alpclusters.platform.actors.models import Partner
from alpclusters.platform.cafe.models import AlpCafe, CafeMeasure
from alpclusters.platform.evaluation.domain.records import CriterionResult, step_word, word
from alpclusters.platform.evaluation.domain.snapshots import (
    Headline,
    evaluation_of,
    headline,
    newest_released,
)
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evidence.models import Activity
from alpclusters.platform.evidence.rules import visible_documents, visible_lessons
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.measures.rules import visible_to as visible_measures
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to as visible_projects
from alpclusters.platform.policy.domain.proofs import released_findings
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.platform.policy.rules import visible_recommendations
from alpclusters.platform.tracing.domain.stations import Station as Stage
from alpclusters.platform.worlds import of_world
from alpclusters.reports.claims.ratings import at_least_half
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_n,
    format_number,
    format_percent,
)
from alpclusters.www.components.parts import Figure, Station
from alpclusters.www.public.home.search import search_everything
from alpclusters.www.public.measures.measure_pages import n_cafes_of
from alpclusters.www.public.regions.tile_maps import MapView, count_map
from alpclusters.www.public.trail import KEYS, NAMES, documents
from alpclusters.www.worlds import Side, in_world, side_of

# --- One sentence of the newest released evaluation, with everything that makes it honest ---------


@dataclass(frozen=True)
class HomeFinding:
    """A claim, its figures, and where it leads."""

    claim: str
    figures: str
    url: str
    cafe: str
    held_on: date
    is_simulated: bool


def finding_of(snapshot: Snapshot) -> HomeFinding | None:
    """Return what an evaluation says of the measure with the highest mean."""
    language = nearest_language(get_language())
    evaluation = evaluation_of(snapshot)
    best = _highest(evaluation.criteria[0]) if evaluation.criteria else None
    if best is None:
        return None
    pk, summary = best
    name = word(evaluation.measure(pk).names, language)
    return HomeFinding(
        claim=_claim(evaluation.criteria[0], name, summary, language),
        figures=_figures(evaluation.criteria[0].scale, summary, language),
        url=reverse("public:evaluation", args=[snapshot.pk]),
        cafe=snapshot.cafe.title,
        held_on=snapshot.cafe.held_on,
        is_simulated=snapshot.is_simulated,
    )


def _highest(result: CriterionResult) -> tuple[int, Summary] | None:
    known = [
        (int(m.measure), m.summary)
        for m in result.description.measures
        if m.summary and m.summary.mean is not None and m.summary.median_low is not None
    ]
    return max(known, key=lambda pair: pair[1].mean or 0, default=None)


def _claim(result: CriterionResult, name: str, summary: Summary, language: str) -> str:
    anchor = step_word(result.scale, summary.median_low or 0, language)
    return at_least_half(anchor, language, name=name).text


def _figures(scale: Scale, summary: Summary, language: str) -> str:
    middle = format_number(summary.median or 0, language)
    parts = [_("Median %(m)s of %(high)s") % {"m": middle, "high": scale.ends[1]}]
    if summary.median_interval:
        ends = summary.median_interval
        shown = format_interval(ends.low, ends.high, language)
        parts.append(_("90%% interval %(interval)s") % {"interval": shown})
    parts.append(format_n(summary.n, language))
    if summary.cannot_judge_share is not None:
        share = format_percent(summary.cannot_judge_share, language)
        parts.append(_("cannot judge: %(share)s") % {"share": share})
    return ", ".join(parts)


# --- The whole argument in counts, for the night band of the home page ----------------------------
#
# Each count is that of the list it leads to, asked in the same words: see `Figure`.


VISITOR = AnonymousUser()


def stations(n_measures: int, behind: Headline, *, is_simulated: bool = False) -> list[Station]:
    """Return the eleven stations with how many things of one world the public sees of each."""

    def n(rows: QuerySet[Any]) -> int:
        return of_world(rows, is_simulated=is_simulated).count()

    def listed(name: str) -> str:
        return in_world(reverse(f"public:{name}"), is_simulated=is_simulated)

    plans, cafes = listed("plans"), listed("cafes")
    n_sources = n(visible_documents(VISITOR))
    of_plans = (
        of_world(ActionPlan.objects.published(), is_simulated=is_simulated)
        .counted()
        .aggregate(actions=Sum("n_actions"), funding=Sum("n_funding"), values=Sum("n_values"))
    )
    return [
        _station(Stage.SOURCE, n_sources, listed("sources"), documents(n_sources)),
        _station(Stage.ACTIVITY, n(Activity.objects.published()), listed("initiatives")),
        _station(Stage.LESSON, n(visible_lessons(VISITOR)), listed("lessons")),
        _station(Stage.MEASURE, n_measures, listed("measures")),
        _station(Stage.CARD, n(AlpCafe.objects.public()), cafes),
        _station(Stage.RATING, behind.n_people, cafes, _people(behind.n_people)),
        _station(Stage.FINDING, n(released_findings()), cafes),
        _station(
            Stage.RECOMMENDATION, n(visible_recommendations(VISITOR)), listed("recommendations")
        ),
        _station(Stage.ACTION, of_plans["actions"] or 0, plans, state="here"),
        _station(Stage.FUNDING, of_plans["funding"] or 0, plans),
        _station(Stage.VALUE, of_plans["values"] or 0, plans),
    ]


def _station(stage: Stage, n: int, url: str, words: str = "", state: str = "") -> Station:
    """Return a station whose number leads to the list of what it counts."""
    name = NAMES[stage]
    if not n:
        words = _("still open") if state else ""
        return Station(name, words, state="here" if state else "missing")
    shown = words or format_integer(n, nearest_language(get_language()))
    figure = Figure(name, shown, key=KEYS[stage], exact=n, url=url)
    return Station(name, shown, url, "here" if state else "", figure)


def _people(n: int) -> str:
    return format_n(n, nearest_language(get_language()))


# --- What the home page shows: real counts, the newest plan and finding, regions, AlpCafés --------


@dataclass(frozen=True)
class HomePage:
    """Everything the template names."""

    trail: Sequence[Station]
    n_measures: int
    n_rated: int
    plan: ActionPlan | None
    plan_claim: str
    finding: HomeFinding | None
    historic: Project | None
    map: MapView
    map_claim: str
    cafes: Sequence[AlpCafe]
    simulated: bool


def side_of_home(request: HttpRequest) -> Side:
    """Choose the world of the home page: what was held, rated and planned for real comes first."""
    return side_of(
        request, AlpCafe.objects.public(), newest_released(), ActionPlan.objects.published()
    )


def read_overview(*, today: date, is_simulated: bool = False) -> HomePage:
    """Read what the home page shows of one world.

    Parameters
    ----------
    today : date
        AlpCafés from this day on stand first.
    is_simulated : bool, default False
    """
    n_measures = of_world(visible_measures(VISITOR), is_simulated=is_simulated).count()
    released = of_world(newest_released().with_cafe(), is_simulated=is_simulated)
    newest = released.order_by("-cafe__held_on", "-pk").first()
    behind = headline(is_simulated=is_simulated)
    plan = _plan(of_world(ActionPlan.objects.published(), is_simulated=is_simulated))
    held = AlpCafe.objects.public().select_related("project", "region")
    answering = Partner.objects.filter(project__is_public=True, region__isnull=False)
    named = answering.select_related("region", "project").order_by("pk")
    partners = list(of_world(named, is_simulated=is_simulated))
    return HomePage(
        trail=stations(n_measures, behind, is_simulated=is_simulated),
        n_measures=n_measures,
        n_rated=len(n_cafes_of(CafeMeasure.objects.all(), is_simulated=is_simulated)),
        plan=plan,
        plan_claim=_plan_claim(plan) if plan else "",
        finding=finding_of(newest) if newest else None,
        historic=Project.objects.public().filter(kind=Project.Kind.HISTORIC).first(),
        map=_map(partners),
        map_claim=_map_claim(partners),
        cafes=_cafes(of_world(held, is_simulated=is_simulated), today),
        simulated=is_simulated,
    )


def _plan(published: QuerySet[ActionPlan]) -> ActionPlan | None:
    counted = published.annotate(
        n_actions=Count("actions", distinct=True),
        n_levels=Count("actions__level", distinct=True),
    )
    return counted.select_related("project").order_by("-published_at", "-pk").first()


def _plan_claim(plan: ActionPlan) -> str:
    n_actions, n_levels = plan.n_actions, plan.n_levels  # type: ignore[attr-defined]
    actions = ngettext("%(n)s action", "%(n)s actions", n_actions) % {"n": n_actions}
    levels = ngettext("%(n)s level", "%(n)s levels", n_levels) % {"n": n_levels}
    return _("%(actions)s, %(levels)s, one plan") % {"actions": actions, "levels": levels}


def _cafes(rows: QuerySet[AlpCafe], today: date) -> list[AlpCafe]:
    """Return the AlpCafés to come, soonest first; where there are none, the latest of the past."""
    ahead = list(rows.filter(held_on__gte=today).order_by("held_on", "pk")[:3])
    return ahead or list(rows.order_by("-held_on", "-pk")[:3])


def _map(partners: Sequence[Partner]) -> MapView:
    codes = [p.region.code for p in partners if p.region]
    return count_map(codes, what=_("partners"), caption=_("Partners of projects by region"))


def _map_claim(partners: Sequence[Partner]) -> str:
    n_projects = len({p.project_id for p in partners})
    people = ngettext("%(n)s partner", "%(n)s partners", len(partners)) % {"n": len(partners)}
    projects = ngettext("%(n)s project", "%(n)s projects", n_projects) % {"n": n_projects}
    return f"{people}, {projects}"


# --- The home page and the search over everything public ------------------------------------------


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, let people enter an AlpCafé, show what there is."""
    side = side_of_home(request)
    page = read_overview(today=timezone.localdate(), is_simulated=side.is_simulated)
    context = {"page": page, "side": side, "simulated": page.simulated}
    return render(request, "public/home/home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find measures, projects, organisations, regions and AlpCafés by words of any language."""
    query = request.GET.get("q", "").strip()[:200]
    side = side_of(request, visible_projects(request.user))
    found = search_everything(request.user, query, is_simulated=side.is_simulated)
    context = {"query": query, "found": found, "side": side, "simulated": side.is_simulated}
    return render(request, "public/home/search.html", context)


urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
]

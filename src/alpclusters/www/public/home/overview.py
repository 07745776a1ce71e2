"""What the home page shows: real counts, the newest plan and finding, regions, AlpCafés."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.actors.models import Partner
from alpclusters.platform.cafe.models import AlpCafe, CafeMeasure
from alpclusters.platform.evaluation.domain.queries import headline, newest_released
from alpclusters.platform.measures.rules import visible_to as visible_measures
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Station
from alpclusters.www.public.home.finding import HomeFinding, finding_of
from alpclusters.www.public.home.trail import VISITOR, stations
from alpclusters.www.public.measures.lists import n_cafes_of
from alpclusters.www.public.regions.maps import MapView, count_map
from alpclusters.www.worlds import Side, side_of


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

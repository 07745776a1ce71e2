"""What a person works with: projects, AlpCafés, evaluations, recommendations, plans."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.www.workspace.dashboard.funding import funding_steps
from alpclusters.www.workspace.dashboard.network import network_steps
from alpclusters.www.workspace.dashboard.research import research_steps
from alpclusters.www.workspace.dashboard.steps import Step, steps_for

MOST_CAFES = 50
MOST_PLANS = 20


@dataclass(frozen=True)
class ProjectDesk:
    """One project with its things."""

    project: Project
    cafes: Sequence[AlpCafe]
    snapshots: Sequence[Snapshot]
    plans: Sequence[ActionPlan]
    n_recommendations: int
    steps: Sequence[Step]


@dataclass(frozen=True)
class Desk:
    """The whole page."""

    projects: Sequence[ProjectDesk]
    may_edit_measures: bool
    may_grant: bool
    may_manage: bool
    may_answer_requests: bool
    may_create_project: bool
    may_import: bool
    may_merge: bool
    may_write_evidence: bool
    may_keep_evidence: bool
    may_speak: bool
    may_plan_meetings: bool
    may_see_small_cells: bool
    may_plan_funding: bool
    may_keep_funding: bool
    waiting_steps: Sequence[Step]

    @property
    def steps(self) -> list[Step]:
        """What others wait for, then the next steps of all projects."""
        return [*self.waiting_steps, *(step for p in self.projects for step in p.steps)]

    @property
    def cafes(self) -> list[AlpCafe]:
        """The AlpCafés of all projects, newest first."""
        found = [cafe for p in self.projects for cafe in p.cafes]
        return sorted(found, key=lambda cafe: (cafe.held_on, cafe.pk), reverse=True)

    @property
    def plans(self) -> list[ActionPlan]:
        """The plans of all projects."""
        return [plan for p in self.projects for plan in p.plans]

    @property
    def simulated(self) -> bool:
        """Whether anything invented is shown."""
        return any(p.project.is_simulated for p in self.projects)


def read_desk(user: User) -> Desk:
    """Read everything in as many queries, however many projects there are."""
    projects = list(_projects(user))
    cafes = list(
        AlpCafe.objects.filter(project__in=projects)
        .select_related("project", "region")
        .order_by("-held_on", "-pk")[:MOST_CAFES]
    )
    snapshots = list(
        Snapshot.objects.filter(cafe__in=cafes)
        .defer("data")
        .select_related("cafe__project")
        .order_by("-pk")
    )
    plans = list(
        ActionPlan.objects.filter(project__in=projects).select_related("project")[:MOST_PLANS]
    )
    return Desk(
        [_desk(user, p, cafes, snapshots, plans) for p in projects],
        may_edit_measures=user.has_perm("measures.change_measure"),
        may_manage=user.has_perm("partnership.manage_installation"),
        may_answer_requests=user.has_perm("trust.answer_requests"),
        may_grant=user.has_perm("partnership.grant_role"),
        may_create_project=user.has_perm("partnership.add_project"),
        may_import=user.has_perm("actors.import_organisations"),
        may_merge=user.has_perm("actors.merge_organisations"),
        may_write_evidence=user.has_perm("evidence.change_evidence"),
        may_keep_evidence=user.has_perm("evidence.change_codebook"),
        may_speak=user.has_perm("network.speak_for"),
        may_plan_meetings=user.has_perm("network.plan_meetings"),
        may_see_small_cells=user.has_perm("network.view_small_cells"),
        may_plan_funding=user.has_perm("funding.plan"),
        may_keep_funding=user.has_perm("funding.keep_catalogue"),
        waiting_steps=[*research_steps(user), *network_steps(user), *funding_steps(user)],
    )


def _projects(user: User) -> QuerySet[Project]:
    wanted = project_ids(user)
    running = Project.objects.running()
    own = running if wanted is None else running.filter(pk__in=wanted)
    counted = own.annotate(
        n_recommendations=Count(
            "recommendations", filter=~Q(recommendations__state="rejected"), distinct=True
        )
    )
    return counted.order_by("-starts_on", "acronym", "pk")[:30]


def _desk(
    user: User,
    project: Project,
    cafes: Sequence[AlpCafe],
    snapshots: Sequence[Snapshot],
    plans: Sequence[ActionPlan],
) -> ProjectDesk:
    own = [c for c in cafes if c.project_id == project.pk]
    own_snapshots = [s for s in snapshots if s.cafe.project_id == project.pk]
    own_plans = [p for p in plans if p.project_id == project.pk]
    n_recommendations: int = project.n_recommendations  # type: ignore[attr-defined]
    return ProjectDesk(
        project,
        own,
        own_snapshots,
        own_plans,
        n_recommendations,
        steps_for(user, project, own, own_snapshots, own_plans, n_recommendations),
    )

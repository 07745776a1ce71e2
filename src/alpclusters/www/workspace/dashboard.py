"""Where work begins: what to do next, what others wait for, and the things one works with."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evaluation.rules import waiting_requests
from alpclusters.platform.funding.domain.entries import waiting_proposals
from alpclusters.platform.network.domain.introductions import answering as introductions
from alpclusters.platform.network.domain.links import entering as links
from alpclusters.platform.network.domain.meetings import attending as meetings
from alpclusters.platform.network.domain.postings import moderating as postings
from alpclusters.platform.operation.daily import standings
from alpclusters.platform.operation.mail import mail_standing
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.roles import project_ids
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.www.signed_in import SignedInRequest

# --- The next steps of a project as sentences, each with the place where it is done ---------------


@dataclass(frozen=True)
class Step:
    """One thing to do."""

    sentence: str
    action: str
    url: str
    project: str
    is_urgent: bool = False


def steps_for(
    user: User,
    project: Project,
    cafes: Sequence[AlpCafe],
    snapshots: Sequence[Snapshot],
    plans: Sequence[ActionPlan],
    n_recommendations: int,
) -> list[Step]:
    """Return what a person can do next in a project, in the order of the argument."""
    steps = [*_cafe_steps(user, project, cafes, snapshots)]
    if user.has_perm("policy.write_policy", project):
        steps += _policy_steps(project, snapshots, plans, n_recommendations)
    return steps


def _cafe_steps(
    user: User, project: Project, cafes: Sequence[AlpCafe], snapshots: Sequence[Snapshot]
) -> Iterator[Step]:
    if not cafes and user.has_perm("cafe.add_alpcafe", project):
        yield Step(
            _("No AlpCafé yet. Prepare the first one."),
            _("Prepare AlpCafé"),
            reverse("workspace:cafe_create"),
            project.acronym,
        )
    evaluated = {s.cafe_id for s in snapshots}
    for cafe in cafes:
        if user.has_perm("cafe.run_alpcafe", cafe):
            yield from _step_of_cafe(cafe, is_evaluated=cafe.pk in evaluated)
    for snapshot in snapshots:
        if not snapshot.is_released and user.has_perm("evaluation.release_snapshot", snapshot):
            yield _release(project, snapshot)


def _step_of_cafe(cafe: AlpCafe, *, is_evaluated: bool) -> Iterator[Step]:
    url = reverse("workspace:cafe", args=[cafe.pk])
    words = {"title": cafe.title}
    if cafe.state == AlpCafe.State.DRAFT:
        sentence = _("%(title)s is prepared. Open it when people are in the hall.") % words
        yield Step(sentence, _("To the AlpCafé"), url, cafe.project.acronym)
    elif cafe.is_open:
        sentence = _("%(title)s is open for rating.") % words
        yield Step(sentence, _("To the AlpCafé"), url, cafe.project.acronym, is_urgent=True)
    elif not is_evaluated:
        sentence = _("%(title)s is closed and not evaluated yet.") % words
        yield Step(sentence, _("Evaluate"), url, cafe.project.acronym)


def _release(project: Project, snapshot: Snapshot) -> Step:
    return Step(
        _("The evaluation of %(title)s is not released yet.") % {"title": snapshot.cafe.title},
        _("Look at the evaluation"),
        reverse("workspace:snapshot", args=[snapshot.pk]),
        project.acronym,
    )


def _policy_steps(
    project: Project,
    snapshots: Sequence[Snapshot],
    plans: Sequence[ActionPlan],
    n_recommendations: int,
) -> Iterator[Step]:
    if snapshots and not n_recommendations:
        yield Step(
            _("No recommendation yet. Derive the first one from a finding."),
            _("Derive recommendations"),
            reverse("workspace:recommendations", args=[project.slug]),
            project.acronym,
        )
    if n_recommendations and not plans:
        yield Step(
            _("There are recommendations and no plan yet."),
            _("Make a plan"),
            reverse("workspace:plan_create", args=[project.slug]),
            project.acronym,
        )
    for plan in plans:
        if not plan.is_published:
            yield Step(
                _("The plan %(title)s is a draft. Publish it when it is agreed.")
                % {"title": plan.title},
                _("To the plan"),
                reverse("workspace:plan", args=[plan.pk]),
                project.acronym,
            )


# --- What waits in the catalogue of funding for those who keep it ---------------------------------


def funding_steps(user: User) -> Iterator[Step]:
    """Return the proposals that wait for a decision."""
    if not user.has_perm("funding.keep_catalogue"):
        return
    if n := waiting_proposals().count():
        yield Step(
            ngettext(
                "%(n)s change of the catalogue of funding waits for a decision.",
                "%(n)s changes of the catalogue of funding wait for a decision.",
                n,
            )
            % {"n": n},
            _("Read and decide"),
            reverse("workspace:funding_entries"),
            "",
        )


# --- What others wait for in the network: links, introductions, postings, meetings ----------------


MOST = 5


def network_steps(user: User) -> list[Step]:
    """Return who waits for a word of this person, the oldest first; the rest is on their lists."""
    return [
        *_links(user),
        *_introductions(user),
        *_invitations(user),
        *_wishes(user),
        *_postings(user),
    ]


def _links(user: User) -> Iterator[Step]:
    for link in links.waiting_for(user)[:MOST]:
        yield Step(
            _("Somebody entered a link: %(link)s. Say whether it is right.") % {"link": link},
            _("To the link"),
            reverse("workspace:link", args=[link.pk]),
            "",
            is_urgent=True,
        )


def _introductions(user: User) -> Iterator[Step]:
    for one in introductions.waiting_for(user)[:MOST]:
        yield Step(
            _("%(name)s asks to be introduced.") % {"name": one.asking},
            _("Answer"),
            reverse("workspace:introduction", args=[one.pk]),
            "",
            is_urgent=True,
        )


def _invitations(user: User) -> Iterator[Step]:
    for one in meetings.invitations_waiting_for(user)[:MOST]:
        yield Step(
            _("%(name)s is invited to bilateral meetings: %(title)s.")
            % {"name": one.organisation, "title": one.day},
            _("Answer"),
            reverse("workspace:meeting-day", args=[one.day_id]),
            "",
        )


def _wishes(user: User) -> Iterator[Step]:
    days = {wish.day_id: wish.day for wish in meetings.wishes_waiting_for(user)[:MOST]}
    for pk, day in days.items():
        yield Step(
            _("Organisations want to meet you: %(title)s.") % {"title": day},
            _("Answer"),
            reverse("workspace:meeting-day", args=[pk]),
            "",
        )


def _postings(user: User) -> Iterator[Step]:
    if not user.has_perm("network.moderate_postings"):
        return
    if n := postings.waiting_for_moderation(user).count():
        yield Step(
            ngettext(
                "%(n)s need or offer waits to be read.",
                "%(n)s needs and offers wait to be read.",
                n,
            )
            % {"n": n},
            _("Read them"),
            reverse("workspace:postings-moderation"),
            "",
        )


# --- Who waits for the answers of an AlpCafé, for those who decide --------------------------------


def research_steps(user: User) -> Iterator[Step]:
    """Return one step for each AlpCafé whose answers somebody asked for."""
    cafes = Counter(request.cafe for request in waiting_requests(user))
    for cafe, n in cafes.items():
        sentence = ngettext(
            "%(n)s request for answers for research waits for your decision: %(title)s.",
            "%(n)s requests for answers for research wait for your decision: %(title)s.",
            n,
        )
        yield Step(
            sentence % {"n": n, "title": cafe.title},
            _("Read and decide"),
            reverse("workspace:data_requests", args=[cafe.pk]),
            cafe.project.acronym,
        )


# --- What a person works with: projects, AlpCafés, evaluations, recommendations, plans ------------


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


# --- Where work begins: what to do next, and the things one works with ----------------------------


@login_required
@require_safe
def dashboard(request: SignedInRequest) -> HttpResponse:
    """Show a person's projects, next steps, AlpCafés and plans."""
    desk = read_desk(request.user)
    jobs = standings(timezone.now()) if desk.may_manage else []
    mail = mail_standing(timezone.now()) if desk.may_manage else None
    context = {
        "mail": mail if mail and (mail.is_slow or mail.n_given_up) else None,
        "desk": desk,
        "simulated": desk.simulated,
        "daily_work": min((one.finished_at for one in jobs if one.finished_at), default=None),
        "late_jobs": [_(one.label) for one in jobs if one.is_late],
        "failing_jobs": [_(one.label) for one in jobs if one.n_failures and not one.is_late],
    }
    return render(request, "workspace/dashboard/desk.html", context)


urlpatterns = [path("", dashboard, name="dashboard")]

"""The next steps of a project as sentences, each with the place where it is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import ActionPlan


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
